"""The options that have the same value wherever nothing is defined for them.

In: the slots of a shape. Out: the values of such options, and `Touch`, the options that a place
still has to look at: one for all places that define the same ones. Refuses to know places: a
default that merges without one is the same at all of them, and that is the whole proof. A function
that says what it reads (`@reads`) is the same at all places that define nothing of that.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Sequence
from typing import Any, NoReturn

from ..definition import Definition
from ..frozen import NOTHING, is_plain
from ..function import read_by
from ..properties import OPTION_DEFAULT, PROPERTIES, Later
from ..declaration.option import MODULE
from ..declaration.tree import Group, Slot
from ..types.option_type import OptionType
from ..words import Path
from ..unready import UNREAD

ARGUMENTS: Path = (MODULE, "args")
"""The option of the module arguments, which are only there for whoever asks for one of them."""


class Touch:
    """The options of a place that may have other values than at other places.

    `slots` are those to compute, in order; `numbers` are their indices, and those of options that are
    computed for their readers only. `varying` are those that somebody defines, or that are made from
    such, `groups` the groups with these in them, at any depth. `derived` is what others made of nothing
    but this, by keys of theirs.

    `cells` is what places begin with: the values of all other options, where they are known. `alike`
    are the options whose value the first place that computes it gives to those that begin later. `lone`
    has the single definition of those that have one and the same at all these places, by number;
    `said` are those that only the place defines, with a value that may be the option's as it is.
    """

    __slots__ = (
        "slots",
        "numbers",
        "varying",
        "groups",
        "derived",
        "cells",
        "alike",
        "lone",
        "said",
    )

    def __init__(
        self,
        slots: Sequence[Slot],
        alike: Collection[Slot],
        also: Iterable[Group],
        idle: Iterable[int],
    ) -> None:
        self.slots = slots
        self.numbers = frozenset(slot.index for slot in slots).union(idle)
        self.varying = frozenset(slots).difference(alike)
        touched = {slot.group for slot in self.varying}.union(also)
        self.groups = frozenset(outer for group in touched for outer in group.ancestors())
        self.derived: dict[Any, Any] = {}
        self.cells: list[Any] = []
        self.lone: list[Definition | None] = []
        self.said: list[Slot] = []
        self.alike = frozenset(slot.index for slot in alike)

    def share(self, slot: Slot, value: Any) -> None:
        """Give the value of an option that is alike to all places that begin from now on.

        Only what is plain data belongs to no place.
        """
        self.alike -= {slot.index}
        if is_plain(value):
            self.cells[slot.index] = value
            self.slots = [each for each in self.slots if each is not slot]


def _alike(slots: Sequence[Slot], own: Container[int]) -> set[Slot]:
    """The options made by functions that read nothing of what varies from place to place.

    What is made so does not vary itself.
    """
    alike = {s for s in slots if s.index not in own and s.calm and s.reads is not None}
    varying = set(slots) - alike
    while varying:
        ways = {slot.path[:end] for slot in varying for end in range(len(slot.path) + 1)}
        varying = {slot for slot in alike if not ways.isdisjoint(slot.reads or ())}
        alike -= varying
    return alike


class Constants:
    """What costs a shape once and its places nothing.

    `slots` are all options in order, `never` groups whose values are never constant. With `old`
    names of options, of which a function may use one late, a place has to look before it is sure.
    """

    __slots__ = ("slots", "never", "old", "_known", "_touches", "_beside")

    def __init__(self, slots: Sequence[Slot], never: Iterable[Group], old: bool) -> None:
        self.slots = slots
        self.old = old
        self.never = frozenset(never)
        self._known = False
        self._touches: dict[tuple[int, ...] | None, Touch] = {}
        self._beside: dict[tuple[Group, frozenset[int]], Sequence[tuple[int, Any]]] = {}

    def touch(self, defined: tuple[int, ...] | None) -> Touch:
        """What places touch that define the options of these numbers; None: perhaps any."""
        found = self._touches.get(defined)
        if found is None:
            self._find()
            own = frozenset(range(len(self.slots)) if defined is None else defined)
            touched = [s for s in self.slots if s.index in own or not _is_still(s)]
            slots = [slot for slot in touched if slot.path != ARGUMENTS]
            idle = [
                s.index for s in self.slots if _is_idle(s) or (s.path == ARGUMENTS and s in touched)
            ]
            alike = () if self.old else _alike(slots, own)
            found = self._touches[defined] = Touch(slots, alike, self.never, idle)
            found.cells = [
                UNREAD if self.old or slot.index in found.numbers else slot.constant
                for slot in self.slots
            ]
            found.lone = [None if slot.index in own else _lone(slot) for slot in self.slots]
            found.said = [
                self.slots[index] for index in defined or () if _is_said(self.slots[index])
            ]
        return found

    def beside(self, group: Group, defined: frozenset[int]) -> Sequence[tuple[int, Any]]:
        """The numbers and values of options that only a computed definition of `group` might define,
        and neither that nor the place does: they define those of the numbers `defined`.
        """
        key = group, defined
        found = self._beside.get(key)
        if found is None:
            found = self._beside[key] = [
                (slot.index, slot.constant)
                for slot in self.slots
                if slot.constant is not NOTHING
                and slot.index not in defined
                and slot.computed_in == (group,)
            ]
        return found

    def _find(self) -> None:
        """Find the constants, once, when the first place asks what it touches."""
        if not self._known:
            for slot in self.slots:
                if not slot.definitions and slot.option.apply is None:
                    slot.constant = _constant(slot)
            self._known = True


def _lone(slot: Slot) -> Definition | None:
    """The definition that an option has wherever the place itself says nothing, if it is just one."""
    if not slot.calm or len(slot.plain) > 1:
        return None
    return slot.plain[0] if slot.plain else slot.default


def _is_said(slot: Slot) -> bool:
    """Is an option's value what a place says, if that is of the right class?"""
    return slot.quiet and bool(slot.exact) and not slot.read_only


