"""Lines of crontabs, and the calendar expressions that are advised in their place.

In: lines as crontab(5) has them, read here by the words of that page. Out: the same points in time as
systemd finds for the expressions.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modsvc_dsl.services.values.calendar import calendar
from modsvc_dsl.services.values.cron import instead_of_cron

with_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="no systemd-analyze on this machine"
)
BASE = datetime(2026, 1, 1)
NAMES = {
    name: number
    for names in (
        "sun mon tue wed thu fri sat",
        "- jan feb mar apr may jun jul aug sep oct nov dec",
    )
    for number, name in enumerate(names.split())
}


def _number(text: str) -> int:
    return NAMES[text] if text in NAMES else int(text)


def _allowed(field: str, least: int, most: int) -> set[int]:
    """The values of a field, by crontab(5)."""
    found: set[int] = set()
    for part in field.split(","):
        span, _, step = part.partition("/")
        first, _, last = span.replace("*", f"{least}-{most}").partition("-")
        start = _number(first)
        stop = _number(last) if last else most if step else start
        found.update(range(start, stop + 1, int(step or 1)))
    return found


def _by_cron(line: str) -> Iterator[datetime]:
    """The points in time of a line, from BASE on, to the minute."""
    minute, hour, day, month, weekday = line.split()
    minutes, hours = _allowed(minute, 0, 59), _allowed(hour, 0, 23)
    days, months = _allowed(day, 1, 31), _allowed(month, 1, 12)
    weekdays = {each % 7 for each in _allowed(weekday, 0, 6)}
    here = BASE
    while here < BASE + timedelta(days=3 * 366):
        by_day, by_weekday = here.day in days, here.isoweekday() % 7 in weekdays
        both = day.startswith("*") or weekday.startswith("*")
        fits = by_day and by_weekday if both else by_day or by_weekday
        if here.month in months and fits:
            for each in sorted(hours):
                yield from (here.replace(hour=each, minute=one) for one in sorted(minutes))
        here += timedelta(days=1)


def _by_systemd(expressions: list[str], count: int) -> list[datetime]:
    """The first points in time of any of some expressions."""
    command = ["systemd-analyze", "calendar", "--base-time=2025-12-31 23:59:59"]
    command += [f"--iterations={count}", "--", *expressions]
    environment = {**os.environ, "TZ": "UTC", "LC_ALL": "C"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    found = re.findall(r"(?:Next elapse|Iter\. #\d+): \w{3} (\S+ \S+) UTC", done.stdout)
    return sorted({datetime.fromisoformat(each) for each in found})[:count]


LINES = [
    "0 3 * * *",
    "*/5 * * * 1-5",
    "0 0 1,15 * 5",
    "0 0 13 * fri",
    "0 22 * * 0",
    "0 22 * * 7",
    "15 4 * * 5-7",
    "30 4 1-7/2 jan-mar *",
    "0 0 * * */2",
    "5/20 6-8 * * *",
    "0 0 29 2 *",
]


@with_systemd
@pytest.mark.parametrize("line", LINES)
def test_the_times_are_those_of_the_line(line: str) -> None:
    """As systemd finds them: days and weekdays that are both said are either enough."""
    expected = [each for each, _ in zip(_by_cron(line), range(6))]
    assert len(expected) > 0
    assert _by_systemd(instead_of_cron(line), 6)[: len(expected)] == expected


def _field(least: int, most: int) -> st.SearchStrategy[str]:
    number = st.integers(least, most)
    span = st.tuples(number, number).map(sorted).filter(lambda two: two[0] < two[1])
    parts = number.map(str) | span.map(lambda two: f"{two[0]}-{two[1]}")
    return st.just("*") | st.just("*/2") | st.lists(parts, min_size=1, max_size=3).map(",".join)


@with_systemd
@given(st.tuples(*(_field(*each) for each in ((0, 59), (0, 23), (1, 28), (1, 12), (0, 6)))))
@settings(max_examples=25, deadline=None)
def test_the_times_of_any_line(fields: tuple[str, ...]) -> None:
    """Whatever its fields are."""
    line = " ".join(fields)
    expected = [each for each, _ in zip(_by_cron(line), range(4))]
    assert _by_systemd(instead_of_cron(line), 4) == expected, line


@pytest.mark.parametrize(
    "word", ["@yearly", "@Monthly", "@weekly", "@daily ", "@midnight", "@hourly"]
)
def test_words_of_crontabs(word: str) -> None:
    """Each has a calendar expression."""
    (meant,) = instead_of_cron(word)
    assert calendar(meant)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "daily",
        "@reboot",
        "1 2 3",
        "a b c d e",
        "60 * * * *",
        "0 0 * * 9",
        "Mon *-*-* 1:2",
        "- - - - -",
    ],
)
def test_what_is_no_line_of_a_crontab(text: str) -> None:
    """Nothing is advised of it."""
    assert instead_of_cron(text) == []
