"""What is being computed right now: cycles, depth, threads.

In: tasks, one inside the other. Out: their results, or Cycle and TooDeep. Refuses to know
what a task computes.

Reading is recursive, since it runs through functions of the user's. A chain of a thousand
options would not fit in one Python stack, and the recursion limit is not ours to change; so
where a stack is half used up the work goes on in a fresh thread while this one waits.
"""

from __future__ import annotations

import contextvars
import sys
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from threading import get_ident
from types import FrameType
from typing import Any, Protocol

from ..errors import Cycle, TooDeep
from ..provenance import Place, frame_line, users_line
from .room import nearly_full, start
from ..words import Path

DEEPEST = 6000
"""How many reads may be open at once, one inside the other. A chain of 1,000 options, or
100 nested submodules, needs a third of it at the most."""

DEEPEST_EVALUATION = 100
"""How many evaluations may be read inside one another: a function that evaluates something is one."""

_inside: contextvars.ContextVar[int] = contextvars.ContextVar("inside", default=0)
"""How many evaluations are being read around this one."""

_CHECK_EVERY = 8
"""At every so many open reads the stack is measured; `DEEPEST` is a multiple."""


class Task(Protocol):
    """Something being computed."""

    @property
    def path(self) -> Path: ...


class Stack:
    """The open reads of one evaluation. Other threads wait until the outermost is done.

    `hops` has, for each thread that goes on with the work of another, where that one waits.
    """

    __slots__ = ("tasks", "threads", "lock", "hops")

    def __init__(self) -> None:
        self.tasks: list[Task] = []
        self.threads: list[int] = []
        self.lock = threading.Lock()
        self.hops: dict[int, tuple[FrameType, int]] = {}

    def run(self, task: Task, work: Callable[[], Any]) -> Any:
        """The result of `work`, done on behalf of `task`. Raises TooDeep."""
        if get_ident() not in self.threads:
            return self._outermost(task, work)
        tasks = self.tasks
        depth = len(tasks)
        elsewhere = depth and not depth % _CHECK_EVERY and self._is_full(task)
        tasks.append(task)
        try:
            return self._elsewhere(work) if elsewhere else work()
        finally:
            tasks.pop()

    def _is_full(self, task: Task) -> bool:
        """Has this thread no room for one more read? Raises TooDeep where no other may have it."""
        if len(self.tasks) >= DEEPEST:
            raise TooDeep(task.path, DEEPEST, self._readers(1)[0])
        return nearly_full()

    def _outermost(self, task: Task, work: Callable[[], Any]) -> Any:
        depth = _inside.get()
        if depth >= DEEPEST_EVALUATION:
            raise TooDeep(task.path, depth, users_line(), evaluations=True)
        inside = _inside.set(depth + 1)
        try:
            with self.held():
                if nearly_full():
                    return self.run(task, lambda: self._elsewhere(work))
                return self.run(task, work)
        finally:
            _inside.reset(inside)

    @contextmanager
    def held(self) -> Generator[None, None, None]:
        """Keep other threads waiting through many reads, which are cheaper so."""
        thread = threading.get_ident()
        if thread in self.threads:
            yield
            return
        with self.lock:
            self.threads.append(thread)
            try:
                yield
            finally:
                self.threads.remove(thread)

    def _elsewhere(self, work: Callable[[], Any]) -> Any:
        """Do it in a fresh thread, on an empty stack, and wait."""
        outcome: list[tuple[Any, BaseException | None]] = []
        context = contextvars.copy_context()
        here = sys._getframe(), threading.get_ident()
        done = threading.Event()

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
                done.set()

        thread = start(go)
        try:
            done.wait()  # and not `join`, which an interruption leaves believing that all is done
        except BaseException as interruption:  # Ctrl-C reaches the main thread, which waits here
            self._interrupt(type(interruption), thread)
            raise
        thread.join()
        result, error = outcome[0]
        if error is not None:
            raise error
        return result

    def _interrupt(self, kind: type[BaseException], waited_for: threading.Thread) -> None:
        """Raise an exception in the thread that does the work, and wait until it is out of it."""
        import ctypes

        at_work = ctypes.c_ulong(self.threads[-1])
        ctypes.pythonapi.PyThreadState_SetAsyncExc(at_work, ctypes.py_object(kind))
        waited_for.join()

    def cycle(self, task: Task) -> Cycle:
        """The ring that is closed by reading `task` again, with the lines that read.

        To be called by the second computation of `task`, while it is the innermost task.
        """
        count = len(self.tasks) - 1
        start = next((i for i in range(count) if self.tasks[i] == task), count)
        ring = self.tasks[start:count] or [task]
        reads = self._readers(len(ring))
        chain: list[tuple[Path, list[Place]]] = []
        for index, (each, read) in enumerate(zip(ring, reads)):
            # no line of the user's reads a group's function: an option of the group needs it
            line = read or getattr(ring[(index + 1) % len(ring)], "written", None)
            chain.append((each.path, [line] if line else []))
        return Cycle(chain)

    def reader(self, started: bool) -> tuple[Path, Place | None]:
        """What is reading an option: its path, and the user's line; an empty path outside of all.

        `started` says that the option is itself the innermost task.
        """
        behind = 2 if started else 1
        if len(self.tasks) < behind or threading.get_ident() not in self.threads:
            return (), None
        return self.tasks[-behind].path, self._readers(1, started)[0]

    def _readers(self, count: int, started: bool = True) -> list[Place | None]:
        """For the tasks that read others, outermost first: the user's line that reads the next.

        The last is the line that reads the innermost task, or with `started` False the line
        that the innermost task has reached.
        """
        found: list[Place | None] = []
        line: Place | None = None
        inside = not started
        for frame in self._frames():
            if frame.f_code is Stack.run.__code__ and frame.f_locals.get("self") is self:
                if inside:
                    found.append(line)
                    if len(found) == count:
                        break
                inside, line = True, None
            elif line is None:
                line = frame_line(frame)
        found += [None] * (count - len(found))
        return found[::-1]

    def _frames(self) -> Iterator[FrameType]:
        """The frames of this work, innermost first, through all threads that it has gone on in."""
        frame: FrameType | None = sys._getframe(1)
        thread = threading.get_ident()
        while frame is not None:
            yield frame
            frame = frame.f_back
            if frame is None and thread in self.hops:
                frame, thread = self.hops[thread]
