"""Annotations -> option types.

In: annotations, and the names that texts in them may use. Out: one `OptionType` each. Refuses
what means nothing as a value, with a TypeError that says what to write. What it has no type for
is left to typeguard. A new sort of annotation is one row in a table at the end.
"""

from __future__ import annotations

import collections
import collections.abc as abc
import enum
import types
import typing
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path, PurePath
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from ..errors import BadModule
from ..words import show_value
from .choices import Choice, Member
from .classes import ClassOf, Fitting, Instance
from .containers import DictOf, ListOf, SetOf
from .field_hints import FieldHints, Names, meaning, substituted
from .functions import FunctionOf
from .option_type import OptionType, Refinement
from .plain import Anything
from .recursive import Recursive
from .scalars import Boolean, Complex, NoneOnly, Number
from .shapes import FieldsOf, KeyedDict
from .submodule import Submodule, is_module
from .text import FilePath, Text
from .tuples import TupleOf, TupleOfMany
from .unions import Optional_, Union_

NO_NAMES: Names = ({}, {})
Class = type[Any]


def option_type(annotation: Any, names: Names = NO_NAMES) -> OptionType:
    """The option type of an annotation.

    `names` are the global and local ones that forward references in it may use. Raises
    TypeError, which says what to write, where the annotation means nothing.
    """
    if isinstance(annotation, OptionType):
        return annotation
    return Reading(names, {}, {}).type(annotation)


def refined(type_: OptionType, extra: Any) -> OptionType:
    """A type as `Annotated[..., extra]` changes it. Raises TypeError where they do not go together.

    Beside None, a refinement means the values that are not None.
    """
    if isinstance(extra, type) and issubclass(extra, (OptionType, Refinement)):
        try:
            extra = extra()
        except (TypeError, BadModule):
            raise TypeError(f"write {extra.__name__}(...), with what it needs") from None
    if isinstance(extra, OptionType):
        return extra
    if not isinstance(extra, Refinement):
        return type_
    try:
        return extra.refine(type_)
    except TypeError:
        if not isinstance(type_, Optional_):
            raise
        return Optional_(extra.refine(type_.item))


