"""One option being computed: a value that is made once, or a failure that is kept.

In: a place and a slot. Out: the value, remembered in the place. Refuses to know how a value
is merged.
"""

from __future__ import annotations

from typing import Any

from .calls import users_frames
from ..errors import CheckFailed, Mistake, Mistakes, TooDeep, Undefined
from .evaluated import Evaluated
from ..frozen import NOTHING
from .whereabouts import told_within
from .merging import value_alone, value_of
from ..declaration.tree import Slot
from ..unready import RUNNING, UNREAD, Unready
from ..words import Path


class Cell(tuple["Evaluated", Slot]):
    """The task of computing one option of a place: the two as a pair, which is made fast.

    The tasks of one option of one place are equal.
    """

    __slots__ = ()

    @property
    def slot(self) -> Slot:
        return self[1]

    @property
    def path(self) -> Path:
        return (*self[0].path, *self[1].path)

    def compute(self) -> Any:
        """Compute, and remember the value or the failure."""
        node, slot = self
        cells, index = node.cells, slot.index
        if cells[index] is not UNREAD:
            return self._begun(cells[index])
        cells[index] = RUNNING
        lone = node.touch.lone[index]
        try:
            value = NOTHING if lone is None else value_alone(node, slot, lone)
            if value is NOTHING:
                value = value_of(node, slot)
            cells[index] = value
        except (Mistake, Mistakes) as error:
            cells[index] = Unready(error)
            told_within(error, node)
            if isinstance(error, Undefined) and error.path == self.path:
                error.needed_by(*node.evaluation.stack.reader(started=True))
            raise
        except Exception as error:
            failure = self._failure(error)
            told_within(failure, node)
            cells[index] = Unready(failure)
            raise failure from error
        except BaseException:
            cells[index] = UNREAD  # interrupted: the next read starts again
            raise
        if index in node.touch.alike:
            node.touch.share(slot, value)
        return value

    def _begun(self, state: Any) -> Any:
        """What another thread has made in the meantime. Raises Cycle where this one is at it."""
        if state.__class__ is not Unready:
            return state
        if state.error is not None:
            raise state.error.with_traceback(None)
        raise self[0].evaluation.stack.cycle(self)

    def _failure(self, error: Exception) -> Mistake:
        """What something else than a function of the user's raised: a type or a value of theirs."""
        if isinstance(error, RecursionError):
            return TooDeep(self.path, 0, self[1].place)
        return CheckFailed(self.path, error, users_frames(error), self[1].place)


def failed_again(node: Evaluated, slot: Slot, error: BaseException) -> BaseException:
    """The failure of an option that is read once more, by somebody who needs a missing value."""
    if isinstance(error, Undefined) and error.path == (*node.path, *slot.path):
        error.needed_by(*node.evaluation.stack.reader(started=False))
    return error.with_traceback(None)


def has_value(node: Evaluated, slot: Slot) -> bool:
    """Has an option a value? Only one declared with `required=False` may go without."""
    if slot.option.required:
        return True
    try:
        node.cell(slot)
    except Undefined as error:
        return error.path != (*node.path, *slot.path)
    except (Mistake, Mistakes):
        return True  # it has one, if it could be computed
    return True
