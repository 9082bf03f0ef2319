"""What a format of config files is.

In: settings as plain dicts, lists and values. Out: `Format`, what all formats are; `Problem`, what
one cannot hold. Refuses to know options and places: problems name keys.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar, NamedTuple

from ...language.words import Path, show_kind

Settings = Mapping[str, Any]
"""Settings as dicts, lists and values."""


class Problem(NamedTuple):
    """A value that a format cannot hold: the keys and numbers that lead to it, and what to do."""

    steps: Path
    what: str
    advice: str


class Format:
    """A format. `text` is only asked for settings without `problems`."""

    title: ClassVar[str]
    """The format in messages."""

    def problems(self, settings: Settings) -> Iterator[Problem]:
        """Everything that the format cannot hold."""
        raise NotImplementedError

    def text(self, settings: Settings) -> str:
        """The content of the file: the same for the same settings, keys in their order."""
        raise NotImplementedError


Judging = Callable[[Any], "tuple[str, str] | None"]
"""Why one value without parts cannot be held, and what to write instead; None if it can."""


def tree_problems(value: Any, judge: Judging, steps: Path = ()) -> Iterator[Problem]:
    """The problems of formats whose values have any depth."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            bad = key_problem(key)
            if bad:
                yield Problem(steps, *bad)
            else:
                yield from tree_problems(item, judge, (*steps, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from tree_problems(item, judge, (*steps, index))
    else:
        found = half_problem(value) if isinstance(value, str) else judge(value)
        if found:
            yield Problem(steps, *found)


def key_problem(key: object) -> tuple[str, str] | None:
    """Why no format takes a key."""
    if not isinstance(key, str):
        return f"has the key {key!r}, which is {show_kind(key)}", "write keys as strings"
    return half_problem(key)


def half_problem(text: str) -> tuple[str, str] | None:
    """Why no file can hold a text."""
    half = re.search("[\ud800-\udfff]", text)
    if half is None:
        return None
    what = f"has half of a character in it (U+{ord(half[0]):04X}), which no file can hold"
    return what, "write a text without it"


def no_value(value: Any, title: str) -> tuple[str, str]:
    """What to say of a value for which a format has no word."""
    if value is None:
        return f"is None, which {title} cannot hold", LEAVE_OUT
    return f"is {show_kind(value)}, which {title} cannot hold", _INSTEAD.get(
        type(value).__name__, "write a boolean, a number, a string, a list or a dict"
    )


LEAVE_OUT = (
    "leave the key out: define it under a condition, when(..., value), and declare it with"
    " option(required=False)"
)
_INSTEAD = {
    "timedelta": "write what the program reads: a number of seconds, or a text such as '5s'",
    "datetime": "write a text, as datetime.isoformat() makes it",
    "date": "write a text, as date.isoformat() makes it",
    "time": "write a text, as time.isoformat() makes it",
    "frozenset": "write a list, whose order is known",
    "set": "write a list, whose order is known",
}