class Reading:
    """One annotation being read.

    `open_` has the names and classes in whose midst we are, `done` those behind us.
    """

    def __init__(
        self, names: Names, open_: dict[Any, Recursive], done: dict[Any, OptionType]
    ) -> None:
        self.names = names
        self.open = open_
        self.done = done

    def type(self, annotation: Any) -> OptionType:
        """The type of an annotation, or of a part of one."""
        if isinstance(annotation, OptionType):
            return annotation
        if isinstance(annotation, str):
            return self._named(annotation)
        if isinstance(annotation, typing.ForwardRef):
            return self._named(annotation.__forward_arg__)
        origin = get_origin(annotation)
        if origin is not None:
            return self._subscripted(annotation, origin)
        if _is_hashable(annotation) and annotation in _BY_VALUE:
            return _BY_VALUE[annotation]()
        if annotation is Union:  # since Python 3.14 a class
            raise TypeError(_REASONS["Union"])
        if isinstance(annotation, type):
            return self._of_class(annotation)
        if hasattr(annotation, "__supertype__"):  # NewType
            return self.type(annotation.__supertype__)
        if hasattr(annotation, "__value__"):  # the type statement
            return self._opened(annotation, annotation.__name__, lambda: annotation.__value__)
        if isinstance(annotation, typing.TypeVar):
            return self._variable(annotation)
        raise TypeError(_no_annotation(annotation))

    def _subscripted(self, annotation: Any, origin: Any) -> OptionType:
        if origin in _BY_ORIGIN:
            return _BY_ORIGIN[origin](self, annotation)
        if hasattr(origin, "__value__"):  # a generic of the type statement
            value = substituted(origin.__value__, origin.__type_params__, get_args(annotation))
            return self._opened(annotation, origin.__name__, lambda: value)
        if origin is typing.IO or getattr(origin, "_is_protocol", False):
            return Fitting(annotation, _fitting(origin))
        if isinstance(origin, type):
            return self._of_class(origin, annotation)
        raise TypeError(_no_annotation(annotation))

    def _of_class(self, cls: Class, annotation: Any = None) -> OptionType:
        """The type of a class; `annotation` is the class with its arguments, if it has any."""
        if issubclass(cls, (OptionType, Refinement)):
            return refined(Anything(), cls)
        if hasattr(cls, "__option_type__"):  # a class that says it itself
            made: OptionType = cls.__option_type__()
            return made
        if is_module(cls):
            return Submodule([cls])
        if issubclass(cls, enum.Enum) and len(cls):
            return Member(cls)
        whole = annotation or cls
        if hasattr(cls, "__required_keys__") and issubclass(cls, dict):  # a TypedDict of any maker
            return self._opened(whole, cls.__name__, lambda: self._keyed(cls, whole))
        if hasattr(cls, "__dataclass_fields__") or hasattr(cls, "_fields"):
            return self._opened(whole, cls.__name__, lambda: self._fields(cls, whole))
        if getattr(cls, "_is_protocol", False) or cls in (typing.TextIO, typing.BinaryIO):
            return Fitting(cls, _fitting(cls))
        return Instance(cls)

    def _opened(self, source: Any, name: str, value: Callable[[], Any]) -> OptionType:
        """The type of something with a name, which may have itself among its parts."""
        if source in self.done:
            return self.done[source]
        if source in self.open:
            return self.open[source].mentioned()
        self.open[source] = recursive = Recursive(name, source)
        type_ = recursive.type = self.type(value())
        if type_ is recursive:
            raise TypeError(f"{name} means nothing but itself")
        del self.open[source]
        # what a class or a name at the top is made of stays open to walks through declarations
        brief = recursive.is_mentioned and isinstance(source, tuple)
        self.done[source] = recursive if brief else type_
        return self.done[source]

    def _named(self, text: str) -> OptionType:
        source = text, id(self.names[0])
        return self._opened(source, text, lambda: meaning(text, self.names))

    def _inside(self, hints: FieldHints) -> Reading:
        return Reading(hints.names, self.open, self.done)

    def _keyed(self, cls: Any, whole: Any) -> OptionType:
        hints = FieldHints(cls, whole, self.names)
        made = KeyedDict(whole, cls.__name__)
        made.keys = {name: self._inside(hints).type(hint) for name, hint in hints.keys().items()}
        made.required = hints.required
        return made

    def _fields(self, cls: Any, whole: Any) -> OptionType:
        hints = FieldHints(cls, whole, self.names)
        made = FieldsOf(whole, cls)
        made.fields = {
            name: self._inside(hints).type(hint) for name, hint in hints.fields().items()
        }
        return made

    def _variable(self, variable: typing.TypeVar) -> OptionType:
        if variable.__constraints__:
            return Union_([self.type(each) for each in variable.__constraints__])
        return self.type(Any if variable.__bound__ is None else variable.__bound__)

    def annotated(self, annotation: Any) -> OptionType:
        """`Annotated[T, ...]`: refinements and types of the user's, in their order."""
        plain, *extras = get_args(annotation)
        type_ = self.type(plain)
        for extra in extras:
            type_ = refined(type_, extra)
        return type_

    def union(self, annotation: Any) -> OptionType:
        """`A | B`, and with None an optional."""
        every = get_args(annotation)
        made = [self.type(member) for member in every if member is not types.NoneType]
        type_ = made[0] if len(made) == 1 else Union_(made)
        return Optional_(type_) if len(made) < len(every) else type_

    def literal(self, annotation: Any) -> OptionType:
        """`Literal[...]`."""
        return Choice(get_args(annotation))

    def items(self, annotation: Any) -> OptionType:
        """`list[T]` and other sequences."""
        kind = _LISTS[get_origin(annotation)]
        return ListOf(self.argument(annotation, 0), kind=kind)

    def entries(self, annotation: Any) -> OptionType:
        """`dict[K, T]` and other mappings."""
        origin = get_origin(annotation)
        key = self.argument(annotation, 0)
        _demand_hashable(key, "keys of a dict")
        item = Number() if origin is collections.Counter else self.argument(annotation, 1)
        return DictOf(item, key, kind=origin)

    def members(self, annotation: Any) -> OptionType:
        """`set[T]` and other sets."""
        item = self.argument(annotation, 0)
        _demand_hashable(item, "items of a set")
        return SetOf(item, _SETS[get_origin(annotation)])

    def places(self, annotation: Any) -> OptionType:
        """`tuple[A, B]` and `tuple[T, ...]`."""
        args = get_args(annotation)
        if annotation is typing.Tuple:
            return TupleOfMany(Anything())
        if any(getattr(arg, "__unpacked__", False) or _is_unpacked(arg) for arg in args):
            raise TypeError("a tuple with a star in it has no type: write tuple[T, ...]")
        if len(args) == 2 and args[1] is Ellipsis:
            return TupleOfMany(self.type(args[0]))
        return TupleOf([self.type(arg) for arg in args])

    def function(self, annotation: Any) -> OptionType:
        """`Callable[[A, B], T]`; with `...` the number of arguments does not matter."""
        args = get_args(annotation)
        takes = len(args[0]) if args and isinstance(args[0], list) else None
        return FunctionOf(self.type(args[-1]) if args else Anything(), takes)

    def class_of(self, annotation: Any) -> OptionType:
        """`type[T]`."""
        args = get_args(annotation) or (object,)
        bases = get_args(args[0]) if get_origin(args[0]) in _UNIONS else args
        bases = tuple(object if base is Any else base for base in bases)
        if all(isinstance(base, type) and not _is_protocol(base) for base in bases):
            return ClassOf(bases)
        return Fitting(annotation, f"a class that is a {args[0]!s}")

    def argument(self, annotation: Any, index: int) -> OptionType:
        """The type of one argument of an annotation, of anything where it has none."""
        args = get_args(annotation)
        return self.type(args[index]) if len(args) > index else Anything()

    def refused(self, annotation: Any) -> OptionType:
        """What is an annotation, and none of an option."""
        raise TypeError(_no_annotation(annotation))


