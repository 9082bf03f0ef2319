"""`modsvc check`: everything evaluated, and what systemd-analyze says led back to the user's lines.

In: services that only systemd itself finds wrong. Out: findings, notes, exit codes. Where a real
systemd-analyze is needed the test says so; the others bring a program of that name.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from tests.cli.modsvc import Ended, Modsvc

FINE = """
from modsvc_dsl import Host, Lifecycle, Process, Service

limited = Lifecycle(restart_limit="unlimited")
host = Host(services={"web": Service(process=Process(argv=["/bin/true"]), lifecycle=limited)})
"""

WRONG = """
from modsvc_dsl import Hardening, Host, Lifecycle, Process, Service, Systemd, Unit, define, systemd

true = Process(argv=["/bin/true"])


class Web(Service):
    process = true

    @define(Systemd.service)
    def _unit(self) -> Unit:
        return Unit(
            service={
                "TimeoutStopSec": "5min",
            },
            unit={
                "Documentation": ["man:true(1)"],
                "ConditionPathExists": "not/absolute",
            },
        )


host = Host(
    services={
        "web": Web(),
        "calls": Service(
            process=true,
            hardening=Hardening(system_calls=["nope"]),
        ),
        "clock": Service(
            process=true, lifecycle=Lifecycle(restart="on-failure"),
            imports=[
                systemd(
                    timer={"OnCalendar": ["daily", "*-*-* 25:00"]},
                ),
            ],
        ),
        "gone": Service(process=Process(argv=["/usr/bin/not-installed-here"])),
    }
)
"""

real = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed"
)


@pytest.mark.needs_systemd
@real
def test_a_finding_leads_to_the_line_that_caused_it(modsvc: Modsvc) -> None:
    """A directive, an item of the short form, and the portable option that a directive is made of."""
    modsvc.write("web.py", WRONG)
    ended = modsvc.run("check", "web.py")
    assert (ended.code, ended.out) == (5, "")
    assert ended.err == (
        "warning: `services.clock.systemd.timer.timer.OnCalendar` says when, and not what comes of a"
        " time at which the host was down [no-persistence]\n"
        "  defined at web.py:34\n"
        '    34 | timer={"OnCalendar": ["daily", "*-*-* 25:00"]},\n'
        '  to fix: write "Persistent": True to make up for it, or False if it may be missed\n'
        "note: `services.web` starts again however often it ends, and so never counts as failed;"
        " the same for `services.calls`, `services.clock`, `services.gone` [no-restart-limit]\n"
        "note: host: gone.service: Command /usr/bin/not-installed-here is not executable:"
        " No such file or directory\n"
        "finding: calls.service: Failed to parse system call, ignoring: nope\n"
        "  [Service] SystemCallFilter=nope\n"
        "  defined at web.py:28\n"
        '    28 | hardening=Hardening(system_calls=["nope"]),\n'
        "\n"
        "finding: clock.timer: Failed to parse calendar specification, ignoring: *-*-* 25:00\n"
        "  [Timer] OnCalendar=*-*-* 25:00\n"
        "  defined at web.py:34\n"
        '    34 | timer={"OnCalendar": ["daily", "*-*-* 25:00"]},\n'
        "\n"
        "finding: web.service: ConditionPathExists= path is not absolute, ignoring: not/absolute\n"
        "  [Unit] ConditionPathExists=not/absolute\n"
        "  defined at web.py:18\n"
        '    18 | "ConditionPathExists": "not/absolute",\n'
        "\n"
        "3 findings\n"
    )
    assert sorted(path.name for path in modsvc.folder.iterdir()) == ["web.py"]


@pytest.mark.needs_systemd
@real
def test_what_only_this_machine_lacks_is_a_note(modsvc: Modsvc) -> None:
    """A program that is not installed here, a unit that is not here: the check passes."""
    lacking = FINE.replace("/bin/true", "/usr/bin/not-installed-here")
    modsvc.write("web.py", lacking)
    ended = modsvc.run("check", "web.py")
    assert ended.code == 0
    assert ended.out.startswith("web.py: fine, 2 files for 1 host, verified by systemd ")
    assert ended.err.startswith("note: host: web.service: Command /usr/bin/not-installed-here is")


@pytest.mark.needs_systemd
@real
def test_a_name_with_a_colon_is_verified(modsvc: Modsvc) -> None:
    """systemd-analyze would take what stands behind the colon for another name of the file."""
    modsvc.write(
        "web.py",
        "from modsvc_dsl import Hardening, Host, Lifecycle, Process, Service\n"
        'true, once = Process(argv=["/bin/true"]), Lifecycle(type="oneshot")\n'
        "host = Host(services={\n"
        '    "a:b": Service(process=true, lifecycle=once),\n'
        '    "c:d:e": Service(process=true, lifecycle=once,\n'
        '                     hardening=Hardening(system_calls=["nope"])),\n'
        "})\n",
    )
    ended = modsvc.run("check", "web.py")
    assert ended == Ended(
        5,
        "",
        "finding: c:d:e.service: Failed to parse system call, ignoring: nope\n"
        "  [Service] SystemCallFilter=nope\n"
        "  defined at web.py:6\n"
        '     6 | hardening=Hardening(system_calls=["nope"])),\n'
        "\n1 finding\n",
    )


@pytest.mark.needs_systemd
@real
def test_a_unit_that_takes_the_place_of_a_packages_is_noted(modsvc: Modsvc) -> None:
    """As far as this machine knows: a unit of systemd's own is one that every machine with it has."""
    modsvc.write("web.py", FINE.replace('"web"', '"systemd-logind"'))
    ended = modsvc.run("check", "web.py")
    assert ended.code == 0
    own, here = ended.err.splitlines()
    assert own == (
        "note: host: `services.systemd-logind`: systemd-logind.service takes the place of the unit of"
        " that name that systemd has itself; drop_in=True adds to it instead"
    )
    assert here.startswith("note: host: systemd-logind.service takes the place of /")
    assert here.endswith("lib/systemd/system/systemd-logind.service, which this machine has")


