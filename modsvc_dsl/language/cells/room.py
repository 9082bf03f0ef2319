"""How much of its stack a thread may use, and threads with room of their own.

In: the running thread. Out: whether its stack is nearly full, and fresh threads. Refuses to change
what users have set: neither Python's recursion limit nor the size of stacks of their threads.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable

FRAMES = 500
"""How many Python frames one stack holds before work goes on in another: half of Python's own
limit of 1000, also where a user has raised that, since a thread's memory did not grow."""

FEW_FRAMES = 50
"""The same for a thread with less memory than `MEMORY`. Measured: 64 KiB, with a call back through
C for every fifth frame, hold a hundred."""

MEMORY = 4 * 2**20
"""Bytes for the stack of a thread of ours. Measured: `FRAMES` frames, each of which calls back
through C, take less than a quarter of a megabyte."""

_setting = threading.Lock()
_own = threading.local()


def nearly_full() -> bool:
    """Is as much of this thread's stack in use as one stack may hold?"""
    try:
        most: int = _own.frames
    except AttributeError:
        most = _own.frames = _frames_here()
    try:
        sys._getframe(min(sys.getrecursionlimit() // 2, most))
    except ValueError:
        return False
    return True


def _frames_here() -> int:
    """How many frames fit: threads that are not ours have the memory that users have set."""
    if threading.current_thread() is threading.main_thread():
        return FRAMES
    with _setting:
        # Python has no way to ask for the size but to set another one
        users = threading.stack_size(MEMORY)
        threading.stack_size(users)
    return FEW_FRAMES if 0 < users < MEMORY else FRAMES


def start(work: Callable[[], None]) -> threading.Thread:
    """Start a function in a fresh thread with room for `FRAMES` frames."""

    def go() -> None:
        _own.frames = FRAMES
        work()

    thread = threading.Thread(target=go, name="modsvc evaluation", daemon=True)
    with _setting:
        users = threading.stack_size(MEMORY)
        try:
            thread.start()
        finally:
            threading.stack_size(users)
    return thread