def _is_hashable(annotation: Any) -> bool:
    return isinstance(annotation, abc.Hashable)


def _demand_hashable(type_: OptionType, what: str) -> None:
    """Raise TypeError where values of a type are never hashable."""
    if isinstance(type_, TupleOf):
        for item in type_.items:
            _demand_hashable(item, what)
    elif isinstance(type_, TupleOfMany):
        _demand_hashable(type_.item, what)
    elif isinstance(type_, (ListOf, DictOf, KeyedDict, Submodule)):
        advice = "tuple[T, ...]" if isinstance(type_, ListOf) else "a frozen dataclass"
        raise TypeError(f"{type_.describe_many()} cannot be {what}: write {advice} instead")
    elif isinstance(type_, SetOf) and not issubclass(frozenset, type_.kind):
        raise TypeError(f"{type_.describe_many()} cannot be {what}: write frozenset[T] instead")


def _is_unpacked(arg: Any) -> bool:
    return getattr(get_origin(arg), "_name", "") == "Unpack"


def _is_protocol(cls: Any) -> bool:
    return bool(getattr(cls, "_is_protocol", False))


def _fitting(cls: Any) -> str:
    if _is_protocol(cls):
        return f"an object that has what the protocol {cls.__name__} asks for"
    return f"an open file ({cls.__name__})"


