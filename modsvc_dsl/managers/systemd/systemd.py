"""What a service can say to systemd, and what the portable service says by itself.

In: results of portable services. Out: the group `systemd` that every service of a host with
this manager has, and its defaults. Refuses to render.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, cast

from ...language.arguments import refuses_others
from ...language.configuration import is_untouched
from ...language.errors import Mistake, Mistakes
from ...language.history import places, strength
from ...language.module import Module, define
from ...language.option import option
from ...language.properties import DEFAULT, PLAIN, default, when
from ...language.provenance import Argument, Place, call_site
from ...language.record import Declared, Record
from ...services.path import KIND
from ...services.service import Service, runs
from .command import CommandLine
from .escaping import BadValue, environment_assignment, exec_line, literal, quoted
from .mistakes import BadDirective, BadReference
from .names import title, units_meant
from .origins import MADE_FROM, OF_RELATIONS
from .profile import hardening_directives, identity_directives
from .section import Defaults
from .unit import Unit

if TYPE_CHECKING:
    from .directives.sections import (
        InstallSection,
        ServiceSection,
        SocketSection,
        TimerSection,
        UnitSection,
    )

_IF_ABSENT = (
    "place the service on a Host that systemd manages, evaluate it with"
    " evaluate(service, manager=SystemdManager())"
)
"""What to say where the options of systemd are missed."""

_GROUPS = tuple(dict.fromkeys(path[0] for path in MADE_FROM.values()))


class Systemd(Module):
    """Units of a service. The key "" in a dict of units is the name of the service itself."""

    _if_absent: ClassVar[str] = _IF_ABSENT

    main_exec_start: Annotated[str, CommandLine()] = option(
        description=(
            "The command line in systemd's syntax, for those who want specifiers and "
            "variables. Unset: process.argv, quoted so that every byte arrives."
        ),
        required=False,
    )
    service: Unit = option()
    socket: Unit = option()
    timer: Unit = option()
    services: Mapping[str, Unit] = option(description="Further service units, by name.")
    sockets: Mapping[str, Unit] = option(description="Socket units, by name.")
    timers: Mapping[str, Unit] = option(description="Timer units, by name.")


class SystemdService(Service):
    """Joins every service of a host that systemd manages."""

    _managed_by: ClassVar[str] = "systemd"
    _if_absent: ClassVar[str] = _IF_ABSENT
    systemd: Systemd = option()

    @define(Systemd.main_exec_start)
    def _systemd_command(self) -> str:
        if not runs(self):
            return when(False, "")
        command: str = self._written(("process", "argv"), exec_line, self.process.argv)
        return default(command)

    @define(Systemd.service.unit)
    def _systemd_unit(self) -> UnitSection:
        found: Any = self._given(self._unit_section()) if runs(self) else {}
        return cast("UnitSection", found)

    @define(Systemd.service.service)
    def _systemd_service(self) -> ServiceSection:
        found: Any = self._given(self._service_section()) if runs(self) else {}
        return cast("ServiceSection", found)

    @define(Systemd.service.install)
    def _systemd_install(self) -> InstallSection:
        starts = runs(self) and self.lifecycle.start_at_boot and not self._is_activated()
        found: Any = Defaults({"WantedBy": ["multi-user.target"]} if starts else {})
        return cast("InstallSection", found)

    def _unit_section(self) -> dict[str, Any]:
        meta = self.meta
        path = ("meta", "description")
        description = meta.description
        description = self._written(path, literal, description) if description else title(self)
        found: dict[str, Any] = {"Description": description}
        if meta.documentation:
            found["Documentation"] = [
                quoted(address.replace("%", "%%")) for address in meta.documentation
            ]
        if not is_untouched(self.relations):
            found.update(self._relation_directives())
        return found

    def _relation_directives(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        mistakes: list[Mistake] = []
        for relation, directive in OF_RELATIONS.items():
            for reference in getattr(self.relations, relation):
                try:
                    units = units_meant(self, relation, reference)
                except BadReference as mistake:
                    mistakes.append(mistake)
                else:
                    found.setdefault(directive, []).extend(units)
        if mistakes:
            raise Mistakes(mistakes)
        return {name: list(dict.fromkeys(units)) for name, units in found.items() if units}

    def _service_section(self) -> dict[str, Any]:
        lifecycle = self.lifecycle
        found: dict[str, Any] = {"Type": lifecycle.type}
        found["ExecStart"] = [self[SystemdService].systemd.main_exec_start]
        if lifecycle.restart != "no":
            found["Restart"] = lifecycle.restart
            found["RestartSec"] = lifecycle.restart_delay
        elif strength(self, "lifecycle.restart") < DEFAULT:
            found["Restart"] = "no"
        if self.process.working_directory is not None:
            directory = str(self.process.working_directory)
            path = ("process", "working_directory")
            found["WorkingDirectory"] = self._written(path, literal, directory)
        found.update(self._environment())
        found.update(identity_directives(self.identity))
        path = ("hardening", "writable_paths")
        found.update(self._written(path, hardening_directives, self.hardening))
        return found

    def _given(self, directives: Mapping[str, Any]) -> Defaults:
        """Directives with the strength of what they are made from."""
        touched = {group for group in _GROUPS if not is_untouched(getattr(self, group))}
        said: dict[str, tuple[int, Place]] = {}
        for name in directives:
            path = MADE_FROM.get(name)
            if path is not None and path[0] in touched:
                priority = PLAIN if name == "ExecStart" else strength(self, path)
                if priority < DEFAULT:
                    said[name] = priority, places(self, path)[0]
        return Defaults(directives, said)

    def _environment(self) -> dict[str, Any]:
        found: dict[str, list[str]] = {}
        path = ("process", "environment")
        for name, value in sorted(self.process.environment.items()):
            if value is None:
                found.setdefault("UnsetEnvironment", []).append(name)
            else:
                line = self._written(path, environment_assignment, name, value)
                found.setdefault("Environment", []).append(line)
        return found

    def _is_activated(self) -> bool:
        """Does a socket or a timer of the service's own name start it?"""
        systemd = self[SystemdService].systemd
        return bool(
            systemd.socket.socket
            or systemd.timer.timer
            or "" in systemd.sockets
            or "" in systemd.timers
        )

    def _written(self, path: tuple[str, ...], write: Any, *values: Any) -> Any:
        """What `write` makes of values, with a mistake that leads to where they were defined."""
        try:
            return write(*values)
        except BadValue as bad:
            why = f"{bad.what} {bad.found}; {bad.instead}"
            full = (*self.__node__.path, *path)
            raise BadDirective(full, why, places(self, path)) from None


@refuses_others
def systemd(
    *,
    unit: UnitSection | None = None,
    service: ServiceSection | None = None,
    install: InstallSection | None = None,
    socket: SocketSection | None = None,
    timer: TimerSection | None = None,
    main_exec_start: str | None = None,
) -> Any:
    """A module for `imports=[...]` of an instance: directives of its primary units.

    `unit`, `service` and `install` are directives of [Unit], [Service] and [Install] of the
    service unit; `socket` and `timer` are those of [Socket] and [Timer] of the units beside it,
    which exist once they have one; `main_exec_start` is the command line in systemd's own syntax.
    """
    site = call_site(2)
    said = {
        "unit": (("service", "unit"), unit),
        "service": (("service", "service"), service),
        "install": (("service", "install"), install),
        "socket": (("socket", "socket"), socket),
        "timer": (("timer", "timer"), timer),
        "main_exec_start": (("main_exec_start",), main_exec_start),
    }
    definitions = [
        Declared(("systemd", *path), value, Argument(site, keyword))
        for keyword, (path, value) in said.items()
        if value is not None
    ]
    name = "systemd(...)"
    return Record(name, site, kind=KIND, definitions=definitions, imports=(SystemdService,))
