"""The value of an option at one place: its definitions, made into one.

In: a place and a slot. Out: the value, or the mistake of having none. Refuses to remember it:
`cell` does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..definition import Definition
from ..errors import Conflict, Undefined
from .evaluated import Evaluated
from ..frozen import NOTHING
from ..properties import OPTION_DEFAULT, PLAIN, PROPERTIES, Later, Override
from ..provenance import Place
from .spot import Here, among
from ..declaration.tree import Slot


def value_of(node: Evaluated, slot: Slot) -> Any:
    """What is defined for an option, as one value. Raises what is wrong with it."""
    definitions = node.definitions_of(slot)
    if len(definitions) < 2:
        definition = definitions[0] if definitions else slot.default
        value = NOTHING if definition is None else value_alone(node, slot, definition)
        if value is not NOTHING:
            return value
    return value_merged(node, slot, definitions)


def value_alone(node: Evaluated, slot: Slot, definition: Definition) -> Any:
    """The value of an option that has one definition, NOTHING where `value_merged` has to say.

    Most are plain values or functions that give one: there is nothing to rank or to join.
    """
    value, priority = definition.value, PLAIN
    kind = value.__class__
    if kind is Override:  # as every default
        value, priority = value.content, value.priority
        kind = value.__class__
    scope = definition.scope or node
    if kind is Later:
        value = scope.force(value, definition)
        kind = value.__class__
    if kind in PROPERTIES:
        if kind is not Override or priority is not PLAIN:
            return NOTHING
        value, priority = value.content, value.priority
        kind = value.__class__
        if kind in PROPERTIES:
            return NOTHING
    if definition is not slot.default and (slot.read_only or priority >= OPTION_DEFAULT):
        return NOTHING
    if kind in slot.exact:
        return value
    type_ = slot.type
    if slot.lone:
        return type_.convert(value) if type_.accepts(value) else NOTHING
    if slot.option.apply is not None:
        return NOTHING
    alone = Definition(value, definition.place, definition.source, scope, priority)
    return type_.merge(Here(node, slot.path), [alone])


def value_merged(node: Evaluated, slot: Slot, definitions: list[Definition]) -> Any:
    """The value of an option, whatever its definitions are and wear."""
    found = node.counting(slot, definitions)
    spot = Here(node, slot.path)
    if found:
        try:
            value = slot.type.merge(spot, found)
        except Conflict as conflict:
            raise among(found, conflict, spot)
    else:
        value = slot.type.empty(spot)
        if value is NOTHING:
            raise undefined(node, slot, [definition.place for definition in definitions])
    if slot.option.apply is not None:
        value = node.call(slot.option.apply, value)
    return value


def undefined(node: Evaluated, slot: Slot, definitions: Sequence[Place]) -> Undefined:
    """The mistake of an option without a value; `definitions` have a False condition."""
    owner = slot.option.owner
    return Undefined(
        (*node.path, *slot.path),
        slot.type.describe(),
        slot.place,
        definitions,
        owner.name if owner.owner is not None else "",
        [record.place for record in node.placed],
        slot.path,
    )