def _is_still(slot: Slot) -> bool:
    """Is an option constant, or nobody's business, wherever the place itself says nothing?"""
    return _is_idle(slot) or (slot.calm and slot.constant is not NOTHING)


def _is_idle(slot: Slot) -> bool:
    """Is an option only there for whoever reads it, so that no place computes it by itself?

    No module may have added anything to its type, which could be wrong by itself.
    """
    option = slot.option
    return option.on_demand and slot.calm and not slot.definitions and slot.type is option.type()


def paths_read(slot: Slot) -> frozenset[Path] | None:
    """The paths that the functions read which make an option, None where one does not say."""
    made = [*slot.plain, *([slot.default] if slot.default is not None else [])]
    found: set[Path] = set()
    for definition in made:
        value = definition.value.content if definition is slot.default else definition.value
        names = read_by(value.content) if value.__class__ is Later else None
        if names is None and (value.__class__ in PROPERTIES or definition is not slot.default):
            return None
        for name in names or ():
            path = definition.source.group.path if name[0] != "/" else ()
            found.add((*path, name.removeprefix("/")))
    return frozenset(found) if made and slot.option.apply is None else None


def _constant(slot: Slot) -> Any:
    """The value of an option where nothing is defined, NOTHING where it depends on the place."""
    if not slot.lone and not _is_ours(slot.type):
        return NOTHING
    try:
        if slot.default is None:
            return slot.type.empty(_NOWHERE)
        value = slot.default.value.content
        if value.__class__ in PROPERTIES:  # a function, a condition
            return NOTHING
        own = Definition(value, slot.default.place, slot.default.source, None, OPTION_DEFAULT)
        return slot.type.merge(_NOWHERE, [own])
    except Exception:  # it needs a place, or it is wrong: whoever reads it there is told
        return NOTHING


def _is_ours(type_: OptionType) -> bool:
    """Is a type merged by this package, which never keeps a spot to ask it later?"""
    ours = type(type_).merge.__module__.startswith(__name__.partition(".")[0] + ".")
    return ours and all(map(_is_ours, type_.below()))


class _Nowhere:
    """A spot that is nowhere: what asks it for anything depends on where it is."""

    def __getattr__(self, name: str) -> NoReturn:
        raise LookupError(name)


_NOWHERE: Any = _Nowhere()
