"""Data that can be written as JSON.

In: definitions of such data. Out: one frozen value: dicts merge per key, lists join, everything
else has to be equal. Refuses what a file cannot hold: functions, classes, infinities.
"""

from __future__ import annotations

from math import isfinite
from typing import Any

from .containers import DictOf, ListOf
from .option_type import OptionType
from .recursive import Recursive
from .scalars import Boolean, Number
from .text import FilePath, Text
from .unions import Optional_, Union_


class FiniteNumber(Number):
    """A number that is neither infinite nor nan, which JSON cannot say (RFC 8259, section 6)."""

    def __init__(self) -> None:
        super().__init__("too")

    def describe(self) -> str:
        return "a finite number"

    def accepts(self, value: Any) -> bool:
        return super().accepts(value) and isfinite(value)


def serialisable(null: bool) -> OptionType:
    """The type of JSON data; `null` says whether None is part of it, as it is not in TOML."""
    name = "JSON" if null else "TOML"
    whole = Recursive(name, null)
    members = [
        Boolean(),
        FiniteNumber(),
        Text(),
        FilePath(),
        ListOf(whole),
        DictOf(whole, Text()),
    ]
    union = Union_(members)
    whole.type = Optional_(union) if null else union
    return whole
