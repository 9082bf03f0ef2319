"""Types of single values: booleans, numbers, choices, instances of classes.

In: definitions. Out: the one value that all of them have. Refuses to convert anything.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from typing import Any

from ..definition import Definition
from ..words import nearest, one_of, show_value, with_article
from .option_type import OptionType, Spot


class Boolean(OptionType):
    """True or False; `by_or` merges several to whether any is True."""

    def __init__(self, by_or: bool = False) -> None:
        self.by_or = by_or

    def describe(self) -> str:
        return "a boolean"

    def accepts(self, value: Any) -> bool:
        return value is True or value is False

    def hint(self, value: Any) -> str:
        return "write True or False" if isinstance(value, (str, int)) else ""

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        if not self.by_or:
            return super().merge(spot, definitions)
        self.demand(spot, definitions)
        return any(definition.value for definition in definitions)


class Number(OptionType):
    """A number within bounds; a boolean is none here.

    `floats`: "no" takes integers only, "too" also floats, "only" nothing else. Bounds are
    inclusive, except a lower one with `above`.
    """

    def __init__(
        self,
        floats: str = "no",
        least: float | None = None,
        most: float | None = None,
        above: bool = False,
        name: str = "",
    ) -> None:
        self.floats = floats
        self.least = least
        self.most = most
        self.above = above
        self.name = name

    def describe(self) -> str:
        noun = {"no": "an integer", "too": "a number", "only": "a float"}[self.floats]
        if self.least is not None and self.most is not None:
            noun += f" between {self.least} and {self.most}"
        elif self.least is not None:
            noun += f" {'above' if self.above else 'of at least'} {self.least}"
        elif self.most is not None:
            noun += f" of at most {self.most}"
        return f"{noun} ({self.name})" if self.name else noun

    def accepts(self, value: Any) -> bool:
        if value is True or value is False:
            return False
        if self.floats == "no":
            right = isinstance(value, int)
        elif self.floats == "only":
            right = isinstance(value, float)
        else:
            right = isinstance(value, (int, float))
        return right and self._within(value)

    def _within(self, value: float) -> bool:
        if self.least is not None and (value <= self.least if self.above else value < self.least):
            return False
        return self.most is None or value <= self.most

    def hint(self, value: Any) -> str:
        if isinstance(value, str):
            try:
                number = float(value) if self.floats != "no" else int(value)
            except ValueError:
                return ""
            return f"write {number} without quotes" if self._within(number) else ""
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            if self.floats == "no" and isinstance(value, float):
                return "write it without a decimal point"
            if self.floats == "only" and isinstance(value, int):
                return f"write {float(value)}"
        return ""

    def joined(self, other: OptionType) -> OptionType | None:
        """Both bounds hold where an option is declared with two."""
        if not isinstance(other, Number) or other.floats != self.floats:
            return None
        least = _tighter(self.least, other.least, max)
        most = _tighter(self.most, other.most, min)
        if least is not None and most is not None and least > most:
            return None
        name = self.name if self.name == other.name else ""
        return Number(self.floats, least, most, self.above or other.above, name)


def _tighter(
    one: float | None, other: float | None, choose: Callable[[float, float], float]
) -> float | None:
    if one is None or other is None:
        return other if one is None else one
    return choose(one, other)


class Choice(OptionType):
    """One of some values, by equality and class: 1 is not True."""

    def __init__(self, values: Sequence[Any]) -> None:
        self.values = tuple(values)

    def describe(self) -> str:
        if not self.values:
            return "nothing (there are no choices)"
        return ("one of " if len(self.values) > 1 else "") + one_of(map(repr, self.values))

    def accepts(self, value: Any) -> bool:
        return any(value.__class__ is v.__class__ and value == v for v in self.values)

    def hint(self, value: Any) -> str:
        names = [v for v in self.values if isinstance(v, str)]
        near = nearest(value, names, limit=1) if isinstance(value, str) else []
        return f"did you mean {near[0]!r}?" if near else ""

    def joined(self, other: OptionType) -> OptionType | None:
        """All values of both."""
        if not isinstance(other, Choice):
            return None
        return Choice([*self.values, *(v for v in other.values if not self.accepts(v))])


class Member(OptionType):
    """A member of an Enum class; its value is no member."""

    def __init__(self, members: type[enum.Enum]) -> None:
        self.members = members

    def describe(self) -> str:
        name = self.members.__name__
        return "one of " + one_of(f"{name}.{member.name}" for member in self.members)

    def accepts(self, value: Any) -> bool:
        return isinstance(value, self.members)

    def hint(self, value: Any) -> str:
        for member in self.members:
            if member.value == value or member.name == value:
                return f"write {self.members.__name__}.{member.name}"
        return ""


class NoneOnly(OptionType):
    """None."""

    def describe(self) -> str:
        return "None"

    def accepts(self, value: Any) -> bool:
        return value is None


class Instance(OptionType):
    """A value of a class that the module language knows nothing about."""

    def __init__(self, kind: type[Any]) -> None:
        self.kind = kind

    def describe(self) -> str:
        return with_article(self.kind.__name__)

    def accepts(self, value: Any) -> bool:
        return isinstance(value, self.kind)


class Annotated_(OptionType):
    """A value that typeguard finds to fit an annotation, every item of it."""

    def __init__(self, annotation: Any, words: str) -> None:
        self.annotation = annotation
        self.words = words

    def describe(self) -> str:
        return self.words

    def accepts(self, value: Any) -> bool:
        from .authority import agrees

        return agrees(value, self.annotation)

    def key(self) -> object:
        return type(self), self.annotation


def shown_values(values: Sequence[Any]) -> str:
    """Values for a message, separated by commas."""
    return ", ".join(map(show_value, values))
