"""Spans of time, written as systemd writes them.

In: `timedelta`, whole seconds, or texts such as "5s" and "1h 30min". Out: a `timedelta`.
Refuses fractions of a second as numbers, and texts that do not say their unit twice over.

The rules are those of systemd.time(7), "Parsing time spans": numbers, each with a unit, are
added up, blanks between them may be left out. A text that is one bare number counts seconds.
Stricter than there: within a sum every number has its unit, a fraction has digits on both
sides of its point, and what is smaller than a microsecond is refused, not cut off.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from ..pattern import pattern
from ..arguments import read_text, refuses_others
from ..definition import Definition
from ..errors import Conflict
from ..words import did_you_mean
from ..provenance import call_site
from .option_type import OptionType, Spot, valued

_SECOND = 1_000_000
_UNITS: dict[str, tuple[int, str]] = {
    "microseconds": (1, "us usec µs μs"),
    "milliseconds": (1_000, "ms msec"),
    "seconds": (_SECOND, "s sec second seconds"),
    "minutes": (60 * _SECOND, "m min minute minutes"),
    "hours": (3_600 * _SECOND, "h hr hour hours"),
    "days": (86_400 * _SECOND, "d day days"),
    "weeks": (604_800 * _SECOND, "w week weeks"),
    "months": (2_629_800 * _SECOND, "M month months"),  # a twelfth of the year below
    "years": (31_557_600 * _SECOND, "y year years"),  # 365.25 days
}
UNITS = {name: microseconds for microseconds, names in _UNITS.values() for name in names.split()}
"""Microseconds of each unit, by every name that systemd.time(7) gives it."""

LONGEST = timedelta(microseconds=2**64 - 2)
"""systemd counts microseconds in 64 bits without a sign, of which the last means infinity."""

_TERM = pattern(r"[ \t\n\r]*([0-9]+)(?:\.([0-9]+))?[ \t\n\r]*([A-Za-zµμ]*)", re.ASCII)


@refuses_others
def duration(text: str) -> timedelta:
    """The span of time that a text such as "1h 30min" says. Raises BadQuantity, which is a ValueError."""
    return read_text("duration", read_duration, text, call_site(2))


def read_duration(text: str) -> timedelta:
    """The span of time that a text such as "1h 30min" says. Raises ValueError."""
    terms = _terms(text)
    if not terms:
        raise ValueError("an empty text says no time")
    total = sum(_microseconds(term, text, len(terms) == 1) for term in terms)
    if total > 2**64 - 2:
        raise ValueError(f"{text!r} is longer than systemd can count, which is {LONGEST.days} days")
    return timedelta(microseconds=total)


def _terms(text: str) -> list[re.Match[str]]:
    """The numbers in a text, each with its unit. Raises ValueError where there is anything else."""
    stripped = text.strip(" \t\n\r")
    terms: list[re.Match[str]] = []
    end = 0
    while end < len(stripped):
        term = _TERM.match(stripped, end)
        if term is None:
            raise ValueError(_unreadable(text))
        terms.append(term)
        end = term.end()
    return terms


def _microseconds(term: re.Match[str], text: str, only: bool) -> int:
    whole, fraction, unit = term.groups()
    if len(whole) > 18 or len(fraction or "") > 18:
        raise ValueError(f"{text!r} has a number of more than 18 digits")
    if not unit and not only:
        raise ValueError(f"{text!r} has a number without a unit: write {whole}s for seconds")
    if unit and unit not in UNITS:
        advice = did_you_mean(unit, UNITS) or "units are us, ms, s, min, h, d, w, month and y"
        raise ValueError(f"{text!r} has the unit {unit!r}, which is none: {advice}")
    each = UNITS[unit or "s"]
    digits = fraction or ""
    parts, rest = divmod(int(digits or "0") * each, int("1" + "0" * len(digits)))
    if rest:
        raise ValueError(f"{text!r} is finer than a microsecond")
    return int(whole) * each + parts


def _unreadable(text: str) -> str:
    if text.strip() == "infinity":
        return "'infinity' is no span of time: annotate Duration | None, and let None mean it"
    if "-" in text:
        return f"{text!r} is negative, and a span of time is not"
    return f"{text!r} is no span of time: write numbers with units, such as '5s' or '1h 30min'"


class DurationType(OptionType):
    """A span of time between two bounds, both inclusive."""

    def __init__(self, least: timedelta = timedelta(0), most: timedelta = LONGEST) -> None:
        self.least = least
        self.most = most

    def describe(self) -> str:
        words = "a duration"
        if self.least and self.most != LONGEST:
            return f"{words} between {spelled(self.least)} and {spelled(self.most)}"
        if self.least:
            return f"{words} of at least {spelled(self.least)}"
        return words if self.most == LONGEST else f"{words} of at most {spelled(self.most)}"

    def accepts(self, value: Any) -> bool:
        try:
            return self.least <= as_duration(value) <= self.most
        except (TypeError, ValueError):
            return False  # `hint` says which

    def convert(self, value: Any) -> Any:
        return as_duration(value)

    def hint(self, value: Any) -> str:
        if isinstance(value, float):
            text = f"{value:.6f}".rstrip("0").rstrip(".")
            return f"write it with a unit: '{text}s'" if 0 <= value < 1e12 else ""
        try:
            found = as_duration(value)
        except TypeError:
            return "write a text such as '5s', a timedelta, or a number of seconds"
        except ValueError as error:
            return str(error)
        if found < self.least:
            return f"it is {spelled(found)}: write {spelled(self.least)} or more"
        return f"it is {spelled(found)}: write {spelled(self.most)} or less"

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        self.demand(spot, definitions)
        made = [as_duration(definition.value) for definition in definitions]
        if any(other != made[0] for other in made[1:]):
            raise Conflict(spot.path, valued(definitions))
        return made[0]

    def joined(self, other: OptionType) -> OptionType | None:
        """Both bounds hold where an option is declared with two."""
        if not isinstance(other, DurationType):
            return None
        least, most = max(self.least, other.least), min(self.most, other.most)
        return DurationType(least, most) if least <= most else None


def as_duration(value: Any) -> timedelta:
    """The span of time that a value says. Raises TypeError, ValueError."""
    if isinstance(value, timedelta):
        if value < timedelta(0):
            raise ValueError(f"{value!r} is negative, and a span of time is not")
        return value
    if isinstance(value, str):
        return read_duration(value)
    if isinstance(value, int) and not isinstance(value, bool):
        if value < 0:
            raise ValueError(f"{value} is negative, and a span of time is not")
        if value > LONGEST // timedelta(seconds=1):
            raise ValueError(f"{value} seconds are longer than systemd can count")
        return timedelta(seconds=value)
    raise TypeError(f"{type(value).__name__} is no span of time")


def spelled(span: timedelta) -> str:
    """A span of time as a text that `duration` reads: `1h 30min`."""
    rest = span // timedelta(microseconds=1)
    words = []
    for unit in ("d", "h", "min", "s", "ms", "us"):
        count, rest = divmod(rest, UNITS[unit])
        words += [f"{count}{unit}"] if count else []
    return " ".join(words) or "0s"
