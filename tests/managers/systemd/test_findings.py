"""What systemd-analyze says is understood: findings, what the machine lacks, and the rest.

In: lines as systemd 252 and 257 write them, about units that are built here. Out: judgements. Refuses to run it:
`tests/cli/test_check.py` does.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from modsvc_dsl import Hardening, Host, Process, Service, Systemd, Unit, build, define, evaluate
from modsvc_dsl import systemd as short
from modsvc_dsl.managers.systemd.scope import UNITS
from modsvc_dsl.managers.systemd.findings import Judge, Judgement, assignment, units_of_tree
from modsvc_dsl.managers.tree import File

FOLDER = "/tmp/modsvc-1"


TRUE = Process(argv=["/bin/true"])


class Web(Service):
    process = TRUE

    @define(Systemd.service)
    def _unit(self) -> Unit:
        return Unit(
            unit={
                "ConditionPathExists": "relative",
            }
        )


HOST = Host(
    services={
        "web": Web(imports=[short(socket={"ListenStream": ["80"]})]),
        "shop": Service(
            services={
                "new": Service(process=TRUE, imports=[short(service={"Type": "notify-reload"})])
            },
            hardening=Hardening(home="visible"),
        ),
    }
)


@pytest.fixture(scope="module")
def judge() -> Judge:
    """A judge over the units above, on a machine with systemd 252 for a host with 257."""
    result: Any = evaluate(HOST)
    return Judge(build(result).trees["host"], result.services, FOLDER, 252, 257)


def at(judge: Judge, unit: str, assigned: str, message: str) -> str:
    """What systemd-analyze would say of the line of a unit that assigns this."""
    entry = judge.tree[f"{UNITS}/{unit}"]
    assert isinstance(entry, File)
    number = entry.content.decode().splitlines().index(assigned) + 1
    return f"{FOLDER}/{unit}:{number}: {message}"


def line_of(text: str) -> int:
    """The line of this file that holds a text only it holds."""
    lines = Path(__file__).read_text(encoding="utf-8").splitlines()
    [number] = [n for n, line in enumerate(lines, 1) if text in line and "line_of" not in line]
    return number


def test_a_setting_leads_to_its_line(judge: Judge) -> None:
    """A finding has the unit, the words of systemd, the assignment, and the user's line."""
    message = "ConditionPathExists= path is not absolute, ignoring: relative"
    judged = judge.judge(at(judge, "web.service", "ConditionPathExists=relative", message))
    [finding] = judged.findings
    report = finding.report()
    assert report.headline == f"web.service: {message}"
    assert report.found == ("[Unit] ConditionPathExists=relative",)
    assert [(label, each.file, each.line) for label, each in report.places] == [
        ("defined", __file__, line_of('"ConditionPathExists": "relative",'))
    ]
    assert finding.path == ("services", "web", "systemd", "service", "unit", "ConditionPathExists")
    assert (judged.lacking, judged.other) == ((), ())


def test_one_finding_is_told_once(judge: Judge) -> None:
    """Though systemd says it of a line twice, and says again that the unit will not load."""
    line = at(judge, "web.service", "ConditionPathExists=relative", "no")
    output = f"{line}\n{line}\nUnit web.service has a bad unit file setting.\n"
    assert len(judge.judge(output).findings) == 1


def test_a_unit_as_a_whole_leads_to_its_service(judge: Judge) -> None:
    """What is said of no line of it is told of where the service is written."""
    said = "web.service: Service has no ExecStart=, ExecStop=, or SuccessAction=. Refusing."
    [finding] = judge.judge(said).findings
    assert finding.report().places[0][1].line == line_of('"web": Web(')
    [only] = judge.judge("Unit web.service has a bad unit file setting.").findings
    assert only.unit == "web.service"


LACKING = {
    "a program": "web.service: Command /bin/true is not executable: No such file or directory",
    "a program it may not run": "web.service: Command /bin/true is not executable: Permission denied",
    "a unit": "web.service: Unit database.service not found.",
    "a unit of a socket": "web.socket: service nginx.service not loaded, socket cannot be started.",
}


@pytest.mark.parametrize("case", LACKING)
def test_what_the_machine_lacks_is_no_finding(judge: Judge, case: str) -> None:
    """The host may have it."""
    judged = judge.judge(LACKING[case])
    assert judged == Judgement(lacking=(LACKING[case].rstrip("."),))


def test_a_socket_without_its_own_service_is_a_finding(judge: Judge) -> None:
    """No host has that one: it is called as the socket, so it would have to be built here."""
    said = "web.socket: service web.service not loaded, socket cannot be started."
    assert len(judge.judge(said).findings) == 1


def test_a_setting_for_a_newer_systemd_is_no_finding(judge: Judge) -> None:
    """The host's version knows the value; the one that was asked does not."""
    line = at(
        judge,
        "shop-new.service",
        "Type=notify-reload",
        "Failed to parse service type, ignoring: notify-reload",
    )
    said = "shop-new.service: Type=notify-reload is for systemd 257;"
    [lacking] = judge.judge(line).lacking
    assert lacking.startswith(said)
    same = Judge(judge.tree, judge.services, FOLDER, 257, 257)
    assert len(same.judge(line).findings) == 1
    wrong = at(judge, "shop-new.service", "Restart=always", "Failed to parse, ignoring: always")
    assert len(judge.judge(wrong).findings) == 1


OTHER = (
    "/lib/systemd/system/old.service:7: Unknown key 'Foo' in section [Service], ignoring.",
    "old.service: Command /usr/bin/old is not executable: No such file or directory",
    "Couldn't process aliases: No such file or directory",
)


@pytest.mark.parametrize("line", OTHER)
def test_what_is_said_of_other_things_is_kept_apart(judge: Judge, line: str) -> None:
    """Units of this machine are not ours to judge, and what nobody understands is passed on."""
    assert judge.judge(f"\n{line}\n") == Judgement(other=(line,))


def test_a_line_of_a_unit_is_what_it_assigns() -> None:
    """The section that it stands in, the directive, the text; comments and headers assign nothing."""
    text = "# A=1\n[Unit]\nAfter=a=b\n\n[Service]\nType=\n;B=2\n"
    found = [assignment(text, number) for number in range(10)]
    assert [each and (each.section, each.directive, each.text) for each in found] == [
        *(None, None, None),
        ("Unit", "After", "a=b"),
        *(None, None),
        ("Service", "Type", ""),
        *(None, None, None),
    ]


def test_units_of_a_tree_are_its_files(judge: Judge) -> None:
    """Links and the folders of links are not looked at by themselves, and config files not at all."""
    tree = {**judge.tree, "etc/system-services/web/x.service": File(b"")}
    assert units_of_tree(tree) == ["shop-new.service", "web.service", "web.socket"]
