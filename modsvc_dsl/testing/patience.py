"""Waiting for something, with short pauses and an end.

In: a question and a timeout. Out: its answer. Refuses to know what is waited for.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")

_FIRST_PAUSE, _LONGEST_PAUSE = 0.005, 0.1
"""Seconds between two questions: short at first, since most things are there at once."""


def ask_until(ask: Callable[[], Answer], timeout: float) -> Answer:
    """Ask until the answer is true; return the last answer, be it false when time is up.

    Asks at least once, and once more at the very end of `timeout` (seconds).
    """
    deadline = time.monotonic() + timeout
    pause = _FIRST_PAUSE
    while True:
        answer = ask()
        left = deadline - time.monotonic()
        if answer or left <= 0:
            return answer
        time.sleep(min(pause, left))
        pause = min(pause * 1.5, _LONGEST_PAUSE)
