"""TypedDicts, dataclasses, named tuples."""

from __future__ import annotations

import collections
import typing
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, NotRequired, Required, TypedDict, TypeVar

import pytest
import typing_extensions

from modsvc_dsl.language.properties import default, force, when
from modsvc_dsl.language.types.annotation import option_type
from tests.language.types.evaluation import complaint, complaints, merged

T = TypeVar("T")
WRONG: Any = object()


class Base(TypedDict):
    name: str


class Unit(Base, total=False):
    environment: dict[str, str]
    after: list[str]
    parts: list[Unit]


class Mixed(TypedDict):
    needed: int
    spare: NotRequired[int]


class Loose(TypedDict, total=False):
    needed: Required[int]
    spare: int


class Boxed(TypedDict, Generic[T]):
    content: T


class Extended(typing_extensions.TypedDict):
    fixed: typing_extensions.ReadOnly[int]
    spare: typing_extensions.NotRequired[int]


@dataclass
class Port:
    number: int
    protocols: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Backend(Generic[T]):
    host: str
    port: Port
    extra: T
    next: Backend[T] | None = None


class Point(NamedTuple):
    x: int
    labels: list[str]


def test_a_typed_dict_merges_per_key() -> None:
    """Each key merges by its own type, and takes properties."""
    value = merged(Unit, {"name": "a", "after": ["x"]}, {"after": ["y"]}, {"name": force("b")})
    assert value == {"name": "b", "after": ["x", "y"]}
    assert merged(Unit, {"name": default("a")}, {"name": "b"}) == {"name": "b"}
    assert merged(Unit, {"name": "a", "after": when(False, ["x"])}) == {"name": "a"}


def test_keys_that_are_wrong_are_all_told() -> None:
    """Unknown keys, missing ones and wrong values come together, with suggestions."""
    assert complaints(Unit, {"enviroment": {}, "aftre": []}) == [
        "`it.enviroment` is no key of Unit",
        "`it.aftre` is no key of Unit",
        "`it.name` is missing: every Unit has it, a string",
    ]
    assert "did you mean `after`?" in complaint(Unit, {"name": "a", "aftre": []})
    assert complaints(Unit, {"name": 1, "environment": {"a": 1}}) == [
        "`it.name` expects a string",
        "`it.environment.a` expects a string",
    ]


def test_a_key_may_be_given_by_any_definition() -> None:
    """A required key is missing only where no definition has it."""
    assert merged(Unit, {"after": []}, {"name": "a"}) == {"name": "a", "after": []}


@pytest.mark.parametrize("annotation", [Mixed, Loose])
def test_required_keys_are_those_that_say_so(annotation: Any) -> None:
    """`Required` and `NotRequired` count, also under postponed annotations."""
    assert merged(annotation, {"needed": 1}) == {"needed": 1}
    assert complaints(annotation, {"spare": 1}) == [
        f"`it.needed` is missing: every {annotation.__name__} has it, an integer"
    ]


def test_typed_dicts_of_other_makers_are_read_too() -> None:
    """`typing_extensions` has its own, with `ReadOnly`."""
    assert merged(Extended, {"fixed": 1}) == {"fixed": 1}
    assert complaints(Extended, {"fixed": "a"}) == ["`it.fixed` expects an integer"]


def test_a_shape_may_have_itself_inside() -> None:
    """Recursion in a TypedDict is followed as deep as the value goes."""
    value = {"name": "a", "parts": [{"name": "b", "parts": [{"name": "c"}]}]}
    assert merged(Unit, value) == value
    wrong = {"name": "a", "parts": [{"name": "b", "parts": [{"name": 3}]}]}
    assert complaints(Unit, wrong) == ["`it.parts[0].parts[0].name` expects a string"]


