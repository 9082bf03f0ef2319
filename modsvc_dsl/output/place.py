"""Where a build goes: OUT, and the names it needs beside it.

In: the path a user gave. Out: a `Place`, or an error that says why no build may go there.
Refuses to know what lies in OUT.
"""

from __future__ import annotations

from typing import NamedTuple
import os
import stat
from contextlib import suppress
from pathlib import Path

from modsvc_dsl.output.errors import OutIsForbidden, OutIsLink, OutIsNoFolder, ParentMissing, shown

_KINDS = (
    (stat.S_ISREG, "a file"),
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISLNK, "a symbolic link"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISBLK, "a block device"),
    (stat.S_ISCHR, "a character device"),
)


class Place(NamedTuple):
    """OUT and what lies beside it while a build runs; all absolute, in one real folder."""

    out: Path

    @property
    def lock(self) -> Path:
        """The file whose lock a running build holds."""
        return self._beside("lock")

    @property
    def new(self) -> Path:
        """The tree being written; after the exchange, the tree it replaced."""
        return self._beside("new")

    @property
    def old(self) -> Path:
        """The tree being replaced, between the two renames that stand in for an exchange."""
        return self._beside("old")

    def _beside(self, role: str) -> Path:
        return self.out.parent / f".{self.out.name}.modsvc-{role}"


def placed(out: Path) -> Place:
    """The place of `out`, which need not exist yet; its parent must. Nothing is written.

    Raises `OutIsForbidden`, `ParentMissing`, `OutIsLink`, `OutIsNoFolder`.
    """
    if "\0" in str(out):
        raise OutIsForbidden(out, "no path that can exist: a NUL character is in it")
    if out.name in ("", ".."):  # "/", "." and "a/..": they have a name only where they lead
        out = out.resolve()
    parent = Path(os.path.abspath(out.parent))
    if not parent.is_dir():
        raise ParentMissing(out, parent, exists=os.path.lexists(parent))
    real = Path(os.path.realpath(parent)) / out.name
    if real.is_symlink():
        raise OutIsLink(out, os.path.realpath(real))
    _refuse_forbidden(out, real)
    if os.path.lexists(real) and not real.is_dir():
        raise OutIsNoFolder(out, kind_of(real))
    return Place(real)


def kind_of(path: Path) -> str:
    """What lies at `path`, with an article; links are not followed. Raises OSError."""
    mode = path.lstat().st_mode
    return next((kind for is_kind, kind in _KINDS if is_kind(mode)), "something")


def _refuse_forbidden(out: Path, real: Path) -> None:
    for folder, name in _needed_folders():
        if real == folder:
            raise OutIsForbidden(out, name)
        if real in folder.parents:
            raise OutIsForbidden(out, f"a folder around {name} ({shown(folder)})")
    if os.path.ismount(real):
        raise OutIsForbidden(out, "a mount point, which cannot be exchanged")


def _needed_folders() -> list[tuple[Path, str]]:
    """Folders that someone stands on: they, and those around them, are not to be replaced."""
    folders = [(Path("/"), "the root of the file system")]
    home = os.path.expanduser("~")
    if os.path.isabs(home):  # it stays "~" where the user has no home
        folders.append((Path(os.path.realpath(home)), "your home folder"))
    with suppress(FileNotFoundError):  # it was deleted: nobody can lose it any more
        folders.append((Path.cwd(), "the folder you are in"))
    return folders
