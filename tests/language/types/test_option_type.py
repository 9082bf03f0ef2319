"""The protocol of option types: what one gets that says nothing but what it has to."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modsvc_dsl import OptionType, default, force, later, merged, when
from modsvc_dsl.language.frozen import NOTHING
from modsvc_dsl.language.types.option_type import advice, joined_all, plural, without_properties
from modsvc_dsl.language.types.scalars import Boolean
from modsvc_dsl.language.types.text import Text

from .evaluation import complaint, mistakes
from .evaluation import merged as merge


class Even(OptionType):
    """The least that a type has to say."""

    def describe(self) -> str:
        return "an even number"

    def accepts(self, value: Any) -> bool:
        return isinstance(value, int) and value % 2 == 0


class Touchy(Even):
    """A type whose hint fails."""

    def hint(self, value: Any) -> str:
        raise ValueError("no")


def test_the_least_type_checks_and_takes_equal_values() -> None:
    """It has no empty value, and nothing is converted."""
    assert merge(Even(), 2) == 2 and merge(Even(), 4, 4) == 4
    assert complaint(Even(), 3) == "`it` expects an even number\nfound 3 (an integer)"
    assert [each.category for each in mistakes(Even(), 2, 4)] == ["conflict"]
    assert [each.category for each in mistakes(Even())] == ["undefined"]
    spot: Any = None
    assert Even().empty(spot) is NOTHING and Even().convert(3) == 3


def test_types_are_the_same_by_class_and_fields() -> None:
    """Two declarations of one option join where they are."""
    assert Even().joined(Even()) is not None
    assert Even().joined(Text()) is None
    assert joined_all([Even()], [Even(), Even()]) is None
    assert joined_all([Even(), Text()], [Even(), Boolean()]) is None
    assert len(joined_all([Even(), Text()], [Even(), Text()]) or ()) == 2


def test_a_hint_that_fails_does_not_hide_the_mistake() -> None:
    """It is said that looking at the value failed."""
    assert advice(Touchy(), 3) == "it is odd, too: looking at it raised ValueError"
    assert complaint(Touchy(), 3).startswith("`it` expects an even number\nfound 3")


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("a string", "strings"),
        ("an integer", "integers"),
        ("an integer of at least 1", "integers of at least 1"),
        ("a list of strings", "lists of strings"),
        ("a path", "paths"),
        ("a directory", "directories"),
        ("a boy", "boys"),
        ("a class", "classes"),
        ("a box", "boxes"),
        ("None", "items, each None"),
        ("a string or None", "items, each a string or None"),
        ("a Service that is placed", "items, each a Service that is placed"),
    ],
)
def test_several_in_words(one: str, many: str) -> None:
    """As English has them; where it has no simple way, each by itself."""
    assert plural(one) == many


values = st.recursive(
    st.integers(),
    lambda inner: st.one_of(
        inner.map(force),
        inner.map(default),
        st.tuples(st.booleans(), inner).map(lambda pair: when(*pair)),
        st.lists(inner, min_size=1, max_size=3).map(lambda each: merged(*each)),
    ),
    max_leaves=6,
)


@given(values)
def test_what_a_value_is_without_its_properties(value: Any) -> None:
    """Plain values, all of them that were written."""
    assert all(type(each) is int for each in without_properties(value))
    assert len(list(without_properties(value))) >= 1


def test_what_only_time_can_tell_is_left_out() -> None:
    """A function is not run for it."""

    def fail() -> int:
        raise AssertionError

    assert list(without_properties(merged(1, later(fail), force(2)))) == [1, 2]
