"""Replacing a folder, undoing it at any moment, and clearing up after a killed build."""

from __future__ import annotations

import ctypes
import errno
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from modsvc_dsl.output.errors import LeftoverInTheWay
from modsvc_dsl.output.exchange import Exchange, recover, remove, swapped
from modsvc_dsl.output.place import Place


@pytest.fixture
def place(tmp_path: Path) -> Place:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "name").write_text("old")
    return Place(tmp_path / "out")


def content(folder: Path) -> str | None:
    return (folder / "name").read_text() if (folder / "name").exists() else None


def begun(place: Place) -> Exchange:
    exchange = Exchange(place)
    (exchange.begin() / "name").write_text("new")
    return exchange


def lying(place: Place) -> dict[str, str | None]:
    return {path.name: content(path) for path in place.out.parent.iterdir()}


OLD = {"out": "old"}
BEFORE = {"out": "old", ".out.modsvc-new": "new"}
AFTER = {"out": "new", ".out.modsvc-new": "old"}


def test_the_new_folder_is_nobody_elses_while_it_is_filled(place: Place) -> None:
    old = os.umask(0)
    try:
        assert begun(place).place.new.stat().st_mode & 0o777 == 0o700
    finally:
        os.umask(old)


def test_the_two_change_places(place: Place, way: str) -> None:
    exchange = begun(place)
    assert lying(place) == BEFORE
    exchange.commit()
    assert lying(place) == AFTER


def test_where_nothing_was_nothing_is_left(tmp_path: Path, way: str) -> None:
    place = Place(tmp_path / "out")
    exchange = begun(place)
    exchange.commit()
    assert lying(place) == {"out": "new"}
    exchange.undo()
    assert lying(place) == {".out.modsvc-new": "new"}


def test_undone_after_the_exchange(place: Place, way: str) -> None:
    exchange = begun(place)
    exchange.commit()
    exchange.undo()
    assert lying(place) == BEFORE


@pytest.mark.parametrize("failing", [1, 2, 3])
def test_undone_after_any_of_the_renames(
    place: Place, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    monkeypatch.setattr("modsvc_dsl.output.exchange.swapped", lambda one, other: False)
    rename, calls = os.rename, []

    def counting(one: Path, other: Path) -> None:
        calls.append(one)
        if len(calls) == failing:
            raise OSError(errno.EIO, "Input/output error")
        rename(one, other)

    exchange = begun(place)
    monkeypatch.setattr("os.rename", counting)
    with pytest.raises(OSError, match="Input/output error"):
        exchange.commit()
    exchange.undo()
    assert lying(place) == BEFORE


def test_undone_before_anything_was_made(place: Place) -> None:
    Exchange(place).undo()
    assert lying(place) == OLD


# --- the one step -------------------------------------------------------------------------


def test_swapping_what_is_not_there_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(FileNotFoundError) as caught:
        swapped(tmp_path / "a", tmp_path / "b")
    assert caught.value.filename == str(tmp_path / "b")


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP])
def test_a_file_system_that_cannot_is_no_error(
    place: Place, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    class Libc:
        @staticmethod
        def renameat2(*_: object) -> int:
            ctypes.set_errno(number)
            return -1

    monkeypatch.setattr("ctypes.CDLL", lambda *_, **__: Libc)
    exchange = begun(place)
    assert not swapped(place.new, place.out)
    exchange.commit()
    assert lying(place) == AFTER


def test_a_c_library_without_the_call_is_no_error(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ctypes.CDLL", lambda *_, **__: object())
    exchange = begun(place)
    exchange.commit()
    assert lying(place) == AFTER


def test_it_is_one_step_here(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the file systems of every Linux the tests run on, no rename stands in."""

    def forbidden(*_: object) -> None:
        raise AssertionError("renamed")

    exchange = begun(place)
    monkeypatch.setattr("os.rename", forbidden)
    exchange.commit()
    assert lying(place) == AFTER


# --- recovery -----------------------------------------------------------------------------


def _fill(folder: Path, text: str) -> None:
    folder.mkdir()
    (folder / "name").write_text(text)


def test_nothing_to_recover(place: Place) -> None:
    assert recover(place) is None
    assert lying(place) == OLD


def test_a_half_written_tree_is_removed(place: Place) -> None:
    _fill(place.new, "half")
    assert recover(place) == (
        "an earlier build was interrupted: removed what it had left beside the tree"
    )
    assert lying(place) == OLD


def test_killed_between_the_first_two_renames(place: Place) -> None:
    _fill(place.new, "new")
    place.out.rename(place.old)
    assert recover(place) == (
        "an earlier build was interrupted: put the tree back that it was about to replace"
        " and removed what it had left beside the tree"
    )
    assert lying(place) == OLD


def test_killed_between_the_last_two_renames(place: Place) -> None:
    _fill(place.old, "older")
    assert recover(place) == (
        "an earlier build was interrupted: removed the tree that it had replaced"
    )
    assert lying(place) == OLD


def _file(path: Path) -> None:
    path.write_text("mine")


def _link(path: Path) -> None:
    path.symlink_to(path.parent / "out")


@pytest.mark.parametrize("role", ["new", "old"])
@pytest.mark.parametrize(("make", "kind"), [(_file, "a file"), (_link, "a symbolic link")])
def test_what_no_build_makes_is_not_touched(
    place: Place, role: str, make: Callable[[Path], None], kind: str
) -> None:
    path: Path = getattr(place, role)
    make(path)
    with pytest.raises(LeftoverInTheWay) as caught:
        recover(place)
    assert str(caught.value) == (
        f"cannot build into {place.out}: {path} is in the way\n"
        f"    it is {kind}, which no build makes there\n"
        "to fix: move it away"
    )
    assert os.path.lexists(path) and content(place.out) == "old"


def test_a_folder_that_forbids_writing_is_removed_all_the_same() -> None:
    nobody = 65534
    with tempfile.TemporaryDirectory() as parent:  # pytest's own folders let only root pass
        place = Place(Path(parent) / "out")
        _fill(place.new, "half")
        place.new.chmod(0o500)
        as_root = os.geteuid() == 0  # root may do all, so that nobody does it here
        if as_root:
            for path in (Path(parent), place.new, place.new / "name"):
                os.chown(path, nobody, nobody)
            os.seteuid(nobody)
        try:
            with pytest.raises(PermissionError):
                (place.new / "name").unlink()
            remove(place, place.new)
        finally:
            if as_root:
                os.seteuid(0)
        assert not place.new.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else, whom modes bind")
def test_folders_without_the_right_to_write_are_removed() -> None:
    """A user may take it away from all of OUT, and root would not notice."""
    with tempfile.TemporaryDirectory() as top:
        os.chown(top, NOBODY, NOBODY)
        os.seteuid(NOBODY)
        try:
            inner = Path(top, ".out.modsvc-new", "host", "etc")
            inner.mkdir(parents=True)
            (inner / "file").write_text("old")
            (inner / "link").symlink_to("/")
            for folder in (inner, inner.parent, inner.parent.parent):
                folder.chmod(0o500)
            remove(Place(Path(top, "out")), inner.parent.parent)
            assert list(Path(top).iterdir()) == []
        finally:
            os.seteuid(0)


NOBODY = 65534
