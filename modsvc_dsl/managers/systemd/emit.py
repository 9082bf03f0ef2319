"""Services -> units, links and config files.

In: the evaluated services of one host. Out: `Emitted`. Refuses nothing by itself that was
not found before, except names: those are only known when all units are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...language.errors import Mistake
from ...services.config_data import ConfigFile
from ...services.path import service_path
from ...services.service import Service, runs
from ..manager import Emitted, Source, enabled, origin, written_at
from ..tree import File, Link
from .escaping import BadValue, unit_name_problem
from .install import links
from .mistakes import BadDirective, BadUnitName, SameFile
from .names import name_mistake, unit_name
from .profile import hardening_directives, identity_directives
from .systemd import SystemdService
from .text import Sections, unit_text
from .unit import SECTIONS, Unit

UNITS = "etc/systemd/system"
"""Where units of the administrator lie (systemd.unit(5))."""

_WANTED_BY = {"socket": "sockets.target", "timer": "timers.target"}


class Emission:
    """The files of one host while they are made."""

    def __init__(self) -> None:
        self.files: dict[str, File | Link] = {}
        self.owners: dict[str, Service] = {}
        self.sources: list[Source] = []
        self.mistakes: list[Mistake] = []

    def service(self, service: Service) -> None:
        """Take in everything that one service makes."""
        for name, sections in _units(service):
            mistake = name_mistake(service, name)
            if mistake is not None:
                self.mistakes.append(mistake)
                continue
            try:
                text = unit_text(_title(service), sections)
            except BadValue as bad:
                why = f"{bad.what} {bad.found}; {bad.instead}"
                path = (*service.__node__.path, "systemd")
                self.mistakes.append(BadDirective(path, why, written_at(service)))
                continue
            self.unit(service, name, text, sections)
        for file in service.config_data.values():
            if file.enable:
                self.config(service, file)

    def unit(self, service: Service, name: str, text: str, sections: Sections) -> None:
        """Take in one unit with the links that enable it."""
        path = f"{UNITS}/{name}"
        if not self.claim(path, service):
            return
        owner = service_path(service)
        origins = tuple(map(origin, written_at(service)))
        self.files[path] = File(text.encode("utf-8"), owner, origins)
        for link, target in links(name, sections.get("Install", {})):
            named = link.partition("/")[0].rpartition(".")[0] if "/" in link else link
            why = unit_name_problem(named)
            if why:
                self.mistakes.append(
                    BadUnitName(service.__node__.path, link, why, written_at(service))
                )
            elif self.claim(f"{UNITS}/{link}", service):
                self.files[f"{UNITS}/{link}"] = Link(target, owner, origins)

    def config(self, service: Service, file: ConfigFile) -> None:
        """Take in one config file."""
        path = file.path.removeprefix("/")
        if not self.claim(path, service):
            return
        owner = service_path(service)
        places = written_at(file)
        if file.source is not None:
            place = places[-1] if places else written_at(service)[-1]
            self.sources.append(Source(path, str(file.source), owner, place))
            return
        content = (file.text or "").encode("utf-8")
        self.files[path] = File(content, owner, tuple(map(origin, places)))

    def claim(self, path: str, service: Service) -> bool:
        """Is a path still free? If not, both services are told."""
        first = self.owners.setdefault(path, service)
        if path in self.files or first is not service:
            one, other = first.__node__.path, service.__node__.path
            self.mistakes.append(SameFile(path, one, other, written_at(first), written_at(service)))
            return False
        return True


def emit(services: Mapping[str, Service]) -> Emitted:
    """The files of all services of a host that are not switched off."""
    emission = Emission()
    for service in enabled(services):
        emission.service(service)
    return Emitted(
        dict(sorted(emission.files.items())),
        tuple(emission.sources),
        (),
        tuple(emission.mistakes),
    )


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
