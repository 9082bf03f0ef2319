"""Annotations -> option types.

In: annotations with their names resolved. Out: one `OptionType` each, made once. Refuses
strings (the module's record resolves them) and hands to typeguard what it has no type for.
A new sort of annotation is one row in `_BY_ORIGIN` or `_BY_CLASS`.
"""

from __future__ import annotations

import collections.abc as abc
import dataclasses
import enum
import types
import typing
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from .containers import DictOf, ListOf, SetOf, TupleOf
from .option_type import OptionType
from .plain import Anything, FunctionOf
from .refinements import Refinement
from .scalars import Annotated_, Boolean, Choice, Instance, Member, NoneOnly, Number
from .shapes import FieldsOf, KeyedDict
from .submodule import Submodule, is_module
from .text import FilePath, Text
from .unions import Optional_, Union_


def option_type(annotation: Any) -> OptionType:
    """The option type of an annotation. Raises TypeError where it means nothing."""
    if isinstance(annotation, OptionType):
        return annotation
    if isinstance(annotation, str):
        raise TypeError(f"the name {annotation!r} could not be resolved")
    try:
        return _cached(annotation)
    except TypeError as error:
        if "unhashable" not in str(error):
            raise
        return _compiled(annotation)


@lru_cache(maxsize=4096)
def _cached(annotation: Any) -> OptionType:
    return _compiled(annotation)


def _compiled(annotation: Any) -> OptionType:
    if isinstance(annotation, type | None) or annotation is Any:
        if annotation in _BY_VALUE:
            return _BY_VALUE[annotation]()
    origin = get_origin(annotation)
    if origin is not None:
        make = _BY_ORIGIN.get(origin)
        return make(annotation) if make else Annotated_(annotation, _words(annotation))
    if isinstance(annotation, type):
        return _of_class(annotation)
    if hasattr(annotation, "__supertype__"):  # NewType
        return option_type(annotation.__supertype__)
    if hasattr(annotation, "__value__"):  # the type statement
        return option_type(annotation.__value__)
    if isinstance(annotation, typing.TypeVar):
        return option_type(annotation.__bound__ or Any)
    if annotation in (abc.Callable, typing.Callable):
        return FunctionOf(Anything())
    return Annotated_(annotation, _words(annotation))


def _of_class(annotation: type[Any]) -> OptionType:
    if is_module(annotation):
        return Submodule([annotation])
    if issubclass(annotation, enum.Enum):
        return Member(annotation)
    if typing.is_typeddict(annotation):
        return _typed_dict(annotation)
    if dataclasses.is_dataclass(annotation) or hasattr(annotation, "_fields"):
        return _fields(annotation)
    if getattr(annotation, "_is_protocol", False):
        return Annotated_(annotation, _words(annotation))
    return Instance(annotation)


def _typed_dict(annotation: Any) -> OptionType:
    hints = typing.get_type_hints(annotation, include_extras=True)
    keys = {name: option_type(_unwrapped(hint)) for name, hint in hints.items()}
    return KeyedDict(annotation.__name__, keys, annotation.__required_keys__)


def _unwrapped(hint: Any) -> Any:
    """A TypedDict item without `Required[...]`, `NotRequired[...]` or `ReadOnly[...]`."""
    while getattr(get_origin(hint), "_name", "") in ("Required", "NotRequired", "ReadOnly"):
        (hint,) = get_args(hint)
    return hint


def _fields(annotation: Any) -> OptionType:
    hints = typing.get_type_hints(annotation, include_extras=True)
    if dataclasses.is_dataclass(annotation):
        names = [field.name for field in dataclasses.fields(annotation)]
    else:
        names = list(annotation._fields)
    return FieldsOf(annotation, {n: option_type(hints[n]) for n in names if n in hints})


def _refined(annotation: Any) -> OptionType:
    plain_annotation, *extras = get_args(annotation)
    type_ = option_type(plain_annotation)
    for extra in extras:
        if isinstance(extra, OptionType):
            type_ = extra
        elif isinstance(extra, Refinement):
            type_ = extra.refine(type_)
    return type_


def _union(annotation: Any) -> OptionType:
    members = [member for member in get_args(annotation) if member is not types.NoneType]
    made = [option_type(member) for member in members]
    type_ = made[0] if len(made) == 1 else Union_(made)
    return Optional_(type_) if len(members) < len(get_args(annotation)) else type_


def _list(annotation: Any) -> OptionType:
    return ListOf(_argument(annotation, 0), any_sequence=get_origin(annotation) is not list)


def _dict(annotation: Any) -> OptionType:
    return DictOf(_argument(annotation, 1), _argument(annotation, 0))


def _tuple(annotation: Any) -> OptionType:
    args = get_args(annotation)
    if len(args) == 2 and args[1] is Ellipsis:
        return Annotated_(annotation, f"a tuple of items, each {option_type(args[0]).describe()}")
    return TupleOf([option_type(arg) for arg in args])


def _callable(annotation: Any) -> OptionType:
    args = get_args(annotation)
    return FunctionOf(option_type(args[-1]) if args else Anything())


def _argument(annotation: Any, index: int) -> OptionType:
    args = get_args(annotation)
    return option_type(args[index]) if len(args) > index else Anything()


def _words(annotation: Any) -> str:
    return f"a value that fits {getattr(annotation, '__name__', annotation)}"


_BY_VALUE: dict[Any, Callable[[], OptionType]] = {
    bool: Boolean,
    int: Number,
    float: lambda: Number("too"),
    str: Text,
    Path: FilePath,
    PurePath: FilePath,
    Any: Anything,
    object: Anything,
    None: NoneOnly,
    types.NoneType: NoneOnly,
    list: lambda: ListOf(Anything()),
    dict: lambda: DictOf(Anything(), Text()),
    set: lambda: SetOf(Anything()),
    frozenset: lambda: SetOf(Anything()),
}

_BY_ORIGIN: dict[Any, Callable[[Any], OptionType]] = {
    Annotated: _refined,
    Union: _union,
    types.UnionType: _union,
    Literal: lambda annotation: Choice(get_args(annotation)),
    list: _list,
    abc.Sequence: _list,
    abc.Iterable: _list,
    abc.Collection: _list,
    dict: _dict,
    abc.Mapping: _dict,
    set: lambda annotation: SetOf(_argument(annotation, 0)),
    frozenset: lambda annotation: SetOf(_argument(annotation, 0)),
    abc.Set: lambda annotation: SetOf(_argument(annotation, 0)),
    tuple: _tuple,
    abc.Callable: _callable,
}
