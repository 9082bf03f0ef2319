"""What a service costs, counted: cells computed and Python calls, within a budget, and linear.

No clock is looked at: the counts are the same on every machine, and tell of each new cost.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Any

import pytest

from benchmarks import floor, services
from benchmarks.services import work
from modsvc_dsl import Host, check, evaluate
from modsvc_dsl.language.cells.cell import Cell
from tests.benchmarks.counting import calls, runs_with_self

MOST_CELLS = 25
"""Options computed for each service of the standard work, its exporter, file and TLS included."""

MOST_CALLS = 1000
"""Python calls for the same, from the instance to the text."""

Counts = Counter[Any]


@pytest.fixture(scope="module")
def counted() -> dict[int, Counts]:
    """The calls of the standard work for some sizes, once everything is loaded and kept."""
    work(3)
    return {count: calls(partial(work, count)) for count in (100, 200, 300)}


def test_cells_for_a_service(counted: dict[int, Counts]) -> None:
    """Only options that somebody defines, or that are made by a function, are computed."""
    code = Cell.compute.__code__
    assert (counted[200][code] - counted[100][code]) / 100 <= MOST_CELLS


def test_calls_for_a_service(counted: dict[int, Counts]) -> None:
    """Where this fails, something is done for every service that was not done before."""
    spent = (counted[200] - counted[100]).total() / 100
    most = (counted[200] - counted[100]).most_common(12)
    told = "\n".join(f"{n / 100:6.1f} {c.co_filename}:{c.co_qualname}" for c, n in most)
    assert spent <= MOST_CALLS, f"{spent} calls for a service, most of them:\n{told}"


def test_cost_is_linear(counted: dict[int, Counts]) -> None:
    """The second and the third hundred cost the same."""
    second = (counted[200] - counted[100]).total()
    third = (counted[300] - counted[200]).total()
    assert abs(third - second) <= second / 200


def reading(count: int) -> Counts:
    """The calls of reading one option of one service among so many."""
    host = Host(services=services.services(count))

    def read() -> None:
        result: Any = evaluate(host)
        assert result.services["web1"].process.argv[2] == "8001"

    read()
    return calls(read)


def test_reading_one_option_does_not_depend_on_how_many_there_are() -> None:
    """Other services are neither evaluated nor looked at."""
    few, many = reading(10), reading(1000)
    assert many == few


def test_reading_one_option_computes_what_it_needs() -> None:
    """The option, those that it reads, and those on the way to it."""
    host = Host(services=services.services(10))
    result: Any = evaluate(host)
    web = result.services["web1"]
    computed: Counts = calls(lambda: web.port)
    assert computed[Cell.compute.__code__] == 1
    computed = calls(lambda: web.tls.protocols)
    assert computed[Cell.compute.__code__] <= 2


def test_no_function_runs_twice() -> None:
    """Each function of the benchmark runs once for each place, however often its value is read."""
    found = runs_with_self(lambda: work(10), services.__file__)
    assert len(found) == 10 * 6  # argv, config, unit, exporter; the exporter's argv and unit
    assert set(found.values()) == {1}
    check(evaluate(Host(services=services.services(2))))


def test_the_floor_makes_the_same_texts() -> None:
    """What the benchmark is compared with does the same work."""
    assert floor.texts(12) == services.texts(12)


def test_jsonnet_makes_the_same_texts() -> None:
    """The program that a person might use instead."""
    pytest.importorskip("rjsonnet", exc_type=ImportError)
    from benchmarks import jsonnet

    assert jsonnet.texts(12) == services.texts(12)
