"""Types of plain data whose shape nobody declared.

In: definitions of anything. Out: data, merged as far as its own shape says. Refuses to
judge what the data means.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..definition import Definition
from ..errors import Conflict
from ..frozen import FrozenDict, FrozenList, PendingDict, freeze
from ..merge import same
from ..properties import PROPERTIES
from ..words import one_of, show_kind
from .functions import Joined
from .option_type import OptionType, Spot, valued


class Anything(OptionType):
    """Any data: dicts merge in depth, everything else has to be equal."""

    simple = False

    def describe(self) -> str:
        return "any value"

    def describe_many(self) -> str:
        return "any values"

    def accepts(self, value: Any) -> bool:
        return True

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        values = [definition.value for definition in definitions]
        if len(values) == 1 and not _wears(values[0]):
            return freeze(values[0])
        if all(isinstance(value, Mapping) for value in values):
            return self._dict(spot, definitions)
        if all(callable(value) and not isinstance(value, type) for value in values):
            return Joined(self, spot, definitions) if len(values) > 1 else values[0]
        if len(values) == 1 and isinstance(values[0], list):
            return self._list(spot, definitions[0])
        if not same(definitions):
            kinds = {show_kind(value) for value in values}
            why = f"is {one_of(sorted(kinds))}" if len(kinds) > 1 else "has definitions that differ"
            raise Conflict(spot.path, valued(definitions), why)
        return freeze(values[0])

    def _dict(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        entries: dict[Any, list[Definition]] = {}
        for definition in definitions:
            for key, item in definition.value.items():
                entries.setdefault(key, []).append(definition.holding(item))
        pending = {key: spot.nested(key).lazily(self, found) for key, found in entries.items()}
        return PendingDict({}, pending)

    def _list(self, spot: Spot, definition: Definition) -> Any:
        made: list[Any] = []
        for index, item in enumerate(definition.value):
            here = spot.nested(index)
            found = here.survivors([definition.holding(item)])
            made.extend([self.merge(here, found)] if found else [])
        return FrozenList(made)


def _wears(value: Any) -> bool:
    """Does a property stand anywhere inside plain data? A list or dict may lie in itself."""
    todo = [value]
    seen: set[int] = set()
    while todo:
        item = todo.pop()
        if item.__class__ in PROPERTIES:
            return True
        if not isinstance(item, (list, tuple, Mapping)) or id(item) in seen:
            continue
        seen.add(id(item))
        if not isinstance(item, FrozenDict):  # a result: nothing in it wears anything any more
            todo.extend(item.values() if isinstance(item, Mapping) else item)
    return False


class Raw(OptionType):
    """A single value, never looked into."""

    def describe(self) -> str:
        return "a value as it stands"

    def describe_many(self) -> str:
        return "values as they stand"

    def accepts(self, value: Any) -> bool:
        return True

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        if len(definitions) > 1:
            raise Conflict(spot.path, valued(definitions), "takes a single definition")
        return definitions[0].value


class Shallow(OptionType):
    """A dict of anything; keys of later definitions replace those of earlier ones."""

    def describe(self) -> str:
        return "a dict"

    def accepts(self, value: Any) -> bool:
        return isinstance(value, Mapping)

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        self.demand(spot, definitions)
        joined: dict[Any, Any] = {}
        for definition in definitions:
            joined.update(definition.value)
        return freeze(joined)

    def empty(self, spot: Spot) -> Any:
        return FrozenDict()


class Untyped(OptionType):
    """An option without a type: lists and dicts are joined, other values have to be equal."""

    def describe(self) -> str:
        return "any value"

    def describe_many(self) -> str:
        return "any values"

    def accepts(self, value: Any) -> bool:
        return True

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        values = [definition.value for definition in definitions]
        if len(values) > 1 and all(isinstance(value, list) for value in values):
            return freeze([item for value in values for item in value])
        if len(values) > 1 and all(isinstance(value, Mapping) for value in values):
            return Shallow().merge(spot, definitions)
        return super().merge(spot, definitions)

    def convert(self, value: Any) -> Any:
        return freeze(value)

    def joined(self, other: OptionType) -> OptionType | None:
        return other
