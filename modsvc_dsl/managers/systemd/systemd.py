"""What a service can say to systemd, and what the portable service says by itself.

In: results of portable services. Out: the group `systemd` that every service of a host with
this manager has, and its defaults. Refuses to render.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from ...language.arguments import refuses_others
from ...language.evaluation.configuration import once_per_touch, touched_names
from ...language.evaluation.history import strength
from ...language.function import reads
from ...language.declaration.module import define
from ...language.declaration.option import option
from ...language.properties import DEFAULT, default, when
from ...language.provenance import Argument, call_site
from ...language.declaration.reading import declared
from ...language.declaration.record import Record
from ...language.words import Path
from ...services.groups.network import starts_at_boot
from ...services.path import KIND
from ...services.service import Service, command_standing, runs
from .command import CommandLine
from .portable.every import (
    able,
    further,
    groups_behind,
    rules,
    service_section,
    socket_section,
    timer_section,
    unit_section,
)
from .portable.process import command
from .rules import SysusersRule, TmpfilesRule
from .given import Defaults, Shared
from .specifiers import Specifiers
from .unit import Unit
from .units import Units

if TYPE_CHECKING:
    from .directives.sections import (
        InstallSection,
        PathSection,
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


class Systemd(Units):
    """Units of a service. The key "" in a dict of units is the name of the service itself."""

    _if_absent: ClassVar[str] = _IF_ABSENT

    main_exec_start: Annotated[str | Specifiers, CommandLine()] = option(
        description=(
            "The command line in systemd's syntax, for those who want variables, and "
            "specifiers(...). Unset: process.argv, quoted so that every byte arrives."
        ),
        required=False,
    )
    service: Unit = option()
    socket: Unit = option()
    timer: Unit = option()
    path: Unit = option()


# Any: what checkers see as a section
_AT_BOOT: Any = Defaults({}, shared=Shared({"WantedBy": ["multi-user.target"]}))
"""What [Install] says of a service that starts with its host."""


class SystemdService(Service):
    """Joins every service of a host that systemd manages."""

    _managed_by: ClassVar[str] = "systemd"
    _command: ClassVar[Path] = ("systemd", "main_exec_start")
    _if_absent: ClassVar[str] = _IF_ABSENT
    systemd: Systemd = option()

    @define(Systemd.main_exec_start)
    def _systemd_command(self) -> str | Specifiers:
        said = command_standing(self) is not None
        return default(command(self)) if said else when(False, "")

    @define(Systemd.service.unit)
    def _systemd_unit(self) -> UnitSection:
        said: UnitSection = unit_section(self) if runs(self) else {}
        return said

    @define(Systemd.service.service)
    def _systemd_service(self) -> ServiceSection:
        said: ServiceSection = {}
        if runs(self):
            said = service_section(self, self.systemd.main_exec_start)
        return said

    @define(Systemd.service.install)
    def _systemd_install(self) -> InstallSection:
        starts = runs(self) and starts_at_boot(self)
        if starts and self._is_activated():  # then it waits for that, unless somebody insists
            starts = strength(self, "lifecycle.start_at_boot") < DEFAULT
        said: InstallSection = _AT_BOOT if starts else {}
        return said

    @define(Systemd.socket.socket)
    @reads(*groups_behind("socket"))
    def _systemd_socket(self) -> SocketSection:
        said: SocketSection = socket_section(self)
        return said

    @define(Systemd.timer.timer)
    @reads(*groups_behind("timer"))
    def _systemd_timer(self) -> TimerSection:
        said: TimerSection = timer_section(self)
        return said

    # every definition costs every service, so those that no group of options needs are not made
    if able("services"):

        @define(Systemd.services)
        @reads(*groups_behind("services"))
        def _systemd_services(self) -> Mapping[str, Unit]:
            return further(self, "services")

    if able("sockets"):

        @define(Systemd.sockets)
        @reads(*groups_behind("sockets"))
        def _systemd_sockets(self) -> Mapping[str, Unit]:
            return further(self, "sockets")

    if able("timers"):

        @define(Systemd.timers)
        @reads(*groups_behind("timers"))
        def _systemd_timers(self) -> Mapping[str, Unit]:
            return further(self, "timers")

    if able("tmpfiles"):

        @define(Systemd.tmpfiles)
        @reads(*groups_behind("tmpfiles"))
        def _systemd_tmpfiles(self) -> list[TmpfilesRule]:
            return rules(self, "tmpfiles")

    if able("sysusers"):

        @define(Systemd.sysusers)
        @reads(*groups_behind("sysusers"))
        def _systemd_sysusers(self) -> list[SysusersRule]:
            return rules(self, "sysusers")

    def _is_activated(self) -> bool:
        """Does a socket or a timer of the service's own name start it?"""
        systemd = self.systemd
        for name in once_per_touch(systemd, _activating):
            said = getattr(systemd, name)
            if "" in said if isinstance(said, Mapping) else getattr(said, name):
                return True
        return False


def _activating(systemd: Any) -> list[str]:
    """The options with units that could start a service, of those that somebody defines."""
    units = ("socket", "timer", "path", "sockets", "timers", "paths")
    return [name for name in units if name in touched_names(systemd)]


@refuses_others
def systemd(
    *,
    unit: UnitSection | None = None,
    service: ServiceSection | None = None,
    install: InstallSection | None = None,
    socket: SocketSection | None = None,
    timer: TimerSection | None = None,
    path: PathSection | None = None,
    main_exec_start: str | Specifiers | None = None,
) -> Any:
    """A module for `imports=[...]` of an instance: directives of its primary units.

    `unit`, `service` and `install` are directives of [Unit], [Service] and [Install] of the
    service unit; `socket`, `timer` and `path` are those of [Socket], [Timer] and [Path] of the units
    beside it, which exist once they have one; `main_exec_start` is the command line in systemd's own syntax.
    """
    site = call_site(2)
    said = {
        "unit": (("service", "unit"), unit),
        "service": (("service", "service"), service),
        "install": (("service", "install"), install),
        "socket": (("socket", "socket"), socket),
        "timer": (("timer", "timer"), timer),
        "path": (("path", "path"), path),
        "main_exec_start": (("main_exec_start",), main_exec_start),
    }
    definitions = [
        declared(("systemd", *option_), value, Argument(site, keyword))
        for keyword, (option_, value) in said.items()
        if value is not None
    ]
    name = "systemd(...)"
    return Record(name, site, kind=KIND, definitions=definitions, imports=(SystemdService,))
