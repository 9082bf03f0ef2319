"""Services -> units, links and config files.

In: the evaluated services of one host. Out: `Emitted`. Refuses nothing by itself that was
not found before, except names: those are only known when all units are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...services.path import service_path
from ...services.service import Service, runs
from ..files import Files
from ..manager import Emitted, enabled, origin, written_at
from ..tree import File, Link
from .escaping import BadValue, unit_name_problem
from .install import links
from .mistakes import BadDirective, BadUnitName
from .names import name_mistake, unit_name
from .profile import hardening_directives, identity_directives
from .systemd import SystemdService
from .text import Sections, unit_text
from .unit import SECTIONS, Unit

UNITS = "etc/systemd/system"
"""Where units of the administrator lie (systemd.unit(5))."""

_WANTED_BY = {"socket": "sockets.target", "timer": "timers.target"}


def emit(services: Mapping[str, Service]) -> Emitted:
    """The files of all services of a host that are not switched off."""
    files = Files()
    for service in enabled(services):
        for name, sections in _units(service):
            _add_unit(files, service, name, sections)
        files.add_config(service)
    return files.emitted()


def _add_unit(files: Files, service: Service, name: str, sections: Sections) -> None:
    """Take in one unit with the links that enable it, if systemd can read it."""
    mistake = name_mistake(service, name)
    if mistake is not None:
        files.mistakes.append(mistake)
        return
    try:
        text = unit_text(_title(service), sections)
    except BadValue as bad:
        why = f"{bad.what} {bad.found}; {bad.instead}"
        path = (*service.__node__.path, "systemd")
        files.mistakes.append(BadDirective(path, why, written_at(service)))
        return
    owner = service_path(service)
    origins = tuple(map(origin, written_at(service)))
    if not files.add(f"{UNITS}/{name}", File(text.encode("utf-8"), owner, origins), service):
        return
    for link, target in links(name, sections.get("Install", {})):
        named = link.partition("/")[0].rpartition(".")[0] if "/" in link else link
        why = unit_name_problem(named) or ""
        if why:
            path = service.__node__.path
            files.mistakes.append(BadUnitName(path, link, why, written_at(service)))
        else:
            files.add(f"{UNITS}/{link}", Link(target, owner, origins), service)


def _title(service: Service) -> str:
    name = " / ".join(service_path(service))
    return f"Made by modsvc for the service {name}. Changes here are lost.".replace("\n", " ")


def _units(service: Service) -> Iterator[tuple[str, Sections]]:
    """The names and sections of all units of a service."""
    systemd = service[SystemdService].systemd
    if runs(service):
        sections = _sections(systemd.service)
        command = {"ExecStart": [systemd.main_exec_start]}
        own = sections.get("Service", {})
        if "ExecStart" in own:
            command["ExecStart"] = [*command["ExecStart"], *own["ExecStart"]]
        sections["Service"] = {**own, **command}
        yield unit_name(service, "", "service"), sections
    for key, unit in systemd.services.items():
        sections = _sections(unit)
        weak = {**identity_directives(service.identity), **hardening_directives(service.hardening)}
        sections["Service"] = {**weak, **sections.get("Service", {})}
        yield unit_name(service, key, "service"), sections
    for suffix, primary, further in (
        ("socket", systemd.socket, systemd.sockets),
        ("timer", systemd.timer, systemd.timers),
    ):
        if getattr(primary, suffix):
            yield unit_name(service, "", suffix), _activating(primary, suffix, service)
        for key, unit in further.items():
            yield unit_name(service, key, suffix), _activating(unit, suffix, service)


def _sections(unit: Unit) -> dict[str, Any]:
    """The sections of a unit that hold something, in the order in which they are written."""
    found: dict[str, Any] = {}
    for name, section in SECTIONS.items():
        directives = getattr(unit, name)
        if directives:
            found[section] = dict(directives)
    for section, directives in unit.extra.items():
        found[section] = {**found.get(section, {}), **directives}
    return found


def _activating(unit: Unit, suffix: str, service: Service) -> dict[str, Any]:
    """The sections of a socket or timer, which by default the host's own target wants."""
    sections = _sections(unit)
    description = f"{suffix.capitalize()} of {' / '.join(service_path(service))}"
    sections["Unit"] = {"Description": description, **sections.get("Unit", {})}
    install = {"WantedBy": [_WANTED_BY[suffix]], **sections.get("Install", {})}
    ordered = {name: sections[name] for name in ("Unit", suffix.capitalize()) if name in sections}
    rest = {name: value for name, value in sections.items() if name not in ordered}
    return {**ordered, **rest, "Install": install}
