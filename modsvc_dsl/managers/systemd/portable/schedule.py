"""When a service runs, as directives.

In: the result of `schedule`. Out: directives of [Timer]. Refuses to judge times: the types did.
Names and meanings are those of systemd.timer(5).
"""

from __future__ import annotations

from typing import Any

from ....services.groups.schedule import is_scheduled
from ....services.service import Service
from .translation import Directives, Translation

_SPANS = {
    "OnBootSec": "after_boot",
    "OnActiveSec": "after_start",
    "OnUnitActiveSec": "every",
    "OnUnitInactiveSec": "after_end",
}
"""Directives that may be assigned several times."""

_OTHERS = {"RandomizedDelaySec": "random_delay", "AccuracySec": "accuracy"}


class ScheduleTranslation(Translation):
    """A timer beside the service."""

    group = "schedule"
    made_from = {
        "OnCalendar": ("schedule", "calendar"),
        **{directive: ("schedule", name) for directive, name in _SPANS.items()},
        "Persistent": ("schedule", "persistent"),
        **{directive: ("schedule", name) for directive, name in _OTHERS.items()},
    }

    def timer(self, service: Service) -> Directives:
        schedule = service.schedule
        if not is_scheduled(service):
            return {}
        found: dict[str, Any] = {}
        if schedule.calendar:
            found["OnCalendar"] = list(schedule.calendar)
            found["Persistent"] = schedule.persistent is not False
        for directive, name in _SPANS.items():
            span = getattr(schedule, name)
            if span is not None:
                found[directive] = [span]
        if not found.keys() - {"OnUnitActiveSec", "OnUnitInactiveSec"}:
            # such a timer alone would wait for ever for a first run
            found["OnActiveSec"] = [*found.values()][0]
        for directive, name in _OTHERS.items():
            span = getattr(schedule, name)
            if span is not None:
                found[directive] = span
        return found
