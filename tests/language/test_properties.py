"""What a value may wear, and what refuses to be worn."""

from __future__ import annotations

from typing import Any

import pytest

from modsvc_dsl.language.properties import (
    Later,
    Merged,
    Ordered,
    Override,
    When,
    after,
    before,
    default,
    force,
    later,
    located,
    merged,
    order,
    override,
    when,
)

from tests.language.mistakes import mistake_of


@pytest.mark.parametrize(
    ("worn", "number"),
    [(default(1), 1000), (force(1), 50), (override(7, 1), 7)],
)
def test_priorities_are_upstreams(worn: Any, number: int) -> None:
    """default 1000, force 50, or any other number."""
    assert isinstance(worn, Override) and (worn.priority, worn.content) == (number, 1)


@pytest.mark.parametrize(
    ("worn", "number"), [(before([1]), 500), (after([1]), 1500), (order(7, [1]), 7)]
)
def test_orders_are_upstreams(worn: Any, number: int) -> None:
    """before 500, after 1500, or any other number."""
    assert isinstance(worn, Ordered) and (worn.number, worn.content) == (number, [1])


@pytest.mark.parametrize("wrong", ["50", 1.5, None, True])
def test_numbers_are_whole(wrong: Any) -> None:
    """A priority, an order and a line are integers, and the message says what was found."""
    for work, what in (
        (lambda: override(wrong, 1), "override(...) takes a whole number as its priority"),
        (lambda: order(wrong, 1), "order(...) takes a whole number as its number"),
        (lambda: located("f", 1, line=wrong), "located(...) takes a whole number as its line"),
    ):
        mistake = mistake_of(work)
        assert str(mistake).splitlines()[0] == what
        assert [location.file for _, location in mistake.report().places] == [__file__]


def test_a_property_is_put_around_another_value() -> None:
    """The same priority, order, condition or place with other content."""
    for worn in (force(1), order(3, 1), when(True, 1), located("f", 1, line=2)):
        again: Any = worn
        other = again.around(2)
        assert type(other) is type(again) and other.content == 2
        assert repr(other) == repr(again).replace("1", "2") or "line" in repr(other)


def test_later_finds_out_whether_the_function_takes_the_view() -> None:
    """By its parameters without a default."""
    none: Any = later(lambda: 1)
    view: Any = later(lambda self: 1)

    def preset(number: int = 3) -> int:
        return number

    kept: Any = later(preset)
    assert (none.wants_view, view.wants_view, kept.wants_view) == (False, True, False)


def test_a_repr_shows_what_was_written() -> None:
    """Without running anything."""
    worn: Any = merged(force(1), when(False, [2]))
    assert repr(worn) == "merged(force(1), when(False, [2]))"
    numbered: Any = merged(default(1), override(7, 2), before([3]), after([4]), order(7, [5]))
    shown = "merged(default(1), override(7, 2), before([3]), after([4]), order(7, [5]))"
    assert repr(numbered) == shown
    assert "later(" in repr(later(lambda: 1 // 0))
    assert isinstance(worn, Merged) and isinstance(worn.content[1], When)
    assert isinstance(later(lambda: 1), Later)
