"""`no-persistence`: a timer that forgets what it missed.

In: a service. Out: a finding for each timer with points in time that are lost while the host is down.
Refuses to look at timers of spans: those begin anew with the host.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..services.service import Service
from .rule import Finding, Rule
from .units import timers_of

_SOON = re.compile(r"(?:minutely|hourly|(?:\*-\*-\* )?\*:.*|)", re.IGNORECASE)
"""Points in time each hour: the next one is soon enough."""


class NoPersistence(Rule):
    """A timer says `OnCalendar=` without `Persistent=`."""

    name = "no-persistence"

    def find(self, service: Service) -> Iterator[Finding]:
        for path, timer in timers_of(service):
            times = timer.get("OnCalendar") or ()
            if "Persistent" not in timer and not all(_SOON.fullmatch(str(each)) for each in times):
                what = "says when, and not what comes of a time at which the host was down"
                advice = 'write "Persistent": True to make up for it, or False if it may be missed'
                yield self.finding(service, path, what, advice)
