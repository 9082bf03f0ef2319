"""What somebody means who writes a line of a crontab.

In: the five fields of crontab(5), or a word such as @daily. Out: calendar expressions that mean the same.
Refuses to be used for anything but advice, and says nothing of what no calendar can say.
"""

from __future__ import annotations

import re

from .calendar import WEEKDAYS, calendar

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_FIELDS = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
"""Least and most of minute, hour, day, month and weekday, in which 0 and 7 are Sunday."""

_WORDS = {
    "@yearly": "yearly",
    "@annually": "yearly",
    "@monthly": "monthly",
    "@weekly": "Sun",
    "@daily": "daily",
    "@midnight": "daily",
    "@hourly": "hourly",
}


def instead_of_cron(text: str) -> list[str]:
    """The calendar expressions of a crontab's line, none where it is none."""
    word = _WORDS.get(text.strip().lower())
    if word:
        return [word]
    fields = text.split()
    if len(fields) != len(_FIELDS):
        return []
    try:
        return _expressions(fields)
    except ValueError:
        return []


def _expressions(fields: list[str]) -> list[str]:
    minute, hour, day, month = (_field(*each) for each in zip(fields[:4], _FIELDS))
    days = _weekdays(fields[4])
    time = f"{hour}:{minute}:00"
    if fields[2].startswith("*") or fields[4].startswith("*"):
        found = [f"{days}*-{month}-{day} {time}"]
    else:  # crontab(5): where both are restricted, either is enough
        found = [f"*-{month}-{day} {time}", f"{days}*-{month}-* {time}"]
    return [calendar(each) for each in found]


def _field(text: str, bounds: tuple[int, int]) -> str:
    """One field as a component of a calendar expression. Raises ValueError."""
    return ",".join(_part(each, bounds) for each in text.split(",")) if text != "*" else "*"


def _part(text: str, bounds: tuple[int, int]) -> str:
    found = re.fullmatch(r"(?:\*|(\w+)(?:-(\w+))?)(?:/([0-9]+))?", text)
    if found is None:
        raise ValueError(text)
    first, last, step = found.groups()
    start = bounds[0] if first is None else _number(first)
    stop = _number(last) if last else bounds[1] if step and first is None else None
    made = str(start) if stop is None or (step and first is None) else f"{start}..{stop}"
    return f"{made}/{step}" if step else made


def _number(text: str) -> int:
    names = [each.lower() for each in _MONTHS]
    return names.index(text.lower()) + 1 if text.lower() in names else int(text)


def _weekdays(text: str) -> str:
    """The weekdays, with a blank behind; empty for all of them. Raises ValueError."""
    found: set[int] = set()
    for part in text.split(","):
        span, _, step = part.partition("/")
        first, _, last = span.partition("-")
        start, stop = (0, 6) if first == "*" else (_weekday(first), _weekday(last or first))
        stop = 7 if stop == 0 < start else stop  # up to a Sunday
        found.update(day % 7 for day in range(start, stop + 1, int(step or 1)))
        if not start <= stop <= 7:
            raise ValueError(part)
    if len(found) == 7:
        return ""
    return ",".join(WEEKDAYS[(day - 1) % 7] for day in sorted(found, key=_from_monday)) + " "


def _weekday(text: str) -> int:
    names = [each.lower() for each in ("Sun", *WEEKDAYS)]
    return names.index(text.lower()) if text.lower() in names else int(text)


def _from_monday(day: int) -> int:
    return (day - 1) % 7
