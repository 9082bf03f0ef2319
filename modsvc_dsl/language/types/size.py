"""Amounts of memory or disk, written as systemd writes them.

In: a whole number of bytes, or texts such as "512M". Out: bytes. Refuses parts of a byte, and
units that systemd reads in no size.

The rules are those of systemd's memory limits, systemd.resource-control(5) ("MemoryMax="):
the units K, M, G, T (and P, E) each count 1024 of the one before, a text without a unit counts
bytes, and several numbers, the largest unit first, are added up. Stricter than there: a
fraction has to come out at whole bytes.
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

_LETTERS = "BKMGTPE"
UNITS: dict[str, int] = {letter: 1024**power for power, letter in enumerate(_LETTERS)}
"""Bytes of each unit."""

LARGEST = 2**64 - 2
"""systemd counts bytes in 64 bits without a sign, of which the last means no limit."""

_TERM = pattern(r"[ \t]*([0-9]+)(?:\.([0-9]+))?[ \t]*([A-Za-z%]*)", re.ASCII)


@refuses_others
def size(text: str) -> int:
    """The number of bytes that a text such as "1G 512M" says. Raises BadQuantity, which is a ValueError."""
    return read_text("size", read_size, text, call_site(2))


def read_size(text: str) -> int:
    """The number of bytes that a text such as "1G 512M" says. Raises ValueError."""
    stripped = text.strip(" \t\n\r")
    total, end, above = 0, 0, 1024**7
    while end < len(stripped):
        term = _TERM.match(stripped, end)
        if term is None:
            raise ValueError(_unreadable(text))
        end = term.end()
        unit = _unit(term.group(3), text)
        if unit >= above:
            raise ValueError(f"{text!r} has its units in no order: write the largest first")
        total += _bytes(term, unit, text)
        above = unit
    if not stripped:
        raise ValueError("an empty text says no size")
    if total > LARGEST:
        raise ValueError(f"{text!r} is more than systemd can count, which is 16E less two bytes")
    return total


def _unit(name: str, text: str) -> int:
    if name in UNITS or not name:
        return UNITS[name or "B"]
    if name == "%":
        raise ValueError(f"{text!r} is a share, and a size is a number of bytes")
    letter = name[0].upper()
    if letter in UNITS and name[1:].lower() in ("", "b", "i", "ib"):
        raise ValueError(
            f"{text!r} has the unit {name!r}: write {letter}, which is 1024 of the unit below it"
        )
    raise ValueError(f"{text!r} has the unit {name!r}, which is none: units are K, M, G, T, P, E")


def _bytes(term: re.Match[str], unit: int, text: str) -> int:
    whole, digits = term.group(1), term.group(2) or ""
    if len(whole) > 20 or len(digits) > 20:  # 64 bits are 20 digits
        raise ValueError(f"{text!r} has a number of more than 20 digits")
    part, rest = divmod(int(digits or "0") * unit, int("1" + "0" * len(digits)))
    if rest:
        raise ValueError(f"{text!r} is no whole number of bytes")
    return int(whole) * unit + part


def _unreadable(text: str) -> str:
    if text.strip() == "infinity":
        return "'infinity' is no size: annotate Size | None, and let None mean it"
    if "-" in text:
        return f"{text!r} is negative, and a size is not"
    return f"{text!r} is no size: write a number and a unit, such as '512M'"


class SizeType(OptionType):
    """A number of bytes between two bounds, both inclusive."""

    def __init__(self, least: int = 0, most: int = LARGEST) -> None:
        self.least = least
        self.most = most

    def describe(self) -> str:
        if self.least and self.most != LARGEST:
            return f"a size between {spelled(self.least)} and {spelled(self.most)}"
        if self.least:
            return f"a size of at least {spelled(self.least)}"
        return "a size" if self.most == LARGEST else f"a size of at most {spelled(self.most)}"

    def accepts(self, value: Any) -> bool:
        try:
            return self.least <= as_size(value) <= self.most
        except (TypeError, ValueError):
            return False  # `hint` says which

    def convert(self, value: Any) -> Any:
        return as_size(value)

    def hint(self, value: Any) -> str:
        if isinstance(value, float) and value.is_integer():
            return f"write {int(value)}: bytes are whole"
        try:
            found = as_size(value)
        except TypeError:
            return "write a text such as '512M', or a number of bytes"
        except ValueError as error:
            return str(error)
        return f"it is {spelled(found)}"

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        self.demand(spot, definitions)
        made = [as_size(definition.value) for definition in definitions]
        if any(other != made[0] for other in made[1:]):
            raise Conflict(spot.path, valued(definitions))
        return made[0]

    def joined(self, other: OptionType) -> OptionType | None:
        """Both bounds hold where an option is declared with two."""
        if not isinstance(other, SizeType):
            return None
        least, most = max(self.least, other.least), min(self.most, other.most)
        return SizeType(least, most) if least <= most else None


def as_size(value: Any) -> int:
    """The number of bytes that a value says. Raises TypeError, ValueError."""
    if isinstance(value, str):
        return read_size(value)
    if isinstance(value, int) and not isinstance(value, bool):
        if value < 0:
            raise ValueError(f"{value} is negative, and a size is not")
        return value
    raise TypeError(f"{type(value).__name__} is no size")


def spelled(count: int) -> str:
    """A number of bytes as a text that `size` reads: `1G 512M`."""
    words = []
    for letter in reversed(_LETTERS):
        number, count = divmod(count, UNITS[letter])
        words += [f"{number}{letter}"] if number else []
    return " ".join(words) or "0"