def with_analyze(modsvc: Modsvc, script: str) -> Ended:
    """A run of the check with a systemd-analyze that does what a shell script says."""
    program = modsvc.write("bin/systemd-analyze", f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    path = f"{modsvc.folder}/bin:{os.environ['PATH']}"
    return modsvc.run("check", "web.py", environment={"PATH": path})


VERSION = '[ "$1" = --version ] && echo "systemd 257 (257.9)" && exit 0\n'


def test_without_systemd_it_is_said_that_nobody_looked(modsvc: Modsvc, tmp_path: Path) -> None:
    """The check of everything else still counts."""
    modsvc.write("web.py", FINE)
    (tmp_path / "empty").mkdir()
    ended = modsvc.run("check", "web.py", environment={"PATH": f"{tmp_path}/empty"})
    assert ended == Ended(
        0,
        "web.py: fine, 2 files for 1 host\n",
        "note: systemd-analyze is not installed here: no unit was verified\n",
    )


def test_mistakes_come_before_findings(modsvc: Modsvc) -> None:
    """Nobody is asked about units that cannot be built."""
    modsvc.write("web.py", FINE.replace('"/bin/true"', '"true"'))
    ended = with_analyze(modsvc, "touch asked")
    assert ended.code == 1
    assert not (modsvc.folder / "asked").exists()


def test_all_units_of_a_host_are_verified_at_once(modsvc: Modsvc) -> None:
    """One call for each host; units of this machine can be found beside them; no manuals are."""
    services = '{"a": Service(process=true), "b": Service(process=true)}'
    modsvc.write(
        "web.py",
        "from modsvc_dsl import Fleet, Host, Process, Service\n"
        'true = Process(argv=["/bin/true"])\n'
        f'fleet = Fleet(hosts={{"one": Host(services={services}), "two": Host(services={services})}})\n',
    )
    script = f'{VERSION}echo "$SYSTEMD_UNIT_PATH $LC_ALL $*" >>asked\nls -R "${{SYSTEMD_UNIT_PATH%:}}" >>seen'
    ended = with_analyze(modsvc, script)
    assert ended.code == 0
    calls = (modsvc.folder / "asked").read_text().splitlines()
    assert len(calls) == 2
    for call in calls:
        search, locale, verb, *options, one, two = call.split()
        folder = search.rstrip(":")
        assert search.endswith(":")
        assert (locale, verb) == ("C.UTF-8", "verify")
        assert options == ["--man=no", "--recursive-errors=no"]
        assert (one, two) == (f"{folder}/a.service", f"{folder}/b.service")
        assert not Path(folder).exists()
    assert "multi-user.target.wants" in (modsvc.folder / "seen").read_text()


def test_a_finding_among_hosts_names_its_own(modsvc: Modsvc) -> None:
    """Hosts made in a loop are written in one line, and their units are called alike."""
    modsvc.write(
        "web.py",
        "from modsvc_dsl import Fleet, Host, Process, Service\n"
        'true = Process(argv=["/bin/true"])\n'
        'fleet = Fleet(hosts={name: Host(services={"a": Service(process=true)}) for name in ("one", "two")})\n',
    )
    script = f'{VERSION}echo "a.service: is odd" >&2; exit 1'
    ended = with_analyze(modsvc, script)
    assert ended.code == 5
    assert "one: a.service: is odd" in ended.err and "two: a.service: is odd" in ended.err


BROKEN = {
    "it crashes": ("exit 139", "it ended with 139 and said: (nothing)"),
    "it is not content and does not say why": (
        "echo 'Failed to do something: Operation not permitted' >&2; exit 1",
        "it ended with 1 and said: Failed to do something: Operation not permitted",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_verification_that_breaks_down_is_no_pass(modsvc: Modsvc, case: str) -> None:
    """What nobody understands is shown, and fails."""
    script, said = BROKEN[case]
    modsvc.write("web.py", FINE)
    ended = with_analyze(modsvc, VERSION + script)
    assert ended == Ended(
        5,
        "",
        f"error: systemd-analyze could not look at the units\n  {said}\n"
        "  to fix: run it by hand on the built units, or uninstall it if it does not work here\n",
    )


def test_a_version_that_is_none_is_no_pass(modsvc: Modsvc) -> None:
    """A program that only has the name."""
    modsvc.write("web.py", FINE)
    ended = with_analyze(modsvc, "echo hello")
    assert ended.code == 5
    assert "`systemd-analyze --version` says 'hello'" in ended.err


ROOT = """
from modsvc_dsl import Host, Identity, Lifecycle, Meta, Process, Service

def web(**silenced):
    return Host(services={"web": Service(
        process=Process(argv=["/bin/true", "--token", "hunter2"]),
        identity=Identity(user="root"),
        lifecycle=Lifecycle(type="oneshot"),
        meta=Meta(silenced=silenced),
    )})

loud = web()
quiet = web(root="it is meant", **{"secret-in-text": "a test"})
vain = web(root="it is meant", **{"secret-in-text": "a test", "shell-in-argv": "no more"})
"""


def test_rules_warn_and_strict_fails(modsvc: Modsvc, tmp_path: Path) -> None:
    """A warning has its rule and its line, but for a secret's; it fails where it is asked to."""
    modsvc.write("web.py", ROOT)
    (tmp_path / "empty").mkdir()
    nothing = {"PATH": f"{tmp_path}/empty"}
    ended = modsvc.run("check", "web.py:loud", environment=nothing)
    assert ended.code == 0 and "hunter2" not in ended.err
    assert ended.err.startswith(
        "warning: `services.web.identity.user` is root [root]\n"
        "  defined at web.py:7\n"
        '     7 | identity=Identity(user="root"),\n'
        "  to fix: leave identity.user away"
    )
    assert "`services.web.process.argv[1]` looks like a secret [secret-in-text]\n" in ended.err
    assert modsvc.run("check", "web.py:loud", "--strict", environment=nothing).code == 5
    assert modsvc.run("check", "web.py:quiet", "--strict", environment=nothing).code == 0


def test_a_silence_in_vain_is_told(modsvc: Modsvc, tmp_path: Path) -> None:
    """So that it does not outlive its reason."""
    modsvc.write("web.py", ROOT)
    (tmp_path / "empty").mkdir()
    ended = modsvc.run("check", "web.py:vain", environment={"PATH": f"{tmp_path}/empty"})
    assert ended.err.startswith(
        "warning: `services.web.meta.silenced.shell-in-argv` silences a rule that finds nothing here"
        " [unused-silence]\n"
    )


EXPOSED = """
from modsvc_dsl import Hardening, Host, Lifecycle, Meta, Process, Service

once = Lifecycle(type="oneshot")
true = Process(argv=["/bin/true"])
host = Host(services={
    "confined": Service(process=true, lifecycle=once),
    "open": Service(
        process=true,
        lifecycle=once,
        hardening=Hardening(enable=False),
        meta=Meta(silenced={"no-hardening": "a test"}),
    ),
})
"""


@pytest.mark.needs_systemd
@real
def test_units_that_are_too_exposed(modsvc: Modsvc) -> None:
    """The unit is named, with what costs most, and where its service is written."""
    modsvc.write("web.py", EXPOSED)
    ended = modsvc.run("check", "web.py", "--security", "3")
    assert (ended.code, ended.out) == (5, "")
    lines = ended.err.splitlines()
    assert re.fullmatch(r"finding: open.service: its exposure is \d(\.\d)?, and may be 3", lines[0])
    assert lines[1] == "  what costs most:"
    assert all(re.fullmatch(r"    \S.*=.* 0\.\d: Service .*", line) for line in lines[2:7])
    assert lines[7:] == [
        "  service written at web.py:8",
        '     8 | "open": Service(',
        "",
        "1 finding",
    ]
    assert modsvc.run("check", "web.py", "--security", "9.9").code == 0


def test_an_exposure_that_nobody_can_judge_is_no_pass(modsvc: Modsvc, tmp_path: Path) -> None:
    """Who asks for it wants to know."""
    modsvc.write("web.py", FINE)
    (tmp_path / "empty").mkdir()
    nothing = {"PATH": f"{tmp_path}/empty"}
    ended = modsvc.run("check", "web.py", "--security", "3", environment=nothing)
    assert ended.code == 5
    assert ended.err.endswith(
        "error: systemd-analyze is not installed here, so nobody can say how exposed the units are\n"
        "  to fix: install systemd 250 or newer, or leave --security out\n"
    )
    script = '[ "$1" = --version ] && echo "systemd 257 (257.9)"; exit 0'
    program = modsvc.write("bin/systemd-analyze", f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    path = {"PATH": f"{modsvc.folder}/bin:{os.environ['PATH']}"}
    silent = modsvc.run("check", "web.py", "--security", "3", environment=path)
    assert silent.code == 5 and "it says nothing of web.service" in silent.err


@pytest.mark.parametrize("most", ["11", "-1", "nan", "much"])
def test_exposures_that_there_are_not(modsvc: Modsvc, most: str) -> None:
    """A wrong command line."""
    modsvc.write("web.py", FINE)
    assert modsvc.run("check", "web.py", "--security", most).code == 2


def test_findings_for_machines(modsvc: Modsvc, tmp_path: Path) -> None:
    """One list on the first stream, and the same exit codes; a line with a secret is not in it."""
    modsvc.write("web.py", ROOT)
    (tmp_path / "empty").mkdir()
    nothing = {"PATH": f"{tmp_path}/empty"}
    ended = modsvc.run("check", "web.py:loud", "--json", "--strict", environment=nothing)
    assert ended.code == 5 and "hunter2" not in ended.out
    assert ended.err == "note: systemd-analyze is not installed here: no unit was verified\n"
    root, secret = json.loads(ended.out)
    assert root["places"] == [{"label": "defined", "file": "HERE/web.py", "line": 7}]
    assert {name: root[name] for name in ("rule", "severity", "path", "headline", "found")} == {
        "rule": "root",
        "severity": "warning",
        "path": "services.web.identity.user",
        "headline": "`services.web.identity.user` is root",
        "found": [],
    }
    assert secret["rule"] == "secret-in-text"
    assert secret["places"] == [{"label": "defined", "file": "HERE/web.py", "line": 6}]
    quiet = modsvc.run("check", "web.py:quiet", "--json", environment=nothing)
    assert (quiet.code, json.loads(quiet.out)) == (0, [])
