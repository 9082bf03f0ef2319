"""What became of each definition of an option, level by level down to an entry of its value.

In: a place and the definitions of an option. Out: `Fate`, one for each. Refuses to compute a
default that a stronger definition makes unnecessary.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from ..definition import Definition, bound
from ..errors import Undefined
from ..cells.evaluated import Evaluated
from ..frozen import NOTHING
from .lookup import Found
from ..merge import ranked
from ..properties import (
    AFTER,
    ANY_ORDER,
    BEFORE,
    DEFAULT,
    FORCE,
    OPTION_DEFAULT,
    PLAIN,
    PROPERTIES,
    Later,
    Located,
    Merged,
    Ordered,
    Override,
    When,
)
from ..declaration.tree import Slot
from ..words import Path, show_path

_PRIORITIES = {
    FORCE: "forced",
    PLAIN: "plain",
    DEFAULT: "a default",
    OPTION_DEFAULT: "the option's own default",
}
_ORDERS = {BEFORE: "before the others", AFTER: "after the others"}


class Fate(NamedTuple):
    """A definition with its properties read off, and what became of it.

    `condition` is None where there is none; `name` is "won", "lost", "absent" or "not needed",
    and `why` says it in words.
    """

    definition: Definition
    condition: bool | None
    name: str = ""
    why: str = ""


def fates(found: Found) -> list[Fate]:
    """The definitions of an option, or of an entry below it: winners in order, then the others."""
    node, slot = found.node, found.slot
    parts = [part for definition in found.definitions() for part in _parts(node, definition)]
    unneeded: list[Fate] = []
    if slot is not None and slot.default is not None:
        if any(p.condition is not False and p.definition.priority < OPTION_DEFAULT for p in parts):
            unneeded.append(_unneeded(slot.default))
        else:
            parts = [*_default_parts(node, slot, slot.default), *parts]
    lost: list[Fate] = []
    steps = found.path[: len(found.path) - len(found.rest)]
    for step in found.rest:
        winners, losers = _split(parts)
        lost += [f for f in _lost(losers, winners, steps) if _has(f.definition.value, step)]
        parts = [part for winner in winners for part in entry_of(node, winner, step)]
        steps = (*steps, step)
    winners, losers = _split(parts)
    won = [part._replace(name="won", why=_strength(part.definition)) for part in winners]
    return [*won, *_lost(losers, winners, steps), *lost, *unneeded]


def _default_parts(node: Evaluated, slot: Slot, default: Definition) -> list[Fate]:
    """What a default says; nothing where it says that the option has no value, which it need not."""
    try:
        return _parts(node, default)
    except Undefined as error:
        if slot.option.required or error.path != (*node.path, *slot.path):
            raise
        return []


def _parts(node: Evaluated, definition: Definition) -> list[Fate]:
    """What one definition says, several things if it is merged from several."""
    if definition.scope is None:
        definition = bound(definition, node)
    return list(_peeled(definition, definition.value, None, None, None))


def _peeled(
    definition: Definition,
    value: Any,
    priority: int | None,
    order: int | None,
    condition: bool | None,
) -> Iterator[Fate]:
    scope = definition.scope
    assert scope is not None
    while value.__class__ in PROPERTIES and condition is not False:
        if value.__class__ is Merged:
            for item in value.content:
                yield from _peeled(definition, item, priority, order, condition)
            return
        if value.__class__ is Located:
            definition = Definition(definition.value, value.place, definition.source, scope)
        elif value.__class__ is Override:
            priority = value.priority if priority is None else priority
        elif value.__class__ is Ordered:
            order = value.number if order is None else order
        elif value.__class__ is When:
            condition = scope.condition(value.condition, definition)
        value = scope.force(value, definition) if value.__class__ is Later else value.content
    priority = PLAIN if priority is None else priority
    order = ANY_ORDER if order is None else order
    place, source = definition.place, definition.source
    yield Fate(Definition(value, place, source, scope, priority, order), condition)


def _split(parts: Iterable[Fate]) -> tuple[list[Fate], list[Fate]]:
    """The parts that count, in order, and the others."""
    by_definition = {id(part.definition): part for part in parts}
    there = [p.definition for p in by_definition.values() if p.condition is not False]
    winners = [by_definition.pop(id(definition)) for definition in ranked(there)]
    return winners, list(by_definition.values())


def _lost(losers: list[Fate], winners: list[Fate], path: Path) -> list[Fate]:
    """What a level of the value leaves behind, with the reason."""
    found = []
    for part in losers:
        if part.condition is False:
            found.append(part._replace(name="absent", why="its condition is False"))
        else:
            best = winners[0].definition.priority
            why = f"`{show_path(path)}`: {_strength(part.definition)}, weaker than priority {best}"
            found.append(part._replace(name="lost", why=why))
    return found


def entry_of(node: Evaluated, part: Fate, step: Any) -> list[Fate]:
    """What a winning definition says of one entry of its value."""
    value = part.definition.value
    if not _has(value, step):
        return []
    found = _parts(node, part.definition.holding(value[step]))
    weigh = getattr(value, "__priority_of__", None)  # some kinds of dict only suggest entries
    usual = PLAIN if weigh is None else weigh(step)
    for inner in found:
        if usual != PLAIN and inner.definition.priority == PLAIN:
            inner.definition.priority = usual
    return found


def _has(value: Any, step: Any) -> bool:
    if isinstance(value, (list, tuple)):
        return isinstance(step, int) and step < len(value)
    return isinstance(value, dict) and step in value


def _strength(definition: Definition) -> str:
    """Priority and order in words."""
    priority, order = definition.priority, definition.order
    words = _PRIORITIES.get(priority, f"priority {priority}")
    return words if order == ANY_ORDER else f"{words}, {_ORDERS.get(order, f'order {order}')}"


def _unneeded(default: Definition) -> Fate:
    never = Definition(NOTHING, default.place, default.source, None, OPTION_DEFAULT)
    return Fate(never, None, "not needed", "a stronger definition exists")
