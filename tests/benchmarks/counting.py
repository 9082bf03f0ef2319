"""Counts of what a piece of work does, the same on every machine.

In: a function. Out: how many Python functions it calls, and how often each code runs. Refuses to
look at a clock.
"""

from __future__ import annotations

import gc
import sys
from collections import Counter
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any


def calls(work: Callable[[], object]) -> Counter[CodeType]:
    """How often each Python code is entered while `work` runs; a generator at each of its steps."""
    found: Counter[CodeType] = Counter()

    def note(frame: FrameType, event: str, _argument: Any) -> None:
        if event == "call":
            found[frame.f_code] += 1

    before, collecting = sys.getprofile(), gc.isenabled()
    gc.disable()  # what others left behind is not this work's
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
        if collecting:
            gc.enable()
    return found


def runs_with_self(work: Callable[[], object], file: str) -> Counter[tuple[CodeType, int]]:
    """How often each function of a file runs for each place whose view is its `self`."""
    found: Counter[tuple[CodeType, int]] = Counter()
    kept: list[Any] = []  # so that no place takes the identity of one that is gone

    def note(frame: FrameType, event: str, _argument: Any) -> None:
        view = frame.f_locals.get("self") if event == "call" else None
        node = getattr(view, "__node__", None)
        if node is not None and frame.f_code.co_filename == file:
            kept.append(node)
            found[frame.f_code, id(node)] += 1

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return found
