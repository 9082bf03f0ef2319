"""What systemd would not take from a directive's value, in words.

In: a `Directive` and a value of a user's. Out: None, or what the directive expects, what was found
and what to write. Refuses to know sections and units. It asks what can be told without the machine:
whether a path exists, a user is known or a calendar expression parses is systemd's to say.
"""

from __future__ import annotations

import enum
import re
import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import PurePath
from typing import TypeGuard

from modsvc_dsl.managers.systemd.directives.table import Directive
from modsvc_dsl.managers.systemd.directives.values import is_list, render
from modsvc_dsl.managers.systemd.escaping import BadValue, unit_name_problem

TRUTHS = frozenset({"1", "yes", "y", "true", "t", "on", "0", "no", "n", "false", "f", "off"})
"""What systemd reads as a boolean (parse_boolean), in any case."""

SIGNALS = frozenset(
    "HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP"
    " TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS".split()
)
"""The signals systemd knows by name (static_signal_table), beside RTMIN+n and RTMAX-n."""

_UNIT_OF_TIME = (
    r"(?:seconds?|sec|s|minutes?|min|months?|M|msec|ms|m|hours?|hr|h|days?|d|weeks?|w|years?|y"
    r"|usec|us|[µμ]s|nsec|ns)"
)
_SPAN = re.compile(rf"(?:\s*(?:\d+(?:\.\d*)?|\.\d+)\s*{_UNIT_OF_TIME}?(?![A-Za-z]))+\s*")
_SIZE = re.compile(r"(?:\s*\d+(?:\.\d+)?\s*[BKMGTPE]?)+")
_PERCENT = re.compile(r"\d+(?:\.\d+)?[%‰‱]")
_WHOLE = re.compile(r"[+-]?(?:0x[0-9A-Fa-f]+|\d+)")
_WORD = re.compile(r"""(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\\.|[^\s"'\\])+""")


def problem(directive: Directive, value: object) -> str | None:
    """Say why `value` does not suit `directive`, and what to write; None if it does.

    None (not written) suits every directive, and an empty string (reset) every list.
    """
    if value is None:
        return None
    try:
        render(directive, value)
    except BadValue as bad:
        return str(bad)
    if directive.kind == "ignored":
        instead = f"; write {directive.successor}=" if directive.successor else "; leave it out"
        return f"{directive.name}= has no effect in today's systemd{instead}"
    if not is_list(value):
        return _element_problem(directive, value)
    if not directive.many and len(value) > 1:
        return f"{directive.name}= takes one value, found a list of {len(value)}"
    found = (_element_problem(directive, element) for element in value)
    return next((text for text in found if text), None)


def _element_problem(directive: Directive, value: object) -> str | None:
    if isinstance(value, enum.Enum) and not isinstance(value, signal.Signals):
        value = value.value
    if isinstance(value, str):
        value = value.strip()
        if value in directive.also or (directive.percent and _PERCENT.fullmatch(value)):
            return None
        if directive.boolean and value.lower() in TRUTHS:
            return None
        if not value and (directive.many or directive.kind in ("text", "path", "unit", "user")):
            return None
    elif directive.boolean and isinstance(value, bool):
        return None
    expected = CHECKS[directive.kind](directive, value)
    if expected is None:
        return None
    also = "".join(f", or {word}" for word in directive.also)
    also += ", or a percentage" * directive.percent
    also += ", or a boolean" * (directive.boolean and directive.kind != "enum")
    what, _, instead = expected.partition("; ")
    return f"{directive.name}= expects {what}{also}, found {value!r}{instead and '; ' + instead}"


def _whole(value: object) -> TypeGuard[int]:
    """An int, and no bool."""
    return isinstance(value, int) and not isinstance(value, bool)


def _boolean(_: Directive, value: object) -> str | None:
    if isinstance(value, bool) or (isinstance(value, str) and value.lower() in TRUTHS):
        return None
    instead = f"; write {bool(value)}" if value in (0, 1) else ""
    return f"a boolean{instead}"


def _number(directive: Directive, value: object) -> str | None:
    low, high = directive.minimum, directive.maximum
    if low is not None:
        bounds = f" from {low} to {high}" if high is not None else f" from {low} on"
    else:
        bounds = f" up to {high}" if high is not None else ""
    expected = f"a whole number{bounds}"
    if isinstance(value, str):
        if not _WHOLE.fullmatch(value):
            return expected
        # systemd's numbers are those of strtol: 0x10 and 010 are sixteen and eight.
        base = 16 if "x" in value else 8 if re.match(r"[+-]?0\d", value) else 10
        try:
            value = int(value, base)
        except ValueError:
            return f"{expected}; a 0 in front makes it octal"
    if not _whole(value):
        return expected
    fits = (low is None or value >= low) and (high is None or value <= high)
    return None if fits else expected


