"""A located value.

In: values that may wear properties. Out: `Definition`, and from a list of them those that
exist (`discharge`), with priority and order read off. Refuses to know types.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Protocol

from .properties import (
    ANY_ORDER,
    Later,
    Located,
    Merged,
    Ordered,
    Override,
    PLAIN,
    PROPERTIES,
    When,
)

if TYPE_CHECKING:
    from .provenance import Place


class Scope(Protocol):
    """The evaluation that a definition was written in."""

    def force(self, later: Later, definition: Definition) -> Any:
        """The result of a later value, computed at most once."""
        ...

    def condition(self, value: Any, definition: Definition) -> bool:
        """A condition as a boolean. Raises BadCondition."""
        ...


class Definition:
    """A value for something, with where it was written, by which module, in which evaluation.

    `source` is what the module system knows of the writer; `scope` is None while the
    definition belongs to a class and not yet to an evaluation.
    """

    __slots__ = ("value", "place", "source", "scope", "priority", "order")

    def __init__(
        self,
        value: Any,
        place: Place,
        source: Any,
        scope: Scope | None = None,
        priority: int = PLAIN,
        order: int = ANY_ORDER,
    ) -> None:
        self.value = value
        self.place = place
        self.source = source
        self.scope = scope
        self.priority = priority
        self.order = order

    def holding(self, value: Any) -> Definition:
        """The same definition of another value: a part of this one, usually."""
        return Definition(value, self.place, self.source, self.scope)

    def __repr__(self) -> str:
        return f"Definition({self.value!r}, priority={self.priority}, order={self.order})"


def discharge(definitions: Iterable[Definition], scope: Scope) -> list[Definition]:
    """The definitions that exist, without their properties, in the order written.

    Definitions without a scope of their own get `scope`.
    """
    found: list[Definition] = []
    for definition in definitions:
        value = definition.value
        own = definition.scope or scope
        if value.__class__ is Later:
            value = own.force(value, definition)  # most functions give a value that wears nothing
        if value.__class__ in PROPERTIES:
            _peel(definition, own, value, None, None, found)
        elif value is definition.value and definition.scope is not None:
            found.append(definition)
        else:
            found.append(Definition(value, definition.place, definition.source, own))
    return found


def sole(definition: Definition, scope: Scope) -> Definition | None:
    """What `discharge` and `ranked` make of a single definition, None where they have to say.

    Most wear nothing, or are functions that give one value.
    """
    value, own = definition.value, definition.scope or scope
    priority = PLAIN
    if value.__class__ is Later:
        value = own.force(value, definition)
    if value.__class__ is Override:
        value, priority = value.content, value.priority
    if value.__class__ in PROPERTIES:
        return None
    if value is definition.value and definition.scope is not None:
        return definition
    return Definition(value, definition.place, definition.source, own, priority)


def bound(definition: Definition, scope: Scope) -> Definition:
    """The definition as one of an evaluation."""
    return Definition(definition.value, definition.place, definition.source, scope)


def _peel(
    definition: Definition,
    scope: Scope,
    value: Any,
    priority: int | None,
    order: int | None,
    found: list[Definition],
) -> None:
    """Take the properties off; of nested ones of a kind the outermost counts."""
    while value.__class__ in PROPERTIES:
        if value.__class__ is Override:
            priority = value.priority if priority is None else priority
            value = value.content
        elif value.__class__ is Ordered:
            order = value.number if order is None else order
            value = value.content
        elif value.__class__ is When:
            if not scope.condition(value.condition, definition):
                return
            value = value.content
        elif value.__class__ is Later:
            value = scope.force(value, definition)
        elif value.__class__ is Located:
            definition = Definition(definition.value, value.place, definition.source, scope)
            value = value.content
        elif value.__class__ is Merged:
            for item in value.content:
                _peel(definition, scope, item, priority, order, found)
            return
    found.append(
        Definition(
            value,
            definition.place,
            definition.source,
            scope,
            PLAIN if priority is None else priority,
            ANY_ORDER if order is None else order,
        )
    )
