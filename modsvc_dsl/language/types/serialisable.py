"""Data that can be written as JSON or TOML.

In: definitions of such data. Out: one frozen value: dicts merge per key, lists join, everything
else has to be equal. Refuses what a file cannot hold: functions, classes, infinities.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import Any

from ..frozen import NOTHING
from .containers import DictOf, ListOf
from .option_type import OptionType, Spot
from .scalars import Boolean, NoneOnly, Number
from .text import FilePath, Text
from .unions import Union_


class Serialisable(Union_):
    """Data of an application's configuration; with `null`, None is part of it.

    JSON has a null and no infinite numbers (RFC 8259, sections 3 and 6), TOML has no null
    (TOML 1.0.0, "Value"). A path stands for its text.
    """

    def __init__(self, null: bool) -> None:
        self.null = null
        plain = [Boolean(), FiniteNumber(), Text(), FilePath()]
        deep = [ListOf(self), DictOf(self, Text())]
        super().__init__([*([NoneOnly()] if null else []), *plain, *deep])

    def describe(self) -> str:
        return "JSON data" if self.null else "TOML data"

    def describe_many(self) -> str:
        return self.describe()

    def hint(self, value: Any) -> str:
        if isinstance(value, float):
            return f"{self.describe()} has no {value}"
        if value is None:
            return "leave the key out: TOML has no null"
        if isinstance(value, (tuple, set, frozenset)):
            return "write a list: [...]"
        none = "None, " if self.null else ""
        return f"write {none}a boolean, a number, a string, a path, or a list or dict of them"

    def empty(self, spot: Spot) -> Any:
        return None if self.null else NOTHING

    def key(self) -> object:
        return Serialisable, self.null

    def joined(self, other: OptionType) -> OptionType | None:
        return self if self.key() == other.key() else None

    def below(self) -> Sequence[OptionType]:
        return ()  # its parts are itself


class FiniteNumber(Number):
    """A number that is neither infinite nor nan."""

    def __init__(self) -> None:
        super().__init__("too")

    def describe(self) -> str:
        return "a finite number"

    def accepts(self, value: Any) -> bool:
        return super().accepts(value) and (isinstance(value, int) or isfinite(value))
