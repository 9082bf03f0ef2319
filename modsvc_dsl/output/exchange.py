"""Making a folder beside OUT and exchanging both in one step.

In: a `Place`. Out: the new folder at OUT and the old one at `place.new`; or, after `undo`,
everything as it was. Refuses to know what lies in either.

Linux exchanges two folders in one step (renameat2(2), RENAME_EXCHANGE: ext4, xfs, btrfs, tmpfs
and others). Where that is missing three renames stand in: OUT to `place.old`, the new folder to
OUT, `place.old` to where the new one was. Between the first two there is no OUT; a build killed
there leaves the old tree whole at `place.old`, and `recover` puts it back. What each leftover is
follows from what exists, so a build may be killed between any two steps.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from modsvc_dsl.output.errors import LeftoverInTheWay
from modsvc_dsl.output.place import Place, kind_of

RENAME_EXCHANGE = 2
"""From linux/fs.h."""

AT_FDCWD = -100
"""From linux/fcntl.h."""

_UNSUPPORTED = {errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP}
"""How file systems (EINVAL, renameat2(2)), kernels and sandboxes say that they cannot."""


@dataclass(slots=True)
class Exchange:
    """One replacement of OUT. `begin`, fill `place.new`, `commit`; `undo` at any moment."""

    place: Place
    _made: tuple[int, int] | None = None
    """Device and inode of the new folder, by which it is known wherever it was moved."""

    def begin(self) -> Path:
        """Make the empty new folder, closed to everyone else while it is filled."""
        self.place.new.mkdir(mode=0o700)
        self._made = _identity(self.place.new)
        return self.place.new

    def commit(self) -> None:
        """Put the new folder at OUT; what was there, if anything, is at `place.new` then."""
        place = self.place
        if not os.path.lexists(place.out):
            os.rename(place.new, place.out)
        elif not swapped(place.new, place.out):
            os.rename(place.out, place.old)
            os.rename(place.new, place.out)
            os.rename(place.old, place.new)

    def undo(self) -> None:
        """Make OUT what it was before `begin`, wherever it stopped. Raises OSError.

        The new folder, if it was made, is at `place.new` then.
        """
        place = self.place
        if self._made is not None and _identity(place.out) == self._made:
            if os.path.lexists(place.new):
                if not swapped(place.new, place.out):
                    os.rename(place.new, place.old)
                    os.rename(place.out, place.new)
            else:
                os.rename(place.out, place.new)
        if not os.path.lexists(place.out) and os.path.lexists(place.old):
            os.rename(place.old, place.out)


def recover(place: Place) -> str | None:
    """Clear up after a build that was killed; to be called with the lock held.

    Returns what was done, in words, or None. Raises `LeftoverInTheWay` and OSError.
    """
    done = []
    if _leftover(place, place.old):
        if os.path.lexists(place.out):
            remove(place, place.old)
            done.append("removed the tree that it had replaced")
        else:
            os.rename(place.old, place.out)
            done.append("put the tree back that it was about to replace")
    if _leftover(place, place.new):
        remove(place, place.new)
        done.append("removed what it had left beside the tree")
    return f"an earlier build was interrupted: {' and '.join(done)}" if done else None


def remove(place: Place, folder: Path) -> None:
    """Remove a folder of ours beside OUT, if it is there. Raises as `recover`."""
    if _leftover(place, folder):
        folder.chmod(0o700)  # OUT's own mode, which it has, is the user's and may forbid this
        for around, folders, _ in os.walk(
            folder
        ):  # so may those in it, which are opened on the way
            for inner in (Path(around, name) for name in folders):
                if not inner.is_symlink():
                    inner.chmod(0o700)
        shutil.rmtree(folder)


def swapped(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False if that cannot be done here. Raises OSError."""
    libc = ctypes.CDLL(None, use_errno=True)
    renameat2 = getattr(libc, "renameat2", None)
    if renameat2 is None:
        return False
    path = ctypes.c_char_p
    renameat2.argtypes = [ctypes.c_int, path, ctypes.c_int, path, ctypes.c_uint]
    renameat2.restype = ctypes.c_int
    names = os.fsencode(one), os.fsencode(other)
    if renameat2(AT_FDCWD, names[0], AT_FDCWD, names[1], RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _UNSUPPORTED:
        return False
    raise OSError(number, os.strerror(number), os.fspath(other))


def _leftover(place: Place, path: Path) -> bool:
    """Whether a folder of ours is there; anything else of that name is in the way."""
    if not os.path.lexists(path):
        return False
    kind = kind_of(path)
    if kind != "a folder":
        raise LeftoverInTheWay(place.out, path, kind)
    return True


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.lstat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino
