"""One build into one OUT at a time.

In: a `Place`. Out: its lock, held, or `OutputBusy`. Refuses to know what is done under it.

The lock is flock(2) on an empty file beside OUT, which the kernel lets go when its process ends,
however it ends. The file is never written to: in a folder that others may write to, it could be
another name of a file that is not ours.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from modsvc_dsl.output.errors import LeftoverInTheWay, OutputBusy
from modsvc_dsl.output.place import Place, kind_of

_TRIES = 100
"""How often the lock's file may be removed by a build that ends while this one opens it."""


class Lock:
    """Held from `take` to `release`; `leftover` is the lock's file where it had to stay."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._handle = -1
        self.leftover: Path | None = None

    def take(self) -> None:
        """Hold the lock from now on. Raises `OutputBusy`, `LeftoverInTheWay` and OSError."""
        place = self._place
        if os.path.lexists(place.lock) and (kind := kind_of(place.lock)) != "a file":
            raise LeftoverInTheWay(place.out, place.lock, kind)
        for _ in range(_TRIES):
            if self._held():
                return
        raise OutputBusy(place.out, place.lock)

    def release(self) -> None:
        """Let it go and remove its file; the kernel does the first in any case."""
        try:
            os.unlink(self._place.lock)
        except OSError:  # it stays, without a lock on it: in nobody's way, but to be told
            self.leftover = self._place.lock
        finally:
            os.close(self._handle)

    def _held(self) -> bool:
        """Take the lock; False if its file was removed in between, so that it locks nobody out."""
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        handle = os.open(self._place.lock, flags, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            here = os.path.samestat(os.fstat(handle), os.stat(self._place.lock))
        except BlockingIOError:
            os.close(handle)
            raise OutputBusy(self._place.out, self._place.lock) from None
        except FileNotFoundError:
            here = False
        except BaseException:
            os.close(handle)
            raise
        if here:
            self._handle = handle
        else:
            os.close(handle)
        return here
