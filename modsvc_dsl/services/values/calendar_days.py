"""The days that a calendar expression may mean.

In: an expression in normal form. Out: whether there is such a day in any year that systemd knows. Refuses to
know today.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain

from .calendar import DAY, MONTH, WEEKDAYS, YEAR, Component


def has_a_day(normal: str) -> bool:
    """Is there any day that an expression means? Of `*-02-30` and `Mon 2026-12-01` there is none."""
    words = normal.split()
    weekdays = set(_weekdays(words[0])) if words[0][0].isalpha() else set(range(7))
    place = next(word for word in words if "-" in word or "~" in word)
    years, _, months, joint, days = re.split("([-~])", place)
    return any(
        day.weekday() in weekdays
        for year in _numbers(years, YEAR)
        for month in _numbers(months, MONTH)
        for day in _days(year, month, joint == "~", days)
    )


def _days(year: int, month: int, from_end: bool, days: str) -> Iterator[date]:
    """The days of a month that are meant, those that the month has."""
    following = date(year + month // 12, month % 12 + 1, 1)
    last = (following - timedelta(days=1)).day
    for number in _numbers(days, DAY):
        if number <= last:
            yield date(year, month, last + 1 - number if from_end else number)


def _numbers(text: str, of: Component) -> Iterator[int]:
    """The numbers that a component means."""
    if text == "*":
        return iter(range(of.least, of.most + 1))
    return chain.from_iterable(_part(each, of) for each in text.split(","))


def _part(text: str, of: Component) -> range:
    run, _, step = text.partition("/")
    first, _, last = run.partition("..")
    stop = last or (str(of.most) if step else first)
    return range(int(first), int(stop) + 1, int(step or 1))


def _weekdays(text: str) -> Iterator[int]:
    for run in text.split(","):
        first, _, last = run.partition("..")
        yield from range(WEEKDAYS.index(first), WEEKDAYS.index(last or first) + 1)
