"""systemd's own tools about the units of the examples: no finding, and little exposure.

In: the trees, written to a disk. Out: verdicts of `systemd-analyze verify` and `security`. Refuses to
run anything of the units.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.examples import gallery

EXPOSURE = 3.0
"""The most that an example may have, of 10 (systemd-analyze(1), security). All but one have less than 2."""

EXPOSED = {"remote_shell": {"host/shell.service"}}
"""Example -> services that have more, since what they start is to have the rights of whoever logs in."""

pytestmark = [
    pytest.mark.needs_systemd,
    pytest.mark.skipif(
        shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed"
    ),
]


def analyze(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run systemd-analyze, its output in English."""
    return subprocess.run(
        ["systemd-analyze", *map(str, arguments)],
        env={"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=60,
    )


def findings(files: list[Path]) -> list[str]:
    """What verify says about the given unit files, the host's own units left out.

    A program that is not installed here is no finding about the unit.
    """
    done = analyze("verify", "--man=no", *files)
    names = {file.name for file in files}
    said = [line for line in done.stderr.splitlines() if any(name in line for name in names)]
    return [line for line in said if not re.search(r"Command \S+ is not executable", line)]


@pytest.mark.parametrize("name", gallery.NAMES)
def test_verify_finds_nothing(name: str, tmp_path: Path) -> None:
    """All units of a host are read together, as that host would."""
    out = gallery.written(name, tmp_path)
    for host, tree in gallery.trees(name).items():
        folder = out / host / "etc/systemd/system"
        files = [folder / unit for unit in gallery.units(tree)]
        assert files
        assert findings(files) == []


def test_verify_would_find_something(tmp_path: Path) -> None:
    """A misspelt directive in one of these units is found."""
    out = gallery.written("static_site", tmp_path)
    unit = out / "host/etc/systemd/system/handbook.service"
    unit.write_text(unit.read_text().replace("Restart=always", "Restrat=always"))
    assert any("Restrat" in finding for finding in findings([unit]))


def exposure(unit: Path) -> float:
    """The exposure of a service, 0 (none) to 10."""
    done = analyze("security", "--offline=true", "--no-pager", unit)
    found = re.search(r"Overall exposure level for .*: ([0-9.]+) ", done.stdout)
    assert found, done.stderr
    return float(found[1])


@pytest.mark.parametrize("name", gallery.NAMES)
def test_exposure_is_small(name: str, tmp_path: Path) -> None:
    """Every service of every example."""
    out = gallery.written(name, tmp_path)
    exposures = {
        f"{host}/{unit}": exposure(out / host / "etc/systemd/system" / unit)
        for host, tree in gallery.trees(name).items()
        for unit in gallery.units(tree, ".service")
    }
    assert exposures
    assert {unit for unit, found in exposures.items() if found > EXPOSURE} == EXPOSED.get(
        name, set()
    )


def test_exposure_is_measured(tmp_path: Path) -> None:
    """A service without the profile is far above what is allowed."""
    unit = tmp_path / "bare.service"
    unit.write_text("[Service]\nExecStart=/bin/true\n")
    assert exposure(unit) > 9
