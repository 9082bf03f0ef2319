"""When a service runs that does not run all the time.

In: nothing. Out: the group `schedule`. Refuses to know how a manager keeps time. With any time in
it a service is started by its schedule alone, and not by itself when the host starts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...language.evaluation.configuration import is_untouched
from ...language.errors import Mistake
from ...language.evaluation.history import places, strength
from ...language.declaration.module import Module
from ...language.declaration.option import option
from ...language.properties import DEFAULT
from ...language.words import show_value
from ..values.calendar_option import CalendarOption
from .lifecycle import LONG_RUNNING
from ..mistakes.services import Contradiction
from ..values.quantities import PauseOption, SpanOption, unset

TIMES = ("calendar", "after_boot", "after_start", "every", "after_end")
"""The options that say when; the others say how."""


class Schedule(Module):
    """Points in time, and spans between runs. All of them count, whichever comes next."""

    @staticmethod
    def __instead__(value: object) -> str:
        """What to write for points in time alone."""
        is_text = isinstance(value, (str, list))
        return f"Schedule(calendar={show_value(value)})" if is_text else ""

    calendar: CalendarOption = option(
        description='Points in time, such as "Mon..Fri 03:00"; "daily".'
    )
    after_boot: SpanOption = option(
        default=unset(), description="The first run, so long after the host has started."
    )
    after_start: SpanOption = option(
        default=unset(),
        description="The first run, so long after the schedule starts. Unset with every and without after_boot: as every.",
    )
    every: PauseOption = option(
        default=unset(), description="The time from the start of a run to that of the next."
    )
    after_end: PauseOption = option(
        default=unset(), description="The time from the end of a run to the start of the next."
    )
    persistent: bool | None = option(
        default=None,
        description="Whether a point in time that the host slept through is made up for. Unset: yes.",
    )
    random_delay: SpanOption = option(
        default=unset(),
        description="Each run is put off by a random time up to this, so that not all hosts run at once.",
    )
    accuracy: SpanOption = option(
        default=unset(), description="How late a run may be, to save energy. Unset: a minute."
    )

    def __validate__(self) -> Iterator[Mistake]:
        """There is a time, and the service is one that ends."""
        times = said_times(self)
        if not times:
            yield from self._no_time()
            return
        if not self.calendar and self.persistent:
            why = "makes up for points in time, of which there are none"
            advice = "take it away, or write a calendar; after_boot counts from each start anyway"
            yield self._against("persistent", why, ["schedule.persistent"], advice)
        service = self.__node__.main()
        time = f"schedule.{times[0]}"
        if strength(service, "lifecycle.type") < DEFAULT and service.lifecycle.type in LONG_RUNNING:
            why = f"starts again what goes on running: the service is of type {service.lifecycle.type}"
            advice = 'write type="oneshot" for a program that ends, or take the schedule away'
            yield self._against("", why, [time, "lifecycle.type"], advice)
        boot = strength(service, "lifecycle.start_at_boot") < DEFAULT
        if boot and service.lifecycle.start_at_boot:
            why = "says when the service starts, and so does start_at_boot"
            advice = "write after_boot in the schedule for a run when the host starts"
            yield self._against("", why, [time, "lifecycle.start_at_boot"], advice)

        if service.lifecycle.remain_after_exit:
            why = "starts nothing a second time that counts as running after its end"
            advice = "take remain_after_exit away: what others wait for needs none"
            yield self._against("", why, [time, "lifecycle.remain_after_exit"], advice)

    def _no_time(self) -> Iterator[Mistake]:
        names = ("persistent", "random_delay", "accuracy")
        said = [name for name in names if strength(self, name) <= DEFAULT]
        if said:
            why = "says how a service is scheduled, and nothing says when"
            advice = 'write a time beside it, such as calendar="daily", or take it away'
            yield self._against(said[0], why, [f"schedule.{name}" for name in said], advice)

    def _against(self, name: str, why: str, options: list[str], advice: str) -> Mistake:
        service = self.__node__.main()
        path = (*self.__node__.path, *self.__group__.path, *filter(None, [name]))
        return Contradiction(path, why, [(each, places(service, each)) for each in options], advice)


def said_times(schedule: Schedule) -> list[str]:
    """The options of a schedule that say when."""
    return [name for name in TIMES if getattr(schedule, name) not in (None, [])]


# Any: the result of a service, whose class is made with this file's
def is_scheduled(service: Any) -> bool:
    """Does a schedule start a service?"""
    schedule = service.schedule
    return not is_untouched(schedule) and bool(said_times(schedule))
