"""One option being computed: a value that is made once, or a failure that is kept.

In: a place and a slot. Out: the value, remembered in the place. Refuses to know how a value
is merged.
"""

from __future__ import annotations

from typing import Any, Protocol

from .errors import Mistake, Mistakes, TooDeep
from .evaluated import Evaluating
from .tree import Slot
from .words import Path


class Unready:
    """A cell without a value: not computed yet, being computed, or failed with `error`."""

    __slots__ = ("error",)

    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error


UNREAD = Unready()
RUNNING = Unready()


class Computed(Protocol):
    """A place with cells, and how their values are made."""

    cells: list[Any]
    tasks: dict[int, Cell]

    @property
    def evaluation(self) -> Evaluating: ...
    @property
    def path(self) -> Path: ...

    def value_of(self, slot: Slot) -> Any:
        """Merge what is defined for an option."""
        ...


class Cell:
    """The task of computing one option."""

    __slots__ = ("node", "slot")

    def __init__(self, node: Computed, slot: Slot) -> None:
        self.node = node
        self.slot = slot

    @property
    def path(self) -> Path:
        return (*self.node.path, *self.slot.path)

    def compute(self) -> Any:
        """Compute, and remember the value or the failure."""
        cells, index = self.node.cells, self.slot.index
        state = cells[index]
        if state.__class__ is not Unready:
            return state  # another thread was first
        if state is RUNNING:
            self.node.evaluation.stack.tasks.pop()
            try:
                raise self.node.evaluation.stack.cycle(self)
            finally:
                self.node.evaluation.stack.tasks.append(self)
        cells[index] = RUNNING
        try:
            value = cells[index] = self.node.value_of(self.slot)
        except RecursionError as error:
            failure = TooDeep(self.path, 0)
            cells[index] = Unready(failure)
            raise failure from error
        except (Mistake, Mistakes) as error:
            cells[index] = Unready(error)
            raise
        except BaseException:
            cells[index] = UNREAD
            raise
        self.node.tasks.pop(index, None)
        return value
