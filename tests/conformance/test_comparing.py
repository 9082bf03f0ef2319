"""Comparing finds what differs: it would be a bad judge if it always agreed."""

from __future__ import annotations

from typing import Any

import pytest

from .comparing import difference

VALUES: list[tuple[Any, Any]] = [
    (1, True),
    (1, "1"),
    ({"a": 1}, {"a": 2}),
    ({"a": 1}, {}),
    ({}, {"a": 1}),
    ([1, 2], [2, 1]),
    ([1], [1, 1]),
    (None, {}),
]


@pytest.mark.parametrize(("want", "got"), VALUES)
def test_another_value_differs(want: Any, got: Any) -> None:
    """Values of another type, length, order or content differ."""
    assert difference({"expect": {"ok": want}}, {"ok": got})


def test_the_same_value_agrees() -> None:
    """Equal values agree, and numbers by value."""
    assert not difference({"expect": {"ok": {"a": [2]}}}, {"ok": {"a": [2.0]}})


def test_errors_agree_by_class() -> None:
    """An error agrees with its class, or one of those that are as right."""
    vector = {"expect": {"error": "type", "anyOf": ["conflict"]}}
    assert not difference(vector, {"error": "conflict"})
    assert difference(vector, {"error": "undefined"})
    assert difference(vector, {"ok": 1})
    assert difference({"expect": {"ok": 1}}, {"error": "type"})


def test_a_free_order_is_no_free_content() -> None:
    """Where order is free, lists and pieces of strings still have to be the same ones."""
    vector = {
        "modules": {"a": {"options": [{"type": {"kind": "commas"}}]}},
        "anyOrder": True,
        "expect": {"ok": {"list": [1, 2], "text": "a,b"}},
    }
    assert not difference(vector, {"ok": {"list": [2, 1], "text": "b,a"}})
    assert difference(vector, {"ok": {"list": [2, 2], "text": "b,a"}})
    assert difference(vector, {"ok": {"list": [2, 1], "text": "b,b"}})


def test_ordered_pairs_stay_in_order() -> None:
    """A pair that has to stand in order is looked for in the result as it stands."""
    rule = {"path": ["list"], "pairs": [[1, 2]]}
    vector = {
        "modules": {},
        "anyOrder": True,
        "orderedPairs": [rule],
        "expect": {"ok": {"list": [2, 1]}},
    }
    assert not difference(vector, {"ok": {"list": [1, 2]}})
    assert difference(vector, {"ok": {"list": [2, 1]}})


def test_answers_count() -> None:
    """A wrong answer to a query differs, and so does a missing one."""
    vector = {"expect": {"ok": 1, "queries": [True]}}
    assert not difference(vector, {"ok": 1, "queries": [True]})
    assert difference(vector, {"ok": 1, "queries": [False]})
    assert difference(vector, {"ok": 1})
