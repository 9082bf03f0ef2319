"""Specifiers on a booted systemd: what is written out is expanded, and nothing else is.

In: a host with a template, its instances, rules, variables and settings. Out: verdicts from what ran, from
what lies on the disk, and from what systemd says of itself. Refuses to know how lines are written.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from modsvc_dsl import (
    Hardening,
    HostSystemd,
    Identity,
    Lifecycle,
    Process,
    Service,
    SystemdHost,
    SysusersRule,
    TmpfilesRule,
    Unit,
    build,
    check,
    evaluate,
    exec_line,
    specifiers,
    systemd,
)
from modsvc_dsl.output.publish import publish
from modsvc_dsl.testing.machine import Machine

PLAIN = "100% %i %n %%i \\x25n \\045n $HOME 'q' \"q\" %"
"""A text that means something to systemd wherever it is not told otherwise."""

TELL = ["/bin/sh", "-c", 'printf "%s\\n" "$@" "$SAID" "$HERE" > "$OUT"', "tell"]
"""Writes down its arguments and two variables, each on a line."""


def template() -> Unit:
    """A template of two instances."""
    return Unit(
        unit={"Description": "Plain %i, and " + specifiers("%i")},
        service={
            "Type": "oneshot",
            "RemainAfterExit": True,
            "User": "root",
            "ExecStart": [exec_line([*TELL, specifiers("%n"), PLAIN, specifiers("%I/") + PLAIN])],
            "Environment": ["SAID=%i", specifiers("OUT=/srv/of-%i")],
        },
        install={"WantedBy": [specifiers("of-%i.target")]},
        instances=["one", "a/b"],
    )


def host() -> SystemdHost:
    """The template, a service of portable options beside it, and what the host says itself."""
    said = Service(
        process=Process(argv=[*TELL, PLAIN], environment={"SAID": PLAIN, "OUT": "/srv/said"}),
        lifecycle=Lifecycle(type="oneshot", start_at_boot=False),
        identity=Identity(user="root"),
        hardening=Hardening(enable=False),
        imports=[systemd(unit={"Description": "%n of " + specifiers("%N")})],
    )
    return SystemdHost(
        services={"said": said},
        systemd=HostSystemd(
            services={"of@": template()},
            targets={"of-one": Unit(), "of-a-b": Unit()},
            environment={"HERE": specifiers("%m 50%%") + " 50%"},
            settings={
                "DefaultTimeoutStopSec": "17s",
                "DefaultEnvironment": ["MINE=%m", specifiers("THEIRS=%m")],
                "DefaultLimitNOFILE": "100:200",
                "StatusUnitFormat": "name",
                "LogLevel": "notice",
            },
            tmpfiles=[
                TmpfilesRule(type="d", path=specifiers("/srv/%m") / "%m"),
                TmpfilesRule(type="f", path=Path("/srv/%m.txt"), argument=specifiers("%m %%m")),
            ],
            sysusers=[SysusersRule(type="u", name="spec", description="%m " + specifiers("%m"))],
        ),
    )


@pytest.fixture(scope="module")
def booted(machine: Machine, tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """A machine that has read all of it."""
    folder = tmp_path_factory.mktemp("specifiers")
    publish(build(check(evaluate(host()))).trees, folder / "out", base=folder)
    machine.copy_tree(folder / "out" / "host")
    machine.daemon_reload()
    machine.succeed(["systemd-sysusers"])
    machine.succeed(["systemd-tmpfiles", "--create", "/etc/tmpfiles.d/modsvc.conf"])
    return machine


@pytest.fixture(scope="module")
def number(booted: Machine) -> str:
    """The machine's number, which is %m."""
    return booted.read_file("/etc/machine-id").strip()


@pytest.mark.parametrize(("instance", "plain"), [("one", "one"), ("a-b", "a/b")])
def test_an_instance_is_told_its_own_name_only_where_it_asks(
    booted: Machine, number: str, instance: str, plain: str
) -> None:
    """Its target starts it by a link that was made here, and its arguments arrive as they are."""
    booted.succeed(["systemctl", "start", f"of-{instance}.target"])
    unit = f"of@{instance}.service"
    assert booted.unit_properties(unit)["Description"] == f"Plain %i, and {instance}"
    lines = [unit, PLAIN, f"{plain}/{PLAIN}", "%i", f"{number} 50% 50%"]
    assert booted.read_file(f"/srv/of-{instance}") == "".join(f"{line}\n" for line in lines)


def test_portable_text_is_plain(booted: Machine, number: str) -> None:
    """In arguments and variables, also beside a directive that has one."""
    booted.succeed(["systemctl", "start", "said.service"])
    lines = [PLAIN, PLAIN, f"{number} 50% 50%"]
    assert booted.read_file("/srv/said") == "".join(f"{line}\n" for line in lines)
    assert booted.unit_properties("said.service")["Description"] == "%n of said"


def test_rules_have_them_too(booted: Machine, number: str) -> None:
    """Folders, contents of files, and names of users."""
    booted.succeed(["test", "-d", f"/srv/{number}/%m"])
    assert booted.read_file("/srv/%m.txt") == f"{number} %m"
    assert f":%m {number}:" in booted.succeed(["getent", "passwd", "spec"])


def test_the_manager_takes_its_settings(booted: Machine, number: str) -> None:
    """It says what they are, and complains of none; a variable of all services is plain or not."""
    pairs = (line.partition("=") for line in booted.succeed(["systemctl", "show"]).splitlines())
    shown = {name: value for name, _, value in pairs}
    assert shown["DefaultTimeoutStopUSec"] == "17s"
    assert (shown["DefaultLimitNOFILESoft"], shown["DefaultLimitNOFILE"]) == ("100", "200")
    assert shown["LogLevel"] == "notice"
    assert {"MINE=%m", f"THEIRS={number}"} < set(shown["Environment"].split())
    assert "50-modsvc.conf" not in booted.succeed(["journalctl", "--boot", "--no-pager"])
