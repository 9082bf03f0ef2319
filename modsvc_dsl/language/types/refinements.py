"""What users write around and inside annotations.

In: nothing. Out: names such as `Port` and `Lines`, and classes such as `Between` that stand
in `Annotated[...]`. To a checker each is the plain type that it refines. Refuses to check:
`refine` turns the plain option type into the refined one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from .containers import DictOf, ListOf
from .option_type import OptionType
from .plain import Anything, Raw, Shallow, Untyped
from .scalars import Boolean, Number
from .submodule import Deferred as DeferredType
from .submodule import Reference, Submodule
from .text import FilePath, Separated, Text
from .wrappers import Checked, Converted, Single

T = TypeVar("T")


class Refinement:
    """Something in `Annotated[...]` that narrows or changes the plain option type."""

    def refine(self, plain: OptionType) -> OptionType:
        """The refined type. Raises TypeError where it does not go with the plain one."""
        raise NotImplementedError


def _unfit(refinement: object, plain: OptionType) -> TypeError:
    return TypeError(f"{refinement} does not go with {plain.describe()}")


@dataclass(frozen=True)
class Between(Refinement):
    """Bounds of a number, both inclusive; None leaves a side open."""

    least: float | None = None
    most: float | None = None

    def refine(self, plain: OptionType) -> OptionType:
        if not isinstance(plain, Number):
            raise _unfit(self, plain)
        return Number(plain.floats, self.least, self.most, name=plain.name)


@dataclass(frozen=True)
class Above(Refinement):
    """A lower bound that is itself excluded."""

    bound: float = 0

    def refine(self, plain: OptionType) -> OptionType:
        if not isinstance(plain, Number):
            raise _unfit(self, plain)
        return Number(plain.floats, self.bound, plain.most, above=True)


@dataclass(frozen=True)
class Named(Refinement):
    """A word for a number's purpose, shown in messages."""

    name: str

    def refine(self, plain: OptionType) -> OptionType:
        if not isinstance(plain, Number):
            raise _unfit(self, plain)
        return Number(plain.floats, plain.least, plain.most, plain.above, self.name)


@dataclass(frozen=True)
class Strict(Refinement):
    """A float that is written as one: 2.0 and not 2."""

    def refine(self, plain: OptionType) -> OptionType:
        if not isinstance(plain, Number):
            raise _unfit(self, plain)
        return Number("only", plain.least, plain.most, plain.above)


@dataclass(frozen=True)
class Matching(Refinement):
    """A string that a regular expression matches as a whole."""

    pattern: str

    def refine(self, plain: OptionType) -> OptionType:
        if not isinstance(plain, Text):
            raise _unfit(self, plain)
        return Text(self.pattern, plain.non_empty, plain.single_line)


@dataclass(frozen=True)
class NonEmpty(Refinement):
    """A list with an item, or a string that is not blank."""

    def refine(self, plain: OptionType) -> OptionType:
        if isinstance(plain, ListOf):
            return ListOf(plain.item, True, plain.any_sequence)
        if isinstance(plain, Text):
            return Text(plain.pattern, True, plain.single_line)
        raise _unfit(self, plain)


@dataclass(frozen=True)
class SingleLine(Refinement):
    """A string without line breaks, but for one at its end, which is taken off."""

    def refine(self, plain: OptionType) -> OptionType:
        if not isinstance(plain, Text):
            raise _unfit(self, plain)
        return Text(plain.pattern, plain.non_empty, True)


@dataclass(frozen=True)
class JoinedBy(Refinement):
    """A string whose definitions are joined by a separator."""

    separator: str

    def refine(self, plain: OptionType) -> OptionType:
        if not isinstance(plain, Text):
            raise _unfit(self, plain)
        return Separated(self.separator)


@dataclass(frozen=True)
class PathKind(Refinement):
    """A path, or a string that is one, which is absolute, or relative (False)."""

    absolute: bool | None

    def refine(self, plain: OptionType) -> OptionType:
        if isinstance(plain, FilePath):
            return FilePath(self.absolute, plain.as_text)
        if isinstance(plain, Text):
            return FilePath(self.absolute, as_text=True)
        raise _unfit(self, plain)


