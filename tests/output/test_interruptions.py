"""A build that fails, is interrupted or killed at any step: the old tree is whole, or the new.

Every call that touches the disk is failed once, with both ways of replacing a folder, and after
each failure the next build finds its way.
"""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from modsvc_dsl.managers.tree import Tree
from modsvc_dsl.output.errors import OutputError, WriteFailed
from modsvc_dsl.output.publish import publish
from tests.output.faults import FAULTS, killed_at
from tests.output.trees import FIRST, SECOND, snapshot

Before = Mapping[str, Tree] | None
"""The trees that lay at OUT, None for no OUT."""


class Bench:
    """OUT in some state, any number of times over."""

    def __init__(self, folder: Path, before: Before) -> None:
        self.folder, self.out, self.trees = folder / "bench", folder / "bench" / "out", before
        publish(SECOND, folder / "second", base=folder)
        self.new = snapshot(folder / "second")
        self.reset()
        self.old = snapshot(self.out)

    def reset(self) -> None:
        if self.folder.exists():
            shutil.rmtree(self.folder)
        self.folder.mkdir()
        if self.trees is not None:
            publish(self.trees, self.out, base=self.folder)

    def build(self) -> None:
        publish(SECOND, self.out, base=self.folder)

    def steps(self) -> int:
        """How many calls a build makes."""
        self.reset()
        FAULTS.arm()
        try:
            self.build()
        finally:
            steps = FAULTS.disarm()
        assert steps > 20, "the faults do not see the build"
        return steps

    def check_the_next_build(self) -> None:
        self.build()
        assert snapshot(self.out) == self.new
        assert [path.name for path in self.folder.iterdir()] == ["out"]


@pytest.fixture(params=[FIRST, None], ids=["replacing", "first"])
def bench(request: pytest.FixtureRequest, memory: Path, way: str) -> Bench:
    return Bench(memory, request.param)


def _refuse() -> None:
    raise OSError(errno.EIO, "Input/output error")


def _interrupt() -> None:
    raise KeyboardInterrupt


def _attempt(
    build: Callable[[], None], at: int, action: Callable[[], None], from_then_on: bool = False
) -> object:
    FAULTS.arm(at, action, from_then_on=from_then_on)
    try:
        build()
    except (OutputError, KeyboardInterrupt) as error:
        return error
    finally:
        FAULTS.disarm()
    return None


def test_one_call_fails(bench: Bench) -> None:
    failed = 0
    for step in range(bench.steps()):
        bench.reset()
        error = _attempt(bench.build, step, _refuse)
        if error is None:  # what fails after the exchange is clearing up
            assert snapshot(bench.out) == bench.new, step
        else:
            failed += 1
            assert isinstance(error, OutputError)
            assert "Input/output error" in str(error), step
            assert getattr(error, "stranded", None) is None
            assert snapshot(bench.out) == bench.old, step
            # a lock that could not be asked for may be another's: its empty file stays
            beside = {path.name for path in bench.folder.iterdir()} - {"out", ".out.modsvc-lock"}
            assert not beside, step
        bench.check_the_next_build()
    assert failed > 15


def test_the_user_interrupts(bench: Bench) -> None:
    for step in range(bench.steps()):
        bench.reset()
        error = _attempt(bench.build, step, _interrupt)
        assert isinstance(error, KeyboardInterrupt), step
        assert snapshot(bench.out) in (bench.old, bench.new), step
        bench.check_the_next_build()


def test_the_process_is_killed(bench: Bench, way: str) -> None:
    step = kills = between = 0
    while True:
        bench.reset()
        if not killed_at(step, bench.build):
            break
        kills += 1
        found = snapshot(bench.out)
        if found is None and bench.old is not None:
            # the moment between two renames, which only the fallback has
            assert way == "renames"
            assert snapshot(bench.folder / ".out.modsvc-old") == bench.old
            between += 1
        else:
            assert found in (bench.old, bench.new), step
        bench.check_the_next_build()
        step += 1
    assert kills == bench.steps()
    assert between == (1 if way == "renames" and bench.old is not None else 0)


def test_a_killed_build_is_no_reason_to_lose_the_old_tree(bench: Bench) -> None:
    """Whatever was left, a build of the old trees again leaves exactly these."""
    for step in range(bench.steps()):
        bench.reset()
        assert killed_at(step, bench.build)
        publish(FIRST, bench.out, base=bench.folder)
        if bench.old is not None:
            assert snapshot(bench.out) == bench.old, step
        assert [path.name for path in bench.folder.iterdir()] == ["out"], step


def test_from_one_call_on_all_fail(bench: Bench, way: str) -> None:
    """The disk is gone: nothing can be put back either, and the error says where it lies."""
    stranded = 0
    for step in range(bench.steps()):
        bench.reset()
        error = _attempt(bench.build, step, _refuse, from_then_on=True)
        if error is None:
            assert snapshot(bench.out) == bench.new, step
        elif isinstance(error, WriteFailed) and error.stranded is not None:
            stranded += 1
            if error.kept is not None:
                assert snapshot(error.kept) == bench.old, step
                assert f"what lay there is at {error.kept}" in str(error)
            else:  # nothing lay there
                assert bench.old is None and snapshot(bench.out) == bench.new, step
        else:
            assert isinstance(error, OutputError), step
            assert snapshot(bench.out) == bench.old, step
        bench.check_the_next_build()
    assert (stranded > 0) == (way == "renames" or bench.old is None)
