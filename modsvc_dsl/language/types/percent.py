"""Shares, in percent.

In: numbers that count percent, or texts such as "150%". Out: a number of percent. Refuses a text
without its sign, and more than two digits behind the point, which is as fine as systemd counts
(`parse_permyriad_unbounded` in its source, for CPUQuota=).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ..pattern import pattern
from ..arguments import read_text, refuses_others
from ..definition import Definition
from ..errors import Conflict
from ..provenance import call_site
from .option_type import OptionType, Spot, valued

_PERCENT = pattern(r"([0-9]{1,12})(?:\.([0-9]{1,2}))? ?%", re.ASCII)


@refuses_others
def percent(text: str) -> float:
    """The number of percent that a text such as "12.5%" says. Raises BadQuantity, which is a ValueError."""
    return read_text("percent", read_percent, text, call_site(2))


def read_percent(text: str) -> float:
    """The number of percent that a text such as "12.5%" says. Raises ValueError."""
    found = _PERCENT.fullmatch(text)
    if found:
        return as_percent(float(text.rstrip(" %")))
    if re.fullmatch(r"[0-9.]+", text):
        raise ValueError(f"{text!r} has no sign: write '{text}%'")
    if text.startswith("-"):
        raise ValueError(f"{text!r} is negative, and a share is not")
    raise ValueError(f"{text!r} is no share: write '50%', with at most two digits behind the point")


def as_percent(value: Any) -> float:
    """The number of percent that a value says, whole where it can be. Raises TypeError, ValueError."""
    if isinstance(value, str):
        return read_percent(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"{type(value).__name__} is no share")
    if not 0 <= value < 1e12:
        raise ValueError(f"{value} is no share: it lies between nothing and as much as can be")
    if round(value, 2) != value:
        raise ValueError(f"{value} has more than two digits behind the point")
    return int(value) if value == int(value) else float(value)


class PercentType(OptionType):
    """A number of percent between two bounds, both inclusive; None leaves the upper one open."""

    def __init__(self, least: float = 0, most: float | None = None) -> None:
        self.least = least
        self.most = most

    def describe(self) -> str:
        if self.most is not None:
            return f"a share between {self.least:g}% and {self.most:g}%"
        return f"a share of at least {self.least:g}%" if self.least else "a share in percent"

    def accepts(self, value: Any) -> bool:
        try:
            found = as_percent(value)
        except (TypeError, ValueError):
            return False  # `hint` says which
        return self.least <= found and (self.most is None or found <= self.most)

    def convert(self, value: Any) -> Any:
        return as_percent(value)

    def hint(self, value: Any) -> str:
        try:
            found = as_percent(value)
        except TypeError:
            return "write a number of percent, or a text such as '50%'"
        except ValueError as error:
            return str(error)
        return f"it is {found:g}%" if found >= 1 or not found else _whole(found)

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        self.demand(spot, definitions)
        made = [as_percent(definition.value) for definition in definitions]
        if any(other != made[0] for other in made[1:]):
            raise Conflict(spot.path, valued(definitions))
        return made[0]

    def joined(self, other: OptionType) -> OptionType | None:
        """Both bounds hold where an option is declared with two."""
        if not isinstance(other, PercentType):
            return None
        tops = [each.most for each in (self, other) if each.most is not None]
        least, most = max(self.least, other.least), min(tops, default=None)
        return PercentType(least, most) if most is None or least <= most else None


def _whole(found: float) -> str:
    return f"{found:g} is less than one percent: numbers count percent, so write {found * 100:g}"