@dataclass(frozen=True)
class ByOr(Refinement):
    """A boolean that is True as soon as one definition is."""

    def refine(self, plain: OptionType) -> OptionType:
        if not isinstance(plain, Boolean):
            raise _unfit(self, plain)
        return Boolean(by_or=True)


@dataclass(frozen=True)
class Unique(Refinement):
    """At most one definition of the strongest priority."""

    message: str = ""

    def refine(self, plain: OptionType) -> OptionType:
        return Single(plain, self.message)


@dataclass(frozen=True)
class Passing(Refinement):
    """A value for which a predicate is true; `words` say what it asks."""

    predicate: Callable[[Any], bool]
    words: str = ""

    def refine(self, plain: OptionType) -> OptionType:
        return Checked(plain, self.predicate, self.words)


@dataclass(frozen=True)
class Coerced(Refinement):
    """Values of another annotation are taken as well, and converted by a function."""

    source: Any
    conversion: Callable[[Any], Any]

    def refine(self, plain: OptionType) -> OptionType:
        from .annotation import option_type

        return Converted(option_type(self.source), self.conversion, plain)


@dataclass(frozen=True)
class LazyEntries(Refinement):
    """A dict of which entries under a False condition still exist."""

    def refine(self, plain: OptionType) -> OptionType:
        if not isinstance(plain, DictOf):
            raise _unfit(self, plain)
        return DictOf(plain.item, plain.key_type, lazy=True)


class Replaces(Refinement):
    """A type that stands for the annotation as a whole."""

    def __init__(self, type_: OptionType) -> None:
        self.type = type_

    def refine(self, plain: OptionType) -> OptionType:
        return self.type


class IsSubmodule(Refinement):
    """A Module class that is one value, and no group of options."""

    def refine(self, plain: OptionType) -> OptionType:
        return plain


class IsReference(Refinement):
    """A module placed elsewhere, referred to."""

    def refine(self, plain: OptionType) -> OptionType:
        if not isinstance(plain, Submodule):
            raise _unfit("Ref[...]", plain)
        return Reference(plain.modules[0])


Port = Annotated[int, Between(0, 65535), Named("a port")]
"""A TCP or UDP port: 16 bits without a sign (RFC 9293, RFC 768)."""
Unsigned = Annotated[int, Between(0)]
Positive = Annotated[int, Between(1)]
U8 = Annotated[int, Between(0, 2**8 - 1)]
U16 = Annotated[int, Between(0, 2**16 - 1)]
U32 = Annotated[int, Between(0, 2**32 - 1)]
S8 = Annotated[int, Between(-(2**7), 2**7 - 1)]
S16 = Annotated[int, Between(-(2**15), 2**15 - 1)]
S32 = Annotated[int, Between(-(2**31), 2**31 - 1)]
StrictFloat = Annotated[float, Strict()]

Lines = Annotated[str, JoinedBy("\n")]
Commas = Annotated[str, JoinedBy(",")]
SearchPath = Annotated[str, JoinedBy(":")]
NonEmptyStr = Annotated[str, NonEmpty()]
LineOfText = Annotated[str, SingleLine()]
AbsolutePath = Annotated[str, PathKind(True)]
"""A string that is an absolute path; for a `Path` annotate `Annotated[Path, PathKind(True)]`."""
BoolByOr = Annotated[bool, ByOr()]

RawValue = Annotated[Any, Replaces(Raw())]
"""One value of any sort, never looked into."""
ShallowDict = Annotated[dict[str, Any], Replaces(Shallow())]
"""A dict of anything, of which later definitions replace keys of earlier ones."""
AnyData = Annotated[Any, Replaces(Anything())]
"""Data of any shape, merged in depth; the same as `Any`."""
NoType = Annotated[Any, Replaces(Untyped())]
"""What an option without an annotation has."""
Deferred = Annotated[Any, Replaces(DeferredType())]
"""A module to be imported elsewhere."""

Ref = Annotated[T, IsReference()]
"""`Ref[Service]`: a module placed elsewhere in the tree; to a checker simply `Service`."""
SubmoduleOf = Annotated[T, IsSubmodule()]
"""`SubmoduleOf[Settings]`: one value with options of its own, not a group of options."""
