"""Texts with specifiers, wherever systemd expands them; and settings of the manager."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path, PurePosixPath

from modsvc_dsl import (
    Host,
    HostSystemd,
    ManagerSection,
    Process,
    Service,
    Specifiers,
    Systemd,
    SystemdHost,
    SysusersRule,
    TmpfilesRule,
    Unit,
    define,
    environment_assignment,
    exec_line,
    option,
    specifiers,
    systemd,
)


class Backup(Service):
    """Options of a service's own may hold them, and text beside them stays text."""

    site: str = option(default="wiki")
    folder: Specifiers = option(default=specifiers("%S/backup"))
    lock: Specifiers | None = option(default=None)

    @define(Systemd.main_exec_start)
    def _run(self) -> str | Specifiers:
        return exec_line(["/usr/bin/backup", "--to", self.folder / self.site])

    @define(Systemd.service)
    def _unit(self) -> Unit:
        return Unit(
            unit={
                "Description": specifiers("Backup of %i"),
                "After": ["network.target", specifiers("db@%i.service")],
                "ConditionPathExists": [Path("/srv"), specifiers("/srv/%I")],
                "RequiresMountsFor": specifiers("/srv/%I"),
            },
            service={
                "WorkingDirectory": "/srv/" + specifiers("%I"),
                "RootDirectory": Path("/srv") / specifiers("%I"),
                "User": specifiers("backup-%i"),
                "SupplementaryGroups": ["adm", specifiers("%i"), 5],
                "Environment": ["A=1", specifiers("B=%i")],
                "ReadWritePaths": [specifiers("%S/a"), Path("/srv"), "/b"],
                "StandardOutput": specifiers("append:%L/backup.log"),
                "ExecStartPre": [exec_line(["/bin/a", specifiers("%i")]), "/bin/b"],
                "CPUAffinity": specifiers("%i"),
            },
            timer={"OnBootSec": [timedelta(seconds=5), specifiers("%i")]},
            install={"WantedBy": [specifiers("backup@%i.target")]},
        )


joined: Specifiers = specifiers("%h") + "/a" + specifiers("%n") + Path("/b")
below: Specifiers = PurePosixPath("/srv") / specifiers("%i") / "a" / Path("b")
plain: str = exec_line(["/bin/a", "b"])
line: str | Specifiers = exec_line(["/bin/a", specifiers("%i")])
variable: str = environment_assignment("A", "b")
text: str = joined.text
short = systemd(main_exec_start=specifiers("/bin/a %i"), service={"Type": "oneshot"})
settings: ManagerSection = {
    "DefaultTimeoutStopSec": "20s",
    "DefaultEnvironment": ["A=1", specifiers("B=%H")],
    "DefaultTasksMax": "15%",
    "LogTarget": "journal",
    "CrashChangeVT": False,
    "RuntimeWatchdogSec": timedelta(seconds=30),
}
host = Host(
    services={"backup": Backup(imports=[short]), "web": Service(process=Process(argv=["/bin/a"]))},
    imports=[
        SystemdHost(
            systemd=HostSystemd(
                environment={"A": "b", "HOME": specifiers("%h")},
                settings=settings,
                extra_settings={"FromTomorrow": 5},
                tmpfiles=[TmpfilesRule(type="d", path=specifiers("/run/%b"))],
                sysusers=[SysusersRule(type="u", name="a", description=specifiers("of %H"))],
            )
        )
    ],
)
