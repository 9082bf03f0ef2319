"""Which definitions count, and in what order."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from modsvc_dsl.language.definition import Definition
from modsvc_dsl.language.merge import ordered, ranked, same, strongest
from modsvc_dsl.language.provenance import Line

HERE = Line("here.py", 1)
NUMBERED = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=8)


def definitions(numbers: list[tuple[int, int]]) -> list[Definition]:
    """Definitions with these priorities and orders, each with its index as its value."""
    return [Definition(i, HERE, None, None, p, o) for i, (p, o) in enumerate(numbers)]


@given(NUMBERED)
def test_only_the_strongest_count(numbers: list[tuple[int, int]]) -> None:
    """All of the lowest priority number, in the order written."""
    best = min((p for p, _ in numbers), default=0)
    kept = [d.value for d in strongest(definitions(numbers))]
    assert kept == [i for i, (p, _) in enumerate(numbers) if p == best]


@given(NUMBERED)
def test_order_is_stable(numbers: list[tuple[int, int]]) -> None:
    """Lower numbers first; those of one number stay as they stand."""
    kept = [d.value for d in ordered(definitions(numbers))]
    assert kept == sorted(range(len(numbers)), key=lambda i: numbers[i][1])


@given(NUMBERED)
def test_ranking_is_both(numbers: list[tuple[int, int]]) -> None:
    """And ranking what was ranked changes nothing."""
    kept = ranked(definitions(numbers))
    assert [d.value for d in kept] == [d.value for d in ordered(strongest(definitions(numbers)))]
    assert ranked(kept) == kept


def test_equal_values_of_different_classes_are_two() -> None:
    """True is not 1, and 1 is not 1.0."""

    def alike(*values: Any) -> bool:
        return same([Definition(value, HERE, None) for value in values])

    assert alike(1, 1, 1) and alike([1], [1]) and alike("a")
    assert not alike(True, 1) and not alike(1, 1.0) and not alike(1, 2)
