"""That folders are written to disk, by the one call or file by file."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from modsvc_dsl.output import durability
from modsvc_dsl.output.durability import settle, settle_one


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "file").write_text("x")
    (tmp_path / "a" / "link").symlink_to("nowhere")
    (tmp_path / "top").write_text("")
    return tmp_path


def test_one_call_for_all(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def sync(handle: int) -> int:
        asked.append(os.readlink(f"/proc/self/fd/{handle}"))
        return 0

    monkeypatch.setattr(durability, "_syncfs", lambda: sync)
    settle(folder)
    assert asked == [str(folder)]


def test_the_real_call_works_here(folder: Path) -> None:
    settle(folder)
    with pytest.raises(NotADirectoryError):
        settle(folder / "top")


def test_its_error_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durability, "_syncfs", lambda: lambda handle: -1)
    monkeypatch.setattr("ctypes.get_errno", lambda: errno.EIO)
    with pytest.raises(OSError, match="Input/output error") as caught:
        settle(folder)
    assert (caught.value.errno, caught.value.filename) == (errno.EIO, str(folder))


def test_without_the_call_every_file_and_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(durability, "_syncfs", lambda: None)
    asked: set[str] = set()
    monkeypatch.setattr(
        "os.fsync", lambda handle: asked.add(os.readlink(f"/proc/self/fd/{handle}"))
    )
    settle(folder)
    assert {os.path.relpath(path, folder) for path in asked} == {
        ".",
        "a",
        "a/b",
        "a/b/file",
        "top",
    }


def test_without_the_call_errors_are_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durability, "_syncfs", lambda: None)

    def refuse(handle: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("os.fsync", refuse)
    with pytest.raises(OSError, match="Input/output error"):
        settle(folder)
    with pytest.raises(FileNotFoundError):
        settle(folder / "missing")


def test_links_are_not_followed(folder: Path) -> None:
    with pytest.raises(OSError) as caught:
        settle_one(folder / "a" / "link")
    assert caught.value.errno == errno.ELOOP
