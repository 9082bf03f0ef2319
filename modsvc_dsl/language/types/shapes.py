"""Types of values with named parts: TypedDicts, dataclasses and named tuples.

In: definitions. Out: for TypedDicts a dict merged per key, for the others the one value.
Refuses unknown keys.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from ..definition import Definition
from ..errors import Undefined, UnknownOption
from ..frozen import FrozenDict
from ..properties import PROPERTIES
from ..words import with_article
from .option_type import OptionType, Spot


class KeyedDict(OptionType):
    """A dict with known keys, each of a type of its own; a TypedDict."""

    simple = False

    def __init__(self, name: str, keys: Mapping[str, OptionType], required: frozenset[str]) -> None:
        self.name = name
        self.keys = dict(keys)
        self.required = required

    def describe(self) -> str:
        return f"a dict with the keys of {self.name}"

    def accepts(self, value: Any) -> bool:
        return isinstance(value, Mapping)

    def fits(self, value: Any) -> bool:
        return (
            self.accepts(value)
            and self.required <= set(value)
            and all(key in self.keys and self._fits(key, item) for key, item in value.items())
        )

    def _fits(self, key: str, item: Any) -> bool:
        return item.__class__ in PROPERTIES or self.keys[key].fits(item)

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        self.demand(spot, definitions)
        entries: dict[str, list[Definition]] = {}
        for definition in definitions:
            for key, item in definition.value.items():
                if key not in self.keys:
                    path = (*spot.path, key)
                    raise UnknownOption(path, [definition.place], self.keys, self.name, "is no key")
                entries.setdefault(key, []).append(definition.holding(item))
        for key in sorted(self.required - set(entries)):
            place = definitions[0].place
            raise Undefined((*spot.path, key), self.keys[key].describe(), place, ())
        pending = {
            key: spot.nested(key).lazily(self.keys[key], found) for key, found in entries.items()
        }
        return FrozenDict({}, pending)

    def key(self) -> object:
        return type(self), self.name, tuple((k, t.key()) for k, t in self.keys.items())

    def below(self) -> Sequence[OptionType]:
        return tuple(self.keys.values())


class FieldsOf(OptionType):
    """An instance of a dataclass or named tuple, its fields checked in depth."""

    def __init__(self, kind: type[Any], fields: Mapping[str, OptionType]) -> None:
        self.kind = kind
        self.fields = dict(fields)

    def describe(self) -> str:
        return with_article(self.kind.__name__)

    def accepts(self, value: Any) -> bool:
        return isinstance(value, self.kind) and all(
            type_.fits(getattr(value, name, None)) for name, type_ in self.fields.items()
        )

    def hint(self, value: Any) -> str:
        if isinstance(value, self.kind):
            wrong = [n for n, t in self.fields.items() if not t.fits(getattr(value, n, None))]
            return f"{wrong[0]} is {self.fields[wrong[0]].describe()}"
        return f"write {self.kind.__name__}(...)" if dataclasses.is_dataclass(self.kind) else ""

    def key(self) -> object:
        return type(self), self.kind
