"""Work that has to end in time.

In: a function and a number of seconds. Out: its result, or `Hangs` with the lines at which it
stands. Refuses to end the work: the thread that does it is left behind, and ends with the process.
"""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable
from typing import NoReturn, TypeVar

T = TypeVar("T")


class Hangs(Exception):
    """Work that is not done in time."""


def within(seconds: float, work: Callable[[], T]) -> T:
    """The result of `work`, or what it raises. Raises Hangs after so many seconds."""
    outcome: list[Callable[[], T]] = []

    def go() -> None:
        try:
            value = work()
            outcome.append(lambda: value)
        except BaseException as error:  # raised again below, in the thread that waits
            outcome.append(_raising(error))

    thread = threading.Thread(target=go, name="watched", daemon=True)
    thread.start()
    thread.join(seconds)
    if not outcome:
        frame = sys._current_frames().get(thread.ident or 0)
        where = "".join(traceback.format_stack(frame)[-6:]) if frame else "nowhere"
        raise Hangs(f"not done after {seconds} seconds, but at\n{where}")
    return outcome[0]()


def _raising(error: BaseException) -> Callable[[], NoReturn]:
    def raise_it() -> NoReturn:
        raise error

    return raise_it
