"""A Python value as the text of one directive's lines.

In: a `Directive` and a value of a user's. Out: the texts behind `Key=`, one a line. Strings are
systemd's own syntax, so quotes and escapes in them stay as they are, but for `%`: only `Specifiers`
have specifiers. What is no string (numbers, spans of time, paths) is written so that systemd reads the
same thing. Refuses to know sections, units and what is wrong with a value beyond that it cannot be
written (`problems`).
"""

from __future__ import annotations

import enum
import math
import re
import signal
from collections.abc import Sequence
from datetime import timedelta
from pathlib import PurePath
from typing import TypeGuard

from modsvc_dsl.managers.systemd.directives.table import Directive
from modsvc_dsl.managers.systemd.escaping import BadValue, is_tidy, one_line
from modsvc_dsl.managers.systemd.specifiers import Specifiers, expanded_line, plain_line

_BLANKS = " \t\n\r"
_KINDS = {"FrozenDict": "dict", "PendingDict": "dict", "FrozenList": "list"}  # as users write them


def render(directive: Directive | None, value: object, name: str = "") -> list[str]:
    """The texts of the lines that give `value` to a directive: none for None, one per element.

    `directive` is None for one that no table knows; `name` is then what messages call it. Values
    are strings, `Specifiers`, booleans, numbers, paths, `timedelta`s, members of enums, and sequences
    of these.
    An empty string resets a list. Blanks around a string, which systemd would drop, are left out.
    Whether the value suits the directive is not asked: see `problems.problem`.

    Raises BadValue for a string that would not stay on its line and for any other type of value.
    """
    if type(value) is str and is_tidy(value) and "%" not in value and "\\" not in value:
        return [value]  # as most are
    called = f"{directive.name if directive else name}="
    if value is None:
        return []
    if is_list(value):
        return [_text(directive, element, called) for element in value]
    return [_text(directive, value, called)]


def is_list(value: object) -> TypeGuard[Sequence[object]]:
    """Whether a value stands for several lines."""
    return not isinstance(value, (str, bytes)) and isinstance(value, Sequence)


def _text(directive: Directive | None, value: object, called: str) -> str:
    """One value; the order matters, since a bool is an int and members of enums may be anything."""
    kind = directive.kind if directive else ""
    if isinstance(value, signal.Signals):
        return value.name
    if isinstance(value, enum.Enum):
        return _text(directive, value.value, called)
    if isinstance(value, str):
        # a line break at an end is a mistake, though it would be dropped
        return _plain(directive, one_line(value, called).strip(_BLANKS), called)
    if isinstance(value, Specifiers):
        text = one_line(value.text, called).strip(_BLANKS)
        return expanded_line(directive, text) if directive else text
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return f"{value:04o}" if kind == "mode" and value >= 0 else str(value)
    if isinstance(value, float):
        return _decimal(value, called)
    if isinstance(value, timedelta):
        return span(value, called)
    if isinstance(value, PurePath):
        path = _path(str(value), directive is not None and directive.words, called)
        return _plain(directive, path, called)
    raise BadValue(
        called,
        f"is {value!r}, a {_KINDS.get(type(value).__name__, type(value).__name__)}",
        "write text, a number, a boolean, a path, a timedelta, or a list of these",
    )


def _plain(directive: Directive | None, text: str, called: str) -> str:
    """A text in which each percent sign stands for itself; as it is where nobody knows better."""
    if directive is None or not ("%" in text or "\\" in text):
        return text
    return one_line(plain_line(directive, text), called)


def _decimal(value: float, called: str) -> str:
    """A number without an exponent, which systemd does not read, and without superfluous zeros."""
    if math.isnan(value) or value == -math.inf:
        raise BadValue(called, f"is {value}", "write a number")
    if value == math.inf:
        return "infinity"
    from decimal import Decimal  # few directives have such a number

    text = format(Decimal(repr(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def span(value: timedelta, called: str = "span") -> str:
    """A span of time with its unit, to the microsecond: `90s`, `1500ms`, `1us`. BadValue below 0."""
    microseconds = value // timedelta(microseconds=1)
    if microseconds < 0:
        raise BadValue(called, f"is {value!r}, less than nothing", "write a positive span of time")
    for unit, size in (("s", 1_000_000), ("ms", 1000)):
        if microseconds % size == 0:
            return f"{microseconds // size}{unit}"
    return f"{microseconds}us"


def _path(path: str, words: bool, called: str) -> str:
    """A path, in quotes where the directive would take its blanks for the next word."""
    one_line(path, called)
    if not words and path != path.strip(_BLANKS):
        raise BadValue(called, f"is {path!r}, with blanks at an end", "write it without them")
    if not words or not re.search(r"""[\s"'\\]""", path):
        return path
    return '"' + path.replace("\\", "\\\\").replace('"', '\\"') + '"'
