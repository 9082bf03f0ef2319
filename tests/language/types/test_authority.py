"""typeguard is the authority: our types say of every value what typeguard says of it.

Where they are stricter, the rule is one of those below: a few lines that make typeguard as
strict. So nothing else can differ, and each rule is shown to be one.
"""

from __future__ import annotations

import collections
import collections.abc as abc
import types
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Annotated, Any, ForwardRef, Literal, Union, get_type_hints
from unittest.mock import Mock

import pytest
import typeguard
from hypothesis import HealthCheck, example, given, settings

from modsvc_dsl.language.properties import force, later, when
from modsvc_dsl.language.types import annotation as annotation_file
from modsvc_dsl.language.types.annotation import option_type
from modsvc_dsl.language.types.authority import agrees, objection
from modsvc_dsl.language.types.option_type import Refinement
from modsvc_dsl.language.types.refinements import Between, NonEmpty, Strict, StrictFloat
from tests.language.types.annotations import (
    LEAVES,
    MAPPINGS,
    SEQUENCES,
    SETS,
    WRONG,
    Backend,
    Color,
    Greets,
    Keys,
    pairs,
)

TEXTS = (str, bytes, bytearray, memoryview)
Check = Callable[[Any, Any, tuple[Any, ...], typeguard.TypeCheckMemo], None]


def _each(items: Any, annotation: Any, memo: typeguard.TypeCheckMemo) -> None:
    for item in items:
        typeguard.check_type_internal(item, annotation, memo)


def no_boolean(value: Any, origin: Any, args: tuple[Any, ...], memo: Any) -> None:
    """A boolean is no number."""
    allowed: Any = {int: int, float: (int, float), complex: (int, float, complex)}[origin]
    if isinstance(value, bool) or not isinstance(value, allowed):
        raise typeguard.TypeCheckError("is no number")


def no_text(value: Any, origin: Any, args: tuple[Any, ...], memo: Any) -> None:
    """A text is no sequence; what can be read once, or has no order, is no list."""
    if not isinstance(value, abc.Sequence) or isinstance(value, TEXTS):
        raise typeguard.TypeCheckError("is no sequence of items")
    _each(value, args[0] if args else Any, memo)


def only_bytes(value: Any, origin: Any, args: tuple[Any, ...], memo: Any) -> None:
    """A changeable buffer is no bytes."""
    if not isinstance(value, bytes):
        raise typeguard.TypeCheckError("is no bytes")


def all_items(value: Any, origin: Any, args: tuple[Any, ...], memo: Any) -> None:
    """The items of every collection are looked at, not only those of lists and dicts."""
    if not isinstance(value, origin) or isinstance(value, TEXTS):
        raise typeguard.TypeCheckError(f"is no {origin}")
    if args and isinstance(value, abc.Mapping):
        _each(value.keys(), args[0], memo)
        _each(value.values(), args[1], memo)
    elif args:
        _each(value, args[0], memo)


def counts(value: Any, origin: Any, args: tuple[Any, ...], memo: Any) -> None:
    """The keys of a Counter are looked at, and what it counts to is an integer."""
    if not isinstance(value, collections.Counter):
        raise typeguard.TypeCheckError("is no Counter")
    _each(value.keys(), args[0] if args else Any, memo)
    _each(value.values(), int, memo)


def all_fields(value: Any, origin: Any, args: tuple[Any, ...], memo: Any) -> None:
    """The fields of a dataclass are looked at."""
    if not isinstance(value, origin):
        raise typeguard.TypeCheckError(f"is no {origin}")
    hints = get_type_hints(origin)
    for field in fields(origin):
        typeguard.check_type_internal(getattr(value, field.name), hints[field.name], memo)


RULES: dict[Any, Check] = {
    **dict.fromkeys((int, float, complex), no_boolean),
    **dict.fromkeys((abc.Sequence, abc.Iterable, abc.Collection, abc.Reversible), no_text),
    **dict.fromkeys((collections.deque, abc.MutableSequence, abc.MutableSet), all_items),
    **dict.fromkeys((collections.OrderedDict, collections.defaultdict), all_items),
    collections.Counter: counts,
    bytes: only_bytes,
}


def stricter(origin: Any, args: tuple[Any, ...], extras: tuple[Any, ...]) -> Check | None:
    """The rule for an annotation, if there is one."""
    if isinstance(origin, type) and is_dataclass(origin):
        return all_fields
    return RULES.get(origin) if isinstance(origin, abc.Hashable) else None


@pytest.fixture
def rules() -> Iterator[None]:
    """typeguard with the rules above."""
    typeguard.checker_lookup_functions.insert(0, stricter)
    try:
        yield
    finally:
        typeguard.checker_lookup_functions.remove(stricter)


def test_every_kind_of_annotation_is_among_those_generated() -> None:
    """What is read by a table of its own is compared with the authority."""
    made_here = {Annotated, Union, Literal, types.UnionType, type(None)}
    generated = [*LEAVES, *SEQUENCES, *MAPPINGS, *SETS, collections.Counter, *made_here]
    tables = vars(annotation_file)
    for known in (*tables["_BY_VALUE"], *tables["_BY_ORIGIN"]):
        assert any(each is known for each in generated), known


