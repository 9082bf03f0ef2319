"""Calendar expressions are read and written as systemd does it, and wrong ones are told why."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from modsvc_dsl.services.values.calendar import SHORTHANDS, calendar

FORMS = {
    "daily": "*-*-* 00:00:00",
    "WEEKLY": "Mon *-*-* 00:00:00",
    "quarterly UTC": "*-01,04,07,10-01 00:00:00 UTC",
    "03:00": "*-*-* 03:00:00",
    "Mon..Fri 9:30": "Mon..Fri *-*-* 09:30:00",
    "sat,Sunday": "Sat,Sun *-*-* 00:00:00",
    "Mon-Wed,Fri, 12:00": "Mon..Wed,Fri *-*-* 12:00:00",
    "Mon..Sun 1:0": "*-*-* 01:00:00",
    "*:0/15": "*-*-* *:00/15:00",
    "*:*:*": "*-*-* *:*:*",
    "*:*:0/1": "*-*-* *:*:*",
    "*:*:5,0/1,30": "*-*-* *:*:*",
    "12-24": "*-12-24 00:00:00",
    "*-*~1": "*-*~01 00:00:00",
    "*-02~03 UTC": "*-02~03 00:00:00 UTC",
    "*-*~*": "*-*-* 00:00:00",
    "*-*~22,2,1": "*-*~01,02,22 00:00:00",
    "99-1-1": "1999-01-01 00:00:00",
    "26-1-1": "2026-01-01 00:00:00",
    "3,1,2,1:0": "*-*-* 01,02,03:00:00",
    "1..10/3:0": "*-*-* 01..10/3:00:00",
    "10..20/30:00": "*-*-* 10:00:00",
    "*:*:1.25..3.5": "*-*-* *:*:01.250000..03.250000",
    "Mon 2026-01-05 7:00 Europe/Berlin": "Mon 2026-01-05 07:00:00 Europe/Berlin",
}

WRONG = {
    "": "an empty text says no time",
    "nightly": "'nightly' is no calendar expression: 'nightly' is no date: write it as 2026-12-31,"
    " *-12-31 or *-*-01",
    "dayly": "'dayly' is no calendar expression: did you mean `daily`?",
    "3:00pm": "'3:00pm' is no calendar expression: '00pm' is no minute",
    "24:00": "'24:00' is no calendar expression: the hour lies between 0 and 23",
    "*-13-01": "'*-13-01' is no calendar expression: the month lies between 1 and 12",
    "*-*~1,2,23": (
        "'*-*~1,2,23' is no calendar expression: of days from the end, number 3 of a list lies up to 22"
        " for systemd: write several expressions"
    ),
    "*-*~31": "'*-*~31' is no calendar expression: the day from the end lies between 1 and 28",
    "*/2:00": "'*/2:00' is no calendar expression: '*/2' is no hour: write 0/2",
    "5..3:00": "'5..3:00' is no calendar expression: a range of hours ends before its second value",
    "0/0:00": "'0/0:00' is no calendar expression: '0/0' repeats without end",
    "0/30:00": "'0/30:00' is no calendar expression: every 30 hours leaves one only",
    "Fri..Mon": "'Fri..Mon' is no calendar expression: a range of days from Fri to Mon",
    "Mon..": "'Mon..' is no calendar expression: a range of days has no end",
    "Mon..Wed..Fri": "'Mon..Wed..Fri' is no calendar expression: a range of days goes from one day"
    " to one other",
    "Mon,x": "'Mon,x' is no calendar expression: a weekday is missing before 'x'",
    "@1700000000": "'@1700000000' is one point in time, which does not come again",
    "03:00 Europe/Berln": "'03:00 Europe/Berln' has the time zone 'Europe/Berln', which is none:"
    " did you mean `Europe/Berlin`, `Europe/Dublin` or `Europe/Belfast`?",
    "03:00 a b": "'03:00 a b' has the time zone 'b', which is none: write one such as Europe/Berlin",
}


@pytest.mark.parametrize("text", FORMS)
def test_an_expression_has_one_normal_form(text: str) -> None:
    """Which is its own normal form."""
    assert calendar(text) == FORMS[text]
    assert calendar(FORMS[text]) == FORMS[text]


@pytest.mark.parametrize("text", WRONG)
def test_what_is_none_is_told_why(text: str) -> None:
    """In one sentence that names the part."""
    with pytest.raises(ValueError) as caught:
        calendar(text)
    assert str(caught.value) == WRONG[text]


HAS_SYSTEMD = shutil.which("systemd-analyze") is not None
with_systemd = pytest.mark.skipif(not HAS_SYSTEMD, reason="no systemd-analyze on this machine")


def by_systemd(text: str) -> str | None:
    """The normal form as systemd says it, None where it takes no such expression."""
    command = ["systemd-analyze", "calendar", "--", text]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(r"^ *Normalized form: (.*)$", done.stdout, re.MULTILINE)
    return found[1] if found else None


def by_us(text: str) -> str | None:
    try:
        return calendar(text)
    except ValueError:
        return None


@with_systemd
@pytest.mark.parametrize("text", [*FORMS, *WRONG, *SHORTHANDS])
def test_systemd_says_the_same(text: str) -> None:
    """Of all of the above, but for what only once happens."""
    if not text.startswith("@"):
        assert by_systemd(text) == by_us(text)


def _numbers(least: int, most: int) -> st.SearchStrategy[str]:
    number = st.integers(least, most + 1).map(str) | st.integers(0, 9).map("0{}".format)
    ends = st.just("") | number.map("..{}".format)
    steps = st.just("") | st.integers(0, most).map("/{}".format)
    parts = st.lists(st.tuples(number, ends, steps).map("".join), min_size=1, max_size=3)
    return st.just("*") | parts.map(",".join)


_DAYS = st.lists(st.sampled_from(["Mon", "tue", "Friday", "Sat", "SUN"]), min_size=1, max_size=3)
_WEEKDAYS = st.builds(
    lambda joint, days: joint.join(days), st.sampled_from([",", "..", "-"]), _DAYS
)
_MONTHS = st.builds("{}-{}".format, st.just("*") | _numbers(1970, 2199), _numbers(1, 12))
_DATES = st.builds("{}{}{}".format, _MONTHS, st.sampled_from("-~"), _numbers(1, 31))
_TIMES = st.builds("{}:{}".format, _numbers(0, 23), _numbers(0, 59))
_SECONDS = st.builds("{}:{}".format, _TIMES, _numbers(0, 59))
_WORDS = st.tuples(
    st.just("") | _WEEKDAYS, st.just("") | _DATES, _TIMES | _SECONDS, st.sampled_from(["", "UTC"])
)


@with_systemd
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_WORDS.map(lambda words: " ".join(filter(None, words))))
def test_systemd_reads_what_we_read(text: str) -> None:
    """And refuses what we refuse, whatever it is made of."""
    assert by_us(text) == by_systemd(text)
