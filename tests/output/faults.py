"""Failures at any step: the interpreter's audit events name every call that touches the disk.

An event is raised before its call, so that the n-th event failing means that n - 1 calls were
made. Writing to an open file raises none; a full disk is tested with a real one.
"""

from __future__ import annotations

import os
import signal
import sys
import warnings
from collections.abc import Callable

_WATCHED = frozenset(
    "open os.mkdir os.rename os.remove os.rmdir os.symlink os.chmod os.scandir os.listdir"
    " fcntl.flock".split()
)


class Faults:
    """Counts watched calls while armed, and calls `action` at the one of number `at` (from 0)."""

    def __init__(self) -> None:
        self.count = 0
        self._armed = False
        self._at: int | None = None
        self._from_then_on = False
        self._action: Callable[[], None] = _nothing
        sys.addaudithook(self._hook)  # there is no way to remove one: it stays, disarmed

    def arm(
        self,
        at: int | None = None,
        action: Callable[[], None] | None = None,
        *,
        from_then_on: bool = False,
    ) -> None:
        self.count, self._at, self._from_then_on = 0, at, from_then_on
        self._action = action or _nothing
        self._armed = True

    def disarm(self) -> int:
        """Stop; how many watched calls there were."""
        self._armed = False
        return self.count

    def _hook(self, event: str, _: tuple[object, ...]) -> None:
        if not self._armed or event not in _WATCHED:
            return
        number, self.count = self.count, self.count + 1
        if self._at is None:
            return
        if number == self._at or (self._from_then_on and number > self._at):
            self._action()


def _nothing() -> None:
    pass


FAULTS = Faults()
"""The one instance: every one more would be asked at every event of all later tests."""


def killed_at(step: int, work: Callable[[], object]) -> bool:
    """Do `work` in a process that is killed at a step; False if it ended before."""
    with warnings.catch_warnings():
        # from 3.12 on a fork beside a thread is warned of; the child takes no lock of another's
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        code = 1
        try:
            FAULTS.arm(step, lambda: os.kill(os.getpid(), signal.SIGKILL))
            work()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.waitstatus_to_exitcode(status) == 0, "the child failed for another reason"
    return False
