"""Types of values with named parts: TypedDicts, dataclasses and named tuples.

In: definitions. Out: for TypedDicts a dict merged per key, for the others the one value.
Refuses unknown keys.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..definition import Definition
from ..errors import MissingKey, UnknownOption
from ..frozen import PendingDict
from ..words import with_article
from .gathering import Gathering
from .option_type import Absent, Compound, Misfit, OptionType, Spot


class Nothing:
    """What stands for a key or an attribute that is not there."""

    def __repr__(self) -> str:
        return "nothing"


MISSING = Nothing()


class KeyedDict(Compound):
    """A dict with known keys, each of a type of its own; a TypedDict.

    `kind` is the annotation that it stands for: two of one annotation are one type. Keys
    may be added until the annotation has been read.
    """

    def __init__(self, kind: Any, name: str) -> None:
        self.kind = kind
        self.name = name
        self.keys: dict[str, OptionType] = {}
        self.required: frozenset[str] = frozenset()

    def describe(self) -> str:
        return f"a dict with the keys of {self.name}"

    def describe_many(self) -> str:
        return f"dicts with the keys of {self.name}"

    def accepts(self, value: Any) -> bool:
        return isinstance(value, dict)

    def parts(self, value: Any) -> Iterator[Misfit]:
        for key, item in value.items():
            yield (key,), self.keys.get(key) or Absent(self.name), item
        for key in sorted(self.required.difference(value)):
            yield (key,), Needed(self.keys[key]), MISSING

    def hint(self, value: Any) -> str:
        if isinstance(value, Mapping):
            return "write dict(...) around it"
        return f"write {self.name}(...), or a dict" if not isinstance(value, (list, tuple)) else ""

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        self.demand(spot, definitions)
        gathering = Gathering(spot, self)
        entries: dict[str, list[Definition]] = {}
        for definition in definitions:
            for key, item in definition.value.items():
                if key in self.keys:
                    entries.setdefault(key, []).append(definition.holding(item))
                else:
                    path, places = (*spot.path, key), [definition.place]
                    gathering.add(UnknownOption(path, places, self.keys, self.name, "is no key"))
        for key in sorted(self.required - set(entries)):
            places, words = [d.place for d in definitions], self.keys[key].describe()
            gathering.add(MissingKey((*spot.path, key), words, self.name, places))
        gathering.close()
        pending = {
            key: spot.nested(key).lazily(self.keys[key], found) for key, found in entries.items()
        }
        return PendingDict({}, pending)

    def key(self) -> object:
        return type(self), self.kind

    def below(self) -> Sequence[OptionType]:
        return tuple(self.keys.values())


class Needed(OptionType):
    """The type of what is not there, and has to be."""

    def __init__(self, type_: OptionType) -> None:
        self.type = type_

    def describe(self) -> str:
        return self.type.describe()

    def accepts(self, value: Any) -> bool:
        return value is not MISSING

    def hint(self, value: Any) -> str:
        return "it is missing"


class FieldsOf(Compound):
    """An instance of a dataclass or named tuple, its fields checked in depth.

    The value stays as it is: fields are not merged, and take no properties.
    """

    def __init__(self, kind: Any, cls: type[Any]) -> None:
        self.kind = kind
        self.cls = cls
        self.fields: dict[str, OptionType] = {}

    def describe(self) -> str:
        return with_article(self.cls.__name__)

    def describe_many(self) -> str:
        return f"{self.cls.__name__} objects"

    def accepts(self, value: Any) -> bool:
        return isinstance(value, self.cls)

    def misfits(self, value: Any, path: tuple[Any, ...] = ()) -> Iterator[Misfit]:
        if not self.accepts(value):
            yield path, self, value
            return
        for name, type_ in self.fields.items():
            part = getattr(value, name, MISSING)
            wanted = Needed(type_) if part is MISSING else type_
            yield from wanted.misfits(part, (*path, name))

    def hint(self, value: Any) -> str:
        if isinstance(value, type) and issubclass(value, self.cls):
            return f"write {value.__name__}(...): an instance, not the class"
        if isinstance(value, dict) and set(value) <= set(self.fields):
            return f"write {self.cls.__name__}(**{{...}})"
        return f"write {self.cls.__name__}(...)"

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        self.demand(spot, definitions)
        gathering = Gathering(spot, self)
        for definition in definitions:
            gathering.add_misfits(self.misfits(definition.value), definition)
        gathering.close()
        return super().merge(spot, definitions)

    def key(self) -> object:
        return type(self), self.kind

    def below(self) -> Sequence[OptionType]:
        return tuple(self.fields.values())
