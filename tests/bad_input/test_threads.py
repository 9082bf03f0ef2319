"""Results read by several threads at once, and reads that are interrupted.

In: results whose functions count how often they run. Out: a failing test where a function runs twice,
where threads see different values, or where an interruption leaves a result that cannot be read.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

import modsvc_dsl as m
from modsvc_dsl.language.errors import Cycle, FunctionFailed
from tests.bad_input.watchdog import within

THREADS = 8


class Web(m.Module):
    """Something with an option of its own."""

    port: int = m.option(default=80)
    url: str = m.option(default="")


def at_once(work: Callable[[int], Any]) -> list[Any]:
    """What `work` returns or raises in each of several threads that start together."""
    gate = threading.Barrier(THREADS)
    found: list[Any] = [None] * THREADS

    def go(index: int) -> None:
        gate.wait()
        try:
            found[index] = work(index)
        except (m.Mistake, m.Mistakes) as error:
            found[index] = error

    threads = [threading.Thread(target=go, args=(index,), daemon=True) for index in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    return found


def slow(runs: Counter[str], name: str, value: Any) -> Any:
    """A value that takes a moment, so that other threads come in between."""

    def run(_: Any) -> Any:
        runs[name] += 1
        time.sleep(0.01)
        if isinstance(value, Exception):
            raise value
        return value

    return m.later(run)


def test_threads_read_one_result() -> None:
    """All see the same values, and each function runs once."""
    runs: Counter[str] = Counter()
    entries = {f"k{n}": slow(runs, f"k{n}", n) for n in range(5)}
    webs = {f"w{n}": Web(port=slow(runs, f"w{n}", n)) for n in range(5)}
    options = {
        "plain": m.option(type=int),
        "failing": m.option(type=int),
        "entries": m.option(type=dict[str, int]),
        "webs": m.option(type=dict[str, Web]),
    }
    made = m.module(
        "shared",
        options=options,
        definitions={
            "plain": slow(runs, "plain", 1),
            "failing": slow(runs, "failing", ValueError("never")),
            "entries": m.later(lambda _: entries),
            "webs": webs,
        },
    )
    result = m.evaluate(made)

    def read(index: int) -> Any:
        values = [result["plain"], dict(result["entries"].items())]
        values.append({name: web.port for name, web in result["webs"].items()})
        try:
            return values, result["failing"]
        except FunctionFailed as error:
            return values, error

    found = at_once(read)
    numbers = {f"k{n}": n for n in range(5)}, {f"w{n}": n for n in range(5)}
    assert all(values == [1, *numbers] for values, _ in found)
    assert len({id(error) for _, error in found}) == 1
    assert set(runs.values()) == {1}, runs


def test_threads_check_one_result() -> None:
    """Each gets all mistakes, and each function runs once."""
    runs: Counter[str] = Counter()
    options = {f"o{n}": m.option(type=int) for n in range(10)}
    definitions = {f"o{n}": slow(runs, f"o{n}", n if n % 2 else "text") for n in range(10)}
    result = m.evaluate(m.module("shared", options=options, definitions=definitions))
    found = at_once(lambda _: sorted(str(each.path) for each in m.find_mistakes(result)))
    assert found == [[str((f"o{n}",)) for n in range(0, 10, 2)]] * THREADS
    assert set(runs.values()) == {1}, runs


def test_threads_in_a_ring() -> None:
    """A cycle that is entered from several sides at once is told, and nobody waits for ever."""
    options = {f"o{n}": m.option(type=int) for n in range(THREADS)}

    def link(index: int) -> Any:
        return m.later(lambda view: view[f"o{(index + 1) % THREADS}"])

    definitions = {f"o{n}": link(n) for n in range(THREADS)}
    result = m.evaluate(m.module("ring", options=options, definitions=definitions))
    found = within(60, lambda: at_once(lambda index: result[f"o{index}"]))
    assert {type(each) for each in found} == {Cycle}
    assert len({str(each) for each in found}) == 1


def interrupted_once(runs: Counter[str], interrupt: Callable[[], None]) -> Any:
    """A value whose function is interrupted the first time it runs."""

    def run(_: Any) -> int:
        runs["interrupted"] += 1
        if runs["interrupted"] == 1:
            interrupt()
            for _ in range(1_000):  # where a signal is heard between two steps
                time.sleep(0.01)
        return 7

    return m.later(run)


def raise_interrupt() -> None:
    """What Ctrl-C does."""
    raise KeyboardInterrupt


def signal_interrupt() -> None:
    """What Ctrl-C really does: the main thread hears it, whichever thread is at work."""
    os.kill(os.getpid(), signal.SIGINT)


def below(depth: int, value: Any) -> Any:
    """A module in which a value is reached through so many reads, in every way that there is."""

    def link(index: int) -> Any:
        return m.later(lambda view: view[f"o{index + 1}"])

    options = {f"o{index}": m.option(type=int) for index in range(depth + 1)}
    links = {f"o{index}": link(index) for index in range(depth)}
    options["entries"] = m.option(type=dict[str, int])
    options["web"] = m.option(type=Web)
    group = m.later(lambda view: {"port": view["o0"]})
    definitions = {
        **links,
        f"o{depth}": value,
        "entries": {"x": m.later(lambda view: view["web"].port)},
        "web": group,
    }
    return m.module("below", options=options, definitions=definitions)


@pytest.mark.parametrize("depth", [0, 5, 500])
@pytest.mark.parametrize("interrupt", [raise_interrupt, signal_interrupt])
def test_a_result_recovers_from_an_interruption(depth: int, interrupt: Callable[[], None]) -> None:
    """The interruption comes through; the next read computes what is missing, and nothing twice."""
    runs: Counter[str] = Counter()
    before = threading.active_count()
    result = m.evaluate(below(depth, interrupted_once(runs, interrupt)))
    with pytest.raises(KeyboardInterrupt):
        print(result["entries"]["x"])
    assert threading.active_count() == before
    assert result["entries"]["x"] == 7
    assert result["o0"] == 7
    assert runs["interrupted"] == 2
    m.check(result)
    assert runs["interrupted"] == 2


def test_a_check_recovers_from_an_interruption() -> None:
    """The same where everything is computed at once."""
    runs: Counter[str] = Counter()
    result = m.evaluate(below(3, interrupted_once(runs, raise_interrupt)))
    with pytest.raises(KeyboardInterrupt):
        m.check(result)
    assert m.check(result)["o0"] == 7


def test_another_thread_reads_what_was_interrupted() -> None:
    """Nobody is left holding a result that was interrupted."""
    runs: Counter[str] = Counter()
    result = m.evaluate(below(500, interrupted_once(runs, raise_interrupt)))
    with pytest.raises(KeyboardInterrupt):
        print(result["o0"])
    assert at_once(lambda _: result["o0"]) == [7] * THREADS


def test_results_that_read_each_other() -> None:
    """Functions may read other results; what they run into is told like any mistake."""
    first: list[Any] = []
    options = {"port": m.option(type=int), "other": m.option(type=int)}
    one = m.evaluate(
        m.module(
            "one",
            options=options,
            definitions={"port": 80, "other": m.later(lambda: first[0]["other"])},
        )
    )
    other = m.evaluate(
        m.module(
            "other",
            options=options,
            definitions={
                "port": m.later(lambda: one["port"] + 1),
                "other": m.later(lambda: one["other"]),
            },
        )
    )
    first.append(other)
    assert other["port"] == 81
    with pytest.raises(Cycle):
        within(60, lambda: other["other"])
