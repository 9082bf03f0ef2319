"""Numbers, spans of time, sizes, names of capabilities and the like: what systemd would not take of them, in words.

In: a `Directive` and a value of a user's. Out: None, or what the directive expects, and behind `; ` what
to write. Refuses to know words, paths and commands (`problems`).
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TypeGuard

from modsvc_dsl.managers.systemd.directives.table import Directive

from ....language.pattern import pattern
from ....services.values.kernel_names import CAPABILITY
from ....services.values.octal import mask_lacks_prefix, mode_lacks_prefix

SIGNALS = frozenset(
    "HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP"
    " TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS".split()
)
"""The signals systemd knows by name (static_signal_table), beside RTMIN+n and RTMAX-n."""

_UNIT_OF_TIME = (
    r"(?:seconds?|sec|s|minutes?|min|months?|M|msec|ms|m|hours?|hr|h|days?|d|weeks?|w|years?|y"
    r"|usec|us|[µμ]s|nsec|ns)"
)
_SPAN = pattern(rf"(?:\s*(?:\d+(?:\.\d*)?|\.\d+)\s*{_UNIT_OF_TIME}?(?![A-Za-z]))+\s*")
_SIZE = pattern(r"(?:\s*\d+(?:\.\d+)?\s*[BKMGTPE]?)+")
PERCENT = pattern(r"\d+(?:\.\d+)?[%‰‱]")
_WHOLE = pattern(r"[+-]?(?:0x[0-9A-Fa-f]+|\d+)")


def whole(value: object) -> TypeGuard[int]:
    """An int, and no bool."""
    return isinstance(value, int) and not isinstance(value, bool)


def number(directive: Directive, value: object) -> str | None:
    """A whole number within the directive's bounds."""
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
    if not whole(value):
        return expected
    fits = (low is None or value >= low) and (high is None or value <= high)
    return None if fits else expected


def span(directive: Directive, value: object) -> str | None:
    """A span of time."""
    unit = "seconds" if directive.kind == "seconds" else "nanoseconds"
    expected = f'a span of time; write a number of {unit}, text such as "5min 20s", or a timedelta'
    if isinstance(value, timedelta):
        return None
    if isinstance(value, str):
        return None if value == "infinity" or _SPAN.fullmatch(value) else expected
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return None if value >= 0 else expected
    return expected


def size(_: Directive, value: object) -> str | None:
    """A size in bytes."""
    fits = _SIZE.fullmatch(value) if isinstance(value, str) else whole(value) and value >= 0
    return None if fits else 'a size; write a number of bytes, or text such as "512M"'


def mode(directive: Directive, value: object) -> str | None:
    """Permission bits."""
    if isinstance(value, str) and re.fullmatch(r"0*[0-7]{1,4}", value):
        return None
    if not whole(value) or not 0 <= value <= 0o7777:
        return 'permission bits; write 0o640 or "0640"'
    # 755 for 0o755: no set of bits people use looks like this by accident, so it is refused.
    if mode_lacks_prefix(value) or (directive.name == "UMask" and mask_lacks_prefix(value)):
        return f"permission bits; write 0o{value}: the number {value} is 0o{value:o}"
    return None


def signal_name(_: Directive, value: object) -> str | None:
    """A signal, by name or number."""
    expected = 'a signal; write its name, such as "SIGTERM"'
    if isinstance(value, str):
        name = value.removeprefix("SIG")
        if value.isdigit():
            return None if 1 <= int(value) <= 64 else expected
        real_time = re.fullmatch(r"RT(?:MIN(?:\+\d+)?|MAX(?:-\d+)?)", name)
        return None if name in SIGNALS or real_time else expected
    return None if whole(value) and 1 <= value <= 64 else expected


def percent(directive: Directive, value: object) -> str | None:
    """A percentage."""
    if isinstance(value, str) and PERCENT.fullmatch(value):
        fits = directive.maximum is None or value[-1] != "%"
        return None if fits or float(value[:-1]) <= (directive.maximum or 0) else "at most 100%"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return f'a percentage; write "{value:g}%"'
    return 'a percentage; write text such as "20%"'


def limit(directive: Directive, value: object) -> str | None:
    """A resource limit, soft and hard."""
    expected = 'a limit; write a number, text such as "4G", or "soft:hard"'
    if not isinstance(value, str):
        return None if whole(value) and value >= 0 else expected
    parts = value.split(":")
    shapes = (_SIZE, _SPAN, re.compile(r"[+-]\d+"))
    known = (part in directive.also or any(s.fullmatch(part) for s in shapes) for part in parts)
    return None if len(parts) <= 2 and all(known) else expected


def capabilities(text: str) -> str | None:
    """Names of capabilities, in any case, or their numbers; a ~ before all of them negates them.

    systemd leaves out what it does not know, and starts the service without.
    """
    for word in text.removeprefix("~").split():
        name = word.strip("\"'").upper()
        if not CAPABILITY.accepts(name) and not (
            name.isdecimal() and int(name) <= _LAST_CAPABILITY
        ):
            near = CAPABILITY.hint(name)
            return f"names of capabilities; {name!r} is none" + (f": {near}" if near else "")
    return None


_LAST_CAPABILITY = 62
"""The last number that systemd takes for one (CAP_LIMIT); a kernel may have more than we know."""