def _text(directive: Directive, value: object) -> str | None:
    if directive.name in _OF_PATHS and isinstance(value, (str, PurePath)):
        return next(filter(None, map(_leads_up, str(value).split())), None)
    if isinstance(value, (str, PurePath)) or (directive.numbers and _whole(value)):
        return None
    return "text or a whole number" if directive.numbers else "text"


_OF_PATHS = frozenset(
    "BindPaths BindReadOnlyPaths TemporaryFileSystem MountImages ExtensionImages ListenFIFO"
    " ListenSpecial ListenUSBFunction".split()
)
"""Directives whose text has paths in it, beside other things."""


def _path(directive: Directive, value: object) -> str | None:
    if not isinstance(value, (str, PurePath)):
        return "a path"
    if isinstance(value, PurePath) or not directive.words:
        words = [str(value)]
    else:
        words = [word.strip("\"'") for word in _WORD.findall(value)]
    for word in words:
        path = word
        for prefix in directive.prefixes:
            path = path.removeprefix(prefix)
        if directive.name in _BELOW:
            why = _below_problem(path)
        # A specifier such as %S may stand for the beginning of an absolute path.
        elif not path.startswith(("/", "%")) and not directive.relative:
            why = "an absolute path; begin it with / or a specifier such as %S"
        else:
            why = _leads_up(path)
        if why:
            return why
    return None


_BELOW = frozenset(
    f"{each}Directory" for each in ("Runtime", "State", "Cache", "Logs", "Configuration")
)
"""Directives that name folders below one that systemd has for them (systemd.exec(5))."""


def _below_problem(path: str) -> str | None:
    """Why a folder cannot lie below systemd's own; a second path behind a colon is a link to it."""
    for each in path.split(":"):
        if each.startswith("/"):
            return "a path below systemd's own folder; take the / at its start off"
        if each.split("/")[0] == "private":
            return "a path that does not begin with private, which is systemd's own"
    return _leads_up(path)


def _leads_up(path: str) -> str | None:
    """systemd refuses to resolve `..` (path_is_normalized), whatever it would lead to."""
    steps = re.split("[/:]", path)
    return "a path without .. in it; write where it leads" if ".." in steps else None


def _span(directive: Directive, value: object) -> str | None:
    unit = "seconds" if directive.kind == "seconds" else "nanoseconds"
    expected = f'a span of time; write a number of {unit}, text such as "5min 20s", or a timedelta'
    if isinstance(value, timedelta):
        return None
    if isinstance(value, str):
        return None if value == "infinity" or _SPAN.fullmatch(value) else expected
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return None if value >= 0 else expected
    return expected


def _size(_: Directive, value: object) -> str | None:
    fits = _SIZE.fullmatch(value) if isinstance(value, str) else _whole(value) and value >= 0
    return None if fits else 'a size; write a number of bytes, or text such as "512M"'


def _mode(directive: Directive, value: object) -> str | None:
    if isinstance(value, str) and re.fullmatch(r"0*[0-7]{1,4}", value):
        return None
    if not _whole(value) or not 0 <= value <= 0o7777:
        return 'permission bits; write 0o640 or "0640"'
    # 755 for 0o755: no set of bits people use looks like this by accident, so it is refused.
    mistaken = re.fullmatch("[0-7]{3}", str(value)) and value > 0o777
    if mistaken or (directive.name == "UMask" and value in (22, 27, 77)):
        return f"permission bits; write 0o{value}: the number {value} is 0o{value:o}"
    return None


def _enum(directive: Directive, value: object) -> str | None:
    if isinstance(value, str):
        if value in directive.values or value.startswith(directive.prefixes):
            return None
    is_number = _whole(value) or (isinstance(value, str) and value.isdigit())
    if directive.numbers and is_number:
        return None
    words = [*directive.values, *(f"{prefix}..." for prefix in directive.prefixes)]
    words += ["a boolean"] * directive.boolean + ["a number"] * directive.numbers
    return f"one of {', '.join(words)}{_meant(directive, value)}"


def _meant(directive: Directive, value: object) -> str:
    """The advice for a misspelt word, or a boolean that an enum spells in words."""
    import difflib  # only needed to word an error

    if isinstance(value, bool):
        word = "yes" if value else "no"
        return f'; write "{word}"' if word in directive.values else ""
    near = difflib.get_close_matches(str(value).lower(), directive.values, n=1)
    return f'; did you mean "{near[0]}"?' if near else ""


