"""Types of strings and paths.

In: definitions that are strings. Out: one string, joined where the type has a separator.
Refuses to trim or otherwise change what was written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import Any

from ..definition import Definition
from .option_type import OptionType, Spot


class Text(OptionType):
    """A string, perhaps matching a pattern as a whole, non-empty, or on a single line."""

    def __init__(
        self, pattern: str = "", non_empty: bool = False, single_line: bool = False
    ) -> None:
        self.pattern = pattern
        self.non_empty = non_empty
        self.single_line = single_line

    def describe(self) -> str:
        words = "a string"
        if self.non_empty:
            words = "a string that is not blank"
        if self.single_line:
            words += " on a single line"
        return f"{words} matching {self.pattern!r}" if self.pattern else words

    def accepts(self, value: Any) -> bool:
        if not isinstance(value, str):
            return False
        if self.pattern and re.fullmatch(self.pattern, value) is None:
            return False
        if self.non_empty and not value.strip():
            return False
        # one line break at the end is a line's own
        return not (self.single_line and re.search(r"[\n\r]", value.removesuffix("\n")))

    def convert(self, value: Any) -> Any:
        return value.removesuffix("\n") if self.single_line else value

    def hint(self, value: Any) -> str:
        if isinstance(value, PurePath) or (isinstance(value, (int, float)) and value is not True):
            return f'write "{value}" in quotes, or str(...)'
        return ""


class Separated(OptionType):
    """A string; several definitions are joined by a separator, in their order."""

    def __init__(self, separator: str) -> None:
        self.separator = separator

    def describe(self) -> str:
        names = {"\n": "line breaks", ",": "commas", ":": "colons", " ": "blanks"}
        return f"a string (joined by {names.get(self.separator, repr(self.separator))})"

    def accepts(self, value: Any) -> bool:
        return isinstance(value, str)

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        self.demand(spot, definitions)
        return self.separator.join(definition.value for definition in definitions)


class FilePath(OptionType):
    """A path: a `Path`, or with `as_text` a string that is one.

    `absolute` True or False says what it has to be, None that it does not matter.
    """

    def __init__(self, absolute: bool | None = None, as_text: bool = False) -> None:
        self.absolute = absolute
        self.as_text = as_text

    def describe(self) -> str:
        kind = {True: "an absolute path", False: "a relative path", None: "a path"}[self.absolute]
        return f"{kind} as a string" if self.as_text else kind

    def accepts(self, value: Any) -> bool:
        if not isinstance(value, str if self.as_text else PurePath):
            return False
        return self.absolute is None or str(value).startswith("/") == self.absolute

    def hint(self, value: Any) -> str:
        if isinstance(value, str) and not self.as_text:
            return f'write Path("{value}")'
        return ""

    def convert(self, value: Any) -> Any:
        return value if self.as_text or isinstance(value, Path) else Path(value)

    def joined(self, other: OptionType) -> OptionType | None:
        if not isinstance(other, FilePath) or other.as_text != self.as_text:
            return None
        if None not in (self.absolute, other.absolute) and self.absolute != other.absolute:
            return None
        absolute = other.absolute if self.absolute is None else self.absolute
        return FilePath(absolute, self.as_text)
