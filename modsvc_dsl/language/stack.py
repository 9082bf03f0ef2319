"""What is being computed right now: cycles, depth, threads.

In: tasks, one inside the other. Out: their results, or Cycle and TooDeep. Refuses to know
what a task computes.

Reading is recursive, since it runs through functions of the user's. A chain of a thousand
options would not fit in one Python stack, and the recursion limit is not ours to change; so
where a stack is half used up the work goes on in a fresh thread while this one waits.
"""

from __future__ import annotations

import contextvars
import os
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any, Protocol

from .errors import Cycle, TooDeep
from .provenance import Line, Place, frame_line
from .words import Path

DEEPEST = 6000
"""How many reads may be open at once, one inside the other. A chain of 1,000 options, or
100 nested submodules, needs a third of it at the most."""

_CHECK_EVERY = 8
"""At every so many open reads the stack is measured."""

_OURS = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep


class Task(Protocol):
    """Something being computed."""

    @property
    def path(self) -> Path: ...


class Stack:
    """The open reads of one evaluation. Other threads wait until the outermost is done."""

    __slots__ = ("tasks", "threads", "lock", "hops")

    def __init__(self) -> None:
        self.tasks: list[Task] = []
        self.threads: list[int] = []
        self.lock = threading.Lock()
        self.hops: dict[int, FrameType] = {}

    def run(self, task: Task, work: Callable[[], Any]) -> Any:
        """The result of `work`, done on behalf of `task`. Raises TooDeep."""
        thread = threading.get_ident()
        if thread not in self.threads:
            with self.lock:
                self.threads.append(thread)
                try:
                    return self._inside(task, work)
                finally:
                    self.threads.remove(thread)
        return self._inside(task, work)

    def _inside(self, task: Task, work: Callable[[], Any]) -> Any:
        tasks = self.tasks
        if len(tasks) >= DEEPEST:
            raise TooDeep(task.path, DEEPEST)
        tasks.append(task)
        try:
            if len(tasks) % _CHECK_EVERY == 1 and nearly_full():
                return self._elsewhere(work)
            return work()
        finally:
            tasks.pop()

    def _elsewhere(self, work: Callable[[], Any]) -> Any:
        """Do it in a fresh thread, on an empty stack, and wait."""
        outcome: list[Any] = []
        context = contextvars.copy_context()
        here = sys._getframe()

        def go() -> None:
            thread = threading.get_ident()
            self.threads.append(thread)
            self.hops[thread] = here
            try:
                outcome.append((context.run(work), None))
            except BaseException as error:  # handed on below, in the thread that waits
                outcome.append((None, error))
            finally:
                self.threads.remove(thread)
                del self.hops[thread]

        thread = threading.Thread(target=go, name="modsvc evaluation", daemon=True)
        thread.start()
        thread.join()
        result, error = outcome[0]
        if error is not None:
            raise error
        return result

    def cycle(self, task: Task) -> Cycle:
        """The ring that reading `task` again would close, with the lines that read."""
        start = next(i for i, open_task in enumerate(self.tasks) if open_task is task)
        ring = self.tasks[start:]
        reads = self._reads(len(ring))
        return Cycle([(t.path, [r] if r else []) for t, r in zip(ring, reads)])

    def _reads(self, count: int) -> list[Place | None]:
        """For the innermost open tasks, outermost first: the user's line that reads the next."""
        found: list[Place | None] = []
        line: Place | None = None
        frame: FrameType | None = sys._getframe(1)
        while frame is not None and len(found) < count:
            code = frame.f_code
            if code is Stack._inside.__code__ and frame.f_locals.get("self") is self:
                found.append(line)
                line = None
            elif line is None and not is_ours(code.co_filename):
                line = frame_line(frame)
            frame = frame.f_back or self.hops.get(threading.get_ident() if not found else 0)
        found += [None] * (count - len(found))
        return found[::-1]


def nearly_full() -> bool:
    """Is half of this thread's Python stack in use?"""
    try:
        sys._getframe(sys.getrecursionlimit() // 2)
    except ValueError:
        return False
    return True


def is_ours(file: str) -> bool:
    """Is a source file part of this package?"""
    return file.startswith(_OURS) or file.startswith("<frozen")


def users_line() -> Place:
    """The innermost line that is not of this package."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        if not is_ours(frame.f_code.co_filename):
            return frame_line(frame)
        frame = frame.f_back
    return Line("", 0)
