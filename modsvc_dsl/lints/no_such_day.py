"""`no-such-day`: a point in time that never comes.

In: a service. Out: a finding for each time of its schedule and of its timers on a day that no year has.
Refuses to know today: times that are over are none of its business.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..language.evaluation.configuration import is_untouched
from ..language.words import Path, show_value
from ..services.service import Service
from ..services.values.calendar import calendar
from ..services.values.calendar_days import has_a_day
from .rule import Finding, Rule
from .units import timers_of


class NoSuchDay(Rule):
    """A calendar expression means days that do not exist, such as the 30th of February."""

    name = "no-such-day"

    def find(self, service: Service) -> Iterator[Finding]:
        told: set[str] = set()
        for option, text in _times(service):
            normal = _normal(text)
            if normal and normal not in told and not has_a_day(normal):
                told.add(normal)
                what = f"is {show_value(text)}, a day that no year has, so that it never comes"
                advice = "write a day that there is; the last one of a month is *-02~01"
                yield self.finding(service, option, what, advice)


def _times(service: Service) -> Iterator[tuple[Path, str]]:
    """The points in time of a service, each with its option."""
    for text in () if is_untouched(service.schedule) else service.schedule.calendar:
        yield ("schedule", "calendar"), text
    for option, timer in timers_of(service):
        for each in timer.get("OnCalendar") or ():
            yield option, str(each)


def _normal(text: str) -> str:
    """The normal form of an expression; empty for what is no plain one."""
    try:
        return calendar(text)
    except ValueError:
        return ""
