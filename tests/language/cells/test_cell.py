"""One option being computed: once, whoever reads it, and with one failure for all."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from modsvc_dsl import Module, check, evaluate, later, option
from modsvc_dsl.language.cells.cell import Cell
from modsvc_dsl.language.errors import CheckFailed, FunctionFailed, TooDeep, Undefined
from modsvc_dsl.language.unready import RUNNING, UNREAD, Unready

from tests.language.mistakes import mistake_of


class Counting(Module):
    size: int = option(default=1)
    twice: int = option(compute=lambda self: 2 * self.size)
    other: int = option(compute=lambda self: self.twice + self.size)


def state(result: Any, name: str) -> Any:
    """What stands in the cell of an option."""
    slot = result.__node__.shape.root.children[name]
    return result.__node__.cells[slot.index]


def failing(result: Any, name: str) -> BaseException | None:
    """The failure that a cell keeps."""
    kept = state(result, name)
    assert isinstance(kept, Unready)
    return kept.error


def test_a_cell_is_unread_until_somebody_reads() -> None:
    """Then it has the value, and so have those that were read for it."""
    result = evaluate(Counting(size=3))
    assert state(result, "other") is UNREAD
    assert result.other == 9
    assert (state(result, "other"), state(result, "twice")) == (9, 6)


def test_a_failure_is_kept_and_raised_again_as_it_is() -> None:
    """The function that failed does not run again, for its own readers and those behind it."""
    runs: list[int] = []

    def fail() -> int:
        runs.append(1)
        raise ValueError("no")

    result = evaluate(Counting(size=later(fail)))
    first = mistake_of(lambda: result.size)
    assert isinstance(first, FunctionFailed)
    assert [mistake_of(lambda: result.other), mistake_of(lambda: result.size)] == [first, first]
    assert failing(result, "size") is failing(result, "other") is first
    assert runs == [1]


def test_an_interruption_is_no_failure() -> None:
    """The next read computes again."""
    answers: list[Any] = [KeyboardInterrupt(), 5]

    def value() -> int:
        answer = answers.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        return int(answer)

    result = evaluate(Counting(size=later(value)))
    with pytest.raises(KeyboardInterrupt):
        print(result.other)
    assert state(result, "size") is state(result, "other") is UNREAD
    assert (result.other, answers) == (15, [])


def test_a_missing_value_collects_who_needs_it() -> None:
    """Each reader once, with the line that reads."""

    class Needing(Module):
        port: int = option()
        url: str = option(compute=lambda self: f"http://localhost:{self.port}")
        name: str = option(compute=lambda self: f"on {self.port}")

    result = evaluate(Needing())
    for name in ("url", "name", "url", "port"):
        with pytest.raises(Undefined):
            getattr(result, name)
    labels = [label for label, _ in mistake_of(lambda: result.port).report().places]
    assert [each for each in labels if each.startswith("needed")] == [
        "needed by `url`",
        "needed by `name`",
    ]


class Odd:
    """A value that cannot be compared."""

    def __init__(self, error: type[Exception]) -> None:
        self.error = error

    def __eq__(self, other: object) -> bool:
        raise self.error("odd")

    __hash__ = object.__hash__


def test_what_merging_raises_is_a_mistake() -> None:
    """With the option's own place; a stack that is used up is told as what it is."""

    class Holding(Module):
        it: Any = option()

    class First(Holding):
        it = Odd(ArithmeticError)

    for error, kind in ((ValueError, CheckFailed), (RecursionError, TooDeep)):
        result = evaluate(First(it=Odd(error)))
        assert isinstance(mistake_of(lambda: check(result)), kind)  # noqa: B023


def test_a_second_computation_of_a_running_cell_is_a_ring() -> None:
    """And a cell that somebody else has computed meanwhile is only read."""
    result = evaluate(Counting(size=3))
    node = result.__node__
    slot = node.shape.root.children["twice"]
    node.cells[slot.index] = RUNNING
    mistake = mistake_of(
        lambda: node.evaluation.stack.run(Cell((node, slot)), Cell((node, slot)).compute)
    )
    assert mistake.category == "infinite-recursion"
    node.cells[slot.index] = 7
    assert Cell((node, slot)).compute() == 7


def test_threads_compute_an_option_once() -> None:
    """All get the one value."""
    runs: list[int] = []

    def value() -> int:
        runs.append(1)
        threading.Event().wait(0.005)
        return 4

    result = evaluate(Counting(size=later(value)))
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(result.other)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (found, runs) == ([12] * 8, [1])
