"""Which functions may define an option: those for the groups around it, or around its old names.

In: the options and the old names of a shape. Out: the groups whose functions have to run before all
definitions of an option are known. Refuses to run them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..declaration.tree import ASSERTIONS, WARNINGS, Alias, Group, Slot
from ..words import Path

Placed = tuple[Alias, Group]
"""An old name, and the group that it is in."""


def find_makers(slot: Slot, aliases: Sequence[Placed]) -> None:
    """Find the groups whose functions, by classes or at a place, may define an option."""
    around = dict.fromkeys(slot.group.ancestors())
    for alias, group in aliases:
        if any(_says(name, slot) or _meet(way, slot) for name, way in _ways(alias, aliases)):
            around.update(dict.fromkeys(group.ancestors()))
    slot.around = tuple(around)
    slot.computed_in = tuple(group for group in around if group.dynamic)


def _says(alias: Alias, slot: Slot) -> bool:
    """Does the use of an old name say something in an option for warnings or assertions?"""
    if slot.path == WARNINGS:
        return alias.option.renamed
    return slot.path == ASSERTIONS and alias.option.removed is not None


def _ways(alias: Alias, aliases: Sequence[Placed]) -> Iterator[tuple[Alias, Path | None]]:
    """An old name and those that it leads through, each with the path that it leads to."""
    met: set[Alias] = set()
    name: Alias | None = alias
    target = alias.target
    while name is not None and name not in met:  # a ring is a mistake by itself
        yield name, target
        met.add(name)
        way = target or ()
        name = next((other for other, _ in aliases if _begins(way, other.path)), None)
        if name is not None:
            rest = way[len(name.path) :]
            target = None if name.target is None else (*name.target, *rest)


def _begins(path: Path, start: Path) -> bool:
    return path[: len(start)] == start


def _meet(way: Path | None, slot: Slot) -> bool:
    """Does a path lead to an option, into it, or to a group around it?"""
    return way is not None and (_begins(way, slot.path) or _begins(slot.path, way))
