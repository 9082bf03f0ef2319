"""A schedule has times, and its service is one that ends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from modsvc_dsl import Host, Lifecycle, Process, Schedule, Service, at, check, evaluate, json_data
from modsvc_dsl.services.groups.schedule import is_scheduled
from tests.services.saying import ARGV, on_host, running, said, said_of


def scheduled(lifecycle: Lifecycle | None = None, **options: Any) -> Service:
    return Service(
        process=Process(argv=ARGV),
        lifecycle=lifecycle or Lifecycle(),
        schedule=Schedule(**options),
    )


def test_nobody_is_scheduled_by_default() -> None:
    """And nothing is said of how."""
    service = on_host(running())
    assert not is_scheduled(service)
    assert {each for each in json_data(service.schedule).values() if each} == set()


def test_times_are_kept_in_normal_form() -> None:
    """One text, a list, parts; each once, and spans as spans."""
    assert on_host(scheduled(calendar="daily")).schedule.calendar == ["*-*-* 00:00:00"]
    schedule = on_host(
        scheduled(calendar=["daily", "00:00", at(weekday="Mon", hour=[3, 15])], every="1h 30min")
    ).schedule
    assert schedule.calendar == ["*-*-* 00:00:00", "Mon *-*-* 03,15:00:00"]
    assert schedule.every == timedelta(minutes=90)


def test_definitions_of_a_calendar_join() -> None:
    """As those of any list do."""
    mixin = Service(schedule=Schedule(calendar="weekly"))
    both = Service(process=Process(argv=ARGV), schedule=Schedule(calendar="daily"), imports=[mixin])
    assert on_host(both).schedule.calendar == ["Mon *-*-* 00:00:00", "*-*-* 00:00:00"]


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ({}, "*-*-* 00:00:00"),
        ({"hour": 3, "minute": 30}, "*-*-* 03:30:00"),
        ({"hour": None, "minute": [0, 30]}, "*-*-* *:00,30:00"),
        ({"weekday": ["Mon", "Fri"], "month": range(1, 4)}, "Mon,Fri *-01,02,03-* 00:00:00"),
        ({"day": -1, "timezone": "UTC"}, "*-*~01 00:00:00 UTC"),
        ({"day": [1, 15], "second": 10}, "*-*-01,15 00:00:10"),
    ],
)
def test_parts_make_an_expression(parts: dict[str, Any], text: str) -> None:
    """None is any value, days below 0 count from the end."""
    assert at(**parts) == text


def test_wrong_parts_are_told_at_their_line() -> None:
    """When they are written."""
    assert said(lambda: at(hour=24)) == [
        "at(...): '*-*-* 24:0:0' is no calendar expression: the hour lies between 0 and 23\n"
        "  written at test_schedule.py\n"
        "      assert said(lambda: at(hour=24)) == ["
    ]


def test_a_scheduled_service_is_a_oneshot_that_is_not_restarted() -> None:
    """Unless it says otherwise; a failure may be tried again."""
    lifecycle = on_host(scheduled(calendar="daily")).lifecycle
    assert (lifecycle.type, lifecycle.restart) == ("oneshot", "no")
    again = scheduled(Lifecycle(restart="on-failure"), calendar="daily")
    assert on_host(again).lifecycle.restart == "on-failure"


def test_a_wrong_time_is_told_with_what_is_wrong() -> None:
    """At its line."""
    (message,) = said_of(it=scheduled(calendar="25:00"))
    assert message.startswith(
        "`services.it.schedule.calendar[0]` expects a calendar expression\n  found '25:00'"
    )
    assert message.endswith(
        "to fix: '25:00' is no calendar expression: the hour lies between 0 and 23"
    )


CONTRADICTIONS: dict[str, tuple[Service, str]] = {
    "long-running": (
        scheduled(Lifecycle(type="simple"), every="1h"),
        "`services.it.schedule` starts again what goes on running: the service is of type simple\n"
        "  `schedule.every` defined at test_schedule.py\n"
        "      schedule=Schedule(**options),\n"
        "  `lifecycle.type` defined at test_schedule.py\n"
        '      scheduled(Lifecycle(type="simple"), every="1h"),\n'
        '  to fix: write type="oneshot" for a program that ends, or take the schedule away',
    ),
    "boot": (
        scheduled(Lifecycle(start_at_boot=True), calendar="daily"),
        "`services.it.schedule` says when the service starts, and so does start_at_boot\n"
        "  `schedule.calendar` defined at test_schedule.py\n"
        "      schedule=Schedule(**options),\n"
        "  `lifecycle.start_at_boot` defined at test_schedule.py\n"
        '      scheduled(Lifecycle(start_at_boot=True), calendar="daily"),\n'
        "  to fix: write after_boot in the schedule for a run when the host starts",
    ),
    "persistent": (
        scheduled(every="1h", persistent=True),
        "`services.it.schedule.persistent` makes up for points in time, of which there are none\n"
        "  `schedule.persistent` defined at test_schedule.py\n"
        "      schedule=Schedule(**options),\n"
        "  to fix: take it away, or write a calendar; after_boot counts from each start anyway",
    ),
    "no time": (
        scheduled(random_delay="5min"),
        "`services.it.schedule.random_delay` says how a service is scheduled, and nothing says when\n"
        "  `schedule.random_delay` defined at test_schedule.py\n"
        "      schedule=Schedule(**options),\n"
        '  to fix: write a time beside it, such as calendar="daily", or take it away',
    ),
}


@pytest.mark.parametrize("case", CONTRADICTIONS)
def test_contradictions_are_told_with_both_lines(case: str) -> None:
    """In whole messages."""
    service, message = CONTRADICTIONS[case]
    assert said_of(it=service) == [message]


@pytest.mark.parametrize("name", ["every", "after_end"])
@pytest.mark.parametrize("value", [0, "10ms", -1, "soon", 1.5, True])
def test_a_pause_is_at_least_a_second(name: str, value: Any) -> None:
    """A service without a pause is no scheduled one."""
    (message,) = said_of(it=scheduled(**{name: value}))
    assert message.startswith(
        f"`services.it.schedule.{name}` expects a duration of at least 1s or None\n"
    )


def test_a_service_that_is_switched_off_may_be_scheduled() -> None:
    """Nothing comes of it."""
    off = Service(enable=False, process=Process(argv=ARGV), schedule=Schedule(calendar="daily"))
    assert check(evaluate(Host(services={"off": off}))).services["off"].schedule.calendar
