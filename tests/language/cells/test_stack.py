"""What is being computed: rings, depth, and work that goes on in other threads."""

from __future__ import annotations

import contextvars
import sys
import threading
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modsvc_dsl.language.errors import Cycle, TooDeep
from modsvc_dsl.language.cells.stack import DEEPEST, Stack


class Reading:
    """A task that reads the next one; `ring` says which task follows the last, if any."""

    def __init__(self, stack: Stack, number: int, count: int, ring: int | None = None) -> None:
        self.stack = stack
        self.number = number
        self.count = count
        self.ring = ring

    @property
    def path(self) -> tuple[str, ...]:
        return (f"t{self.number}",)


def chain(count: int, ring: int | None = None) -> tuple[Stack, list[Reading]]:
    """Tasks each of which reads the next."""
    stack = Stack()
    return stack, [Reading(stack, number, count, ring) for number in range(count)]


def read(tasks: list[Reading], number: int, seen: list[int]) -> int:
    """The number of tasks from one on; a task that is being read already is a ring."""
    task = tasks[number]
    seen.append(threading.get_ident())

    def work() -> int:
        if number + 1 < len(tasks):
            return 1 + read(tasks, number + 1, seen)
        if task.ring is None:
            return 1
        return int(task.stack.run(tasks[task.ring], lambda: closed(tasks[task.ring or 0])))

    return int(task.stack.run(task, work))


def closed(task: Reading) -> int:
    raise task.stack.cycle(task)


@given(st.integers(1, 1500))
def test_any_chain_up_to_the_limit_is_read(count: int) -> None:
    """From a stack that is nearly empty, without touching the recursion limit."""
    before = sys.getrecursionlimit()
    stack, tasks = chain(count)
    assert read(tasks, 0, []) == count
    assert (stack.tasks, stack.threads, stack.hops) == ([], [], {})
    assert sys.getrecursionlimit() == before


def test_a_long_chain_goes_on_in_other_threads() -> None:
    """Which are gone when it is done; a short one stays where it is."""
    before = threading.active_count()
    seen: list[int] = []
    assert read(chain(1200)[1], 0, seen) == 1200
    assert len(set(seen)) > 1 and threading.active_count() == before
    short: list[int] = []
    read(chain(20)[1], 0, short)
    assert set(short) == {threading.get_ident()}


def test_what_is_too_deep_is_refused_and_the_stack_is_usable_again() -> None:
    """Its mistake names the task that would have been one too many."""
    stack, tasks = chain(DEEPEST + 5)
    with pytest.raises(TooDeep) as found:
        read(tasks, 0, [])
    assert found.value.path == (f"t{DEEPEST}",)
    assert (stack.tasks, stack.threads) == ([], [])
    assert read(tasks[:3] and [Reading(stack, 0, 1)], 0, []) == 1


@given(st.integers(1, 40), st.data())
def test_a_ring_is_what_leads_back_and_nothing_before_it(count: int, data: st.DataObject) -> None:
    """Each task of the ring once, in the order in which they read each other."""
    start = data.draw(st.integers(0, count - 1))
    _, tasks = chain(count, ring=start)
    with pytest.raises(Cycle) as found:
        read(tasks, 0, [])
    report = found.value.report()
    assert found.value.path == (f"t{start}",)
    assert report.headline == f"`t{start}` depends on itself"
    labels = [label for label, _ in report.places]
    ring = [f"t{number}" for number in range(start, count)]
    expected = [f"`{one}` reads `{other}`" for one, other in zip(ring, [*ring[1:], ring[0]])]
    assert labels == expected
    assert all(location.file == __file__ for _, location in report.places)


def test_a_ring_through_other_threads_has_all_its_lines() -> None:
    """Those before the change of threads too."""
    _, tasks = chain(1000, ring=0)
    with pytest.raises(Cycle) as found:
        read(tasks, 0, [])
    report = found.value.report()
    assert len(report.places) == 1000
    assert "more)" in report.found[0]


def test_errors_and_results_come_back_from_other_threads() -> None:
    """As they were raised; context variables are those of the caller."""
    variable: contextvars.ContextVar[str] = contextvars.ContextVar("variable", default="none")
    variable.set("caller's")
    stack, tasks = chain(1200)

    def deep(number: int) -> Any:
        if number == len(tasks):
            if variable.get() != "caller's":
                raise AssertionError("another context")
            raise KeyError("far below")
        return stack.run(tasks[number], lambda: deep(number + 1))

    with pytest.raises(KeyError, match="far below"):
        deep(0)
    assert (stack.tasks, stack.threads) == ([], [])


def test_an_interruption_leaves_nothing_behind() -> None:
    """Also where it comes in another thread than the one that was started."""
    stack, tasks = chain(1200)

    def deep(number: int) -> Any:
        if number == len(tasks):
            raise KeyboardInterrupt
        return stack.run(tasks[number], lambda: deep(number + 1))

    with pytest.raises(KeyboardInterrupt):
        deep(0)
    assert (stack.tasks, stack.threads, stack.lock.locked()) == ([], [], False)


def test_other_threads_wait_until_the_outermost_read_is_done() -> None:
    """Two threads never compute at the same time, and each gets its result."""
    stack = Stack()
    inside, overlaps = [0], [0]

    def work() -> int:
        inside[0] += 1
        overlaps[0] += inside[0] > 1
        threading.Event().wait(0.001)
        inside[0] -= 1
        return 1

    def compute(found: list[int]) -> None:
        for number in range(20):
            found.append(stack.run(Reading(stack, number, 1), work))

    results: list[list[int]] = [[] for _ in range(4)]
    threads = [threading.Thread(target=compute, args=(found,)) for found in results]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [[1] * 20] * 4 and overlaps == [0]


def test_reads_that_are_held_together_let_nobody_between() -> None:
    """And may be nested."""
    stack = Stack()
    with stack.held():
        with stack.held():
            assert stack.lock.locked() and stack.threads == [threading.get_ident()]
        assert stack.lock.locked()
    assert not stack.lock.locked()


def test_who_reads_is_told_with_the_line() -> None:
    """The task around the innermost one; nobody outside of all."""
    stack, (outer, inner) = chain(2)
    assert stack.reader(started=False) == ((), None)
    found: list[Any] = []

    def ask() -> None:
        found.append(stack.reader(started=True))

    line = sys._getframe().f_lineno + 1
    stack.run(outer, lambda: stack.run(inner, ask))
    ((path, place),) = found
    assert path == ("t0",) and place is not None
    assert (place.locate().file, place.locate().line) == (__file__, line)


def test_a_stack_that_is_nearly_used_up_already_is_left_at_once() -> None:
    """A chain that starts deep inside a user's own recursion is read all the same."""

    def down(depth: int, work: Callable[[], int]) -> int:
        return down(depth - 1, work) if depth else work()

    limit = sys.getrecursionlimit()
    depth = limit - len_of_stack() - 60
    assert down(depth, lambda: read(chain(300)[1], 0, [])) == 300
    assert sys.getrecursionlimit() == limit


def len_of_stack() -> int:
    """How many frames are in use."""
    frame, count = sys._getframe(), 0
    while frame.f_back is not None:
        frame, count = frame.f_back, count + 1
    return count
