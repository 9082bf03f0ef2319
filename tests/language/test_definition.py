"""Definitions: properties taken off, conditions decided, functions run."""

from __future__ import annotations

from typing import Any

from modsvc_dsl.language.definition import Definition, discharge
from modsvc_dsl.language.properties import (
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
from modsvc_dsl.language.provenance import Line

HERE = Line("here.py", 1)


class Scope:
    """A scope that runs functions at once and counts them."""

    def __init__(self) -> None:
        self.ran = 0

    def force(self, later: Any, definition: Definition) -> Any:
        self.ran += 1
        return later.content()

    def condition(self, value: Any, definition: Definition) -> bool:
        return bool(self.force(value, definition) if hasattr(value, "content") else value)


def found(*values: Any) -> list[tuple[Any, int, int]]:
    """The definitions that exist: value, priority and order of each."""
    definitions = [Definition(value, HERE, None) for value in values]
    return [(d.value, d.priority, d.order) for d in discharge(definitions, Scope())]


def test_a_bare_value_is_plain() -> None:
    """Priority 100, order 1000."""
    assert found(1, "a") == [(1, 100, 1000), ("a", 100, 1000)]


def test_priority_and_order_are_read_off() -> None:
    """Wherever they stand, in any order around each other."""
    assert found(force(before(1))) == found(before(force(1))) == [(1, 50, 500)]


def test_of_nested_ones_the_outermost_counts() -> None:
    """As upstream: what was said last, around the rest, decides."""
    assert found(default(force(1)), after(before(2))) == [(1, 1000, 1000), (2, 100, 1500)]


def test_a_false_condition_leaves_nothing() -> None:
    """A true one is transparent, and what stands in a false one is never looked at."""
    never = later(lambda: 1 // 0)
    assert found(when(False, never), when(True, force(2))) == [(2, 50, 1000)]
    assert found(when(later(lambda: False), 1), when(later(lambda: True), 2)) == [(2, 100, 1000)]


def test_several_in_one_are_several() -> None:
    """Properties around them are those of each, unless it has its own around the whole."""
    assert found(merged(1, force(2), merged())) == [(1, 100, 1000), (2, 50, 1000)]
    assert found(default(merged(1, force(2)))) == [(1, 1000, 1000), (2, 1000, 1000)]
    assert found(order(3, merged([1], [2]))) == [([1], 100, 3), ([2], 100, 3)]


def test_a_later_value_may_wear_properties() -> None:
    """They count as if they had stood there."""
    assert found(later(lambda: override(7, 1)), force(later(lambda: default(2)))) == [
        (1, 7, 1000),
        (2, 50, 1000),
    ]


def test_a_located_value_brings_its_place() -> None:
    """All that comes out of it stands there."""
    definition = Definition(located("f.toml", merged(1, force(2)), line=3), HERE, None)
    places = [d.place.locate() for d in discharge([definition], Scope())]
    assert [str(place) for place in places] == ["f.toml:3", "f.toml:3"]


def test_a_part_is_plain_and_stands_where_the_whole_does() -> None:
    """What is held anew has no priority yet."""
    part = Definition(1, HERE, "source", None, 50, 500).holding(2)
    assert (part.value, part.priority, part.order) == (2, 100, 1000)
    assert (part.place, part.source) == (HERE, "source")