def test_the_fields_of_a_dataclass_are_checked_in_depth() -> None:
    """Every wrong field has a mistake with the path to it."""
    right = Backend("a", Port(1, ["tcp"]), 1)
    assert merged(Backend[int], right) is not None
    wrong = Backend(WRONG, Port(1, ["tcp", WRONG]), WRONG, Backend("b", Port(WRONG), 2))
    assert complaints(Backend[int], wrong) == [
        "`it.host` expects a string",
        "`it.port.protocols[1]` expects a string",
        "`it.extra` expects an integer",
        "`it.next.port.number` expects an integer",
    ]


def test_a_dataclass_is_one_value() -> None:
    """Equal instances are one, different ones conflict, and a field takes no property."""
    assert complaints(Port, Port(1), Port(1)) == []
    assert complaints(Port, Port(1), Port(2)) == ["`it` has definitions that differ"]
    assert complaints(list[Port], [Port(1), Port(force(WRONG))]) == [
        "`it[1].number` expects an integer"
    ]


def test_a_missing_attribute_is_told() -> None:
    """An instance that was not filled is no right value."""
    empty = object.__new__(Port)
    assert complaints(Port, empty) == [
        "`it.number` expects an integer",
        "`it.protocols` expects a list of strings",
    ]


def test_a_named_tuple_is_checked_by_its_names() -> None:
    """Paths name the field, not the index; a plain tuple is none."""
    assert complaints(Point, Point(WRONG, ["a", WRONG])) == [
        "`it.x` expects an integer",
        "`it.labels[1]` expects a string",
    ]
    assert complaint(Point, (1, ["a"])).split("\n")[2] == "write Point(...)"
    untyped: Any = getattr(collections, "namedtuple")("untyped", ["a"])
    assert merged(untyped, untyped(1)) == {"a": 1}


@pytest.mark.parametrize(
    ("annotation", "value", "expected", "hint"),
    [
        (Port, {"number": 1}, "a Port", "write Port(**{...})"),
        (Port, 3, "a Port", "write Port(...)"),
        (Port, Port, "a Port", "write Port(...): an instance, not the class"),
        (Unit, 3, "a dict with the keys of Unit", "write Unit(...), or a dict"),
        (Unit, ["a"], "a dict with the keys of Unit", ""),
    ],
)
def test_another_sort_is_answered_with_how_to_write_it(
    annotation: Any, value: Any, expected: str, hint: str
) -> None:
    """A dict where an instance stands is the usual mistake."""
    lines = complaint(annotation, value).split("\n")
    assert lines[0] == f"`it` expects {expected}"
    assert lines[2:] == ([hint] if hint else [])


def test_generic_shapes_take_their_arguments() -> None:
    """`Boxed[int]` and `Boxed[str]` are two types; without an argument anything goes."""
    assert merged(Boxed[int], {"content": 1}) == {"content": 1}
    assert complaints(Boxed[str], {"content": 1}) == ["`it.content` expects a string"]
    assert merged(Boxed, {"content": 1}) == {"content": 1}
    assert option_type(Boxed[int]).joined(option_type(Boxed[int])) is not None
    assert option_type(Boxed[int]).joined(option_type(Boxed[str])) is None


def test_shapes_in_functions_may_use_names_of_the_file() -> None:
    """A class in a function is read; names that only the function knows are told, not crashed on."""

    @dataclass
    class Local:
        port: Port

    assert complaints(Local, Local(Port(WRONG))) == ["`it.port.number` expects an integer"]

    @dataclass
    class Hidden:
        port: Local

    del Local
    with pytest.raises(TypeError, match="the fields of Hidden cannot be read"):
        option_type(Hidden)


def test_the_same_shape_joins_with_itself() -> None:
    """Two declarations of one class agree; a class of the same fields is another one."""
    assert option_type(Unit).joined(option_type(Unit)) is not None
    assert option_type(Mixed).joined(option_type(Loose)) is None
    assert option_type(Port).joined(option_type(Port)) is not None
    assert typing.is_typeddict(Unit)
