"""What is known of an option: its declarations, and every definition with its fate.

In: a result and the path of an option. Out: `OptionFacts` and `Told`, as data. Refuses to
compute what the value did not need: a default that never ran says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ..arguments import refuses_others
from .configuration import node_of
from ..definition import Definition
from ..cells.evaluated import Evaluated
from ..frozen import NOTHING
from .fates import fates
from .lookup import Found, find_group, find_old_name, find_option, is_there
from ..provenance import Location, Place, locate_part, users_line
from .renaming import as_option
from ..declaration.record import Record
from ..declaration.option import MODULE, read_path
from ..declaration.tree import Group, Slot
from ..types.confidential import discreet
from ..words import Path, as_path

UNDEFINED = 9999
"""The priority told of an option without any definition, as upstream."""


class Told(NamedTuple):
    """One definition of an option: what it says, where, how strong, and what became of it.

    `fate` is "won", "lost", "absent" (its condition is False) or "not needed"; `why` says
    it in words. `condition` is None where there is none. A default that was not needed has
    no value, and what stands in a secret's place and is no reference to one is not shown. `path` is that of the option, or of the entry that was asked for.
    """

    value: Any
    location: Location
    module: str
    priority: int
    order: int
    condition: bool | None
    fate: str
    why: str
    path: Path


class OptionFacts(NamedTuple):
    """An option of a result, as data. `definitions` are those that count, in order."""

    path: Path
    type: str
    description: str
    has_default: bool
    read_only: bool
    declarations: tuple[tuple[str, Location], ...]
    is_defined: bool
    priority: int
    definitions: tuple[tuple[str, Any], ...]

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the modules whose definitions count, one for each definition."""
        return tuple(name for name, _ in self.definitions)


@refuses_others
def has_option(view: Any, path: Path | str) -> bool:
    """Is there an option, or a group of options, at a path? Reads no value."""
    node_of(view, "has_option")
    return is_there(view, _steps(path, "has_option"))


@refuses_others
def option_facts(view: Any, path: Path | str) -> OptionFacts:
    """What is known of an option. Raises NoSuchName where there is none.

    An old name is an option by itself: what is defined by it counts, as it is without what others say.
    """
    node, slot = _slot(view, path, "option_facts")
    found = node.counting(slot, node.definitions_of(slot))
    return OptionFacts(
        path=(*node.path, *slot.path),
        type=slot.type.describe(),
        description=slot.option.description,
        has_default=slot.default is not None,
        read_only=slot.read_only,
        declarations=tuple((o.owner.name, o.place.locate()) for o in slot.declarations),
        is_defined=bool(found),
        priority=found[0].priority if found else UNDEFINED,
        definitions=tuple((_module(d), discreet(slot.type, d.value)) for d in found),
    )


@refuses_others
def is_defined(view: Any, path: Path | str) -> bool:
    """Has an option a definition or a default? Raises NoSuchName where there is none."""
    return has_definition(view, path)


def has_definition(view: Any, path: Path | str, but: Record | None = None) -> bool:
    """The same. The definitions of the module `but` are not asked for, so that it can make its own
    depend on this.
    """
    node, slot = _slot(view, path, "is_defined")
    found = node.definitions_of(slot)
    if but is not None:
        found = [each for each in found if each.source.record is not but]
    if not found and slot.default is None:
        return False
    return bool(node.counting(slot, found))


def strength(view: Any, path: Path | str) -> int:
    """The priority of the definitions of an option that count, its default included.

    UNDEFINED where there are none. Raises NoSuchName where there is no such option.
    """
    node, slot = _slot(view, path)
    found = node.counting(slot, node.definitions_of(slot))
    return found[0].priority if found else UNDEFINED


def standing(view: Any, path: Path | str) -> tuple[int, Place] | None:
    """The priority and place of the first definition of an option that counts.

    None where nobody defines it, so that at most its own default counts. Raises NoSuchName
    where there is no such option.
    """
    node, slot = _slot(view, path)
    found = node.definitions_of(slot)
    if found:
        found = node.counting(slot, found)
    return (found[0].priority, found[0].place) if found else None


def places(view: Any, path: Path | str) -> tuple[Place, ...]:
    """Where the definitions of an option that count were written, in order."""
    node, slot = _slot(view, path)
    return tuple(d.place for d in node.counting(slot, node.definitions_of(slot)))


@refuses_others
def history(view: Any, path: Path | str = ()) -> tuple[Told, ...]:
    """Every definition of an option, the winners first, with what became of it.

    `path` may go on into entries and results inside the option's value; without one, or for
    a group of options, all of its options are told of, in the order declared. A result read back from a pickle
    tells what it told before. Raises NoSuchName where there is no such option.
    """
    steps = _steps(path, "history")
    if hasattr(view, "__told__"):
        kept: tuple[Told, ...] = view.__told__(steps)
        return kept
    node_of(view, "history")
    group = find_group(view, steps)
    if group is not None:
        slots = _slots(group)
        return tuple(told for slot in slots for told in _told(Found(view.__node__, slot, ())))
    return _told(find_option(view, steps))


def _slots(group: Group) -> Iterator[Slot]:
    for name, child in group.children.items():
        if isinstance(child, Slot):
            yield child
        elif isinstance(child, Group) and name != MODULE:
            yield from _slots(child)


def _told(found: Found) -> tuple[Told, ...]:
    return tuple(
        Told(
            value=_shown(found, fate.definition.value),
            location=locate_part(fate.definition.place, found.path),
            module=_module(fate.definition),
            priority=fate.definition.priority,
            order=fate.definition.order,
            condition=fate.condition,
            fate=fate.name,
            why=fate.why,
            path=found.path,
        )
        for fate in fates(found)
    )


def _shown(found: Found, value: Any) -> Any:
    """What a definition says, but for what may be a secret."""
    if found.slot is None or value is NOTHING:
        return value
    return discreet(found.slot.type, value)


def _steps(path: Any, function: str) -> Path:
    """The path that a function was given. Raises BadModule for what is none."""
    try:
        return as_path(path)
    except TypeError:
        return read_path(path, f"{function}(...)", users_line())


def _slot(view: Any, path: Path | str, by: str = "history") -> tuple[Evaluated, Slot]:
    child: Any = getattr(view, "__group__", None)
    steps = path if isinstance(path, tuple) else _steps(path, by)
    for step in steps:  # through groups, as almost always
        child = child.children.get(step) if child.__class__ is Group else None
    if child.__class__ is Slot:
        return view.__node__, child
    node_of(view, by)
    old = find_old_name(view, _steps(steps, by))
    if old is not None:
        return old[0], as_option(*old)
    found = find_option(view, _steps(steps, by))
    return found.node, found.declared()


def _module(definition: Definition) -> str:
    name: str = definition.source.record.name
    return name
