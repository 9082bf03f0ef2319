"""The options that have the same value wherever nothing is defined for them.

In: the slots of a shape, and their values once the first place has computed them. Out: the
slots and groups that a place still has to look at. Refuses to compute, and to know places: what
one of them defines by itself is its own to add.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from .frozen import NOTHING
from .tree import Group, Slot


class Constants:
    """What costs a shape once and its places nothing.

    `slots` are all options in order, `never` groups whose values are never constant.
    """

    __slots__ = ("slots", "never", "_others", "_groups")

    def __init__(self, slots: Sequence[Slot], never: Iterable[Group]) -> None:
        self.slots = slots
        self.never = frozenset(never)
        self._others: Sequence[Slot] | None = None
        self._groups: frozenset[Group] = frozenset()

    def keep(self, slot: Slot, value: Any) -> None:
        """Note the value of an option for which nothing is defined."""
        slot.constant = value
        if slot.quiet:
            self._others = None

    def others(self) -> Sequence[Slot]:
        """The options that some module defines, or whose value is not known yet, in order."""
        others = self._others
        if others is None:
            others = [s for s in self.slots if not s.quiet or s.constant is NOTHING]
            self._groups = around(others).union(*(group.ancestors() for group in self.never))
            self._others = others
        return others

    def groups(self) -> frozenset[Group]:
        """The groups that have such options in them, at any depth."""
        self.others()
        return self._groups


def around(slots: Iterable[Slot]) -> frozenset[Group]:
    """The groups that options are in, at any depth."""
    return frozenset(group for slot in slots for group in slot.group.ancestors())
