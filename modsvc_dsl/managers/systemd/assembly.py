"""Which units a service or a host makes, and what stands in each.

In: the result of a service, or of a host that has options of systemd. Out: `Draft`s, each a name and
sections of directives. Refuses to judge and to write them: `inspection` and `text` do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import compress
from typing import Any, NamedTuple

from ...language.evaluation.configuration import once_per_touch, touched_names
from ...language.evaluation.history import option_facts
from ...language.evaluation.several import Several
from ...language.types.option_type import without_properties
from ...language.words import Path
from ...services.service import Service, runs
from .names import is_service, path_unit_name, service_unit, systemd_of, title, unit_name
from .portable.every import confinement
from .given import YIELDING
from .specifiers import Specifiers, raw
from .unit import SECTIONS, Unit
from .units import FURTHER, NAMED_BY

Sections = Mapping[str, Mapping[str, Any]]
"""Section -> directive -> value."""

TARGETS = {
    "socket": "sockets.target",
    "timer": "timers.target",
    "path": "paths.target",
    "automount": "local-fs.target",
    "swap": "swap.target",
}
"""Suffix -> the host's own target that starts such units (systemd.special(7))."""

_BESIDE = ("socket", "timer", "path")
"""Types of the units that a service may have one of under its own name."""


class Manner(NamedTuple):
    """What a unit is beside its sections, under the names of the options of `Unit`."""

    enable: bool
    drop_in: bool
    judged: bool
    instances: Sequence[str]
    extra: Mapping[str, Mapping[str, Any]]


class Draft(NamedTuple):
    """One unit. `unit` is what was said of it, `suffix` its type, `option` the path of what said it,
    from its owner on. A unit without a name could not be given one: `problem` says why.
    """

    name: str
    suffix: str
    unit: Unit
    manner: Manner
    sections: Sections
    owner: Any
    """The result whose place gives the unit its name: the service, or a unit that has a key."""
    option: Path = ()
    problem: str = ""


# Any: a service or a host


def drafts(
    owner: Any, target: str = "multi-user.target", environment: Sequence[str | Specifiers] = ()
) -> list[Draft]:
    """All units of a service, its own first, or those of a host itself.

    `environment` are the lines of Environment= that the host gives to all services.
    """
    systemd = systemd_of(owner)
    found: list[Draft] = []
    for option, suffix in once_per_touch(systemd, _said_units):
        said = getattr(systemd, option)
        if option in FURTHER:
            for key, unit in said.items():
                path = "systemd", option, key
                found.append(_named(owner, suffix, path, unit, target, environment))
        elif suffix != "service":
            found += _beside(owner, suffix, said)
        elif runs(owner):
            found.append(_primary(owner, said, environment))
    return found


def _said_units(systemd: Any) -> list[tuple[str, str]]:
    """The options with units of which somebody says something, in order, with the types of those.

    The unit of a service itself is always among them.
    """
    touched = touched_names(systemd)
    own = {"service", *touched.intersection(_BESIDE)} if is_service(systemd) else set[str]()
    found: list[tuple[str, str]] = []
    for option, suffix in FURTHER.items():
        found += [(suffix, suffix)] if suffix in own else []
        found += [(option, suffix)] if option in touched else []
    return found


def _primary(owner: Any, unit: Unit, environment: Sequence[str | Specifiers]) -> Draft:
    """The unit that runs a service."""
    sections, manner = parts_of(unit)
    if environment:
        sections = _with_environment(sections, environment)
    return Draft(service_unit(owner), "service", unit, manner, sections, owner, _OWN)


_OWN: Path = ("systemd", "service")


def _beside(owner: Any, suffix: str, unit: Unit) -> Sequence[Draft]:
    """The unit of another type that has the service's own name, if there is one."""
    if not getattr(unit, suffix):
        return ()
    sections, manner = parts_of(unit)
    sections = _defaulted(unit, sections, suffix, owner)
    path = "systemd", suffix
    return [Draft(unit_name(owner, "", suffix), suffix, unit, manner, sections, owner, path)]


