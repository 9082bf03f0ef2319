"""Tuples."""

from __future__ import annotations

from typing import Annotated, Any

import pytest

from modsvc_dsl.language.properties import before, force, when
from modsvc_dsl.language.types.annotation import option_type
from modsvc_dsl.language.types.refinements import NonEmpty
from tests.language.types.evaluation import complaint, complaints, merged


def test_a_tuple_has_a_type_for_each_place() -> None:
    """Every place is checked by its own type, and its path told."""
    assert merged(tuple[int, str], (1, "a")) == (1, "a")
    assert complaints(tuple[int, str, list[int]], ("a", 1, [1, "b"])) == [
        "`it[0]` expects an integer",
        "`it[1]` expects a string",
        "`it[2][1]` expects an integer",
    ]


def test_definitions_of_places_have_to_be_equal() -> None:
    """A pair is one value: two equal ones are one, different ones conflict."""
    assert merged(tuple[int, str], (1, "a"), (1, "a")) == (1, "a")
    assert merged(tuple[int, str], (1, "a"), force((2, "b"))) == (2, "b")
    assert complaints(tuple[int, str], (1, "a"), (2, "a")) == ["`it` has definitions that differ"]


def test_a_tuple_of_any_length_joins_as_a_list_does() -> None:
    """`tuple[T, ...]` is a list that results hold as a tuple."""
    assert merged(tuple[int, ...], (2,), before((1,)), (3,)) == (1, 2, 3)
    assert merged(tuple[int, ...]) == ()
    assert merged(tuple, (1, "a")) == (1, "a")
    assert merged(tuple[int, ...], (1, when(False, 2))) == (1,)
    assert complaints(tuple[int, ...], (1, "a", "b")) == [
        "`it[1]` expects an integer",
        "`it[2]` expects an integer",
    ]


@pytest.mark.parametrize(
    ("annotation", "value", "expected", "hint"),
    [
        (tuple[int, str], (1,), "a tuple of (an integer, a string)", "it has 1 of 2 items"),
        (
            tuple[int, str],
            [1, "a"],
            "a tuple of (an integer, a string)",
            "write it in parentheses, as in (..., ...)",
        ),
        (tuple[()], (1,), "the empty tuple", "it has 1 of 0 items"),
        (tuple[int, ...], [1], "a tuple of integers", "write it in parentheses, as in (..., ...)"),
        (
            tuple[int, ...],
            1,
            "a tuple of integers",
            "write it in parentheses, with a comma: (..., )",
        ),
        (
            Annotated[tuple[int, ...], NonEmpty()],
            (),
            "a non-empty tuple of integers",
            "it takes at least one item",
        ),
    ],
)
def test_what_is_refused_says_what_to_write(
    annotation: Any, value: Any, expected: str, hint: str
) -> None:
    """Brackets and lengths are the usual mistakes."""
    lines = complaint(annotation, value).split("\n")
    assert lines[0] == f"`it` expects {expected}"
    assert lines[2] == hint


def test_a_place_cannot_be_left_out() -> None:
    """A condition inside a place would move the ones behind it."""
    assert "leave no place of a tuple out" in complaint(tuple[int, int], (1, when(False, 2)))


def test_tuples_join_place_by_place() -> None:
    """Two declarations agree where every place does."""
    pair = option_type(tuple[int, str])
    assert pair.joined(option_type(tuple[int, str])) is not None
    assert pair.joined(option_type(tuple[int, int])) is None
    assert pair.joined(option_type(tuple[int])) is None
    many = option_type(tuple[int, ...]).joined(option_type(tuple[int, ...]))
    assert many is not None and many.describe() == "a tuple of integers"
    assert option_type(list[tuple[int, str]]).describe().startswith("a list of items, each a tuple")
