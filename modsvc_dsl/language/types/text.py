"""Types of text: strings, joined strings, paths.

In: definitions. Out: one string or path. Refuses to look at a disk: a path is a text here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import Any

from ..pattern import pattern as compiled_late
from ..definition import Definition
from ..words import show_value
from .option_type import OptionType, Spot

_POSIX_CLASS = compiled_late(r"(?<!\\)\[:([a-z]+):\]")
_POSIX = {
    "alnum": "a-zA-Z0-9",
    "alpha": "a-zA-Z",
    "ascii": r"\x00-\x7f",
    "blank": r" \t",
    "cntrl": r"\x00-\x1f\x7f",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": " -~",
    "punct": r"!-/:-@\[-`{-~",
    "space": r"\s",
    "upper": "A-Z",
    "word": r"\w",
    "xdigit": "0-9a-fA-F",
}
"""A class of characters as POSIX calls it (IEEE 1003.1, 9.3.5), and some of its followers -> what to write
instead between the brackets of a set, for ASCII."""
_LINE_BREAK = compiled_late(r"[\n\r]")


class BadPattern(TypeError):
    """A text that is no regular expression, or none that means what it says; `advice` is what to write."""

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(reason)
        self.advice = advice


def _demand_regular(pattern: str) -> None:
    """Raise BadPattern for what is no regular expression of Python's."""
    for found in _POSIX_CLASS.finditer(pattern):
        if found[1] in _POSIX:  # Python takes these for the characters that they are written with
            reason = f"{pattern!r} has {found[0]}, a class of POSIX, which Python has not"
            advice = f"write {_POSIX[found[1]]} in the place of {found[0]}"
            raise BadPattern(reason, advice)
    try:
        re.compile(pattern)
    except re.error as error:
        reason = f"{pattern!r} is no regular expression: {error}"
        raise BadPattern(reason, "write one as re.compile(...) takes it") from None


class Text(OptionType):
    """A string, perhaps matching a pattern as a whole, non-empty, or on a single line."""

    def __init__(
        self, pattern: str = "", non_empty: bool = False, single_line: bool = False
    ) -> None:
        if pattern:
            _demand_regular(pattern)
        self.pattern = pattern
        self.non_empty = non_empty
        self.single_line = single_line
        self.exact = frozenset({str} if self.is_any() else ())

    def is_any(self) -> bool:
        """Does any string fit, and stay as it is?"""
        return type(self) is Text and not (self.pattern or self.non_empty or self.single_line)

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
        return not (self.single_line and _LINE_BREAK.search(value.removesuffix("\n")))

    def convert(self, value: Any) -> Any:
        return value.removesuffix("\n") if self.single_line else value

    def hint(self, value: Any) -> str:
        if isinstance(value, str):
            return self._refused(value)
        if isinstance(value, (bytes, bytearray)):
            return "write it without the b, or decode it"
        if isinstance(value, bool):
            return f'write "{str(value).lower()}" in quotes'
        if isinstance(value, (int, float, PurePath)):
            return f'write "{value}" in quotes, or str(...)'
        if isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value):
            return 'join its items, as in " ".join([...])'
        return _of_class(value)

    def _refused(self, value: str) -> str:
        if self.non_empty and not value.strip():
            return "write something in it, or leave the option undefined"
        bare = value.strip()
        if self.pattern and bare != value and re.fullmatch(self.pattern, bare):
            return "take the blanks around it off"
        if self.pattern and re.fullmatch(self.pattern, value, re.IGNORECASE):
            return "upper and lower case count"
        return ""


def _of_class(value: Any) -> str:
    """What to write instead of a value whose class knows what to write where a text is wanted."""
    as_text = getattr(type(value), "__as_text__", None)
    return as_text(value) if as_text else ""


class Separated(OptionType):
    """A string; several definitions are joined by a separator, in their order."""

    def __init__(self, separator: str) -> None:
        self.separator = separator

    def describe(self) -> str:
        names = {"\n": "line breaks", ",": "commas", ":": "colons", " ": "blanks"}
        return f"a string (joined by {names.get(self.separator, repr(self.separator))})"

    def accepts(self, value: Any) -> bool:
        return isinstance(value, str)

    def hint(self, value: Any) -> str:
        if isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value):
            return f"join its items, as in {self.separator!r}.join([...])"
        return Text().hint(value)

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        self.demand(spot, definitions)
        return self.separator.join(definition.value for definition in definitions)


class FilePath(OptionType):
    """A path: a `Path`, or with `as_text` a string that is one.

    `absolute` True or False says what it has to be, None that it does not matter. `kind` is
    the class that definitions have to be of.
    """

    def __init__(
        self, absolute: bool | None = None, as_text: bool = False, kind: type[PurePath] = Path
    ) -> None:
        self.absolute = absolute
        self.as_text = as_text
        self.kind: type[Any] = str if as_text else kind

    def describe(self) -> str:
        kind = {True: "an absolute path", False: "a relative path", None: "a path"}[self.absolute]
        return f"{kind} as a string" if self.as_text else kind

    def accepts(self, value: Any) -> bool:
        if not isinstance(value, self.kind) or (self.as_text and not value):
            return False
        return self.absolute is None or str(value).startswith("/") == self.absolute

    def hint(self, value: Any) -> str:
        if isinstance(value, self.kind):
            return self._refused(str(value))
        if isinstance(value, PurePath):
            return f'write "{value}", or str(...)' if self.as_text else "write Path(...) around it"
        return f"write Path({show_value(value)})" if isinstance(value, str) else _of_class(value)

    def _refused(self, path: str) -> str:
        if path.startswith("~"):
            return "write the home directory out: a service has no ~"
        if self.absolute:
            return "start it with /" if path else ""
        return "write it without the / at its start" if path.strip("/") else ""
