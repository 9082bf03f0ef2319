"""Types of which a value may have one of several.

In: definitions. Out: the value merged by the member that they fit. A member is chosen by
the values, in depth, not by accident of order. Refuses to convert.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..definition import Definition
from ..errors import Conflict, WrongType
from ..frozen import NOTHING
from ..merge import same
from ..words import Path, one_of, show_path
from .option_type import MOST_SHOWN, Absent, Misfit, OptionType, Spot, advice, joined_all, valued


class Optional_(OptionType):
    """None or a value of another type; empty is None."""

    def __init__(self, item: OptionType) -> None:
        self.item = item
        self.simple = item.simple
        self.leaf = item.leaf
        self.exact = item.exact | {type(None)}

    def describe(self) -> str:
        words = self.item.describe()
        compound = any(joint in words for joint in (",", " or ", " and "))
        return f"{words}, or None" if compound else f"{words} or None"

    def accepts(self, value: Any) -> bool:
        return value is None or self.item.accepts(value)

    def fits(self, value: Any) -> bool:
        return value is None or self.item.fits(value)

    def misfits(self, value: Any, path: Path = ()) -> Iterator[Misfit]:
        if not self.accepts(value):
            yield path, self, value
        elif value is not None:
            yield from self.item.misfits(value, path)

    def convert(self, value: Any) -> Any:
        return None if value is None else self.item.convert(value)

    def hint(self, value: Any) -> str:
        return self.item.hint(value)

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        nones = [definition.value is None for definition in definitions].count(True)
        if nones == len(definitions):
            return None
        self.demand(spot, definitions)
        if nones:
            why = "is defined both as None and as something"
            raise Conflict(spot.path, valued(definitions), why)
        return self.item.merge(spot, definitions)

    def takes_one(self) -> bool:
        return self.item.takes_one()

    def empty(self, spot: Spot) -> Any:
        return None

    def joined(self, other: OptionType) -> OptionType | None:
        item = self.item.joined(other.item) if isinstance(other, Optional_) else None
        return Optional_(item) if item else None

    def below(self) -> Sequence[OptionType]:
        return (self.item,)


class Union_(OptionType):
    """A value of one of several types.

    Where several definitions fit no member together, but are equal, the value stands.
    """

    def __init__(self, members: Sequence[OptionType]) -> None:
        self.members = tuple(members)
        self.simple = all(member.simple for member in members)

    def describe(self) -> str:
        return one_of(member.describe() for member in self.members)

    def accepts(self, value: Any) -> bool:
        return any(member.accepts(value) for member in self.members)

    def fits(self, value: Any) -> bool:
        return any(member.fits(value) for member in self.members)

    def misfits(self, value: Any, path: Path = ()) -> Iterator[Misfit]:
        likely = [member for member in self.members if member.accepts(value)]
        if len(likely) == 1:
            yield from likely[0].misfits(value, path)
        elif not any(member.fits(value) for member in likely):
            yield path, self, value

    def convert(self, value: Any) -> Any:
        return self.member([value]).convert(value)

    def hint(self, value: Any) -> str:
        likely = [member for member in self.members if member.accepts(value)]
        if likely:
            return "; ".join(_explained(member, value) for member in likely)
        return next(filter(None, (member.hint(value) for member in self.members)), "")

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        self.demand(spot, definitions)
        values = [definition.value for definition in definitions]
        member = self.member(values)
        if all(map(member.accepts, values)):
            self.demand_member(spot, member, definitions)
            return member.merge(spot, definitions)
        if same(definitions):
            return self.convert(values[0])
        raise Conflict(spot.path, valued(definitions), "has definitions of different types")

    def member(self, values: Sequence[Any]) -> OptionType:
        """The member that all values fit in depth, else the first of the right sort."""
        likely = [member for member in self.members if all(map(member.accepts, values))]
        if len(likely) > 1:
            right = (member for member in likely if all(map(member.fits, values)))
            return next(right, likely[0])
        if likely:
            return likely[0]
        return next((m for m in self.members if m.accepts(values[0])), self.members[0])

    def demand_member(
        self, spot: Spot, member: OptionType, definitions: Sequence[Definition]
    ) -> None:
        """Raise WrongType where values are of the sort of several members, and fit none."""
        values = [definition.value for definition in definitions]
        likely = [other for other in self.members if all(map(other.accepts, values))]
        if len(likely) < 2 or all(map(member.fits, values)):
            return
        wrong = [d for d in definitions if not any(other.fits(d.value) for other in likely)]
        if wrong:
            hint = advice(self, wrong[0].value)
            raise WrongType(spot.path, self.describe(), valued(wrong[:MOST_SHOWN]), hint)
        why = f"has definitions that fit no one of {one_of(m.describe() for m in likely)} together"
        raise Conflict(spot.path, valued(definitions), why)

    def empty(self, spot: Spot) -> Any:
        """That of the only member; of several, nobody knows which is meant."""
        return self.members[0].empty(spot) if len(self.members) == 1 else NOTHING

    def joined(self, other: OptionType) -> OptionType | None:
        members = joined_all(self.members, other.members) if isinstance(other, Union_) else None
        return type(self)(members) if members is not None else None

    def below(self) -> Sequence[OptionType]:
        return self.members


def _explained(member: OptionType, value: Any) -> str:
    """Why a value of a member's sort does not fit it."""
    path, type_, _ = next(member.misfits(value), ((), member, value))
    where = show_path(path) if path else "it"
    if isinstance(type_, Absent):
        return f"to be {member.describe()}, {where} has to go"
    return f"to be {member.describe()}, {where} has to be {type_.describe()}"


class FirstOf(Union_):
    """A value of the first of several types that is of its sort, as upstream's unions choose."""

    def member(self, values: Sequence[Any]) -> OptionType:
        return next(
            (m for m in self.members if all(map(m.accepts, values))),
            next((m for m in self.members if m.accepts(values[0])), self.members[0]),
        )

    def misfits(self, value: Any, path: Path = ()) -> Iterator[Misfit]:
        if not self.accepts(value):
            yield path, self, value
        else:
            yield from self.member([value]).misfits(value, path)

    def fits(self, value: Any) -> bool:
        return self.accepts(value) and self.member([value]).fits(value)

    def demand_member(
        self, spot: Spot, member: OptionType, definitions: Sequence[Definition]
    ) -> None:
        """The member alone says what is wrong."""

    def joined(self, other: OptionType) -> OptionType | None:
        return super().joined(other) if isinstance(other, FirstOf) else None
