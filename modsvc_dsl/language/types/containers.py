"""Types of lists, dicts and sets, which merge item by item.

In: definitions that are containers. Out: one frozen container. Lists join in order, sets
unite, dicts merge per key and make an entry when it is first read. Refuses to know what
items are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AnySet
from typing import Any

from ..definition import Definition
from ..errors import WrongType
from ..frozen import NOTHING, FrozenDict, FrozenList, LazyDict, PendingDict
from ..properties import PROPERTIES
from ..words import show_value
from .gathering import Gathering
from .option_type import (
    MOST_SHOWN,
    Compound,
    Misfit,
    OptionType,
    Spot,
    advice,
    confidential_below,
    joined_all,
    merge_item,
    valued,
)
from .text import Text

_TEXTS = (str, bytes, bytearray, memoryview)
"""Sequences to Python, and single values to anybody who writes a configuration."""


class ListOf(Compound):
    """A list whose definitions are joined.

    `kind` is the class that definitions have to be of: `list`, or for `Sequence[T]` and its
    like an abstract one; texts are never lists.
    """

    def __init__(self, item: OptionType, non_empty: bool = False, kind: type[Any] = list) -> None:
        self.item = item
        self.non_empty = non_empty
        self.kind = kind
        self._takes_list = issubclass(list, kind)

    def describe(self) -> str:
        return f"a {'non-empty ' if self.non_empty else ''}list of {self.item.describe_many()}"

    def accepts(self, value: Any) -> bool:
        if not (value.__class__ is list and self._takes_list):  # which is told sooner
            if not isinstance(value, self.kind) or isinstance(value, _TEXTS):
                return False
        return not (self.non_empty and not value)

    def parts(self, value: Any) -> Iterator[Misfit]:
        return (((index,), self.item, item) for index, item in enumerate(value))

    def hint(self, value: Any) -> str:
        if isinstance(value, list):
            return "it takes at least one item" if not value else ""
        if self.item.fits(value):
            return f"write it in square brackets: [{show_value(value)}]"
        if isinstance(value, (tuple, AnySet)):
            return "write it in square brackets, as in [...]"
        if isinstance(value, Iterable) and not isinstance(value, (*_TEXTS, Mapping)):
            return "write list(...) around it"
        inner = self.item.hint(value)
        return f"write a list, as in [...]; for each item: {inner}" if inner else ""

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        self.demand(spot, definitions)
        items: list[Any] = []
        gathering: Gathering | None = None
        for definition in definitions:
            if self.item.exact.issuperset(map(type, definition.value)):
                items.extend(definition.value)
            elif self.item.simple and self._plain(definition.value):
                items.extend(map(self.item.convert, definition.value))
            else:
                gathering = gathering or Gathering(spot, self)
                items.extend(self._merged(spot, definition, gathering))
        if gathering is not None:
            self._demand_brackets(spot, definitions if gathering.found else ())
            gathering.close()
        if self.non_empty and not items:
            raise WrongType(spot.path, self.describe(), valued(definitions))
        return self.made(items)

    def _demand_brackets(self, spot: Spot, definitions: Sequence[Definition]) -> None:
        """Raise WrongType for a list that is one item of the list that is wanted."""
        bare = [d for d in definitions if isinstance(d.value, list) and self.item.fits(d.value)]
        if bare:
            meant = f"write it in square brackets once more: [{show_value(bare[0].value)}]"
            raise WrongType(spot.path, self.describe(), valued(bare[:MOST_SHOWN]), meant)

    def made(self, items: list[Any]) -> Any:
        """The list as results hold it."""
        return FrozenList(items)

    def _plain(self, value: Iterable[Any]) -> bool:
        accepts = self.item.accepts
        return all(item.__class__ not in PROPERTIES and accepts(item) for item in value)

    def _merged(self, spot: Spot, definition: Definition, gathering: Gathering) -> list[Any]:
        made = (
            gathering.merged(self.item, spot.nested(index), definition, item)
            for index, item in enumerate(definition.value)
        )
        return [value for value in made if value is not NOTHING]

    def empty(self, spot: Spot) -> Any:
        return NOTHING if self.non_empty else self.made([])

    def joined(self, other: OptionType) -> OptionType | None:
        if not isinstance(other, ListOf) or type(other).made is not type(self).made:
            return None
        item = self.item.joined(other.item)
        kind = narrower(self.kind, other.kind)
        if item is None or kind is None:
            return None
        return type(self)(item, self.non_empty or other.non_empty, kind)

    def below(self) -> Sequence[OptionType]:
        return (self.item,)


class DictOf(Compound):
    """A dict whose definitions merge per key.

    With `lazy`, an entry whose definitions all have a False condition still exists, with
    its type's empty value. `kind` is the class that definitions have to be of, `key_name`
    what manuals write for a key.
    """

    def __init__(
        self,
        item: OptionType,
        key_type: OptionType,
        lazy: bool = False,
        kind: type[Any] = dict,
        key_name: str = "name",
    ) -> None:
        self.item = item
        self.key_type = key_type
        self.lazy = lazy
        self._made = LazyDict if lazy else PendingDict
        self.kind = kind
        self.key_name = key_name
        self._takes_dict = issubclass(dict, kind)
        self._takes_any_key = isinstance(key_type, Text) and key_type.is_any()

    def describe(self) -> str:
        return f"a dict of {self.item.describe_many()}"

    def accepts(self, value: Any) -> bool:
        return (value.__class__ is dict and self._takes_dict) or isinstance(value, self.kind)

    def parts(self, value: Any) -> Iterator[Misfit]:
        keys = PartOf("key", self.key_type)
        for key, item in value.items():
            yield (key,), keys, key
            yield (key,), self.item, item

    def hint(self, value: Any) -> str:
        if isinstance(value, Mapping):
            return "write dict(...) around it"
        if isinstance(value, AnySet):
            return "write {key: value, ...}: without colons, braces make a set"
        if self.item.fits(value):
            return f'write it in braces, under a name: {{"{self.key_name}": {show_value(value)}}}'
        if isinstance(value, (list, tuple)):
            return f"write it in braces, {self._named(value)}"
        return ""

    def _named(self, items: Sequence[Any]) -> str:
        """How the items of a list are written with names: those that are texts may have them."""
        parts = [item.partition("=") for item in items if isinstance(item, str)]
        pairs = {name: said for name, equals, said in parts if equals and self.item.fits(said)}
        if pairs and len(pairs) == len(items):
            return f"as in {show_value(pairs)}"
        if items and all(map(self.item.fits, items)):
            return f'each under a name of its own: {{"{self.key_name}": {show_value(items[0])}}}'
        return "as in {key: value, ...}"

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        self.demand(spot, definitions)
        if self._has_plain_keys(definitions) and not self.item.simple:
            return self._entries(spot, definitions)
        self._demand_keys(spot, definitions)
        key_of = self.key_type.convert
        if len(definitions) == 1 and self.item.simple and self._plain(definitions[0].value):
            convert = self.item.convert
            return FrozenDict({key_of(k): convert(v) for k, v in definitions[0].value.items()})
        entries: dict[Any, list[Definition]] = {}
        for definition in definitions:
            for key, item in definition.value.items():
                entries.setdefault(key_of(key), []).append(definition.holding(item))
        pending = {}
        for key, found in entries.items():
            here = spot.nested(key)
            pending[key] = here.lazily(self.item, found, self.lazy)
        return self._made({}, pending)

    def _has_plain_keys(self, definitions: Sequence[Definition]) -> bool:
        """Is any string a key, and are all keys strings?"""
        if not self._takes_any_key:
            return False
        for definition in definitions:
            if not {str}.issuperset(map(type, definition.value)):
                return False
        return True

    def _entries(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        """The dict of entries that nobody has asked for: many cost no more than few."""
        keys: dict[Any, None] = {}
        for definition in definitions:
            keys.update(dict.fromkeys(definition.value))
        if not keys:
            return FrozenDict()
        nested = spot.nested  # asked for now: who is nowhere cannot merge entries later either
        lone = definitions[0] if len(definitions) == 1 else None

        def entry(key: Any) -> Any:
            if lone is not None:
                found = [lone.holding(lone.value[key])]
            else:
                found = [d.holding(d.value[key]) for d in definitions if key in d.value]
            return nested(key).lazily(self.item, found, self.lazy)

        return self._made({}, keys, entry)

    def _demand_keys(self, spot: Spot, definitions: Sequence[Definition]) -> None:
        accepts = self.key_type.accepts
        wrong = [(k, d.place) for d in definitions for k in d.value if not accepts(k)]
        if wrong:
            words = f"keys that are each {self.key_type.describe()}"
            raise WrongType(
                spot.path, words, wrong[:MOST_SHOWN], advice(self.key_type, wrong[0][0])
            )

    def _plain(self, value: Mapping[Any, Any]) -> bool:
        accepts = self.item.accepts
        return all(item.__class__ not in PROPERTIES and accepts(item) for item in value.values())

    def empty(self, spot: Spot) -> Any:
        return FrozenDict()

    def joined(self, other: OptionType) -> OptionType | None:
        if not isinstance(other, DictOf):
            return None
        kind = narrower(self.kind, other.kind)
        both = joined_all([self.item, self.key_type], [other.item, other.key_type])
        alike = (self.lazy, self.key_name) == (other.lazy, other.key_name)
        if kind is None or both is None or not alike:
            return None
        return DictOf(both[0], both[1], self.lazy, kind, self.key_name)

    def below(self) -> Sequence[OptionType]:
        return (self.item,)


class SetOf(Compound):
    """A set whose definitions are united. `kind` is the class that definitions have to be of."""

    def __init__(self, item: OptionType, kind: type[Any] = AnySet) -> None:
        self.item = item
        self.kind = kind

    def describe(self) -> str:
        return f"a set of {self.item.describe_many()}"

    def accepts(self, value: Any) -> bool:
        return isinstance(value, self.kind)

    def parts(self, value: Any) -> Iterator[Misfit]:
        type_ = PartOf("item", self.item)
        return (((), type_, item) for item in value)

    def hint(self, value: Any) -> str:
        if isinstance(value, AnySet):
            return "write frozenset(...) around it"
        if isinstance(value, (dict, list)) and not value:
            return "an empty set is written set()"
        if isinstance(value, (list, tuple)):
            return "write it in braces, as in {...}"
        if self.item.accepts(value):
            return f"write it in braces: {{{show_value(value)}}}"
        return ""

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        self.demand(spot, definitions)
        self._demand_items(spot, definitions)
        items: set[Any] = set()
        for definition in definitions:
            for item in definition.value:
                made = merge_item(self.item, spot.nested(item), definition.holding(item))
                if made is not NOTHING:
                    items.add(self._hashable(made, spot, definition))
        return frozenset(items)

    def _demand_items(self, spot: Spot, definitions: Sequence[Definition]) -> None:
        """Raise WrongType with all items that do not fit: no path could name them."""
        parts = [d.holding(item) for d in definitions for *_, item in self.misfits(d.value)]
        for inner in (self.item, *confidential_below(self.item)) if parts else ():
            if inner.confidential:
                inner.demand(spot, parts)  # which shows none of them
        wrong = [(part.value, part.place) for part in parts]
        wrong.sort(key=lambda found: show_value(found[0]))  # sets have no order to go by
        if wrong:
            words = f"{self.describe()}; {len(wrong):,} of its items do not fit"
            words = words if len(wrong) > MOST_SHOWN else self.describe()
            raise WrongType(spot.path, words, wrong[:MOST_SHOWN], advice(self.item, wrong[0][0]))

    def _hashable(self, made: Any, spot: Spot, definition: Definition) -> Any:
        try:
            hash(made)
        except TypeError:
            words = "items that can be in a set (they are hashable)"
            raise WrongType(spot.path, words, [(made, definition.place)]) from None
        return made

    def empty(self, spot: Spot) -> Any:
        return frozenset()

    def joined(self, other: OptionType) -> OptionType | None:
        if not isinstance(other, SetOf) or (kind := narrower(self.kind, other.kind)) is None:
            return None
        item = self.item.joined(other.item)
        return SetOf(item, kind) if item else None

    def below(self) -> Sequence[OptionType]:
        return (self.item,)


class PartOf(OptionType):
    """A key or an item that no path can name, in words."""

    def __init__(self, role: str, type_: OptionType) -> None:
        self.role = role
        self.type = type_

    def describe(self) -> str:
        return f"every {self.role} to be {self.type.describe()}"

    def accepts(self, value: Any) -> bool:
        return self.type.fits(value)

    def hint(self, value: Any) -> str:
        return self.type.hint(value)

    def below(self) -> Sequence[OptionType]:
        return (self.type,)


def narrower(one: type[Any], other: type[Any]) -> type[Any] | None:
    """Of two classes the one that is a subclass of the other, None where neither is."""
    if issubclass(one, other):
        return one
    return other if issubclass(other, one) else None
