"""Hundreds of directives with values of every kind, written by `render`, read by systemd.

In: the table of the systemd that is installed. Out: verdicts of `systemd-analyze verify`. Refuses to
know services.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from modsvc_dsl.managers.systemd.directives.problems import problem
from modsvc_dsl.managers.systemd.directives.table import load, versions
from modsvc_dsl.managers.systemd.directives.values import render
from tests.managers.systemd.directives import settings
from tests.managers.systemd.directives.samples import ELSEWHERE, VERIFY, WRONG, Trial, written


def installed() -> int:
    """The version of the systemd here, 0 where there is none."""
    if shutil.which("systemd-analyze") is None:
        return 0
    out = subprocess.run(["systemd-analyze", "--version"], capture_output=True, text=True)
    match = re.match(r"systemd (\d+)", out.stdout)
    return int(match[1]) if match else 0


VERSION = installed()
pytestmark = [
    pytest.mark.needs_systemd,
    pytest.mark.skipif(VERSION not in versions(), reason="no systemd here that has a table"),
]


def complaints(folder: Path, section: str, lines: list[str]) -> list[str]:
    """What systemd says about the lines of one section."""
    if section == "Manager":
        return [line for line in settings.complaints(lines) if not ELSEWHERE.search(line)]
    trial = Trial(section, lines)
    file = folder / trial.name
    file.write_text(trial.text)
    done = subprocess.run([*VERIFY, str(file)], capture_output=True, text=True, check=False)
    return trial.complaints(done.stderr)


@pytest.mark.parametrize("section", load(versions()[0]).sections())
def test_systemd_takes_every_directive(section: str, tmp_path: Path) -> None:
    lines, names = written(load(VERSION), section)
    assert names
    assert complaints(tmp_path, section, lines) == []


@pytest.mark.parametrize("section", ["Unit", "Service", "Socket", "Timer", "Path", "Manager"])
def test_systemd_takes_empty_values_where_we_do(section: str, tmp_path: Path) -> None:
    """A single value that is empty is a default again for some, and a mistake for others.

    One that it refuses for good ends its reading of the file, so those come one by one.
    """
    table = load(VERSION)
    found = (table.directive(section, name) for name in table.names(section))
    single = [each for each in found if each and not each.many and not each.legacy]
    taken = [f"{each.name}=" for each in single if not problem(each, "")]
    assert complaints(tmp_path, section, taken) == []
    for each in single:
        if problem(each, ""):
            assert complaints(tmp_path, section, [f"{each.name}="]), each.name


def test_hundreds_of_directives_are_tried() -> None:
    table = load(VERSION)
    tried = {name for section in table.sections() for name in written(table, section)[1]}
    assert len(tried) > 400


KNOWN = [each for each in WRONG if VERSION in versions() and load(VERSION).directive(*each[:2])]


@pytest.mark.parametrize(("section", "name", "value"), KNOWN)
def test_what_is_refused_here_is_refused_by_systemd(
    section: str, name: str, value: object, tmp_path: Path
) -> None:
    directive = load(VERSION).directive(section, name)
    assert directive is not None
    lines = [f"{name}={text}" for text in render(directive, value)]
    assert complaints(tmp_path, section, lines)
    if name != "OnCalendar":  # only systemd can tell
        assert problem(directive, value)
