"""One process at a time has machines on a host, and the next one finds no residue.

In: a path. Out: `HostLock`. Refuses to know what is locked.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from modsvc_dsl.testing.errors import Busy

_INTERVAL = 0.1
"""Seconds between two tries; the kernel can wait by itself, but not with a timeout."""


@dataclass(slots=True)
class HostLock:
    """An flock(2) on `path`, counted: held by this process while anyone in it still needs it.

    Machines of one process may exist side by side, those of two test runs would slow each other
    down and make timeouts fail. The kernel releases the lock when its holder dies.
    """

    path: Path
    _users: int = 0
    _descriptor: int = -1
    _guard: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def acquire(self, timeout: float) -> bool:
        """Take the lock; True for the first user in this process, who has the place to himself.

        Waits up to `timeout` seconds for another process, then raises `Busy`.
        """
        with self._guard:
            first = self._users == 0
            if first:
                self._descriptor = self._locked_descriptor(timeout)
            self._users += 1
            return first

    def release(self) -> None:
        """Give back what one `acquire` took."""
        with self._guard:
            self._users -= 1
            if self._users == 0:
                os.close(self._descriptor)
                self._descriptor = -1

    def _locked_descriptor(self, timeout: float) -> int:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        try:
            self._wait_for(descriptor, timeout)
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        except BaseException:
            os.close(descriptor)
            raise
        return descriptor

    def _wait_for(self, descriptor: int, timeout: float) -> None:
        deadline = time.monotonic() + timeout
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if time.monotonic() > deadline:
                    holder = os.pread(descriptor, 32, 0).decode() or "(unknown)"
                    raise Busy(str(self.path), holder, timeout) from None
            time.sleep(_INTERVAL)
