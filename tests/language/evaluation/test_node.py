"""One place of an evaluation: cells, and what a read of it finds."""

from __future__ import annotations

import threading
from typing import Any

import pytest

import modsvc_dsl as m
from modsvc_dsl import Module, later, module, option
from modsvc_dsl.language.errors import NoSuchName
from modsvc_dsl.language.evaluation.evaluate import evaluate, evaluate_all

from tests.language.mistakes import mistake_of
from tests.language.services import Host, Service, Web


def test_a_failure_is_the_same_mistake_each_time() -> None:
    """Computed once, and told as one."""
    result = evaluate(Web(port="x"))  # type: ignore[arg-type] # pyright: ignore
    first, second = (mistake_of(lambda: result.port) for _ in range(2))
    assert first is second


def test_places_that_nobody_reads_are_not_made() -> None:
    """A mistake in one entry does not keep another from being read."""
    wrong: Any = {"bad": {"nothing": 1}, "good": Web(port=5)}
    result = evaluate(Host(services=wrong))
    assert result.services["good"][Web].port == 5
    assert mistake_of(lambda: result.services["bad"].notes).path == ("services", "bad", "nothing")


def test_what_nobody_defines_is_shared_and_still_right() -> None:
    """Defaults of single values are computed once for all places, computed ones are not."""

    class Sized(Module):
        size: int = option(default=3)
        items: list[str] = option()
        twice: int = option(compute=lambda self: self.size * 2)

    class Many(Module):
        all: dict[str, Sized] = option()

    result = evaluate(Many(all={"a": Sized(), "b": Sized(size=5), "c": Sized(items=["x"])}))
    assert [entry.size for entry in result.all.values()] == [3, 5, 3]
    assert [entry.twice for entry in result.all.values()] == [6, 10, 6]
    assert [entry.items for entry in result.all.values()] == [[], [], ["x"]]


def test_definitions_of_a_place_stand_among_those_of_its_classes() -> None:
    """In the order of modules, and by their own order numbers."""

    class Base(Service):
        notes = ["base"]

    middle = module("middle", definitions=[("notes", ["middle"]), ("notes", m.before(["first"]))])

    class Top(Base):
        notes = ["top"]

    assert evaluate(Top(imports=[middle], notes=["own"])).notes == [
        "first",
        "base",
        "middle",
        "top",
        "own",
    ]


def test_a_value_may_be_read_through_the_whole_tree() -> None:
    """From a service that another service reads in turn."""
    made = module(
        "m",
        definitions={"notes": later(lambda self: [m.root_of(self).services["b"].notes[0] + "!"])},
    )
    tree = Host(services={"a": Service(imports=[made]), "b": Service(notes=["b"])})
    assert evaluate(tree).services["a"].notes == ["b!"]


def test_several_threads_read_one_result() -> None:
    """Each function runs once, whoever comes first."""
    ran: list[int] = []

    def slow() -> int:
        ran.append(1)
        return 7

    made = module("m", options={"x": option(type=int, default=later(slow))})
    result = evaluate_all([made])
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(result.x)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [7] * 8 and ran == [1]


def test_a_mistake_says_where_inside_the_value() -> None:
    """The path goes on into entries and items."""
    wrong: Any = {"a": ["x", 3]}
    made = module("m", options={"x": option(type=dict[str, list[str]])}, definitions={"x": wrong})
    assert mistake_of(lambda: m.data(evaluate_all([made]))).path == ("x", "a", 1)


class Computing(Module):
    """Properties of the user's whose functions are wrong."""

    prt: int = option(default=1)

    @property
    def misspelt(self) -> Any:
        return self.port  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]

    @property
    def broken(self) -> Any:
        return None.foo  # type: ignore[attr-defined]  # pyright: ignore


def test_a_property_that_fails_is_not_told_to_be_missing() -> None:
    """What its function raised is, though Python asks for the name once more then."""
    result = evaluate(Computing())
    with pytest.raises(NoSuchName, match="`port` is no option of Computing"):
        result.misspelt
    with pytest.raises(AttributeError, match="'NoneType' object has no attribute 'foo'"):
        result.broken
