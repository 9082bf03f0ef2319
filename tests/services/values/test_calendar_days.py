"""Which calendar expressions mean a day at all."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modsvc_dsl.services.values.calendar import WEEKDAYS, calendar
from modsvc_dsl.services.values.calendar_days import has_a_day


@pytest.mark.parametrize(
    "text",
    ["*-02-30", "*-2,4,6-31", "*-02-30..31", "2027-02-29", "2025..2027-02-29", "Mon 2026-12-01"]
    + ["Sat,Sun 2026-12-01..04", "1970..2199-02-30 UTC"],
)
def test_none(text: str) -> None:
    """No year has such a day, or it is another day of the week."""
    assert not has_a_day(calendar(text))


@pytest.mark.parametrize(
    "text",
    ["daily", "*-02-29", "2028-02-29", "*-02~28", "*-02-28..31", "Tue 2026-12-01", "Mon..Fri 03:00"]
    + ["*-1/2-31", "*-*-1/7", "quarterly", "Sun *-12-25 UTC", "2000-01-01", "Mon 2026-*-*"],
)
def test_some(text: str) -> None:
    """Also in the past, in leap years, and counted from the end of a month."""
    assert has_a_day(calendar(text))


@given(st.dates(date(1970, 1, 1), date(2199, 12, 31)), st.integers(0, 6))
def test_each_day_is_one(day: date, weekday: int) -> None:
    """Every date is a day, on its own day of the week alone."""
    assert has_a_day(calendar(day.isoformat()))
    of_week = has_a_day(calendar(f"{WEEKDAYS[weekday]} {day.isoformat()}"))
    assert of_week == (day.weekday() == weekday)
