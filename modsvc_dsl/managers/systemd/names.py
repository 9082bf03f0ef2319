"""Names of units.

In: results of services, and references among them. Out: unit names, and why systemd would
refuse them. Refuses to look at what a unit holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...language.errors import Mistake
from ...language.history import places
from ...language.words import show_path
from ...services.host_unit import HostUnit
from ...services.path import host_of, service_path
from ...services.service import Service, is_enabled, runs
from ..manager import enabled, written_at
from .escaping import line_problem, unit_name_problem
from .mistakes import BadReference, BadUnitName


def base_name(service: Service) -> str:
    """The name of a service's unit without its suffix: the names on its path, joined by dashes."""
    return "-".join(service_path(service))


def title(service: Service, joint: str = "-") -> str:
    """The names on a service's path as text for people; odd ones in quotes, all in ASCII."""
    name = joint.join(service_path(service))
    return ascii(name) if line_problem(name) else name


def unit_name(service: Service, key: str, suffix: str) -> str:
    """The name of a unit of a service; the key "" stands for the service itself."""
    name = base_name(service)
    return f"{name}-{key}.{suffix}" if key else f"{name}.{suffix}"


# Any: a service, or one of its further units, whose key is part of the name
def name_mistake(owner: Any, unit: str) -> Mistake | None:
    """What systemd would say against a unit's name, which comes from its owner's place."""
    why = unit_name_problem(unit)
    return BadUnitName(owner.__node__.path, unit, why, written_at(owner)) if why else None


def units_meant(service: Service, relation: str, reference: Any) -> list[str]:
    """The units that a reference in a relation of a service means.

    They are one, or all of a service that only groups others, without the service itself.
    Nothing is started before or after what never starts, so a service that is switched off
    means no unit; to require one is a mistake. Raises BadReference.
    """
    referred = reference.__referred__()
    if isinstance(referred, HostUnit):
        why = unit_name_problem(referred.name)
        if why:
            advice = (
                'write the name of a unit of the host, as in host_unit("network-online.target")'
            )
            raise _bad(service, relation, f"a unit of the host that cannot be: {why}", advice)
        return [referred.name]
    name = f"`{show_path(referred.__node__.path)}`"
    if host_of(referred) is not host_of(service):
        advice = "units know only units of their own host: let the program wait for the other one"
        raise _bad(service, relation, f"{name}, which is on another host", advice)
    if referred.__node__ is service.__node__:
        raise _bad(service, relation, "the service itself", "take it out")
    units = [unit_name(each, "", "service") for each in _running(referred, service)]
    if not units and relation in ("requires", "binds_to"):
        what = "runs nothing" if is_enabled(referred) else "is switched off"
        advice = f"switch it on, or take it out of {relation}"
        raise _bad(service, relation, f"{name}, which {what}", advice)
    return units


def _running(referred: Service, reader: Service) -> Iterator[Service]:
    """What runs of a service that is referred to, but for the one that refers to it."""
    if not is_enabled(referred):
        return
    if runs(referred):
        yield referred
        return
    for service in enabled(referred.services):
        if runs(service) and service.__node__ is not reader.__node__:
            yield service


def _bad(service: Service, relation: str, why: str, advice: str) -> BadReference:
    said = places(service, ("relations", relation))
    path = (*service.__node__.path, "relations", relation)
    return BadReference(path, why, advice, said)
