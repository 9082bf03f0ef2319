"""One build at a time."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from modsvc_dsl.output.errors import LeftoverInTheWay, OutputBusy
from modsvc_dsl.output.lock import Lock
from modsvc_dsl.output.place import Place


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "out")


def test_it_leaves_nothing_behind(place: Place) -> None:
    lock = Lock(place)
    lock.take()
    assert place.lock.exists()
    lock.release()
    assert lock.leftover is None
    assert not list(place.out.parent.iterdir())


def test_the_whole_message_for_the_second(place: Place) -> None:
    first = Lock(place)
    first.take()
    with pytest.raises(OutputBusy) as caught:
        Lock(place).take()
    assert str(caught.value) == (
        f"cannot build into {place.out}: another build is writing there now\n"
        f"    it holds the lock {place.lock}\n"
        f"to fix: wait until it has ended (fuser {place.lock} names its process),"
        " or build into another folder"
    )
    first.release()
    second = Lock(place)
    second.take()
    second.release()


def test_the_second_may_be_another_process_and_a_dead_one_holds_nothing(place: Place) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from modsvc_dsl.output.lock import Lock; from modsvc_dsl.output.place import Place\n"
        "Lock(Place(Path(sys.argv[1]))).take(); print('held', flush=True); sys.stdin.read()\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code, str(place.out)],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with child:
        assert child.stdout is not None and child.stdout.readline() == b"held\n"
        with pytest.raises(OutputBusy):
            Lock(place).take()
        child.kill()
    assert place.lock.exists(), "the killed process could not remove it"
    lock = Lock(place)
    lock.take()
    lock.release()
    assert not place.lock.exists()


def test_a_file_that_is_removed_while_it_is_taken_locks_nobody_out(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The holder removes its file between another's open and flock: it must not be believed."""
    flock, removals = fcntl.flock, [place.lock, place.lock]

    def late(handle: int, how: int) -> None:
        if removals:
            removals.pop().unlink()
        flock(handle, how)

    monkeypatch.setattr("fcntl.flock", late)
    lock = Lock(place)
    lock.take()
    assert not removals
    assert place.lock.exists()
    with pytest.raises(OutputBusy):
        Lock(place).take()
    lock.release()


def test_a_file_that_is_removed_for_ever_is_an_error_in_the_end(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fcntl.flock", lambda handle, how: place.lock.unlink())
    handles = len(os.listdir("/proc/self/fd"))
    with pytest.raises(OutputBusy):
        Lock(place).take()
    assert len(os.listdir("/proc/self/fd")) == handles


def test_it_is_never_written_to_or_followed(place: Place) -> None:
    victim = place.out.parent / "victim"
    victim.write_text("mine")
    os.link(victim, place.lock)
    lock = Lock(place)
    lock.take()
    lock.release()
    assert victim.read_text() == "mine"
    place.lock.symlink_to(victim)
    with pytest.raises(LeftoverInTheWay) as caught:
        Lock(place).take()
    assert str(caught.value) == (
        f"cannot build into {place.out}: {place.lock} is in the way\n"
        "    it is a symbolic link, which no build makes there\n"
        "to fix: move it away"
    )


def test_a_file_that_cannot_be_removed_is_told(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = Lock(place)
    lock.take()

    def refuse(path: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    with monkeypatch.context() as patch:
        patch.setattr("os.unlink", refuse)
        lock.release()
    assert lock.leftover == place.lock
    second = Lock(place)
    second.take()  # it stays, unlocked
    second.release()


def test_no_handle_is_left_open(place: Place) -> None:
    before = set(os.listdir("/proc/self/fd"))
    first = Lock(place)
    first.take()
    with pytest.raises(OutputBusy):
        Lock(place).take()
    first.release()
    assert set(os.listdir("/proc/self/fd")) == before
