"""The annotations of the fields of classes, read with the names that their user knows."""

from __future__ import annotations

import builtins
import dataclasses
from typing import Any, Generic, NamedTuple, NotRequired, Required, TypedDict, TypeVar

import pytest

from modsvc_dsl.language.types.field_hints import FieldHints, meaning, substituted

T = TypeVar("T")
U = TypeVar("U")


class Address(TypedDict, total=False):
    host: Required[str]
    port: int


class Strict(TypedDict):
    host: str
    port: NotRequired[int]


@dataclasses.dataclass
class Box(Generic[T]):
    content: T
    many: list[T]
    label: str = ""


class Point(NamedTuple):
    x: int
    y: int = 0


NAMES: tuple[dict[str, Any], dict[str, Any]] = ({}, {})


def test_keys_of_a_typed_dict() -> None:
    """Those that have to be there are told apart, under postponed annotations too."""
    for cls in (Address, Strict):
        hints = FieldHints(cls, cls, NAMES)
        assert hints.keys() == {"host": str, "port": int}
        assert hints.required == {"host"}


def test_fields_in_order() -> None:
    """Of dataclasses and named tuples; type variables are replaced by what is given."""
    assert FieldHints(Point, Point, NAMES).fields() == {"x": int, "y": int}
    assert FieldHints(Box, Box[int], NAMES).fields() == {
        "content": int,
        "many": list[int],
        "label": str,
    }
    assert FieldHints(Box, Box, NAMES).fields()["content"] is T


def test_classes_of_a_function_know_its_names() -> None:
    """Which the user of the class hands in."""

    class Local:
        pass

    @dataclasses.dataclass
    class Holder:
        inner: Local

    names: tuple[dict[str, Any], dict[str, Any]] = (globals(), locals())
    assert FieldHints(Holder, Holder, names).fields() == {"inner": Local}


def test_a_name_that_does_not_exist_is_said() -> None:
    """Of the class, or of an annotation that is text."""

    @dataclasses.dataclass
    class Holder:
        inner: Nowhere  # type: ignore[name-defined]  # noqa: F821 # pyright: ignore

    with pytest.raises(TypeError, match="the fields of Holder cannot be read"):
        FieldHints(Holder, Holder, NAMES).fields()
    with pytest.raises(TypeError, match="the name 'Nowhere' could not be resolved"):
        meaning("Nowhere", NAMES)
    assert meaning("list[Port]", ({"Port": int}, {})) == list[int]


def test_type_variables_are_replaced_where_there_are_arguments() -> None:
    """The rest stays as it is."""
    dicts, lists, one, other = (vars(builtins)["dict"], vars(builtins)["list"], T, U)
    assert substituted(dicts[one, lists[other]], [T], [str]) == dicts[str, lists[other]]
    assert substituted(T, [T], [int]) is int and substituted(U, [T], [int]) is U
    assert substituted(int, [T], [str]) is int