def _named(
    owner: Any,
    suffix: str,
    path: Path,
    unit: Unit,
    target: str,
    environment: Sequence[str | Specifiers],
) -> Draft:
    """A unit that has a key."""
    key = str(path[-1])
    sections, manner = parts_of(unit)
    if suffix == "service":
        sections = _further(unit, sections, owner) if is_service(owner) else sections
        sections = _with_environment(sections, () if manner.drop_in else environment)
        if manner.instances and not _says(unit, sections, "Install", "WantedBy"):
            install = {"WantedBy": [target], **sections.get("Install", {})}
            sections = {**sections, "Install": install}
    else:
        sections = _defaulted(unit, sections, suffix, owner)
    name, problem = "", ""
    try:
        named = suffix in NAMED_BY
        name = (
            path_unit_name(suffix, getattr(unit, suffix))
            if named
            else unit_name(owner, key, suffix)
        )
    except ValueError as why:
        problem = str(why)
    return Draft(name, suffix, unit, manner, sections, unit, path, problem)


def parts_of(unit: Unit) -> tuple[dict[str, Any], Manner]:
    """The sections of a unit that hold something, in the order in which they are written; and what it
    is beside them.
    """
    values = _PARTS(unit)
    manner = Manner._make(values[len(SECTIONS) :])
    found = dict(compress(zip(SECTIONS.values(), values), values))
    for section, directives in manner.extra.items():
        found[section] = {**found.get(section, {}), **directives}
    return found, manner


_PARTS = Several(*SECTIONS, *Manner._fields)


def _with_environment(
    sections: dict[str, Any], lines: Sequence[str | Specifiers]
) -> dict[str, Any]:
    """What the host gives to all services stands first, so that the unit's own word counts."""
    if not lines:
        return sections
    service = sections.get("Service", {})
    unset = {name for line in service.get("UnsetEnvironment", ()) for name in raw(line).split()}
    kept = [line for line in lines if raw(line).strip('"').partition("=")[0] not in unset]
    if not kept:
        return sections
    joined = {**service, "Environment": [*kept, *service.get("Environment", ())]}
    return {**sections, "Service": joined}


def _further(unit: Unit, sections: Mapping[str, Any], service: Service) -> dict[str, Any]:
    """The sections of a further service unit: as confined as the service, unless it says so."""
    own = sections.get("Service", {})
    gone = _taken_away(unit, "Service")
    given = confinement(service).items()
    kept = {k: v for k, v in given if YIELDING.get(k) not in own and k not in gone}
    return {**sections, "Service": {**kept, **own}}


def _defaulted(unit: Unit, sections: dict[str, Any], suffix: str, owner: Any) -> dict[str, Any]:
    """The sections of a unit that is no service, with what it has unless it says otherwise: a
    description, and the host's own target that wants it. None takes either away.
    """
    given: dict[str, dict[str, Any]] = {"Unit": {}, "Install": {}}
    if is_service(owner) and not unit.drop_in:
        given["Unit"]["Description"] = f"{suffix.capitalize()} of {title(owner, ' / ')}"
    target = "" if unit.drop_in else TARGETS.get(suffix) or _target_of_mount(unit, suffix, owner)
    if target:
        given["Install"]["WantedBy"] = [target]
    for section, directives in given.items():
        said = sections.get(section, {})
        for name in list(directives):
            if _says(unit, sections, section, name):
                del directives[name]
        if directives or said:
            sections[section] = {**directives, **said}
    ordered = {name: sections[name] for name in SECTIONS.values() if name in sections}
    return {**ordered, **sections}


def _target_of_mount(unit: Unit, suffix: str, owner: Any) -> str:
    """What wants a mount: nothing where an automount does it when somebody looks there."""
    where, systemd = unit.mount.get("Where"), systemd_of(owner)
    if suffix != "mount" or any(
        each.automount.get("Where") == where for each in systemd.automounts.values()
    ):
        return ""
    options = raw(unit.mount.get("Options", "")).split(",")
    remote = unit.mount.get("Type") in NETWORKED or "_netdev" in options
    return "remote-fs.target" if remote else "local-fs.target"


NETWORKED = frozenset(
    "afs ceph cifs glusterfs lustre ncpfs nfs nfs4 ocfs2 orangefs smb3 sshfs".split()
)
"""Types of file systems that systemd takes for those of a network (fstype_is_network)."""


def _says(unit: Unit, sections: Mapping[str, Any], section: str, name: str) -> bool:
    """Does somebody say a directive that would be given by itself, or take it away with None?"""
    return name in sections.get(section, {}) or name in _taken_away(unit, section)


def _taken_away(unit: Unit, section: str) -> set[str]:
    """The directives of a section that somebody takes away with None."""
    if section.lower() not in touched_names(unit):
        return set()
    found: set[str] = set()
    for _, value in option_facts(unit, (section.lower(),)).definitions:
        found |= {k for k, v in value.items() if any(v is None for v in without_properties(v))}
    return found
