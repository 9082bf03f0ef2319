"""Publishing: what lies there afterwards, what is refused, and the laws that hold for all trees."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings

from modsvc_dsl.managers.tree import File, Origin, Tree
from modsvc_dsl.output.errors import (
    ForeignContent,
    ManifestBroken,
    ManifestNewer,
    OutputBusy,
    ParentMissing,
    ParentNotWritable,
    UnsafeTrees,
    WriteFailed,
)
from modsvc_dsl.output.lock import Lock
from modsvc_dsl.output.manifest import Manifest, encode, manifest_of
from modsvc_dsl.output.place import Place
from modsvc_dsl.output.publish import publish
from modsvc_dsl.output.staging import stage
from tests.output.trees import FIRST, SECOND, UNITS, fleets, snapshot

WEB = f"web1/{UNITS}/web.service"


@contextmanager
def refused_untouched(folder: Path) -> Generator[None, None, None]:
    """What fails in here leaves every byte, mode and name below the folder as it was."""
    before = snapshot(folder)
    yield
    assert snapshot(folder) == before


# --- the way it goes ----------------------------------------------------------------------


def test_a_first_build(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = publish(FIRST, out, base=tmp_path)
    assert done.out == out and done.written
    assert done.added == tuple(manifest_of(FIRST, tmp_path).records())
    assert done.changed == done.removed == ()
    assert done.leftovers == ()
    assert done.recovered is None
    assert done.manifest == manifest_of(FIRST, tmp_path)
    assert (out / "manifest.json").read_bytes() == encode(done.manifest)
    assert [path.name for path in tmp_path.iterdir()] == ["out"], "nothing is left beside it"


def test_a_second_build_says_what_changed(tmp_path: Path, way: str) -> None:
    out = tmp_path / "out"
    publish(FIRST, out, base=tmp_path)
    done = publish(SECOND, out, base=tmp_path)
    assert done.written
    assert done.added == (
        f"web1/{UNITS}/sockets.target.wants/web.socket",
        f"web1/{UNITS}/web.socket",
    )
    assert done.changed == (WEB,)
    assert done.removed == (
        f"db1/{UNITS}/db.service",
        "web1/etc/system-services/web/key",
        f"web1/{UNITS}/multi-user.target.wants/web.service",
    )
    assert not (out / "db1").exists() and (out / "web2").is_dir()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_the_same_again_leaves_the_tree_as_it_is(tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish(FIRST, out, base=tmp_path)
    inodes = {p: p.lstat().st_ino for p in (out, *out.rglob("*"))}
    done = publish(FIRST, out, base=tmp_path)
    assert not done.written and done.added == done.changed == done.removed == ()
    assert {p: p.lstat().st_ino for p in (out, *out.rglob("*"))} == inodes
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_moved_origin_is_written_and_changes_no_file(tmp_path: Path) -> None:
    trees = {"h": {"a": File(b"x", (), (Origin("site.py", 1),))}}
    moved = {"h": {"a": File(b"x", (), (Origin("site.py", 2),))}}
    publish(trees, tmp_path / "out", base=tmp_path)
    done = publish(moved, tmp_path / "out", base=tmp_path)
    assert done.written and done.added == done.changed == done.removed == ()
    assert b"site.py:2" in (tmp_path / "out" / "manifest.json").read_bytes()


def test_a_new_mode_is_a_change(tmp_path: Path) -> None:
    publish({"h": {"a": File(b"x")}}, tmp_path / "out", base=tmp_path)
    done = publish({"h": {"a": File(b"x", mode=0o600)}}, tmp_path / "out", base=tmp_path)
    assert done.changed == ("h/a",)
    assert (tmp_path / "out/h/a").stat().st_mode & 0o777 == 0o600


def test_what_was_deleted_or_had_another_mode_is_built_again(tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish(FIRST, out, base=tmp_path)
    built = snapshot(out)
    (out / WEB).unlink()
    (out / "web1/etc/system-services/web/key").chmod(0o644)
    (out / "web1" / "etc").chmod(0o777)
    done = publish(FIRST, out, base=tmp_path)
    assert done.written and snapshot(out) == built
    assert (done.added, done.changed, done.removed) == (
        (WEB,),
        ("web1/etc/system-services/web/key",),
        (),
    )


def test_a_private_folder_stays_private(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir(mode=0o700)
    publish(FIRST, out, base=tmp_path)
    assert out.stat().st_mode & 0o777 == 0o700
    publish(SECOND, out, base=tmp_path)
    assert out.stat().st_mode & 0o777 == 0o700


def test_the_umask_leaves_no_trace(tmp_path: Path) -> None:
    publish(FIRST, tmp_path / "one", base=tmp_path)
    before = os.umask(0o077)
    try:
        publish(FIRST, tmp_path / "two", base=tmp_path)
    finally:
        os.umask(before)
    assert snapshot(tmp_path / "one") == snapshot(tmp_path / "two")


def test_it_can_be_called_with_relative_paths(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    trees = {"h": {"a": File(b"", (), (Origin(str(tmp_path / "site.py"), 1),))}}
    done = publish(trees, Path("out"), base=Path("."))
    assert done.out == tmp_path / "out"
    assert done.manifest.hosts["h"]["a"].origins == (Origin("site.py", 1),)


def test_the_new_tree_is_on_disk_before_the_exchange_and_the_exchange_before_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    publish(FIRST, out, base=tmp_path)
    old, new = snapshot(out), []
    settled: list[str] = []

    def settle(folder: Path) -> None:
        assert snapshot(out) == old
        new.append(snapshot(folder))
        settled.append(folder.name)

    def settle_one(path: Path) -> None:
        assert [snapshot(out)] == new, "complete, manifest and mode and all"
        settled.append(path.name)

    monkeypatch.setattr("modsvc_dsl.output.staging.settle", settle)
    monkeypatch.setattr("modsvc_dsl.output.publish.settle_one", settle_one)
    publish(SECOND, out, base=tmp_path)
    assert settled == [".out.modsvc-new", tmp_path.name]


# --- laws ---------------------------------------------------------------------------------


@settings(max_examples=30, deadline=None)
@given(fleets)
def test_publishing_twice_gives_the_same_bytes(trees: dict[str, Tree]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        out, base = Path(folder, "out"), Path(folder)
        publish(trees, out, base=base)
        once = snapshot(out)
        assert not publish(trees, out, base=base).written
        assert snapshot(out) == once


@settings(max_examples=30, deadline=None)
@given(fleets, fleets)
def test_one_after_another_leaves_the_other_alone(
    first: dict[str, Tree], second: dict[str, Tree]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        out, alone, base = Path(folder, "out"), Path(folder, "alone"), Path(folder)
        publish(first, out, base=base)
        publish(second, out, base=base)
        publish(second, alone, base=base)
        assert snapshot(out) == snapshot(alone)
        assert sorted(path.name for path in base.iterdir()) == ["alone", "out"]


# --- refused ------------------------------------------------------------------------------


def test_unsafe_trees_are_refused_before_anything_is_looked_at(tmp_path: Path) -> None:
    out = tmp_path / "no" / "out"
    with refused_untouched(tmp_path), pytest.raises(UnsafeTrees):
        publish({"h": {"../../x": File(b"")}}, out, base=tmp_path)
    with pytest.raises(ParentMissing):
        publish(FIRST, out, base=tmp_path)


def test_foreign_files_and_edits(tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish(FIRST, out, base=tmp_path)
    (out / WEB).write_text("edited")
    (out / "notes.txt").write_text("mine")
    for trees in (FIRST, SECOND):  # even where nothing would change
        with refused_untouched(tmp_path), pytest.raises(ForeignContent) as caught:
            publish(trees, out, base=tmp_path)
        assert caught.value.foreign == ("notes.txt",)
        assert [change.path for change in caught.value.changes] == [WEB]
        assert str(caught.value).startswith(f"cannot build into {out}: 1 file was changed by hand")
    (out / "notes.txt").unlink()  # the ways out that the message names lead out
    (out / WEB).unlink()
    publish(SECOND, out, base=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"{", ManifestBroken),
        (b'{"name": "a browser extension"}', ManifestBroken),
        (b'{"format": 2, "written_by": "modsvc"}', ManifestNewer),
    ],
)
def test_a_manifest_that_does_not_read(
    tmp_path: Path, data: bytes, error: type[ManifestBroken | ManifestNewer]
) -> None:
    out = tmp_path / "out"
    publish(FIRST, out, base=tmp_path)
    (out / "manifest.json").write_bytes(data)
    with refused_untouched(tmp_path), pytest.raises(error) as caught:
        publish(SECOND, out, base=tmp_path)
    assert caught.value.paths == (out / "manifest.json",)


def test_two_at_a_time(tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish(FIRST, out, base=tmp_path)
    lock = Lock(Place(out))
    lock.take()
    with refused_untouched(tmp_path), pytest.raises(OutputBusy):
        publish(SECOND, out, base=tmp_path)
    lock.release()
    publish(SECOND, tmp_path / "other", base=tmp_path)
    publish(SECOND, out, base=tmp_path)
    assert snapshot(out) == snapshot(tmp_path / "other")


def _not_writable(out: Path, error: int) -> str:
    return (
        f"cannot build into {out}: nothing can be written in {out.parent}\n"
        f"    {os.strerror(error)}; the new tree is made there, beside the old one, and exchanged\n"
        "to fix: build into a folder whose parent you may write to, or get that permission"
    )


def test_a_parent_on_a_read_only_file_system(mounted: Callable[[str], Path]) -> None:
    parent = mounted("ro,size=64k")
    with pytest.raises(ParentNotWritable) as caught:
        publish(FIRST, parent / "out", base=parent)
    assert str(caught.value) == _not_writable(parent / "out", errno.EROFS)


def test_a_parent_without_permission() -> None:
    with tempfile.TemporaryDirectory() as folder:
        parent = Path(folder)
        parent.chmod(0o555)
        as_root = os.geteuid() == 0
        if as_root:  # root may write anywhere: nobody tries
            os.seteuid(65534)
        try:
            with pytest.raises(ParentNotWritable) as caught:
                publish(FIRST, parent / "out", base=parent)
        finally:
            if as_root:
                os.seteuid(0)
            parent.chmod(0o755)
        assert str(caught.value) == _not_writable(parent / "out", errno.EACCES)


def test_a_parent_that_may_not_be_looked_into() -> None:
    with tempfile.TemporaryDirectory() as folder:
        parent = Path(folder, "closed")
        parent.mkdir(mode=0o000)
        as_root = os.geteuid() == 0
        if as_root:
            os.chmod(folder, 0o755)
            os.seteuid(65534)
        try:
            with pytest.raises(WriteFailed) as caught:
                publish(FIRST, parent / "out", base=parent)
        finally:
            if as_root:
                os.seteuid(0)
            parent.chmod(0o755)
        assert str(caught.value) == (
            f"cannot build into {parent}/out: looking at where it lies failed\n"
            f"    Permission denied: {parent}/out\n"
            f"    {parent}/out is as it was before\n"
            "to fix: remove the cause and build again"
        )


def test_a_full_disk(mounted: Callable[[str], Path]) -> None:
    parent = mounted("size=256k")
    out = parent / "out"
    publish(FIRST, out, base=parent)
    big: dict[str, Tree] = {"h": {"a": File(b""), "etc/big": File(b"x" * 1_000_000)}}
    with refused_untouched(parent), pytest.raises(WriteFailed) as caught:
        publish(big, out, base=parent)
    assert str(caught.value) == (
        f"cannot build into {out}: writing the new tree failed\n"
        "    No space left on device\n"
        f"    {out} is as it was before\n"
        "to fix: remove the cause and build again"
    )
    publish(SECOND, out, base=parent)


def test_an_edit_made_while_building_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """Between reading what is there and the exchange, someone saves a file in the old tree."""
    out = tmp_path / "out"
    publish(FIRST, out, base=tmp_path)

    def slow(
        folder: Path, trees: Mapping[str, Tree], manifest: Manifest, data: bytes, mode: int
    ) -> None:
        stage(folder, trees, manifest, data, mode)
        (out / "notes.txt").write_text("mine")
        (out / WEB).write_text("edited")

    monkeypatch.setattr("modsvc_dsl.output.publish.stage", slow)
    with pytest.raises(ForeignContent) as caught:
        publish(SECOND, out, base=tmp_path)
    assert caught.value.foreign == ("notes.txt",)
    assert [change.path for change in caught.value.changes] == [WEB]
    assert caught.value.paths == (out / WEB, out / "notes.txt")
    assert (out / "notes.txt").read_text() == "mine" and (out / WEB).read_text() == "edited"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_what_cannot_be_removed_is_told_and_removed_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    publish(FIRST, out, base=tmp_path)

    def refuse(path: Path) -> None:
        raise OSError(errno.EBUSY, "Device or resource busy", str(path))

    with monkeypatch.context() as patch:
        patch.setattr("shutil.rmtree", refuse)
        done = publish(SECOND, out, base=tmp_path)
    assert done.leftovers == (tmp_path / ".out.modsvc-new",)
    publish(SECOND, tmp_path / "alone", base=tmp_path)
    assert snapshot(out) == snapshot(tmp_path / "alone")
    done = publish(SECOND, out, base=tmp_path)
    assert done.recovered == (
        "an earlier build was interrupted: removed what it had left beside the tree"
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["alone", "out"]


def test_a_failed_build_tells_what_it_could_not_remove(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    publish(FIRST, out, base=tmp_path)
    before = snapshot(out)

    def refuse(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("shutil.rmtree", refuse)
    monkeypatch.setattr("os.symlink", refuse)
    with pytest.raises(WriteFailed) as caught:
        publish(SECOND, out, base=tmp_path)
    assert str(caught.value) == (
        f"cannot build into {out}: writing the new tree failed\n"
        "    Input/output error\n"
        f"    {out} is as it was before\n"
        f"    {tmp_path}/.out.modsvc-new is left over; the next build removes it\n"
        "to fix: remove the cause and build again"
    )
    assert snapshot(out) == before
