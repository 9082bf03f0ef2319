"""Option types put together by functions, for configuration that is generated.

In: annotations, or what these functions return. Out: something that stands where an
annotation may stand. Refuses nothing that annotations would not: in a class body write the
annotation instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .annotation import option_type
from .annotation import refined as refined_type
from .choices import Choice
from .containers import DictOf, ListOf
from .option_type import OptionType, Refinement, SubmoduleOptions
from .submodule import Submodule
from .tagged import Tagged
from .text import Separated, Text
from .unions import FirstOf, Optional_, Union_


def optional(annotation: Any) -> Any:
    """None or a value; the same as `T | None`."""
    return Optional_(option_type(annotation))


def one_of(*annotations: Any) -> Any:
    """A value of one of several types; the same as `A | B`."""
    return Union_([option_type(annotation) for annotation in annotations])


def first_of(*annotations: Any) -> Any:
    """A value of the first of several types that is of its sort.

    A list of strings is of the sort of `list[int]`, and then a mistake: this is how the
    unions of the NixOS module system choose. `A | B` looks at the items as well.
    """
    return FirstOf([option_type(annotation) for annotation in annotations])


def one_of_values(values: Sequence[Any]) -> Any:
    """One of some values; the same as `Literal[...]`, for any values."""
    return Choice(values)


def list_of(annotation: Any, *, non_empty: bool = False) -> Any:
    """A list; the same as `list[T]`."""
    return ListOf(option_type(annotation), non_empty)


def dict_of(annotation: Any, *, lazy: bool = False) -> Any:
    """A dict with string keys; the same as `dict[str, T]`."""
    return DictOf(option_type(annotation), Text(), lazy)


def separated(separator: str) -> Any:
    """A string whose definitions are joined by `separator`."""
    return Separated(separator)


def refined(annotation: Any, *refinements: Refinement | OptionType) -> Any:
    """An annotation with refinements; the same as `Annotated[T, ...]`."""
    type_ = option_type(annotation)
    for refinement in refinements:
        type_ = refined_type(type_, refinement)
    return type_


def submodule(
    *modules: Any,
    kind: str | None = None,
    arguments: Mapping[str, Any] | None = None,
    shorthand: bool = True,
) -> Any:
    """A type whose values are evaluations of modules, with more modules or dicts added by value.

    `kind` is the kind that all of them have to be of, `arguments` are module arguments, and
    without `shorthand` a dict with the keys config, options or imports is a module itself.
    """
    return Submodule(modules, SubmoduleOptions(kind, arguments, shorthand))


def tagged(tags: Mapping[str, Any]) -> Any:
    """A dict with exactly one key, each key with its own annotation for the value."""
    return Tagged({tag: option_type(annotation) for tag, annotation in tags.items()})
