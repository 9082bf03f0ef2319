"""Which definitions count, and in what order: knows no types.

In: discharged definitions. Out: the strongest of them, ordered. Refuses to look at values.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from .definition import Definition
from .properties import ANY_ORDER

_PRIORITY = attrgetter("priority")


def strongest(definitions: list[Definition]) -> list[Definition]:
    """Those of the lowest priority number, in the order written."""
    if len(definitions) < 2:
        return definitions
    best = min(map(_PRIORITY, definitions))
    return [definition for definition in definitions if definition.priority == best]


def ordered(definitions: list[Definition]) -> list[Definition]:
    """Sorted by order number; those of one number stay as they stand."""
    if len(definitions) < 2:
        return definitions
    for definition in definitions:
        if definition.order != ANY_ORDER:
            return sorted(definitions, key=attrgetter("order"))
    return definitions


def ranked(definitions: list[Definition]) -> list[Definition]:
    """The definitions that count, in the order in which they count."""
    return ordered(strongest(definitions))


def same(definitions: Sequence[Definition]) -> bool:
    """Do all definitions have one value? `True` and `1` are two."""
    first = definitions[0].value
    return all(
        definition.value.__class__ is first.__class__ and definition.value == first
        for definition in definitions[1:]
    )
