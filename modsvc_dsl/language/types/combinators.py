"""Option types put together by functions, for configuration that is generated.

In: annotations, or what these functions return. Out: something that stands where an
annotation may stand. Refuses nothing that annotations would not: in a class body write the
annotation instead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..arguments import demand, refuses_others
from ..errors import BadModule
from ..frozen import NOTHING
from ..properties import Later
from ..provenance import users_line
from ..words import all_of
from .annotation import option_type
from .annotation import refined as refined_type
from .choices import Choice
from .containers import DictOf, ListOf
from .option_type import OptionType, Refinement, SubmoduleOptions
from .submodule import Submodule, is_importable
from .refinements import NoType
from .tagged import Tag, Tagged
from .text import Separated, Text
from .unions import FirstOf, Optional_, Union_


@refuses_others
def optional(annotation: Any) -> Any:
    """None or a value; the same as `T | None`."""
    return Optional_(_type("optional", annotation))


@refuses_others
def one_of(*annotations: Any) -> Any:
    """A value of one of several types; the same as `A | B`."""
    return Union_(_several("one_of", annotations))


@refuses_others
def first_of(*annotations: Any) -> Any:
    """A value of the first of several types that is of its sort.

    A list of strings is of the sort of `list[int]`, and then a mistake: this is how the
    unions of the NixOS module system choose. `A | B` looks at the items as well.
    """
    return FirstOf(_several("first_of", annotations))


@refuses_others
def one_of_values(values: Sequence[Any]) -> Any:
    """One of some values; the same as `Literal[...]`, for any values."""
    right = isinstance(values, Sequence) and not isinstance(values, (str, bytes))
    demand(right, "one_of_values", "a list of values", values, "write them in square brackets")
    return Choice(values)


@refuses_others
def list_of(annotation: Any, *, non_empty: bool = False) -> Any:
    """A list; the same as `list[T]`."""
    return ListOf(_type("list_of", annotation), non_empty)


@refuses_others
def dict_of(annotation: Any, *, lazy: bool = False) -> Any:
    """A dict with string keys; the same as `dict[str, T]`."""
    return DictOf(_type("dict_of", annotation), Text(), lazy)


@refuses_others
def separated(separator: str) -> Any:
    """A string whose definitions are joined by `separator`."""
    demand(isinstance(separator, str), "separated", "a text", separator, 'write separated(",")')
    return Separated(separator)


@refuses_others
def refined(annotation: Any, *refinements: Refinement | OptionType) -> Any:
    """An annotation with refinements; the same as `Annotated[T, ...]`."""
    type_ = _type("refined", annotation)
    for refinement in refinements:
        type_ = _readable("refined", lambda: refined_type(type_, _refinement(refinement)))
    return type_


@refuses_others
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
    wrong = next((each for each in modules if not is_importable(each)), None)
    advice = "write module classes, or what module(...) returns"
    demand(wrong is None, "submodule", "modules", wrong, advice)
    return Submodule(modules, SubmoduleOptions(kind, arguments, shorthand))


@refuses_others
def tagged(tags: Mapping[str, Any]) -> Any:
    """A dict with exactly one key, each key with its own annotation for the value.

    `option(type=..., default=..., apply=..., read_only=...)` in the place of an annotation says more of the
    value: the default is there where a tag is named and no definition of its value counts.
    """
    advice = 'write tagged({"tcp": int, "unix": str})'
    demand(isinstance(tags, Mapping), "tagged", "a dict of annotations", tags, advice)
    return Tagged({tag: _tag(annotation) for tag, annotation in tags.items()})


# Any: a declaration is made by a file that this one may not know
def _tag(given: Any) -> OptionType:
    """The type of a tag, from an annotation or from a declaration. Raises BadModule."""
    if not hasattr(type(given), "__declares__"):
        return _type("tagged", given)
    fields: Mapping[str, Any] = given.__fields__
    odd = [f"{name}=" for name in ("required", "shares") if name in fields]
    odd += ["a method below it"] if given.__function__ is not None else []
    odd += ["an annotation that is a text"] if isinstance(fields.get("type"), str) else []
    if odd:
        headline = f"an option behind a tag has {all_of(odd)}"
        advice = (
            "write option(type=..., default=...) and no more than apply= and read_only= besides"
        )
        raise BadModule(headline, given.__place__, advice)
    default = fields.get("default", NOTHING)
    if fields.get("compute") is not None:
        default = Later(fields["compute"], wants_view=True)
    type_ = _type("tagged", fields.get("type", NoType))
    apply, read_only = fields.get("apply"), fields.get("read_only", False)
    return Tag(type_, given.__place__, default, apply, read_only)


def _type(function: str, annotation: Any) -> OptionType:
    """The option type of an annotation. Raises BadModule, with the line of who calls `function`."""
    return _readable(function, lambda: option_type(annotation))


def _several(function: str, annotations: Sequence[Any]) -> list[OptionType]:
    demand(bool(annotations), function, "annotations", (), f"write {function}(int, str)")
    return [_type(function, annotation) for annotation in annotations]


def _refinement(given: object) -> object:
    known = given if isinstance(given, type) else type(given)
    right = issubclass(known, (Refinement, OptionType))
    demand(right, "refined", "refinements", given, "write refined(int, Between(0, 9))")
    return given


def _readable(function: str, read: Callable[[], OptionType]) -> OptionType:
    try:
        return read()
    except TypeError as error:
        headline = f"{function}(...) takes annotations: {error}"
        usual = "write a type, such as int, list[str], Port or a Module class"
        advice = getattr(error, "advice", usual)
        raise BadModule(headline, users_line(), advice) from None
