"""Which units a service makes, and what stands in each.

In: the result of a service. Out: `Draft`s, each a name and sections of directives. Refuses to
judge and to write them: `inspection` and `text` do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ...services.service import Service, runs
from .names import title, unit_name
from .portable.every import confinement
from .section import YIELDING
from .systemd import SystemdService
from .unit import SECTIONS, Unit

Sections = Mapping[str, Mapping[str, Any]]
"""Section -> directive -> value."""

_WANTED_BY = {"socket": "sockets.target", "timer": "timers.target"}
"""Suffix -> the host's own target that starts such units (systemd.special(7))."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One unit that a service makes. `unit` is what was said of it, `suffix` its type."""

    name: str
    suffix: str
    unit: Unit
    sections: Sections
    owner: Any
    """The result whose place gives the unit its name: the service, or a further unit of it."""


def drafts(service: Service) -> Iterator[Draft]:
    """All units of a service, its own first."""
    systemd = service[SystemdService].systemd
    if runs(service):
        name = unit_name(service, "", "service")
        yield Draft(name, "service", systemd.service, _sections(systemd.service), service)
    for key, unit in systemd.services.items():
        name = unit_name(service, key, "service")
        yield Draft(name, "service", unit, _further(unit, service), unit)
    for suffix, primary, further in (
        ("socket", systemd.socket, systemd.sockets),
        ("timer", systemd.timer, systemd.timers),
    ):
        units = [("", primary, service)] if getattr(primary, suffix) else []
        for key, unit, owner in (*units, *((key, unit, unit) for key, unit in further.items())):
            name = unit_name(service, key, suffix)
            yield Draft(name, suffix, unit, _activating(unit, suffix, service), owner)


def _sections(unit: Unit) -> dict[str, Any]:
    """The sections of a unit that hold something, in the order in which they are written."""
    found: dict[str, Any] = {}
    for name, section in SECTIONS.items():
        directives = getattr(unit, name)
        if directives:
            found[section] = directives
    for section, directives in unit.extra.items():
        found[section] = {**found.get(section, {}), **directives}
    return found


def _further(unit: Unit, service: Service) -> dict[str, Any]:
    """The sections of a further service unit: as confined as the service, unless it says so."""
    sections = _sections(unit)
    own = sections.get("Service", {})
    kept = {
        name: value for name, value in confinement(service).items() if YIELDING.get(name) not in own
    }
    sections["Service"] = {**kept, **own}
    return sections


def _activating(unit: Unit, suffix: str, service: Service) -> dict[str, Any]:
    """The sections of a socket or timer, which by default the host's own target wants."""
    sections = _sections(unit)
    description = f"{suffix.capitalize()} of {title(service, ' / ')}"
    sections["Unit"] = {"Description": description, **sections.get("Unit", {})}
    install = {"WantedBy": [_WANTED_BY[suffix]], **sections.get("Install", {})}
    ordered = {name: sections[name] for name in ("Unit", suffix.capitalize()) if name in sections}
    rest = {name: value for name, value in sections.items() if name not in ordered}
    return {**ordered, **rest, "Install": install}
