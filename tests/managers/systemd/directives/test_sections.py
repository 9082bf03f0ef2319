"""Type checkers know every directive and its values; and the types agree with the tables."""

from __future__ import annotations

import re
import subprocess
import sys
import typing
from pathlib import Path

import pytest

from modsvc_dsl.managers.systemd.directives import sections
from modsvc_dsl.managers.systemd.directives.table import load, versions

ROOT = Path(__file__).parents[4]
IMPORTS = """
from datetime import timedelta
from pathlib import Path
from modsvc_dsl.managers.systemd.directives.sections import (
    ServiceSection, SocketSection, TimerSection, UnitSection,
)

def unit(
    service: ServiceSection | None = None,
    unit: UnitSection | None = None,
    socket: SocketSection | None = None,
    timer: TimerSection | None = None,
) -> None: ...

"""
ACCEPTED = """
unit(service={"ProtectSystem": "strict", "RestartSec": 2, "ProtectHome": True, "Type": "exec"})
unit(service={"ExecStart": ["", "/bin/x"], "ExecStop": "/bin/y", "UMask": 0o77, "PrivateTmp": True})
unit(service={"ReadWritePaths": [Path("/x"), "/y"], "WorkingDirectory": Path("/"), "User": 0})
unit(service={"Delegate": True, "CPUWeight": "idle", "LimitNOFILE": 1024, "MemoryMax": None})
unit(service={"TimeoutSec": timedelta(seconds=2), "RuntimeMaxSec": 1.5, "WatchdogSec": "5min"})
unit(service={"SuccessExitStatus": [1, "SIGKILL"], "StandardOutput": "file:/x", "Nice": -5})
unit(unit={"Documentation": ["https://x"], "After": "a.service", "ConditionFirstBoot": True})
unit(unit={"ConditionPathExists": ["/a", Path("/b")], "StartLimitBurst": 5})
unit(socket={"ListenStream": [80, "/run/x"], "SocketMode": "0660", "Accept": False})
unit(timer={"OnBootSec": [1.5, "2min"], "OnCalendar": "daily", "Persistent": True})
"""
REJECTED = [
    'service={"ProtectSystem": "strictly"}',
    'service={"ProtectSytem": "strict"}',
    'service={"Documentation": ["https://x"]}',
    'service={"NoNewPrivileges": "yes"}',
    'service={"Restart": True}',
    'service={"Restart": "allways"}',
    'service={"ExecStart": 3}',
    'service={"Nice": "5"}',
    'service={"BusPolicy": "x"}',
    'unit={"Type": "exec"}',
    'unit={"After": [1]}',
    'socket={"ListenStream": 1.5}',
    'timer={"OnCalendar": 5}',
]


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--hide-error-context"],
        [sys.executable, "-m", "pyright"],
    ],
    ids=["mypy", "pyright"],
)
def test_checkers_take_what_is_right_and_nothing_else(command: list[str], tmp_path: Path) -> None:
    text = IMPORTS + ACCEPTED + "".join(f"unit({wrong})\n" for wrong in REJECTED)
    file = tmp_path / "written.py"
    file.write_text(text)
    result = subprocess.run([*command, str(file)], capture_output=True, text=True, cwd=ROOT)
    reported = {int(n) for n in re.findall(r"written\.py:(\d+):.*error", result.stdout)}
    last = len(text.splitlines())
    assert reported == set(range(last - len(REJECTED) + 1, last + 1)), result.stdout + result.stderr


def test_the_types_have_the_names_of_the_tables() -> None:
    for section in load(versions()[-1]).sections():
        typed = typing.get_type_hints(getattr(sections, f"{section}Section"))
        known = {
            name
            for version in versions()
            for name in load(version).names(section)
            if (found := load(version).directive(section, name)) and found.kind != "ignored"
        }
        assert typed.keys() == known


def test_the_values_of_enums_are_those_of_the_tables() -> None:
    for version in versions():
        for section in load(version).sections():
            typed = typing.get_type_hints(getattr(sections, f"{section}Section"))
            for name in load(version).names(section):
                found = load(version).directive(section, name)
                if found and found.kind == "enum":
                    members = typing.get_args(typed[name])
                    words = {word for m in members for word in typing.get_args(m)}
                    assert words >= set(found.values), name
                    assert (bool in members) == found.boolean, name
