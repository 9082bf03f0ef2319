"""Names of units.

In: results of services. Out: unit names, and why systemd would refuse them. Refuses to
look at what a unit holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...language.errors import Mistake
from ...services.host_unit import HostUnit
from ...services.path import service_path
from ...services.service import Service, runs
from ..manager import enabled, written_at
from .escaping import unit_name_problem
from .mistakes import BadUnitName


def base_name(service: Service) -> str:
    """The name of a service's unit without its suffix: the names on its path, joined by dashes."""
    return "-".join(service_path(service))


def unit_name(service: Service, key: str, suffix: str) -> str:
    """The name of a unit of a service; the key "" stands for the service itself."""
    name = base_name(service)
    return f"{name}-{key}.{suffix}" if key else f"{name}.{suffix}"


def name_mistake(service: Service, unit: str) -> Mistake | None:
    """What systemd would say against a unit's name."""
    path = service.__node__.path
    for segment in service_path(service):
        if "/" in segment:
            why = f"has a / in the segment {segment!r} of its path"
            return BadUnitName(path, unit, why, written_at(service))
    why = unit_name_problem(unit) or ""
    return BadUnitName(path, unit, why, written_at(service)) if why else None


def units_of(referred: Any) -> Iterator[str]:
    """The units that a reference means: one, or all of a service that only groups others."""
    if isinstance(referred, HostUnit):
        yield referred.name
    elif not referred.enable:
        return
    elif runs(referred):
        yield unit_name(referred, "", "service")
    else:
        for service in enabled(referred.services):
            if runs(service):
                yield unit_name(service, "", "service")
