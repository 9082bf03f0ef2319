"""A process of this host, named so that it cannot be taken for another one.

In: a process id. Out: `Process`. Refuses to know what the process is for.
"""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from modsvc_dsl.testing.errors import HostCommandFailed
from modsvc_dsl.testing.patience import ask_until

_ENDED = ("Z", "X")
"""Zombie and dead, in field 3 of proc(5)'s stat."""


@dataclass(frozen=True, slots=True)
class Process:
    """A process by its id and its start, in clock ticks since boot (field 22 of proc(5)'s stat).

    Ids are used again; together with the start they name one process for good.
    """

    id: int
    started: str

    @classmethod
    def find(cls, number: int) -> Process | None:
        """Return the process that runs under this id; None where there is none, or a zombie."""
        try:
            stat = Path(f"/proc/{number}/stat").read_text()
        except (FileNotFoundError, ProcessLookupError):
            return None
        state, *fields = stat.rpartition(")")[2].split()
        return None if state in _ENDED else cls(number, fields[18])

    @property
    def runs(self) -> bool:
        """Whether it still runs."""
        return Process.find(self.id) == self

    def kill(self, timeout: float = 5.0) -> None:
        """Send SIGKILL and wait until it has ended. Does nothing where it has.

        Raises `HostCommandFailed` where it outlasts that for `timeout` seconds.
        """
        if not self.runs:
            return
        with suppress(ProcessLookupError):  # it ended just now
            os.kill(self.id, signal.SIGKILL)
        if not ask_until(lambda: not self.runs, timeout):
            raise HostCommandFailed(["kill", "-KILL", str(self.id)], 1, "still running")
