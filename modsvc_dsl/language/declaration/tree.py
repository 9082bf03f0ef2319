"""The tree of options: groups, slots and aliases.

In: paths and declarations. Out: the nodes that shapes are built of and definitions are
routed through. Refuses to hold values: a slot is the same for all evaluations of a shape.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..definition import Definition
from ..frozen import NOTHING
from .option import Option
from ..provenance import Line, Place
from .record import Record
from ..types.option_type import OptionType
from ..words import Path

WARNINGS: Path = ("warnings",)
ASSERTIONS: Path = ("assertions",)
"""The options that the use of old names adds to."""


class Group:
    """A name with options below it. `cls` is the module class that declares them, if one does.

    `dynamic` holds definitions of the whole group that are still to be computed, `freeform`
    the type of undeclared names together where the group takes them.
    """

    __slots__ = ("path", "parent", "cls", "children", "dynamic", "records", "place", "freeform")

    def __init__(self, path: Path, parent: Group | None, cls: Any) -> None:
        self.path = path
        self.parent = parent
        self.cls = cls
        self.children: dict[Any, Group | Slot | Alias] = {}
        self.dynamic: list[tuple[float, Definition]] = []
        self.records: set[Any] = set()
        self.place: Place = Line("", 0)
        self.freeform: OptionType | None = None

    def ancestors(self) -> Iterator[Group]:
        """The group itself and those around it, innermost first."""
        group: Group | None = self
        while group is not None:
            yield group
            group = group.parent


class Source:
    """A record at a group: who made a definition, and what `self` means to it."""

    __slots__ = ("record", "group")

    def __init__(self, record: Record, group: Group) -> None:
        self.record = record
        self.group = group


class Slot:
    """One option in its place.

    `plain` are its definitions by classes. `around` are the groups that may define it as a whole, those
    around its old names among them; `computed_in` are those that classes define by functions: it is `calm` where there are none, and `quiet` where no class defines it
    at all, so that only a place could.
    `constant` is its value where nothing is defined, once known. It is `lone` where the value of
    one definition is that definition's, converted. `reads` are the paths that the functions which
    make it read, None where one of them does not say. A single value of a class in `exact`
    is the option's value as it is; a `leaf` has nothing in it to look for.
    """

    __slots__ = (
        "index",
        "path",
        "group",
        "option",
        "type",
        "source",
        "definitions",
        "default",
        "declarations",
        "read_only",
        "constant",
        "quiet",
        "around",
        "computed_in",
        "calm",
        "plain",
        "lone",
        "reads",
        "exact",
        "leaf",
    )

    def __init__(
        self,
        index: int,
        path: Path,
        group: Group,
        option: Option,
        type_: OptionType,
        source: Source,
    ) -> None:
        self.index = index
        self.path = path
        self.group = group
        self.option = option
        self.type = type_
        self.source = source
        self.definitions: list[tuple[float, Definition]] = []
        self.default: Definition | None = None
        self.declarations: tuple[Option, ...] = (option,)
        self.read_only = False
        self.constant: Any = NOTHING
        self.quiet = False
        self.around: tuple[Group, ...] = ()
        self.computed_in: tuple[Group, ...] = ()
        self.calm = False
        self.plain: list[Definition] = []
        self.lone = False
        self.reads: frozenset[Path] | None = None
        self.exact: frozenset[type[Any]] = frozenset()
        self.leaf = False

    @property
    def place(self) -> Place:
        return self.option.place


class Alias:
    """A second name of the option at `target`, a path from the root; None: it was removed."""

    __slots__ = ("path", "target", "option", "position")

    def __init__(self, path: Path, target: Path | None, option: Option) -> None:
        self.path = path
        self.target = target
        self.option = option
        self.position = 0.0

    @property
    def place(self) -> Place:
        return self.option.place


def rings(aliases: Iterable[Alias]) -> list[list[Alias]]:
    """The aliases that lead to each other, and so to no option: each ring once."""
    by_path = {alias.path: alias for alias in aliases}
    found: list[list[Alias]] = []
    told: set[Alias] = set()
    for alias in by_path.values():
        ring: list[Alias] = []
        at: Alias | None = alias
        while at is not None and at not in ring:
            ring.append(at)
            target = at.target or ()
            ways = (by_path.get(target[:depth]) for depth in range(1, len(target) + 1))
            at = next((each for each in ways if each is not None), None)
        if at is alias and alias not in told:
            found.append(ring)
            told.update(ring)
    return found


def taker(root: Group, path: Path) -> Group | None:
    """The innermost group along a path that takes undeclared names."""
    found = root if root.freeform is not None else None
    group = root
    for step in path:
        child = group.children.get(step)
        if not isinstance(child, Group):
            break
        group = child
        found = group if group.freeform is not None else found
    return found
