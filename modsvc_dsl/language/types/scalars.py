"""Types of single values: booleans, numbers, None.

In: definitions. Out: the one value that all of them have. Refuses to convert anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..pattern import pattern
from ..definition import Definition
from ..words import show_value
from .option_type import OptionType, Spot

_WORDS = {
    **dict.fromkeys(("true", "yes", "on", "1", "enable", "enabled"), "True"),
    **dict.fromkeys(("false", "no", "off", "0", "disable", "disabled"), "False"),
}
_NUMERAL = pattern(r"[+-]?[0-9]{1,20}(\.[0-9]{1,20})?")


class Boolean(OptionType):
    """True or False; `by_or` merges several to whether any is True."""

    exact = frozenset({bool})

    def __init__(self, by_or: bool = False) -> None:
        self.by_or = by_or

    def describe(self) -> str:
        return "a boolean"

    def accepts(self, value: Any) -> bool:
        return value is True or value is False

    def hint(self, value: Any) -> str:
        if not isinstance(value, (str, int)):
            return ""
        return f"write {_WORDS.get(str(value).strip().lower(), 'True or False')}"

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        if not self.by_or:
            return super().merge(spot, definitions)
        self.demand(spot, definitions)
        return any(definition.value for definition in definitions)


class Number(OptionType):
    """A number within bounds; a boolean is none here.

    `floats`: "no" takes integers only, "too" also floats, "only" nothing else. Bounds are
    inclusive, except a lower one with `above`. What is not a number (nan) is within no bounds.
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
            above = "above" if self.above else "of at least"
            between = f" between {self.least} and {self.most}"
            noun += f" {above} {self.least} and of at most {self.most}" if self.above else between
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
        if self.least is not None and not (
            value > self.least if self.above else value >= self.least
        ):
            return False
        return self.most is None or value <= self.most

    def hint(self, value: Any) -> str:
        if isinstance(value, str):
            return self._unquoted(value.strip())
        if isinstance(value, bool):
            return "a boolean is no number"
        if self.floats == "no" and isinstance(value, float):
            whole = value.is_integer() and self._within(value)
            return f"write {int(value)}" if whole else "write it without a decimal point"
        if self.floats == "only" and isinstance(value, int):
            return f"write {value}.0"
        return ""

    def _unquoted(self, text: str) -> str:
        numeral = _NUMERAL.fullmatch(text)
        if numeral is None or (numeral.group(1) and self.floats == "no"):
            return ""
        number = int(text) if not numeral.group(1) and self.floats != "only" else float(text)
        return f"write {number} without quotes" if self._within(number) else ""

    def joined(self, other: OptionType) -> OptionType | None:
        """Both bounds hold where an option is declared with two."""
        if not isinstance(other, Number) or other.floats != self.floats:
            return None
        least = _tighter(self.least, other.least, max)
        most = _tighter(self.most, other.most, min)
        above = any(type_.above and type_.least == least for type_ in (self, other))
        if least is not None and most is not None and (least > most or (above and least == most)):
            return None
        name = self.name if self.name == other.name else ""
        return Number(self.floats, least, most, above, name)


def _tighter(
    one: float | None, other: float | None, choose: Callable[[float, float], float]
) -> float | None:
    if one is None or other is None:
        return other if one is None else one
    return choose(one, other)


class Complex(OptionType):
    """A complex number; real ones are complex too, a boolean is no number."""

    def describe(self) -> str:
        return "a complex number"

    def accepts(self, value: Any) -> bool:
        return isinstance(value, (complex, float, int)) and not isinstance(value, bool)


class NoneOnly(OptionType):
    """None."""

    def describe(self) -> str:
        return "None"

    def accepts(self, value: Any) -> bool:
        return value is None

    def hint(self, value: Any) -> str:
        return f"write None instead of {show_value(value)}"
