"""A line of a unit leads to the definition that it comes from.

In: services whose units say something by every way there is. Out: options and lines of this file.
Refuses to know which text a directive gets: `test_emit` does.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from modsvc_dsl import (
    Hardening,
    Host,
    Identity,
    Lifecycle,
    Process,
    Relations,
    Service,
    Systemd,
    Unit,
    build,
    define,
    evaluate,
    has_option,
    systemd,
)
from modsvc_dsl.managers.systemd.scope import UNITS
from modsvc_dsl.managers.systemd.findings import assignment
from modsvc_dsl.managers.systemd.portable.every import MADE_FROM
from modsvc_dsl.managers.systemd.trace import trace
from modsvc_dsl.managers.tree import File

TRUE = Process(argv=["/bin/true"])


class Web(Service):
    process = Process(
        argv=["/bin/true", "argument"],
        environment={
            "LANG": "C",
            "TZ": "UTC",
        },
    )
    lifecycle = Lifecycle(restart_delay=7)
    identity = Identity(user="www")

    @define(Systemd.service)
    def _unit(self) -> Unit:
        return Unit(
            service={"Nice": 5},
            extra={"Service": {"X-Owner": "me"}},
        )

    @define(Systemd.services["prepare"])
    def _prepare(self) -> Unit:
        return Unit(service={"ExecStart": "/bin/prepare", "Type": "oneshot"})


class Calm(Web):
    @define(Systemd.service.service)
    def _calm(self) -> Any:
        return {"Environment": ["EXTRA=1"]}


db = Service(process=TRUE)
HOST = Host(
    services={
        "web": Web(relations=Relations(after=[db])),
        "calm": Calm(hardening=Hardening(home="visible")),
        "db": db,
        "short": Service(
            process=TRUE,
            imports=[
                systemd(
                    main_exec_start="/bin/true $A",
                    timer={"OnCalendar": "daily"},
                )
            ],
        ),
    }
)

LINES = {
    ("web", "web.service", "Service", "Nice", "5"): 'service={"Nice": 5},',
    ("web", "web.service", "Service", "X-Owner", "me"): 'extra={"Service": {"X-Owner": "me"}},',
    ("web", "web.service", "Service", "ExecStart", "/bin/true argument"): '"argument"],',
    ("web", "web.service", "Service", "Environment", "LANG=C"): '"LANG": "C",',
    ("web", "web.service", "Service", "RestartSec", "7"): "Lifecycle(restart_delay=7)",
    ("web", "web.service", "Service", "User", "www"): 'Identity(user="www")',
    ("web", "web.service", "Unit", "After", "db.service"): "Relations(after=[db])",
    ("web", "web-prepare.service", "Service", "ExecStart", "/bin/prepare"): '"/bin/prepare",',
    ("calm", "calm.service", "Service", "Environment", "EXTRA=1"): '"EXTRA=1"',
    ("calm", "calm.service", "Service", "ProtectHome", "false"): 'Hardening(home="visible")',
    ("short", "short.service", "Service", "ExecStart", "/bin/true $A"): "main_exec_start=",
    ("short", "short.timer", "Timer", "OnCalendar", "daily"): 'timer={"OnCalendar"',
    # nobody said these: where the service was written
    ("web", "web.service", "Service", "ProtectSystem", "strict"): '"web": Web(',
    ("short", "short.service", "Install", "WantedBy", "multi-user.target"): '"short": Service(',
    ("db", "db.service", "Service", "ProtectHome", "true"): "db = Service(",
    ("db", "db.service", "Service", "NoSuch", "x"): "db = Service(",
}


@pytest.fixture(scope="module")
def result() -> Any:
    """The host above, evaluated."""
    return evaluate(HOST)


def line_of(text: str) -> int:
    """The first line of this file that holds a text."""
    lines = Path(__file__).read_text(encoding="utf-8").splitlines()
    return next(n for n, line in enumerate(lines, 1) if text in line)


@pytest.mark.parametrize("line", LINES)
def test_a_line_comes_from_a_line(result: Any, line: tuple[str, str, str, str, str]) -> None:
    """The first place told is the line of the definition."""
    service, *rest = line
    found = trace(result.services[service], *rest)
    _, place = found.places[0]
    assert (place.file, place.line) == (__file__, line_of(LINES[line]))


def test_every_line_of_every_unit_comes_from_this_file(result: Any) -> None:
    """Whatever the manager writes, the user is led to something that the user wrote."""
    tree = build(result).trees["host"]
    traced = 0
    for path, entry in tree.items():
        if not isinstance(entry, File) or not path.startswith(UNITS):
            continue
        service, unit = result.services[entry.service[0]], path.rpartition("/")[2]
        text = entry.content.decode()
        for number in range(1, text.count("\n") + 1):
            assigned = assignment(text, number)
            if assigned is not None:
                found = trace(service, unit, assigned.section, assigned.directive, assigned.text)
                assert {place.file for _, place in found.places} == {__file__}
                traced += 1
    assert traced > 100


@pytest.mark.parametrize("directive", MADE_FROM)
def test_the_options_that_directives_are_made_from_exist(result: Any, directive: str) -> None:
    """The table names options of the portable service."""
    assert has_option(result.services["db"], MADE_FROM[directive])
