"""Schedules, limits and logging that checkers refuse, each line marked so."""

from __future__ import annotations

from modsvc_dsl import Logging, Resources, Schedule, Service, at, define, needs

Schedule(calender="daily")  # refused
Schedule(calendar=5)  # refused
Schedule(calendar=[5])  # refused
Schedule(every=1.5)  # refused
Schedule(after_boot=["5s"])  # refused
Schedule(persistent="yes")  # refused
Schedule("daily")  # refused
at(weekday="Monday")  # refused
at(weekday=1)  # refused
at(hour="3")  # refused
at(hours=3)  # refused
Resources(memory="512M")  # refused
Resources(memory_max=1.5)  # refused
Resources(cpu_quota=["50%"])  # refused
Resources(nice="5")  # refused
Resources(io_class="realtime")  # refused
Resources(tasks_max="infinity")  # refused
Resources(core_dumps="no")  # refused
Logging(stdout="journal")  # refused
Logging(stdout="/var/log/a.log")  # refused
Logging(stderr=1)  # refused
Logging(level_max="warn")  # refused
Logging(rate_burst="5")  # refused
needs("db.service")  # refused
Service(relations=needs)  # refused
Service(schedule="daily")  # refused


class Wrong(Service):
    schedule = Resources()  # refused
    resources = {"memory_max": "1G"}  # refused

    @define(Resources.memory_max)  # refused
    def _memory(self) -> str:
        return "512M"
