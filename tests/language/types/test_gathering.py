"""Mistakes of many items, raised together."""

from __future__ import annotations

from typing import Any

import pytest

from modsvc_dsl.language.result.check import find_mistakes
from modsvc_dsl.language.declaration.constructor import module
from modsvc_dsl.language.errors import Cycle, Mistake, Mistakes
from modsvc_dsl.language.evaluation.evaluate import evaluate
from modsvc_dsl.language.declaration.module import Module
from modsvc_dsl.language.declaration.option import option
from modsvc_dsl.language.properties import later
from modsvc_dsl.language.types.refinements import Ref
from tests.language.types.evaluation import result


def system(**values: Any) -> Any:
    """Options `one` (an integer) and `many` (a list of integers), with definitions."""
    options = {"one": option(type=int), "many": option(type=list[int])}
    return evaluate(module("system", options=options, definitions=values))


def test_one_mistake_is_raised_as_itself() -> None:
    """No group of one."""
    with pytest.raises(Mistake, match=r"`it\[0\]` expects an integer"):
        result(list[int], ["a"]).it


def test_several_are_raised_together() -> None:
    """In the order of the items."""
    with pytest.raises(Mistakes) as raised:
        result(list[int], ["a", 1, "b"]).it
    assert [mistake.path for mistake in raised.value.mistakes] == [("it", 0), ("it", 2)]


def test_the_mistake_of_something_that_items_read_counts_once() -> None:
    """Two items that read one broken option are no two mistakes, nor are they new ones."""
    items: Any = [later(lambda self: self.one), later(lambda self: self.one), "a"]
    view = system(one="x", many=items)
    headlines = [mistake.report().headline for mistake in find_mistakes(view)]
    assert sorted(headlines) == ["`many[2]` expects an integer", "`one` expects an integer"]


def test_a_ring_is_raised_at_once() -> None:
    """A list that reads itself is one mistake, and what else is in it waits."""
    items: Any = ["a", later(lambda self: self.many[0]), "b"]
    with pytest.raises(Cycle):
        system(one=1, many=items).many


class Part(Module, kind="part"):
    size: int = option(default=1)
    other: Ref[Part] | None = option()


class Whole(Module):
    parts: list[Part] = option()
    named: dict[str, Part] = option()


def test_several_mistakes_beside_it_do_not_hide_a_reference() -> None:
    """A broken list is reported where it is, and a reference still finds its module."""
    part = Part(size=5)
    wrong: Any = [3, 4]
    whole = evaluate(Whole(parts=wrong, named={"a": part, "b": Part(other=part)}))
    other = whole.named["b"].other
    assert other is not None and other.size == 5
    assert len(find_mistakes(whole)) == 2


def test_a_million_wrong_items_end_soon() -> None:
    """The cost of a wrong item is a look, not a message."""
    *_, last = find_mistakes(result(list[int], ["a"] * 1_000_000))
    assert "999,992 more of its items do not fit" in str(last)
