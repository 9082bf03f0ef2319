"""Types of which a value may have one of several.

In: definitions. Out: the value merged by the member that they fit. A member is chosen by
the values, in depth, not by accident of order. Refuses to convert.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..definition import Definition
from ..errors import Conflict, WrongType
from ..merge import same
from ..words import one_of, show_value
from .option_type import OptionType, Spot, joined_all, valued


class Optional_(OptionType):
    """None or a value of another type; empty is None."""

    def __init__(self, item: OptionType) -> None:
        self.item = item
        self.simple = item.simple  # type: ignore[misc]

    def describe(self) -> str:
        return f"{self.item.describe()}, or None"

    def accepts(self, value: Any) -> bool:
        return value is None or self.item.accepts(value)

    def fits(self, value: Any) -> bool:
        return value is None or self.item.fits(value)

    def convert(self, value: Any) -> Any:
        return None if value is None else self.item.convert(value)

    def hint(self, value: Any) -> str:
        return self.item.hint(value)

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        nones = sum(definition.value is None for definition in definitions)
        if nones == len(definitions):
            return None
        self.demand(spot, definitions)
        if nones:
            why = "is defined both as None and as something"
            raise Conflict(spot.path, valued(definitions), why)
        return self.item.merge(spot, definitions)

    def empty(self, spot: Spot) -> Any:
        return None

    def joined(self, other: OptionType) -> OptionType | None:
        item = self.item.joined(other.item) if isinstance(other, Optional_) else None
        return Optional_(item) if item else None

    def below(self) -> Sequence[OptionType]:
        return (self.item,)


class Union_(OptionType):
    """A value of one of several types."""

    def __init__(self, members: Sequence[OptionType]) -> None:
        self.members = tuple(members)
        self.simple = all(member.simple for member in members)  # type: ignore[misc]

    def describe(self) -> str:
        return one_of(member.describe() for member in self.members)

    def accepts(self, value: Any) -> bool:
        return any(member.accepts(value) for member in self.members)

    def fits(self, value: Any) -> bool:
        return any(member.fits(value) for member in self.members)

    def convert(self, value: Any) -> Any:
        return self._member([value]).convert(value)

    def hint(self, value: Any) -> str:
        return next(filter(None, (member.hint(value) for member in self.members)), "")

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        self.demand(spot, definitions)
        values = [definition.value for definition in definitions]
        member = self._member(values)
        if all(map(member.accepts, values)):
            return member.merge(spot, definitions)
        if same(definitions):
            return self.convert(values[0])
        raise Conflict(spot.path, valued(definitions), "has definitions of different types")

    def _member(self, values: Sequence[Any]) -> OptionType:
        """The member that fits in depth, else the first of the right sort."""
        for right in (OptionType.fits, OptionType.accepts):
            name = right.__name__
            for member in self.members:
                if all(getattr(member, name)(value) for value in values):
                    return member
        return next((m for m in self.members if m.accepts(values[0])), self.members[0])

    def joined(self, other: OptionType) -> OptionType | None:
        members = joined_all(self.members, other.members) if isinstance(other, Union_) else None
        return Union_(members) if members is not None else None

    def below(self) -> Sequence[OptionType]:
        return self.members


class FirstOf(Union_):
    """A value of the first of several types that is of its sort, as upstream's unions choose."""

    def _member(self, values: Sequence[Any]) -> OptionType:
        return next(
            (m for m in self.members if all(map(m.accepts, values))),
            next((m for m in self.members if m.accepts(values[0])), self.members[0]),
        )

    def joined(self, other: OptionType) -> OptionType | None:
        members = joined_all(self.members, other.members) if isinstance(other, FirstOf) else None
        return FirstOf(members) if members is not None else None


class Tagged(OptionType):
    """A dict with exactly one key, which says the type of its value."""

    simple = False

    def __init__(self, tags: Mapping[str, OptionType]) -> None:
        self.tags = dict(tags)

    def describe(self) -> str:
        return f"a dict with exactly one of the keys {one_of(map(repr, self.tags))}"

    def accepts(self, value: Any) -> bool:
        return isinstance(value, Mapping) and len(value) == 1 and next(iter(value)) in self.tags

    def fits(self, value: Any) -> bool:
        return self.accepts(value) and all(self.tags[tag].fits(v) for tag, v in value.items())

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        from ..frozen import NOTHING, FrozenDict

        self.demand(spot, definitions)
        tags = {next(iter(definition.value)) for definition in definitions}
        if len(tags) > 1:
            why = f"is defined with different tags, {one_of(map(show_value, sorted(tags)))}"
            raise Conflict(spot.path, valued(definitions), why)
        (tag,) = tags
        here = spot.nested(tag)
        found = here.survivors([d.holding(d.value[tag]) for d in definitions])
        made = self.tags[tag].merge(here, found) if found else self.tags[tag].empty(here)
        if made is NOTHING:
            raise WrongType(here.path, self.tags[tag].describe(), [])
        return FrozenDict({tag: made})

    def joined(self, other: OptionType) -> OptionType | None:
        if not isinstance(other, Tagged):
            return None
        tags = dict(self.tags)
        for tag, type_ in other.tags.items():
            both = tags[tag].joined(type_) if tag in tags else type_
            if both is None:
                return None
            tags[tag] = both
        return Tagged(tags)

    def below(self) -> Sequence[OptionType]:
        return tuple(self.tags.values())
