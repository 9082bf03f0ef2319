"""Entries in an order, where one name may stand several times.

In: definitions that are dicts, or lists of dicts with one key each, or of pairs. Out: a frozen
list of pairs, joined in order. Refuses to merge entries of one name: that is what it is for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..definition import Definition
from ..frozen import NOTHING, FrozenList
from ..properties import PROPERTIES
from .gathering import Gathering
from .option_type import Compound, Misfit, OptionType, Spot


class EntriesOf(Compound):
    """Named values in order: `{"a": 1}`, `[{"a": 1}, {"a": 2}]` or `[("a", 1), ("a", 2)]`."""

    def __init__(self, item: OptionType, name_type: OptionType) -> None:
        self.item = item
        self.name_type = name_type

    def describe(self) -> str:
        return f"a dict, or a list of one-entry dicts or pairs, of {self.item.describe_many()}"

    def describe_many(self) -> str:
        return f"items, each {self.describe()}"

    def accepts(self, value: Any) -> bool:
        if not isinstance(value, (list, dict)):
            return False
        return all(_is_entry(item) for item in value) if isinstance(value, list) else True

    def parts(self, value: Any) -> Iterator[Misfit]:
        for step, name, item in _entries(value):
            yield (step,), self.name_type, name
            yield (step, name), self.item, item

    def hint(self, value: Any) -> str:
        if isinstance(value, list):
            wrong = next(i for i, item in enumerate(value) if not _is_entry(item))
            return f"item [{wrong}] is neither a dict with one entry nor a pair (name, value)"
        return "write it in braces, as in {name: value}"

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        self.demand(spot, definitions)
        gathering = Gathering(spot, self)
        made: list[Any] = []
        for definition in definitions:
            names = (
                ((step,), self.name_type, name)
                for step, name, _ in _entries(definition.value)
                if not self.name_type.accepts(name)
            )
            gathering.add_misfits(names, definition)
            made += self._merged(spot, definition, gathering)
        gathering.close()
        return FrozenList(made)

    def _merged(self, spot: Spot, definition: Definition, gathering: Gathering) -> list[Any]:
        made: list[Any] = []
        for step, name, item in _entries(definition.value):
            here = spot.nested(name) if step == name else spot.nested(step).nested(name)
            value = gathering.merged(self.item, here, definition, item)
            made += [] if value is NOTHING else [(name, value)]
        return made

    def empty(self, spot: Spot) -> Any:
        return FrozenList()

    def joined(self, other: OptionType) -> OptionType | None:
        return None  # which declaration's entries come first, nobody says

    def below(self) -> Sequence[OptionType]:
        return (self.item,)


def _is_entry(item: Any) -> bool:
    if item.__class__ in PROPERTIES:
        return False
    return (isinstance(item, dict) and len(item) == 1) or (
        isinstance(item, tuple) and len(item) == 2
    )


def _entries(value: Any) -> Iterator[tuple[Any, Any, Any]]:
    """The entries of an accepted value: the step to each, its name, its value."""
    if isinstance(value, Mapping):
        for name, item in value.items():
            yield name, name, item
        return
    for index, entry in enumerate(value):
        ((name, item),) = entry.items() if isinstance(entry, dict) else (entry,)
        yield index, name, item
