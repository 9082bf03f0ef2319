"""Everything that is wrong, at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from modsvc_dsl import (
    Assertion,
    Module,
    before,
    check,
    default,
    define,
    force,
    later,
    merged,
    module,
    option,
    override,
    when,
)
from modsvc_dsl.language.result.check import find_mistakes, find_warnings
from modsvc_dsl.language.errors import Mistake, Mistakes, Report
from modsvc_dsl.language.evaluation.evaluate import evaluate, evaluate_all

from tests.language.mistakes import mistakes_of
from tests.language.services import Host, Service, Web


class Asserting(Service):
    size: int = option(default=1)
    assertions: list[Assertion] = option()
    warnings: list[str] = option()

    @define(assertions)
    def _small(self) -> list[Assertion]:
        return [Assertion(self.size < 5, f"size is {self.size}")]

    @define(warnings)
    def _warning(self) -> list[str]:
        return when(self.size > 2, ["rather big"])


def test_a_right_result_is_returned() -> None:
    """The very same."""
    result = evaluate(Web())
    assert check(result) is result and find_mistakes(result) == []


def test_all_mistakes_of_all_places_come_together() -> None:
    """Each once, with its path."""
    wrong: Any = {
        "a": {"notes": 3},
        "b": {"nothing": 1},
        "c": Web(port="x"),  # type: ignore[arg-type] # pyright: ignore
        "d": {"services": {"e": {"notes": [1]}}},
    }
    found = mistakes_of(lambda: check(evaluate(Host(services=wrong))))
    assert {mistake.path for mistake in found} == {
        ("services", "a", "notes"),
        ("services", "b", "nothing"),
        ("services", "c", "port"),
        ("services", "d", "services", "e", "notes", 0),
    }


def test_failed_assertions_are_mistakes() -> None:
    """With the path of the module that asserts."""
    assert check(evaluate(Asserting(size=4))).size == 4
    (mistake,) = mistakes_of(lambda: check(evaluate(Host(services={"a": Asserting(size=9)}))))
    assert "size is 9" in str(mistake) and mistake.path == ("services", "a")
    assert mistake.category == "assertion"


def test_warnings_of_all_places() -> None:
    """With the path of the module that warns."""
    result = evaluate(Host(services={"a": Asserting(size=3), "b": Asserting()}))
    assert find_warnings(result) == [(("services", "a"), "rather big")]


def test_a_priority_on_an_item_is_warned_of() -> None:
    """It stands alone there, and so does an order; in `merged` both are of use."""

    class Doors(Module):
        ports: list[int] = option()
        names: set[str] = option()

    written = Doors(
        ports=[1, force(2), when(True, before(3)), merged(default(4), 5), when(True, 6)],
        names={"a", override(10, "b")},
    )
    assert find_warnings(evaluate(Doors(ports=[when(True, 1)]))) == []
    result = check(evaluate(written))
    assert (result.ports, result.names) == ([1, 2, 3, 5, 6], {"a", "b"})
    texts = {re.sub(r" at \S+:\d+", "", text) for path, text in find_warnings(result) if not path}
    assert texts == {
        "`ports[1]` is written force(2), and an item has nothing to be stronger than: "
        "write force([...]), around the whole of `ports`",
        "`ports[2]` is written before(3), and an item has nothing to be sorted among: "
        "write before([...]), around the whole of `ports`",
        "`names[override(10, 'b')]` is written override(10, 'b'), and an item has nothing to be "
        "stronger than: write override(10, [...]), around the whole of `names`",
    }
    assert all(f" at {__file__}:" in text for _, text in find_warnings(result))


def test_a_class_may_validate_its_results() -> None:
    """By a method that gives mistakes; one that fails is a mistake too."""

    class Odd(Module):
        size: int = option(default=1)

        def __validate__(self) -> Iterator[Mistake]:
            if self.size % 2 == 0:
                yield Mistake(Report("the size is even"), self.__node__.path)

    assert find_mistakes(evaluate(Odd())) == []
    assert [mistake.report().headline for mistake in find_mistakes(evaluate(Odd(size=2)))] == [
        "the size is even"
    ]


class Sized(Module):
    """A group that judges itself."""

    size: int = option(default=1)

    def __validate__(self) -> Iterator[Mistake]:
        if self.size < 2:
            yield Mistake(Report(f"{self.size} is too small"), self.__node__.path)


def test_a_group_is_validated_where_it_is_defined() -> None:
    """What nobody defines is not looked at, and no method takes the place of another class's."""

    class Box(Module):
        inner: Sized = option()

        def __validate__(self) -> Iterator[Mistake]:
            yield Mistake(Report("the box"))

    class Crate(Box):
        def __validate__(self) -> Iterator[Mistake]:
            yield Mistake(Report("the crate"))

    def said(box: Module) -> list[str]:
        return [mistake.report().headline for mistake in find_mistakes(evaluate(box))]

    assert said(Crate()) == ["the box", "the crate"]
    assert said(Box(inner=Sized(size=0))) == ["the box", "0 is too small"]
    assert said(Box(inner=Sized(size=2))) == ["the box"]


def test_several_mistakes_are_counted_in_words() -> None:
    """The text of all of them ends in their number."""
    made = module("m", definitions={"port": "x", "notes": 3})
    with pytest.raises(Mistakes, match="2 mistakes"):
        check(evaluate_all([Web, made]))


def test_a_cause_is_told_without_its_consequences() -> None:
    """What only failed because something else did stays silent."""

    class Chain(Module):
        one: int = option(compute=lambda self: self.two)
        two: int = option(compute=lambda self: self.three)
        three: int = option()

    (mistake,) = mistakes_of(lambda: check(evaluate(Chain())))
    assert mistake.path == ("three",)


def test_an_assertion_without_words_is_told_of() -> None:
    """The message says that it has none, where it is, and what to write."""

    class Silent(Service):
        @define(Service.notes)
        def _notes(self) -> list[str]:
            return ["silent"]

        assertions: list[Assertion] = option(default=[Assertion(False, " ")])

    (mistake,) = mistakes_of(lambda: check(evaluate(Host(services={"a": Silent()}))))
    assert str(mistake).splitlines()[0] == (
        "services.a: an assertion that says nothing does not hold"
    )
    assert "to fix: give it a message: Assertion(condition, message)" in str(mistake)


def test_what_lies_in_several_places_of_a_value_is_no_ring() -> None:
    """The same list twice, at any depth, is only the same list twice."""
    shared = [1, 2]

    class Sharing(Module):
        it: Any = option()

    written = {"a": shared, "b": [shared, {"c": shared}], "d": later(lambda self: self.it["b"])}
    result = check(evaluate(Sharing(it=written)))
    assert result.it["d"] == [[1, 2], {"c": [1, 2]}]
