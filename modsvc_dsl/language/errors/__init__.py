"""What can go wrong, as data: one class for each mistake that a user can make.

In: paths, values, places. Out: exceptions whose `report()` says the mistake in words. The files
go by the moment: declaring a module, defining an option, reading a value. A new mistake is
one class in one of them, and its name here.
"""

from __future__ import annotations

from .declaring import (
    BadModule,
    BadQuantity,
    DuplicateDeclaration,
    EndlessModule,
    GroupImported,
    OptionAndGroup,
    WrongKind,
)
from .defining import (
    AssertionFailed,
    BadCondition,
    CheckFailed,
    Conflict,
    ConversionFailed,
    DeclarationAsValue,
    MissingKey,
    ModuleAsSetting,
    NoTarget,
    NotASetOfOptions,
    ReadOnlyDefined,
    UnknownOption,
    WrongType,
)
from .mistake import Mistake, Mistakes, flatten
from .reading import (
    ArgumentOfImports,
    Cycle,
    FunctionFailed,
    Immutable,
    ImmutableItems,
    NoResult,
    NoSinglePlace,
    NoSuchArgument,
    NoSuchName,
    NotEvaluated,
    NotImported,
    RemovedOption,
    TooDeep,
    Undefined,
)
from .report import Report, lay_out

__all__ = [
    "ArgumentOfImports",
    "AssertionFailed",
    "BadCondition",
    "BadModule",
    "BadQuantity",
    "CheckFailed",
    "Conflict",
    "ConversionFailed",
    "Cycle",
    "DeclarationAsValue",
    "DuplicateDeclaration",
    "EndlessModule",
    "FunctionFailed",
    "GroupImported",
    "Immutable",
    "ImmutableItems",
    "MissingKey",
    "Mistake",
    "Mistakes",
    "ModuleAsSetting",
    "NoResult",
    "NoSinglePlace",
    "NoSuchArgument",
    "NoSuchName",
    "NoTarget",
    "NotASetOfOptions",
    "NotEvaluated",
    "NotImported",
    "OptionAndGroup",
    "ReadOnlyDefined",
    "RemovedOption",
    "Report",
    "TooDeep",
    "Undefined",
    "UnknownOption",
    "WrongKind",
    "WrongType",
    "flatten",
    "lay_out",
]
