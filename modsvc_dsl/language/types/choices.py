"""Types of values that can be listed: literals and members of enumerations.

In: definitions. Out: the one value that all of them have. Refuses to take what is merely equal:
1 is not True, and a member's value is not the member.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from typing import Any

from ..words import nearest, one_of
from .option_type import OptionType

MOST_CHOICES = 20
"""How many choices a description lists."""


class Choice(OptionType):
    """One of some values, by equality and class."""

    def __init__(self, values: Sequence[Any]) -> None:
        self.values = tuple(values)

    def describe(self) -> str:
        if not self.values:
            return "nothing (there are no choices)"
        return ("one of " if len(self.values) > 1 else "") + _listed(map(_shown, self.values))

    def describe_many(self) -> str:
        return f"items, each {self.describe()}"

    def accepts(self, value: Any) -> bool:
        for choice in self.values:
            if value.__class__ is choice.__class__ and value == choice:
                return True
        return False

    def hint(self, value: Any) -> str:
        for choice in self.values:
            if _means(value, choice):
                return f"write {_shown(choice)}"
        names = [choice for choice in self.values if isinstance(choice, str)]
        near = nearest(value, names, limit=1) if isinstance(value, str) else []
        return f"did you mean {near[0]!r}?" if near else ""

    def joined(self, other: OptionType) -> OptionType | None:
        """All values of both."""
        if not isinstance(other, Choice):
            return None
        return Choice([*self.values, *(v for v in other.values if not self.accepts(v))])


class Member(OptionType):
    """A member of an Enum class."""

    def __init__(self, members: type[enum.Enum]) -> None:
        self.members = members

    def describe(self) -> str:
        names = [_shown(member) for member in self.members]
        return ("one of " if len(names) > 1 else "") + _listed(names)

    def describe_many(self) -> str:
        return f"items, each {self.describe()}"

    def accepts(self, value: Any) -> bool:
        return isinstance(value, self.members)

    def hint(self, value: Any) -> str:
        for member in self.members:
            if _means(value, member):
                return f"write {_shown(member)}"
        names = [member.name for member in self.members]
        near = nearest(value, names, limit=1) if isinstance(value, str) else []
        return f"did you mean {self.members.__name__}.{near[0]}?" if near else ""


def _shown(choice: Any) -> str:
    """A choice as it is written in Python."""
    if isinstance(choice, enum.Enum):
        return f"{type(choice).__name__}.{choice.name}"
    return repr(choice)


def _means(value: Any, choice: Any) -> bool:
    """Did a person mean this choice, in other letters, as a text, or as an enumeration's value?"""
    if isinstance(choice, enum.Enum):
        known = {str(choice.name).lower(), str(choice.value).lower()}
    else:
        known = {str(choice).lower()}
    return isinstance(value, (str, int, float)) and str(value).strip().lower() in known


def _listed(names: Iterable[str]) -> str:
    every = list(names)
    if len(every) <= MOST_CHOICES:
        return one_of(every)
    return one_of([*every[:MOST_CHOICES], f"{len(every) - MOST_CHOICES} more"])
