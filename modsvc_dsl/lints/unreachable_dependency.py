"""`unreachable-dependency`: a relation to something that nobody starts.

In: a service. Out: a finding for each reference to a service that is switched off, or that nothing
starts. Refuses to judge units of the host, and what is a mistake: to need a service that is off.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..language.evaluation.configuration import is_untouched
from ..language.evaluation.history import has_option
from ..language.words import show_path
from ..services.host_unit import HostUnit
from ..services.order import meant
from ..services.path import host_of
from ..services.groups.schedule import is_scheduled
from ..services.service import Service, enabled, is_enabled
from .rule import Finding, Rule

_STARTING = ("requires", "wants", "binds_to", "on_failure")
"""Relations that start the other service."""


class UnreachableDependency(Rule):
    """A service in `relations` is switched off, or nothing starts it."""

    name = "unreachable-dependency"

    def find(self, service: Service) -> Iterator[Finding]:
        relations = service.relations
        if is_untouched(relations):
            return
        for name in ("wants", "part_of", "after"):
            for reference in getattr(relations, name):
                referred = reference.__referred__()
                if isinstance(referred, HostUnit):
                    continue
                why = _why(service, name, reference, referred)
                if why:
                    what = (
                        f"names `{show_path(referred.__node__.path)}`, {why}: nothing comes of it"
                    )
                    advice = f"let something start it, or take it out of {name}"
                    yield self.finding(service, ("relations", name), what, advice)


# Any: a reference, which checkers take for the service that it refers to
def _why(service: Service, relation: str, reference: Any, referred: Service) -> str:
    """Why nothing comes of a relation; empty if something does."""
    if not is_enabled(referred):
        return "which is switched off" if relation != "after" else ""
    found = meant(service, reference)
    if relation == "wants" or not found:
        return ""
    return "" if any(map(_is_started, found)) else "which nothing starts"


def _is_started(service: Service) -> bool:
    """Does anything on the host start a service, as far as services say it?"""
    if service.lifecycle.start_at_boot or is_scheduled(service) or _is_activated(service):
        return True
    for other in enabled(host_of(service).main().services):
        relations = other.relations
        for name in () if is_untouched(relations) else _STARTING:
            for reference in getattr(relations, name):
                if any(each.__node__ is service.__node__ for each in meant(other, reference) or ()):
                    return True
    return False


# Any: what a manager's own module adds to services, which this room need not load
def _is_activated(service: Any) -> bool:
    """Do units of systemd's, or what is said of the service's own, start it?"""
    if not has_option(service, ("systemd", "service")):
        return False
    systemd = service["systemd"]
    own = any(getattr(getattr(systemd, kind), kind) for kind in ("socket", "timer", "path"))
    return own or bool(systemd.service.install or systemd.sockets or systemd.timers)
