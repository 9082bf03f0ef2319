"""What formats of lines have in common: one value on one line, without a word for its type.

In: values. Out: their text on a line, and what no line can hold. Refuses to quote: formats that do
say how.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

from ...language.pattern import pattern
from ...language.words import Path, show_value
from .format import LEAVE_OUT, Problem, half_problem, no_value

Booleans = Literal["true/false", "yes/no", "on/off", "1/0", "bare"]
"""How a program spells booleans; `bare`: the key alone is true, and without a line it is false."""

Lists = Literal["refused", "repeated", "commas", "blanks"]
"""How several values stand in a file: never, as one line each, or on one line with commas or blanks."""

_BETWEEN = {"commas": ",", "blanks": " "}
_CONTROL = pattern("[\x00-\x08\x0a-\x1f\x7f\x85\u2028\u2029]")


def word(value: Any, booleans: Booleans) -> str:
    """A value without parts as text, without quotes."""
    if isinstance(value, bool):
        true, _, false = booleans.partition("/")
        return true if value else false
    return value if isinstance(value, str) else repr(value)


def several(value: Any, lists: Lists, booleans: Booleans) -> list[str]:
    """The texts that are to be written behind a key, each on a line of its own."""
    if booleans == "bare" and isinstance(value, bool):
        return []
    if not isinstance(value, list):
        return [word(value, booleans)]
    found = [word(item, booleans) for item in value]
    return found if lists == "repeated" else [_BETWEEN[lists].join(found)]


def assignments(
    key: str,
    value: Any,
    separator: str,
    lists: Lists,
    booleans: Booleans,
    quoted: Callable[[str, Any], str] = lambda text, value: text,
) -> Iterator[str]:
    """The lines of a key, whole; `quoted` makes of a text and its value what stands there."""
    if value is True and booleans == "bare":
        yield f"{key}\n"
    for text in several(value, lists, booleans):
        yield f"{key}{separator}{quoted(text, value)}".rstrip(" ") + "\n"


def value_problems(
    value: Any, steps: Path, lists: Lists, booleans: Booleans, title: str
) -> Iterator[Problem]:
    """Why a value, or a list of them, cannot stand on a line."""
    if isinstance(value, Mapping):
        what = f"is a dict, which has no place in a value of {title}"
        yield Problem(steps, what, "write it as keys of their own, or choose another format")
    elif not isinstance(value, list):
        found = scalar_problem(value, title)
        if found:
            yield Problem(steps, *found)
    elif lists == "refused":
        what = f"is a list, and nothing says how this file writes one ({title})"
        advice = 'give the format lists="repeated", "commas" or "blanks", as the program reads it'
        yield Problem(steps, what, advice)
    else:
        for index, item in enumerate(value):
            if isinstance(item, bool) and booleans == "bare":
                what = f"is a boolean in a list, where a key alone says it ({title})"
                yield Problem((*steps, index), what, "write a key for each")
                continue
            yield from _item_problems(item, (*steps, index), lists, title)


def _item_problems(item: Any, steps: Path, lists: Lists, title: str) -> Iterator[Problem]:
    found = scalar_problem(item, title)
    if isinstance(item, (Mapping, list)):
        found = f"is no single value, which an item is in {title}", "write a flat list"
    elif found is None and lists == "commas" and isinstance(item, str) and "," in item:
        found = f"has a comma in it: {show_value(item)}", "write an item without commas"
    elif found is None and lists == "blanks" and re.search(r"\s|^$", str(item)):
        found = f"is empty or has a blank in it: {show_value(item)}", "write an item without blanks"
    if found:
        yield Problem(steps, *found)


def scalar_problem(value: Any, title: str) -> tuple[str, str] | None:
    """Why a value without parts cannot stand on a line."""
    if value is None:
        return f"is None, which {title} cannot hold", LEAVE_OUT
    if isinstance(value, float) and not math.isfinite(value):
        return f"is {value}, which {title} cannot hold", "write what the program reads, as a text"
    if isinstance(value, (bool, int, float)):
        return None
    if not isinstance(value, str):
        return no_value(value, title)
    return half_problem(value) or line_problem(value, title)


def line_problem(text: str, title: str) -> tuple[str, str] | None:
    """Why a text cannot stand on one line."""
    found = _CONTROL.search(text)
    if found is None:
        return None
    names = {"\n": "a line break", "\r": "a carriage return", "\0": "a NUL"}
    what = names.get(found[0], f"the control character U+{ord(found[0]):04X}")
    return f"has {what} in it, which a value of {title} cannot hold", "write a text on one line"


def edge_problem(text: str) -> tuple[str, str] | None:
    """Why a text that is written without quotes would not be read as it is."""
    if text != text.strip():  # of any writing system: configparser, for one, takes them all
        return "begins or ends with a blank, which readers take away", "write it without"
    return None


def comment_problem(text: str) -> tuple[str, str] | None:
    """Why many readers would see a comment in a text that is written without quotes."""
    if re.search(r"(?:^|\s)[#;]", text):
        what = "has a # or ; that begins a word, where many programs see a comment begin"
        return what, "if this program does not, give the format inline_comments=False"
    return None


def name_problem(name: object, what: str, forbidden: str) -> tuple[str, str] | None:
    """Why a name cannot stand as a key or in the header of a section.

    `what` says which, `forbidden` is a pattern of what it cannot have anywhere.
    """
    if not isinstance(name, str):
        return f"has the key {name!r}, which is no text", "write keys as strings"
    shown = show_value(name)
    if name != name.strip() or not name:
        return f"has the {what} {shown}, which is blank at an end", f"write a {what} of words"
    if half_problem(name) or _CONTROL.search(name) or "\t" in name:
        return f"has the {what} {shown}, which fits on no line", f"write a {what} of words"
    found = re.search(forbidden, name)
    if found:
        return f"has the {what} {shown}, where {found[0]!r} means something else", (
            f"write a {what} without it"
        )
    return None
