"""A thousand generated broken modules: each mistake is said once, at its path, by its own class.

In: seeds. Out: a failing test with the seed, where a module ends in anything but our own errors and
the right values, where a function runs twice, or where evaluation does not end.
"""

from __future__ import annotations

import pickle
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import modsvc_dsl as m
from modsvc_dsl.language.errors import Cycle
from tests.bad_input.broken import Broken, Said, broken_module
from tests.bad_input.watchdog import Hangs, within

SEEDS = 1_000
BATCH = 50
PACKAGE = str(Path(m.__file__).parent)


def mistakes_of(result: Any) -> list[m.Mistake]:
    """What is wrong with a result."""
    try:
        m.check(result)
    except m.Mistakes as error:
        return list(error.mistakes)
    return []


@pytest.mark.parametrize("first", range(0, SEEDS, BATCH))
def test_each_mistake_is_said_once_and_where_it_is(first: int) -> None:
    """What is said of a broken module is what is wrong with it, and nothing else."""
    for seed in range(first, first + BATCH):
        broken = broken_module(seed)
        result = within(30, lambda: m.evaluate(broken.module()))
        found = within(30, lambda: mistakes_of(result))
        said: Counter[Said] = Counter((type(each), each.path) for each in found)
        assert said == Counter(broken.said), f"seed {seed}"
        for mistake in found:
            judge(mistake, seed)
        for name, value in broken.right.items():
            assert m.data(result[name]) == value, f"seed {seed}"
        assert set(broken.runs.values()) <= {1}, f"seed {seed}: {broken.runs}"


def judge(mistake: m.Mistake, seed: int) -> None:
    """A message is short, has a place, names no file of ours, and survives a pickle."""
    text = str(mistake)
    assert len(text) < 4_000, f"seed {seed}"
    assert f" at {Path(__file__).parent}/" in text, f"seed {seed}: {text}"
    assert PACKAGE not in text, f"seed {seed}: {text}"
    assert str(pickle.loads(pickle.dumps(mistake))) == text, f"seed {seed}"


@pytest.mark.parametrize("first", range(0, 200, BATCH))
def test_reading_says_what_checking_says(first: int) -> None:
    """An option read by itself has its value, or raises one of the mistakes of the whole."""
    for seed in range(first, first + BATCH):
        broken = broken_module(seed)
        known = {(type(each), each.path) for each in mistakes_of(m.evaluate(broken.module()))}
        broken.runs.clear()
        result = m.evaluate(broken.module())
        for name in [*broken.options, *reversed(broken.options)]:
            read_once(broken, result, name, known, seed)
        assert set(broken.runs.values()) <= {1}, f"seed {seed}: {broken.runs}"


def read_once(broken: Broken, result: Any, name: str, known: set[Said], seed: int) -> None:
    """Read an option whole."""
    try:
        value = m.data(result[name])
    except (m.Mistake, m.Mistakes) as error:
        for each in m.flatten(error):
            # where a ring is entered decides the path under which it is told
            assert (type(each), each.path) in known or type(each) is Cycle, f"seed {seed}"
        return
    if name in broken.right:
        assert value == broken.right[name], f"seed {seed}"


def test_the_generator_makes_every_kind_of_mistake() -> None:
    """The thousand modules are broken in every way that there is a plan for, and some are sound."""
    made = [broken_module(seed) for seed in range(SEEDS)]
    kinds = Counter(kind.__name__ for each in made for kind, _ in each.said)
    assert len(kinds) == 11, kinds
    assert min(kinds.values()) > 100, kinds
    assert sum(bool(each.right) for each in made) > 200
    assert max(len(path) for each in made for _, path in each.said) > 6


def test_the_watchdog_sees_what_hangs() -> None:
    """Work that does not end is told with the line at which it stands."""
    import threading

    gate = threading.Event()
    with pytest.raises(Hangs, match="gate.wait"):
        within(0.2, lambda: gate.wait(20))
    gate.set()
