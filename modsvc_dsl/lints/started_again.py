"""`started-again`: what a timer or a path starts, and what then starts again by itself.

In: a service. Out: a finding where it has a timer or a path unit, and starts again whenever it ends. Refuses to
judge portable schedules: those are for services that end, or they are mistakes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..language.evaluation.configuration import touched_names
from ..language.evaluation.history import has_option
from ..services.groups.schedule import is_scheduled
from ..services.service import Service, runs
from .rule import Finding, Rule

_AFTER_SUCCESS = frozenset({"always", "on-success"})
"""Values of Restart= that start a service again which has done its work (systemd.service(5))."""


class StartedAgain(Rule):
    """A timer or a path starts a service that starts again by itself whenever it ends."""

    name = "started-again"

    def find(self, service: Service) -> Iterator[Finding]:
        for kind in _starters(service) if runs(service) and not is_scheduled(service) else ():
            what = f"starts a service that starts again whenever it ends, and so ends up without its {kind}"
            advice = 'write Lifecycle(type="oneshot") for a program that ends by itself'
            yield self.finding(service, ("systemd", kind, kind), what, advice)


# Any: what a manager's own module adds to services, which this room need not load
def _starters(service: Any) -> list[str]:
    """The units beside the service's own that start it, if it starts again by itself as well."""
    if not has_option(service, ("systemd", "timer")):
        return []
    systemd = service["systemd"]
    touched = touched_names(systemd)
    found = [kind for kind in ("timer", "path") if kind in touched]
    if not found or systemd.service.service.get("Restart") not in _AFTER_SUCCESS:
        return []
    return [kind for kind in found if getattr(getattr(systemd, kind), kind)]