def _exec(_: Directive, value: object) -> str | None:
    if not isinstance(value, str) or not value:
        return "a command line"
    if value.startswith("--"):
        return "a whole command line; each element of a list is one, so write the arguments into it"
    words = _WORD.findall(value)
    # quotes go before prefixes are looked for: "@/bin/a b" and @"/bin/a b" are the same to systemd
    program = re.sub("[\"']", "", words[0]).lstrip("@-:+!|") if words else ""
    if not program:
        return "a command line with a program in it"
    if "/" in program and not program.startswith(("/", "%")):
        return "the absolute path of a program, or its bare name; begin it with /"
    return "a program; a path with / at its end is a folder" if program.endswith("/") else None


def _environment(_: Directive, value: object) -> str | None:
    fits = isinstance(value, str) and re.match(r"""["']?[A-Za-z_][A-Za-z0-9_]*=""", value)
    return None if fits else "NAME=value"


def _condition(_: Directive, value: object) -> str | None:
    return None if isinstance(value, (str, int, PurePath)) else "text, a number or a boolean"


def _calendar(_: Directive, value: object) -> str | None:
    fits = isinstance(value, str) and value
    return None if fits else 'a calendar expression; write text such as "Mon *-*-* 04:00"'


def _unit(directive: Directive, value: object) -> str | None:
    if not isinstance(value, str):
        return "a unit's name"
    words = value.split() if directive.words else [value]
    bad = next((word for word in words if word and not _is_unit_name(word)), None)
    return None if bad is None else f"a unit's name with its suffix; {bad!r} is none"


def _is_unit_name(word: str) -> bool:
    """Would systemd take a word as a unit's name? What has specifiers in it is only known there."""
    if "%" in word:
        return re.search(r"[^A-Za-z0-9:_.\\@/%-]", word) is None
    return unit_name_problem(word) is None


def _user(directive: Directive, value: object) -> str | None:
    expected = "a name or a number"
    if not isinstance(value, str):
        return None if _whole(value) and value >= 0 and value not in _NO_USERS else expected
    names = value.split() if directive.words else [value]
    return None if all(map(_is_user, names)) else expected


_NO_USERS = frozenset({65535, 4294967295})
"""The numbers that stand for no user: (uid_t) -1 in 16 and in 32 bits (user-util.c)."""


def _is_user(name: str) -> bool:
    """Would systemd take it (valid_user_group_name, relaxed)? Specifiers are only known there."""
    if "%" in name:
        return not re.search("[:/]", name)
    if re.fullmatch("[0-9]+", name):
        return (name == "0" or name[0] != "0") and int(name) not in _NO_USERS
    return name not in (".", "..") and not re.search(r"[:/\x00-\x1f\x7f]|^-?[0-9]*$", name)


def _signal(_: Directive, value: object) -> str | None:
    expected = 'a signal; write its name, such as "SIGTERM"'
    if isinstance(value, str):
        name = value.removeprefix("SIG")
        if value.isdigit():
            return None if 1 <= int(value) <= 64 else expected
        real_time = re.fullmatch(r"RT(?:MIN(?:\+\d+)?|MAX(?:-\d+)?)", name)
        return None if name in SIGNALS or real_time else expected
    return None if _whole(value) and 1 <= value <= 64 else expected


def _percent(directive: Directive, value: object) -> str | None:
    if isinstance(value, str) and _PERCENT.fullmatch(value):
        fits = directive.maximum is None or value[-1] != "%"
        return None if fits or float(value[:-1]) <= (directive.maximum or 0) else "at most 100%"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return f'a percentage; write "{value:g}%"'
    return 'a percentage; write text such as "20%"'


def _limit(directive: Directive, value: object) -> str | None:
    expected = 'a limit; write a number, text such as "4G", or "soft:hard"'
    if not isinstance(value, str):
        return None if _whole(value) and value >= 0 else expected
    parts = value.split(":")
    shapes = (_SIZE, _SPAN, re.compile(r"[+-]\d+"))
    known = (part in directive.also or any(s.fullmatch(part) for s in shapes) for part in parts)
    return None if len(parts) <= 2 and all(known) else expected


CHECKS: dict[str, Callable[[Directive, object], str | None]] = {
    "boolean": _boolean,
    "integer": _number,
    "unsigned": _number,
    "text": _text,
    "path": _path,
    "seconds": _span,
    "nanoseconds": _span,
    "size": _size,
    "mode": _mode,
    "enum": _enum,
    "exec": _exec,
    "environment": _environment,
    "condition": _condition,
    "calendar": _calendar,
    "unit": _unit,
    "user": _user,
    "signal": _signal,
    "percent": _percent,
    "limit": _limit,
}
"""Kind of a directive -> what it expects (and, behind `; `, what to write), None if that is so."""
