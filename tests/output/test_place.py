"""Where a build may go, and the whole message of every place where it may not."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from modsvc_dsl.output.errors import OutIsForbidden, OutIsLink, OutIsNoFolder, ParentMissing
from modsvc_dsl.output.place import kind_of, placed


def test_a_new_and_an_existing_folder(tmp_path: Path) -> None:
    place = placed(tmp_path / "out")
    assert place.out == tmp_path / "out"
    assert not list(tmp_path.iterdir()), "looking at a place writes nothing"
    place.out.mkdir()
    assert placed(tmp_path / "out") == place
    (tmp_path / "x").mkdir()
    assert placed(tmp_path / "x" / ".." / "out") == place


def test_its_neighbours_carry_its_name(tmp_path: Path) -> None:
    place = placed(tmp_path / "out")
    assert [p.name for p in (place.lock, place.new, place.old)] == [
        ".out.modsvc-lock",
        ".out.modsvc-new",
        ".out.modsvc-old",
    ]
    assert {p.parent for p in (place.lock, place.new, place.old)} == {tmp_path}


def test_a_relative_path_and_a_parent_that_is_a_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    monkeypatch.chdir(tmp_path)
    assert placed(Path("link/out")).out == tmp_path / "real" / "out"
    assert placed(Path("out")).out == tmp_path / "out"


def test_the_parent_is_missing(tmp_path: Path) -> None:
    out = tmp_path / "no" / "out"
    with pytest.raises(ParentMissing) as caught:
        placed(out)
    assert str(caught.value) == (
        f"cannot build into {out}: {tmp_path}/no does not exist\n"
        f"to fix: make it first (mkdir -p {tmp_path}/no), or correct --out"
    )


def test_the_parent_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "no").write_text("")
    out = tmp_path / "no" / "out"
    with pytest.raises(ParentMissing) as caught:
        placed(out)
    assert str(caught.value) == (
        f"cannot build into {out}: {tmp_path}/no is not a folder\n"
        f"to fix: name a folder to build into below an existing one, not below {tmp_path}/no"
    )


def test_out_is_a_file(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_text("mine")
    with pytest.raises(OutIsNoFolder) as caught:
        placed(out)
    assert str(caught.value) == (
        f"cannot build into {out}: it is a file, not a folder\n"
        "to fix: move it away, or build into another folder"
    )


@pytest.mark.parametrize("there", [True, False])
def test_out_is_a_link(tmp_path: Path, there: bool) -> None:
    out = tmp_path / "out"
    if there:
        (tmp_path / "real").mkdir()
    out.symlink_to("real")
    with pytest.raises(OutIsLink) as caught:
        placed(out)
    assert str(caught.value) == (
        f"cannot build into {out}: it is a symbolic link\n"
        f"    it leads to {tmp_path}/real; a build replaces the folder it is given, which would"
        " cut the link\n"
        "to fix: name the folder itself, or remove the link"
    )


FIX = (
    "    a build replaces the whole folder it is given\n"
    "to fix: name a new folder, one that holds nothing but what is built into it"
)


@pytest.mark.parametrize("out", ["/", "//", "/..", "/tmp/../.."])
def test_out_is_the_root(out: str) -> None:
    with pytest.raises(OutIsForbidden) as caught:
        placed(Path(out))
    assert str(caught.value) == f"cannot build into /: it is the root of the file system\n{FIX}"


@pytest.mark.parametrize("linked", [False, True])
def test_out_is_the_home_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, linked: bool
) -> None:
    home = tmp_path / "home" / "ann"
    home.mkdir(parents=True)
    if linked:
        (tmp_path / "alias").symlink_to("home")
    monkeypatch.setenv("HOME", str(tmp_path / "alias" / "ann" if linked else home))
    with pytest.raises(OutIsForbidden) as caught:
        placed(home)
    assert str(caught.value) == f"cannot build into {home}: it is your home folder\n{FIX}"
    with pytest.raises(OutIsForbidden) as caught:
        placed(home.parent)
    assert str(caught.value) == (
        f"cannot build into {home.parent}: it is a folder around your home folder ({home})\n{FIX}"
    )
    assert placed(home / "out").out == home / "out"


@pytest.mark.parametrize("out", [".", "", "../here"])
def test_out_is_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, out: str
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    with pytest.raises(OutIsForbidden) as caught:
        placed(Path(out))
    named = here if out in (".", "") else out
    assert str(caught.value) == f"cannot build into {named}: it is the folder you are in\n{FIX}"


def test_out_is_around_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = tmp_path / "out" / "web1" / "etc"
    here.mkdir(parents=True)
    monkeypatch.chdir(here)
    with pytest.raises(OutIsForbidden) as caught:
        placed(Path("../.."))
    assert str(caught.value) == (
        f"cannot build into {tmp_path}/out: it is a folder around the folder you are in"
        f" ({here})\n{FIX}"
    )


def test_a_current_folder_that_was_deleted_is_in_nobodys_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert placed(tmp_path / "out").out == tmp_path / "out"


def test_out_is_a_mount_point(mounted: Callable[[str], Path]) -> None:
    out = mounted("size=64k")
    with pytest.raises(OutIsForbidden) as caught:
        placed(out)
    assert str(caught.value) == (
        f"cannot build into {out}: it is a mount point, which cannot be exchanged\n{FIX}"
    )


def test_out_holds_a_nul() -> None:
    with pytest.raises(OutIsForbidden) as caught:
        placed(Path("/tmp/a\0b"))
    assert str(caught.value) == (
        r"cannot build into /tmp/a\x00b: it is no path that can exist: a NUL character is in it"
        f"\n{FIX}"
    )


def test_kinds_are_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "s"))
    assert kind_of(tmp_path / "pipe") == "a pipe"
    assert kind_of(tmp_path / "link") == "a symbolic link"
    assert kind_of(tmp_path / "s") == "a socket"
    assert kind_of(tmp_path) == "a folder"
    assert kind_of(Path("/dev/null")) == "a character device"
