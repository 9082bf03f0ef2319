"""Names of units.

In: results of services, and references among them. Out: unit names, and why systemd would
refuse them. Refuses to look at what a unit holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...language.cells.whereabouts import users_places
from ...language.errors import Mistake
from ...language.evaluation.history import places
from ...language.declaration.module import Module
from ...language.words import show_path
from ...services.groups.network import accepted_by_manager
from ...services.mistakes.services import BadReference
from ...services.order import meant
from ...services.path import KIND, service_path
from ...services.service import Service
from .escaping import is_tidy, line_problem, unit_name_problem
from .mistakes import BadUnitName
from .path_name import path_name
from .specifiers import Specifiers
from .units import NAMED_BY


def base_name(owner: Module) -> str:
    """What the names of an owner's units begin with: the names on a service's path, joined by
    dashes. Those of a host's own begin with nothing."""
    return "-".join(service_path(owner)) if is_service(owner) else ""


def is_service(owner: Module) -> bool:
    """Does a service make units, or the host itself?"""
    kind: str = owner.__node__.kind
    return kind == KIND


def called(owner: Module) -> str:
    """An owner of units in a sentence."""
    path = owner.__node__.path
    return f"`{show_path(path)}`" if path else "the host"


def title(service: Module, joint: str = "-") -> str:
    """The names on a service's path as text for people; odd ones in quotes, all in ASCII."""
    name = joint.join(service_path(service))
    return name if is_tidy(name) or not line_problem(name) else ascii(name)


def unit_name(owner: Module, key: str, suffix: str) -> str:
    """The name of a unit that is not named by a path; the key "" stands for a service itself."""
    base = base_name(owner)
    return f"{base}-{key}.{suffix}" if base and key else f"{base or key}.{suffix}"


def service_unit(service: Module) -> str:
    """The name of a service's own unit: a template where each connection has a process of its own."""
    template = "@" if accepted_by_manager(service) is not None else ""
    return f"{'-'.join(service_path(service))}{template}.service"


def unit_referred_to(service: Service) -> str:
    """The unit that others mean with a service: what starts a template is its socket."""
    suffix = "socket" if accepted_by_manager(service) is not None else "service"
    return f"{base_name(service)}.{suffix}"


def path_unit_name(suffix: str, directives: Mapping[str, Any]) -> str:
    """The name of a mount, automount or swap: its path, escaped. Raises ValueError, in words."""
    directive = NAMED_BY[suffix]
    path = directives.get(directive) or ""
    if not path:
        raise ValueError(f"a {suffix} needs {directive}=; write the path, its name is made from it")
    if isinstance(path, Specifiers):
        raise ValueError(
            f"{directive}= is {path!r}, and the unit's name is made from it; write the path itself"
        )
    return f"{path_name(str(path))}.{suffix}"


def name_of(owner: Module, key: str, suffix: str, unit: Any) -> str:
    """The name of a unit that has a key, empty where it can have none."""
    if suffix not in NAMED_BY:
        return unit_name(owner, key, suffix)
    try:
        return path_unit_name(suffix, getattr(unit, suffix))
    except ValueError:
        return ""


# Any: a service or a host, whose modules with this group are not known to this file
def systemd_of(owner: Any) -> Any:
    """The options of systemd of a service or a host."""
    node = owner.__node__
    return node.read(node.shape.root, "systemd")


# Any: a service, or one of its further units, whose key is part of the name
def name_mistake(owner: Any, unit: str) -> Mistake | None:
    """What systemd would say against a unit's name, which comes from its owner's place."""
    why = unit_name_problem(unit)
    return (
        BadUnitName(owner.__node__.path, unit, why, users_places(owner.__node__)) if why else None
    )


def units_meant(service: Service, relation: str, reference: Any) -> list[str]:
    """The units that a reference in a relation of a service means.

    They are one, or all of a service that only groups others; none of what never starts. Raises
    BadReference for a unit of the host that cannot be.
    """
    found = meant(service, reference)
    if found is not None:
        return [unit_referred_to(each) for each in found]
    name = reference.__referred__().name
    why = unit_name_problem(name)
    if why:
        advice = 'write the name of a unit of the host, as in host_unit("network-online.target")'
        said = places(service, ("relations", relation))
        path = (*service.__node__.path, "relations", relation)
        raise BadReference(path, f"a unit of the host that cannot be: {why}", advice, said)
    return [name]
