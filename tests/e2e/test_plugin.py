"""The fixtures in a pytest of their own: what a failed test shows, and how a lack is reported."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# A place of its own, since this process may hold the lock of the real one.
CONFTEST = """\
import pathlib
from modsvc_dsl.testing import lock, sandbox
from modsvc_dsl.testing import machine as machine_module
from modsvc_dsl.testing.plugin import machine, machine_factory, pytest_runtest_makereport
sandbox.PLACE = pathlib.Path(__file__).parent / "place"
sandbox._LOCK = lock.HostLock(sandbox.PLACE / "lock")
"""

LACKING = "machine_module.missing = lambda root: 'the moon is full'\n"

TESTS = """\
def test_passes(machine):
    assert machine.running

def test_fails(machine):
    machine.succeed(["logger", "written just before"])
    machine.execute(["systemd-run", "--unit=falls", "--wait", "false"])
    assert 0
"""


def run_pytest(folder: Path, conftest: str, required: str = "") -> tuple[int, str]:
    """Run `TESTS` and return pytest's exit status and output."""
    (folder / "conftest.py").write_text(conftest)
    (folder / "test_it.py").write_text(TESTS)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-rs", "-p", "no:cacheprovider", str(folder)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "MODSVC_REQUIRE_MACHINE": required},
        capture_output=True,
        text=True,
        timeout=120,
    )
    return done.returncode, done.stdout


@pytest.mark.usefixtures("machine")  # this host can boot machines, or it is skipped
def test_a_failed_test_shows_the_failed_units_and_the_journal(tmp_path: Path) -> None:
    status, output = run_pytest(tmp_path, CONFTEST)
    assert status == 1 and "1 failed, 1 passed" in output
    _, section = output.split("- machine machine -")
    assert "falls.service" in section and "written just before" in section
    assert [path.name for path in (tmp_path / "place").iterdir()] == ["lock"]


def test_a_lack_skips_with_the_reason(tmp_path: Path) -> None:
    status, output = run_pytest(tmp_path, CONFTEST + LACKING)
    assert status == 0 and "2 skipped" in output
    assert "no machine can be booted here: the moon is full" in output


def test_a_lack_fails_where_machines_are_required(tmp_path: Path) -> None:
    status, output = run_pytest(tmp_path, CONFTEST + LACKING, required="1")
    assert status == 1 and "2 errors" in output
    assert "MODSVC_REQUIRE_MACHINE=1, but no machine can be booted here" in output