SOME = settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@settings(
    max_examples=2000,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(pair=pairs())
@example(pair=(list[int], [1, True]))
@example(pair=(list[int | str], [1, "a", None]))
@example(pair=(dict[Color, list[Path]], {Color.RED: [Path("a")]}))
def test_our_types_and_typeguard_agree(rules: None, pair: tuple[Any, Any]) -> None:
    """Beyond the named rules, our `fits` and typeguard with all items say the same."""
    annotation, value = pair
    said = objection(value, annotation)
    assert option_type(annotation).fits(value) == (not said), said


@SOME
@given(pair=pairs())
def test_misfits_are_there_exactly_where_a_value_does_not_fit(pair: tuple[Any, Any]) -> None:
    """What explains a wrong value explains every wrong one, and no right one."""
    annotation, value = pair
    type_ = option_type(annotation)
    assert (not list(type_.misfits(value))) == type_.fits(value)


@SOME
@given(pair=pairs())
def test_what_fits_is_of_the_right_sort(pair: tuple[Any, Any]) -> None:
    """`accepts` refuses nothing that `fits`, and describing and hinting never raise."""
    annotation, value = pair
    type_ = option_type(annotation)
    assert type_.accepts(value) or not type_.fits(value)
    assert type_.describe() and type_.describe_many()
    assert isinstance(type_.hint(value), str)


@pytest.mark.parametrize(
    ("annotation", "value"),
    [
        pytest.param(int, True, id="a boolean is no int"),
        pytest.param(float, False, id="a boolean is no float"),
        pytest.param(complex, True, id="a boolean is no complex number"),
        pytest.param(list[int], [True], id="nor in a list"),
        pytest.param(abc.Sequence[str], "abc", id="a string is no sequence of strings"),
        pytest.param(abc.Sequence[int], b"abc", id="bytes are no sequence of numbers"),
        pytest.param(abc.Iterable[str], "abc", id="a string is no iterable of strings"),
        pytest.param(abc.Iterable[int], iter([1]), id="an iterator can be read once"),
        pytest.param(abc.Collection[int], {1}, id="a set has no order"),
        pytest.param(abc.Iterable[int], ["a"], id="items of iterables are checked"),
        pytest.param(collections.deque[int], collections.deque(["a"]), id="those of deques too"),
        pytest.param(
            collections.Counter[str], collections.Counter({"a": "b"}), id="a Counter counts"
        ),
        pytest.param(
            collections.defaultdict[str, int],
            collections.defaultdict(None, a="b"),
            id="those of defaultdicts too",
        ),
        pytest.param(bytes, bytearray(b"a"), id="a bytearray is no bytes"),
        pytest.param(Backend, Backend("a", [WRONG]), id="fields of dataclasses are checked"),
        pytest.param(StrictFloat, 2, id="an int is no strict float"),
        pytest.param(Annotated[int, Between(1, 5)], 6, id="refinements count"),
        pytest.param(Annotated[list[int], NonEmpty()], [], id="those of lists too"),
        pytest.param(int, Mock(), id="a Mock is nothing but a Mock"),
    ],
)
def test_where_ours_are_stricter(annotation: Any, value: Any) -> None:
    """typeguard lets it pass, and our types do not."""
    assert agrees(value, annotation)
    assert not option_type(annotation).fits(value)


def test_a_name_in_an_annotation_is_resolved() -> None:
    """typeguard cannot look up what a text means at run time; we can, and check it."""
    annotation: Any = types.GenericAlias(list, (ForwardRef("Number"),))
    names: Any = ({"Number": int}, {})
    assert agrees(["a"], annotation)
    assert not option_type(annotation, names).fits(["a"])
    assert option_type(annotation, names).fits([1])


@pytest.mark.parametrize("value", [[force(1)], [when(True, 1)], [later(lambda: 1)]])
def test_a_property_counts_as_what_it_holds(value: Any) -> None:
    """The one place where ours are laxer: values wear properties until they are merged."""
    assert not agrees(value, list[int])
    assert option_type(list[int]).fits(value)
    assert not option_type(list[int]).fits([force("a")])


def test_the_authority_says_what_it_objects_to() -> None:
    """Where only typeguard can tell, its words are the hint."""
    assert "no method named 'greet'" in option_type(Greets).hint(3)
    assert objection({"name": 1}, Keys) and not objection({"name": "a"}, Keys)


def test_an_annotation_that_cannot_be_asked_refuses_all() -> None:
    """A TypeError inside typeguard is an objection, never a traceback."""

    class Odd(type):
        def __instancecheck__(cls, value: object) -> bool:
            raise TypeError("ask somebody else")

    class Asked(metaclass=Odd): ...

    assert objection(1, Asked) == "cannot be checked: ask somebody else"


def test_strict_is_a_refinement() -> None:
    """The rule for `StrictFloat` comes from what stands in `Annotated`, as all refinements do."""
    assert isinstance(Strict(), Refinement)
