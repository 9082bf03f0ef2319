"""Types of lists, dicts, sets and tuples, which merge item by item.

In: definitions that are containers. Out: one frozen container. Lists join in order, dicts
merge per key and make an entry when it is first read. Refuses to know what items are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AnySet
from typing import Any

from ..definition import Definition
from ..errors import Conflict, WrongType
from ..frozen import NOTHING, FrozenDict, FrozenList
from ..merge import same
from ..properties import PROPERTIES
from .option_type import OptionType, Spot, joined_all, merge_item, valued


def plural(type_: OptionType) -> str:
    """The items of a container in words: `a list of ...`."""
    words = type_.describe()
    for article in ("a ", "an "):
        if words.startswith(article):
            noun, *rest = words.removeprefix(article).split(" ", 1)
            ending = "es" if noun.endswith(("s", "x")) else "s"
            noun = noun[:-1] + "ies" if noun.endswith("y") else noun + ending
            return " ".join([noun, *rest])
    return f"items, each {words}"


class ListOf(OptionType):
    """A list whose definitions are joined."""

    simple = False

    def __init__(
        self, item: OptionType, non_empty: bool = False, any_sequence: bool = False
    ) -> None:
        self.item = item
        self.non_empty = non_empty
        self.any_sequence = any_sequence

    def describe(self) -> str:
        return f"a {'non-empty ' if self.non_empty else ''}list of {plural(self.item)}"

    def accepts(self, value: Any) -> bool:
        right = isinstance(value, (list, tuple) if self.any_sequence else list)
        return right and not (self.non_empty and not value)

    def fits(self, value: Any) -> bool:
        return self.accepts(value) and all(
            item.__class__ in PROPERTIES or self.item.fits(item) for item in value
        )

    def hint(self, value: Any) -> str:
        if isinstance(value, (tuple, set, frozenset)):
            return "write it in square brackets"
        return "write it in square brackets, as in [...]" if self.item.accepts(value) else ""

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        self.demand(spot, definitions)
        items: list[Any] = []
        for definition in definitions:
            if self.item.simple and self._plain(definition.value):
                items.extend(map(self.item.convert, definition.value))
            else:
                items.extend(self._merged(spot, definition))
        if self.non_empty and not items:
            raise WrongType(spot.path, self.describe(), valued(definitions))
        return FrozenList(items)

    def _plain(self, value: Sequence[Any]) -> bool:
        accepts = self.item.accepts
        return all(item.__class__ not in PROPERTIES and accepts(item) for item in value)

    def _merged(self, spot: Spot, definition: Definition) -> list[Any]:
        made = (
            merge_item(self.item, spot.nested(index), definition.holding(item))
            for index, item in enumerate(definition.value)
        )
        return [value for value in made if value is not NOTHING]

    def empty(self, spot: Spot) -> Any:
        return NOTHING if self.non_empty else FrozenList()

    def joined(self, other: OptionType) -> OptionType | None:
        if not isinstance(other, ListOf):
            return None
        item = self.item.joined(other.item)
        if item is None:
            return None
        sequence = self.any_sequence and other.any_sequence
        return ListOf(item, self.non_empty or other.non_empty, sequence)

    def below(self) -> Sequence[OptionType]:
        return (self.item,)


class DictOf(OptionType):
    """A dict whose definitions merge per key.

    With `lazy`, an entry whose definitions all have a False condition still exists, with
    its type's empty value.
    """

    simple = False

    def __init__(self, item: OptionType, key_type: OptionType, lazy: bool = False) -> None:
        self.item = item
        self.key_type = key_type
        self.lazy = lazy

    def describe(self) -> str:
        return f"a dict of {plural(self.item)}"

    def accepts(self, value: Any) -> bool:
        return isinstance(value, Mapping)

    def fits(self, value: Any) -> bool:
        return self.accepts(value) and all(
            self.key_type.fits(key) and (item.__class__ in PROPERTIES or self.item.fits(item))
            for key, item in value.items()
        )

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        self.demand(spot, definitions)
        self._demand_keys(spot, definitions)
        if len(definitions) == 1 and self.item.simple and self._plain(definitions[0].value):
            convert = self.item.convert
            return FrozenDict({k: convert(v) for k, v in definitions[0].value.items()})
        entries: dict[Any, list[Definition]] = {}
        for definition in definitions:
            for key, item in definition.value.items():
                entries.setdefault(key, []).append(definition.holding(item))
        pending = {}
        for key, found in entries.items():
            here = spot.nested(key)
            pending[key] = here.lazily(self.item, found, self.lazy)
        return FrozenDict({}, pending)

    def _demand_keys(self, spot: Spot, definitions: Sequence[Definition]) -> None:
        accepts = self.key_type.accepts
        wrong = [(k, d.place) for d in definitions for k in d.value if not accepts(k)]
        if wrong:
            raise WrongType(spot.path, f"keys that are each {self.key_type.describe()}", wrong)

    def _plain(self, value: Mapping[Any, Any]) -> bool:
        accepts = self.item.accepts
        return all(item.__class__ not in PROPERTIES and accepts(item) for item in value.values())

    def empty(self, spot: Spot) -> Any:
        return FrozenDict()

    def joined(self, other: OptionType) -> OptionType | None:
        if not isinstance(other, DictOf) or other.lazy != self.lazy:
            return None
        both = joined_all([self.item, self.key_type], [other.item, other.key_type])
        return DictOf(both[0], both[1], self.lazy) if both else None

    def below(self) -> Sequence[OptionType]:
        return (self.item,)


class SetOf(OptionType):
    """A set whose definitions are united."""

    simple = False

    def __init__(self, item: OptionType) -> None:
        self.item = item

    def describe(self) -> str:
        return f"a set of {plural(self.item)}"

    def accepts(self, value: Any) -> bool:
        return isinstance(value, AnySet)

    def fits(self, value: Any) -> bool:
        return self.accepts(value) and all(map(self.item.fits, value))

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        self.demand(spot, definitions)
        items: set[Any] = set()
        for definition in definitions:
            for item in definition.value:
                made = merge_item(self.item, spot.nested(item), definition.holding(item))
                items.update([] if made is NOTHING else [made])
        return frozenset(items)

    def empty(self, spot: Spot) -> Any:
        return frozenset()

    def joined(self, other: OptionType) -> OptionType | None:
        item = self.item.joined(other.item) if isinstance(other, SetOf) else None
        return SetOf(item) if item else None

    def below(self) -> Sequence[OptionType]:
        return (self.item,)


class TupleOf(OptionType):
    """A tuple with a type for each place; definitions have to be equal."""

    simple = False

    def __init__(self, items: Sequence[OptionType]) -> None:
        self.items = tuple(items)

    def describe(self) -> str:
        return f"a tuple of ({', '.join(item.describe() for item in self.items)})"

    def accepts(self, value: Any) -> bool:
        return isinstance(value, tuple) and len(value) == len(self.items)

    def fits(self, value: Any) -> bool:
        return self.accepts(value) and all(t.fits(item) for t, item in zip(self.items, value))

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        self.demand(spot, definitions)
        made = [self._merged(spot, definition) for definition in definitions]
        if any(other != made[0] for other in made[1:]) or not same(definitions):
            raise Conflict(spot.path, valued(definitions))
        return made[0]

    def _merged(self, spot: Spot, definition: Definition) -> tuple[Any, ...]:
        items = []
        for index, (type_, item) in enumerate(zip(self.items, definition.value)):
            here = spot.nested(index)
            made = merge_item(type_, here, definition.holding(item))
            if made is NOTHING:
                raise WrongType(here.path, type_.describe(), [(item, definition.place)])
            items.append(made)
        return tuple(items)

    def joined(self, other: OptionType) -> OptionType | None:
        items = joined_all(self.items, other.items) if isinstance(other, TupleOf) else None
        return TupleOf(items) if items is not None else None

    def below(self) -> Sequence[OptionType]:
        return self.items
