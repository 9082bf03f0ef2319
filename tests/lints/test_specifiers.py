"""What the rules find of specifiers: those in plain text, and those of no instance."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from modsvc_dsl import (
    Host,
    HostSystemd,
    Lifecycle,
    Process,
    Service,
    ServiceSection,
    Specifiers,
    Systemd,
    SystemdHost,
    SystemdService,
    Unit,
    build,
    evaluate,
    lint,
    specifiers,
    systemd,
)
from tests.lints.finding import options

TRUE = Process(argv=["/bin/true"])


def test_specifier_in_text() -> None:
    """What is said to systemd itself and looks as if it had one; not where a percent sign is meant."""
    rule = "specifier-in-text"

    def told(**service: object) -> list[str]:
        unit = cast("ServiceSection", service)
        return options(rule, Service(process=TRUE, imports=[systemd(service=unit)]))

    at = "systemd.service.service."
    assert told(WorkingDirectory="/srv/%i") == [f"{at}WorkingDirectory"]
    assert told(WorkingDirectory=Path("/srv/%n")) == [f"{at}WorkingDirectory"]
    assert told(Environment=["A=1", "B=%h"]) == [f"{at}Environment"]
    assert told(SyslogIdentifier="50%% off") == [f"{at}SyslogIdentifier"]
    assert told(WorkingDirectory=specifiers("/srv/%i"), Environment=[specifiers("A=50%%")]) == []
    assert told(SyslogIdentifier="50% off, 100%", CPUQuota="50%", Environment=["A=%e"]) == []
    assert told(TemporaryFileSystem=["/a:size=5%d"]) == []
    portable = Process(argv=["/bin/date", "+%H"], environment={"A": "%i"})
    assert options(rule, Service(process=portable)) == []


def test_specifiers_in_the_text_of_commands_and_further_units() -> None:
    """Of a command in systemd's syntax, of units with keys, and of a template's portable options."""
    rule = "specifier-in-text"
    command = Service(imports=[systemd(main_exec_start="/bin/a %n")])
    assert options(rule, command) == ["systemd.main_exec_start"]
    assert options(rule, Service(imports=[systemd(main_exec_start=specifiers("/bin/a %n"))])) == []
    units = Systemd(paths={"x": Unit(path={"PathExists": ["/srv/%N"], "Unit": "it.service"})})
    further = Service(process=TRUE, imports=[SystemdService(systemd=units)])
    assert options(rule, further) == ["systemd.paths.x.path.PathExists"]
    template = Service(
        process=Process(argv=["/bin/a", "%i", "%n"], environment={"A": "of %I", "B": "%h"}),
        lifecycle=Lifecycle(start_at_boot=False),
    )
    host = evaluate(Host(services={"it@": template}))
    build(host)
    told = [each.path[2:] for each in lint(host)["host"] if each.rule == rule]
    assert told == [("process", "argv", 1), ("process", "environment", "A")]


def test_no_instance() -> None:
    """What stands for an instance, in what is no template; the host's own units are noted."""
    rule = "no-instance"

    def told(name: str, directory: Specifiers) -> list[tuple[str | int, ...]]:
        unit: ServiceSection = {"WorkingDirectory": directory}
        it = Service(
            process=TRUE,
            lifecycle=Lifecycle(start_at_boot=False),
            imports=[systemd(service=unit)],
        )
        host = evaluate(Host(services={name: it}))
        build(host)
        return [each.path[2:] for each in lint(host)["host"] if each.rule == rule]

    where = ("systemd", "service", "service", "WorkingDirectory")
    assert told("it", specifiers("/srv/%I")) == [where]
    assert told("it", specifiers("/srv/%N/%%i")) == []
    assert told("it@", specifiers("/srv/%I")) == [] == told("it@x", specifiers("/srv/%i"))
    command = Service(imports=[systemd(main_exec_start=specifiers("/bin/a %i"))])
    assert options(rule, command) == ["systemd.main_exec_start"]


def test_what_rules_say_of_services_is_noted_of_the_hosts_own_units() -> None:
    """There is nobody to silence it, and nobody to fail for it."""
    unit = Unit(
        service={
            "ExecStart": ["/bin/a %i", specifiers("/bin/b %i")],
            "Type": "oneshot",
            "User": "a",
            "SyslogIdentifier": "50%%",
        }
    )
    host = SystemdHost(systemd=HostSystemd(services={"a": unit}))
    notes = "\n".join(build(evaluate(host)).notes["host"])
    assert "ExecStart= is '/bin/a %i', and %i in plain text is no specifier" in notes
    assert "write specifiers('/bin/a %i') for what systemd puts there" in notes
    assert "SyslogIdentifier= is '50%%', and %% in plain text is two percent signs" in notes
    assert "ExecStart= is specifiers('/bin/b %i'), and %i is empty in what is no template" in notes
