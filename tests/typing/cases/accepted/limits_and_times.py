"""Schedules, limits and logging that a user may write, and the types that results have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Literal, assert_type

from modsvc_dsl import (
    Logging,
    Network,
    Process,
    Relations,
    Resources,
    Schedule,
    Service,
    at,
    default,
    define,
    duration,
    force,
    host_unit,
    merged,
    needs,
    option,
    percent,
    size,
    uses,
    when,
)

ARGV = ["/usr/bin/true"]
database = Service(process=Process(argv=ARGV))

plain = Service(
    process=Process(argv=ARGV),
    relations=needs(database),
    schedule=Schedule(calendar="daily"),
    resources=Resources(memory_max="512M", cpu_quota="150%", nice=5, tasks_max="unlimited"),
    logging=Logging(stdout=Path("/var/log/a.log"), stderr="log", level_max="error"),
)
precise = Service(
    process=Process(argv=ARGV),
    relations=merged(
        uses(database),
        Relations(
            before=[database],
            on_failure=[database, host_unit("mail.service")],
            requires_mounts_for=[Path("/srv/data")],
        ),
    ),
    network=Network(wait_online=True),
    schedule=Schedule(
        calendar=["Mon 03:00", at(weekday=["Mon", "Fri"], hour=[3, 15], day=-1)],
        after_boot=timedelta(seconds=5),
        every=60,
        after_end=duration("5min"),
        persistent=None,
        random_delay=None,
    ),
    resources=Resources(memory_high=2**30, cpu_quota=12.5, locked_memory="8M", open_files=None),
    logging=Logging(rate_burst=100, rate_interval="30s"),
)
worn = Service(
    process=Process(argv=ARGV),
    schedule=Schedule(every=force(duration("1h")), persistent=default(False)),
    resources=Resources(memory_max=force(size("1G")), cpu_quota=default(percent("50%"))),
)


class Job(Service):
    often: bool = option(default=False)
    process = Process(argv=ARGV)
    schedule = Schedule(calendar="hourly", random_delay="5min")
    resources = Resources(core_dumps=False, io_class="idle")

    @define(Schedule.calendar)
    def _calendar(self) -> Sequence[str]:
        return when(self.often, ["*:0/5"])

    @define(Resources.memory_max)
    def _memory(self) -> int | None:
        return self.resources.memory_high

    @define(Logging.stderr)
    def _errors(self) -> Literal["log"]:
        return "log"


def read(service: Service) -> None:
    """What results are."""
    assert_type(service.schedule.every, timedelta | None)
    assert_type(service.schedule.calendar, Sequence[str])
    assert_type(service.resources.memory_max, int | None)
    assert_type(service.resources.cpu_quota, float | None)
    assert_type(service.resources.tasks_max, int | Literal["unlimited"] | None)
    assert_type(service.logging.stdout, Literal["log", "null"] | Path)
