"""`systemd-analyze` over units of users, drop-ins, masks and templates.

In: hosts that have them. Out: findings and notes of `modsvc check`. Each needs a real systemd-analyze.
"""

from __future__ import annotations

import os
import re
import shutil

import pytest

from modsvc_dsl.cli import systemd_analyze
from tests.cli.modsvc import Modsvc

real = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed"
)

USERS = """
from modsvc_dsl import Hardening, Host, HostSystemd, Process, Service, SystemdHost, SystemdManager, Unit, systemd

host = Host(
    manager=SystemdManager(scope="user"),
    services={
        "sync": Service(
            process=Process(argv=["/bin/true"]),
            hardening=Hardening(system_calls=["nope"]),
        ),
    },
    imports=[
        SystemdHost(
            systemd=HostSystemd(
                services={
                    "gone": Unit(enable=False),
                    "nowhere": Unit(drop_in=True, unit={
                        "ConditionPathExists": "not/absolute",
                    }),
                    "each@": Unit(service={
                        "ExecStart": "/usr/bin/not-installed-here",
                    }),
                },
            ),
        ),
    ],
)
"""


@pytest.mark.needs_systemd
@real
@pytest.mark.parametrize("scope", ["user", "system"])
def test_units_of_users_drop_ins_and_masks_are_verified(modsvc: Modsvc, scope: str) -> None:
    """A drop-in for a unit that is not here is read; a mask is one; a template is told as itself."""
    modsvc.write("web.py", USERS.replace('"user"', f'"{scope}"'))
    ended = modsvc.run("check", "web.py")
    assert (ended.code, ended.out) == (5, "")
    assert ended.err[ended.err.index("note: host: each@") :] == (
        "note: host: each@.service: Command /usr/bin/not-installed-here is not executable:"
        " No such file or directory\n"
        "finding: sync.service: Failed to parse system call, ignoring: nope\n"
        "  [Service] SystemCallFilter=nope\n"
        "  defined at web.py:9\n"
        '     9 | hardening=Hardening(system_calls=["nope"]),\n'
        "\n"
        "finding: nowhere.service.d/50-modsvc.conf: ConditionPathExists= path is not absolute,"
        " ignoring: not/absolute\n"
        "  [Unit] ConditionPathExists=not/absolute\n"
        "  defined at web.py:18\n"
        '    18 | "ConditionPathExists": "not/absolute",\n'
        "\n"
        "2 findings\n"
    )


@pytest.mark.needs_systemd
@real
def test_a_drop_in_is_verified_with_the_unit_that_is_here(modsvc: Modsvc) -> None:
    """What only both together do wrong is a finding on the drop-in."""
    modsvc.write(
        "web.py",
        "from modsvc_dsl import HostSystemd, SystemdHost, Unit\n"
        'added = Unit(drop_in=True, service={"ExecStart": ["/bin/true"]})\n'
        'host = SystemdHost(systemd=HostSystemd(services={"systemd-logind": added}))\n',
    )
    ended = modsvc.run("check", "web.py")
    assert ended.code == 5
    assert ended.err.startswith(
        "finding: systemd-logind.service.d/50-modsvc.conf: Service has more than one ExecStart="
    )


@pytest.mark.needs_systemd
@real
def test_masks_alone_are_fine(modsvc: Modsvc) -> None:
    """systemd-analyze is not content with any masked unit, and that is what was asked for."""
    modsvc.write(
        "web.py",
        "from modsvc_dsl import HostSystemd, SystemdHost, Unit\n"
        'host = SystemdHost(systemd=HostSystemd(timers={"a": Unit(enable=False)}))\n',
    )
    ended = modsvc.run("check", "web.py")
    assert (ended.code, ended.err) == (0, "")


@pytest.mark.needs_systemd
@real
def test_units_of_users_can_be_too_exposed(modsvc: Modsvc) -> None:
    """They are judged as units of a user's manager."""
    modsvc.write("web.py", USERS)
    ended = modsvc.run("check", "web.py", "--security", "1")
    assert "finding: sync.service: its exposure is " in ended.err


def test_units_lie_in_memory_unless_the_user_says_where(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of files for a moment need no disk; TMPDIR is obeyed."""
    monkeypatch.delenv("TMPDIR", raising=False)
    assert systemd_analyze.in_memory() in (systemd_analyze.MEMORY, None)
    monkeypatch.setattr(systemd_analyze, "MEMORY", "/nowhere")
    assert systemd_analyze.in_memory() is None
    monkeypatch.setattr(systemd_analyze, "MEMORY", "/tmp")
    assert systemd_analyze.in_memory() == "/tmp"
    monkeypatch.setenv("TMPDIR", "/var/tmp")
    assert systemd_analyze.in_memory() is None


FLEET = """
from modsvc_dsl import Fleet, Host, Process, Service

def having(name: str) -> Host:
    return Host(services={name: Service(process=Process(argv=["/bin/true"]))})


fleet = Fleet(hosts={"one": having("first"), "two": having("a"), "three": having("b")})
"""


def scripted(modsvc: Modsvc, script: str) -> dict[str, str]:
    """The environment of a run whose systemd-analyze does what a shell script says."""
    version = '[ "$1" = --version ] && echo "systemd 257 (257.9)" && exit 0\n'
    modsvc.write("bin/systemd-analyze", f"#!/bin/sh\n{version}{script}\n").chmod(0o755)
    (modsvc.folder / "tmp").mkdir()
    path = f"{modsvc.folder}/bin:{os.environ['PATH']}"
    return {"PATH": path, "TMPDIR": f"{modsvc.folder}/tmp"}


def test_every_host_is_looked_at_whatever_is_found_on_others(modsvc: Modsvc) -> None:
    """Findings come in the order of the hosts, though several are looked at at once."""
    modsvc.write("web.py", FLEET)
    script = (
        "eval last=\\${$#}\n"
        'case "$last" in *first*) sleep 0.3;; esac\n'
        'echo "$last:1: Strange, ignoring: ${last##*/}" >&2; echo x >>asked'
    )
    ended = modsvc.run("check", "web.py", environment=scripted(modsvc, script))
    assert ended.code == 5
    assert (modsvc.folder / "asked").read_text() == "x\n" * 3
    told = re.findall("finding: .*Strange, ignoring: (.*)", ended.err)
    assert told == ["first.service", "a.service", "b.service"]
    assert not list((modsvc.folder / "tmp").iterdir())


def test_no_look_goes_on_behind_a_failure(modsvc: Modsvc) -> None:
    """The programs that are still at work on other hosts end with the command, and leave nothing."""
    modsvc.write("web.py", FLEET)
    script = (
        'case "$*" in *first*) sleep 0.3; exit 139;; esac\n'  # when the others have begun
        "echo $$ >>others; exec sleep 60"
    )
    ended = modsvc.run("check", "web.py", environment=scripted(modsvc, script))
    assert ended.code == 5
    assert "it ended with 139" in ended.err
    assert not list((modsvc.folder / "tmp").iterdir())
    others = modsvc.folder / "others"
    for number in others.read_text().split() if others.exists() else []:
        with pytest.raises(ProcessLookupError):
            os.kill(int(number), 0)