def _no_annotation(annotation: Any) -> str:
    """Why something is no annotation of an option, and what to write."""
    if isinstance(annotation, Refinement):
        return f"{show_value(annotation)} refines an annotation: write Annotated[..., {show_value(annotation)}]"
    if annotation is any or annotation is callable:
        return f"{annotation.__name__} is a function: write {annotation.__name__.capitalize()}"
    if isinstance(annotation, (list, tuple, Mapping)) or annotation is Ellipsis:
        return f"{show_value(annotation)} is a value: write list[...], tuple[...], dict[...] or Literal[...]"
    name = getattr(annotation, "_name", None) or getattr(get_origin(annotation), "_name", None)
    return _REASONS.get(str(name), f"{show_value(annotation)} is no annotation")


_REASONS = {
    "Self": "Self means nothing in an option: write the class",
    "ClassVar": "a ClassVar is no option: leave option(...) out",
    "Final": "an option is never Final: say option(read_only=True)",
    "NoReturn": "no value fits NoReturn: write None",
    "Never": "no value fits Never: write None",
    "Required": "Required[...] stands in a TypedDict only",
    "NotRequired": "NotRequired[...] stands in a TypedDict only",
    "Optional": "write Optional[T], or T | None",
    "Union": "write Union[A, B], or A | B",
    "Literal": "write Literal[...] with the values",
    "Annotated": "write Annotated[T, ...]",
}

_Make = Callable[[Reading, Any], OptionType]

_LISTS: dict[Any, Any] = {
    list: list,
    collections.deque: collections.deque,
    abc.Sequence: abc.Sequence,
    abc.MutableSequence: abc.MutableSequence,
    abc.Collection: abc.Sequence,  # of a set, nobody would know the order
    abc.Iterable: abc.Sequence,  # an iterator can be read only once
    abc.Reversible: abc.Sequence,
}
_DICTS = (
    dict,
    abc.Mapping,
    abc.MutableMapping,
    collections.OrderedDict,
    collections.defaultdict,
    collections.Counter,
)
_SETS: dict[Any, Any] = {
    set: abc.Set,
    frozenset: frozenset,
    abc.Set: abc.Set,
    abc.MutableSet: abc.MutableSet,
}
_UNIONS = (Union, types.UnionType)

_BY_ORIGIN: dict[Any, _Make] = {
    Annotated: Reading.annotated,
    Literal: Reading.literal,
    tuple: Reading.places,
    abc.Callable: Reading.function,
    type: Reading.class_of,
    **dict.fromkeys(_UNIONS, Reading.union),
    **dict.fromkeys(_LISTS, Reading.items),
    **dict.fromkeys(_DICTS, Reading.entries),
    **dict.fromkeys(_SETS, Reading.members),
}


def _bare_list(kind: Any) -> OptionType:
    return ListOf(Anything(), kind=kind)


def _bare_dict(kind: Any) -> OptionType:
    item = Number() if kind is collections.Counter else Anything()
    return DictOf(item, Anything(), kind=kind)


def _bare_set(kind: Any) -> OptionType:
    return SetOf(Anything(), kind)


_BY_VALUE: dict[Any, Callable[[], OptionType]] = {
    bool: Boolean,
    int: Number,
    float: lambda: Number("too"),
    complex: Complex,
    str: Text,
    typing.LiteralString: Text,
    Path: FilePath,
    PurePath: lambda: FilePath(kind=PurePath),
    Any: Anything,
    object: Anything,
    None: NoneOnly,
    types.NoneType: NoneOnly,
    tuple: lambda: TupleOfMany(Anything()),
    type: lambda: ClassOf((object,)),
    abc.Callable: lambda: FunctionOf(Anything()),
    **{cls: partial(_bare_list, kind) for cls, kind in _LISTS.items()},
    **{cls: partial(_bare_dict, cls) for cls in _DICTS},
    **{cls: partial(_bare_set, kind) for cls, kind in _SETS.items()},
}
