"""The definitions of one option, to be those of another.

In: a result and the path of an option. Out: a value that stands for its definitions. Refuses
to forward the option's own default, since the other one has its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..arguments import refuses_others
from ..evaluation.configuration import node_of
from ..definition import Definition
from ..evaluation.fates import Fate, entry_of, fates
from ..evaluation.lookup import Found, find_option
from ..declaration.option import read_path
from ..properties import OPTION_DEFAULT, Located, Merged, Ordered, Override
from ..provenance import users_line
from ..words import Path


@refuses_others
def forwarded(view: Any, path: Path | str) -> Any:
    """What is defined for an option, with the priorities, orders and places that it has there.

    Of a dict every entry keeps its own strongest priority, so that dicts whose entries differ
    in strength can be merged before they are an option's. To be returned from a definition;
    without definitions there it defines nothing. Raises NoSuchName.
    """
    node_of(view, "forwarded")
    found = find_option(view, read_path(path, "forwarded(...)", users_line()))
    won = [fate for fate in fates(found) if fate.name == "won"]
    kept = [fate for fate in won if fate.definition.priority < OPTION_DEFAULT]
    return Merged(tuple(_worn(fate.definition, _value(found, fate)) for fate in kept))


def _value(found: Found, fate: Fate) -> Any:
    """What a definition says, the conditions in its entries decided."""
    value = fate.definition.value
    if not isinstance(value, Mapping):
        return value
    entries = {key: entry_of(found.node, fate, key) for key in value}
    return {
        key: Merged(tuple(_worn(p.definition, p.definition.value) for p in there))
        for key, parts in entries.items()
        if (there := [part for part in parts if part.condition is not False])
    }


def _worn(definition: Definition, value: Any) -> Any:
    """A value with the priority, order and place of a definition."""
    inner = Ordered(definition.order, Located(definition.place, value))
    return Override(definition.priority, inner)
