"""The end of a `Machine`: however it comes, nothing of the machine is left on the host."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from modsvc_dsl.testing import errors
from modsvc_dsl.testing.machine import Machine
from modsvc_dsl.testing.plugin import MachineFactory
from modsvc_dsl.testing.process import Process
from modsvc_dsl.testing.sandbox import PLACE, remove_residue

FOREVER = "[Service]\nExecStart=/bin/sleep infinity\n"


def traces() -> set[str]:
    """Everything of machines that can be seen on the host: mounts, groups, directories, processes."""
    found = {line for line in Path("/proc/mounts").read_text().splitlines() if "modsvc" in line}
    found |= {str(path) for path in PLACE.glob("*") if path.name != "lock"}
    groups = Path("/sys/fs/cgroup").rglob("*")
    found |= {str(path) for path in groups if re.search(r"/[a-z-]+-[0-9a-f]{8}$", str(path))}
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = process.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended while the list was read
        if "systemd-nspawn" in command:
            found.add(command)
    return found


@pytest.fixture
def before(machine: Machine) -> set[str]:
    """What was there before the test: the session's own machine, which keeps others from booting."""
    assert machine.running
    return traces()


def install(machine: Machine, name: str, text: str) -> None:
    machine.write_file(f"/etc/systemd/system/{name}", text)
    machine.daemon_reload()


def test_stop_leaves_nothing(machine_factory: MachineFactory, before: set[str]) -> None:
    fresh = machine_factory()
    install(fresh, "lives.service", FOREVER)
    fresh.succeed(["systemctl", "start", "lives"])
    service = int(fresh.unit_properties("lives.service")["MainPID"])
    assert service > 0 and traces() > before
    leader = Process.find(fresh.leader())
    assert leader is not None and leader.runs
    fresh.stop()
    assert traces() == before
    assert not leader.runs
    fresh.stop()


def test_a_stopped_machine_says_so_and_starts_afresh(machine_factory: MachineFactory) -> None:
    fresh = machine_factory()
    fresh.write_file("/srv/of-the-first-life", "")
    with pytest.raises(errors.AlreadyStarted):
        fresh.start()
    fresh.stop()
    with pytest.raises(errors.NotRunning, match="call start"):
        fresh.execute(["true"])
    with fresh:
        assert fresh.execute(["test", "-e", "/srv/of-the-first-life"]).status == 1


def test_a_unit_that_refuses_to_stop_is_killed_when_the_grace_is_over(
    machine_factory: MachineFactory, before: set[str]
) -> None:
    stubborn = "[Service]\nKillSignal=SIGCONT\nExecStart=/bin/sleep infinity\n"
    fresh = machine_factory()
    install(fresh, "stubborn.service", stubborn)
    fresh.succeed(["systemctl", "start", "stubborn"])
    begun = time.monotonic()
    fresh.stop(grace=0.5)
    assert traces() == before
    assert 0.5 <= time.monotonic() - begun < 5


def test_a_machine_whose_supervisor_died_says_so_and_leaves_nothing(
    machine_factory: MachineFactory, before: set[str]
) -> None:
    fresh = machine_factory()
    leader = Process.find(fresh.leader())
    assert leader is not None
    status = Path(f"/proc/{leader.id}/status").read_text()
    supervisor = re.search(r"^PPid:\s*(\d+)", status, re.MULTILINE)
    assert supervisor is not None
    os.kill(int(supervisor[1]), signal.SIGKILL)
    fresh.wait_until(lambda: not fresh.running, timeout=5)
    with pytest.raises(errors.NotRunning, match="(?s)ended by itself.*Reached target"):
        fresh.execute(["true"])
    fresh.stop()
    assert not leader.runs
    assert traces() == before


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, ZeroDivisionError])
def test_an_exception_in_the_block_leaves_nothing(
    machine_factory: MachineFactory,
    before: set[str],
    interruption: type[BaseException],
) -> None:
    with pytest.raises(interruption), machine_factory():
        raise interruption
    assert traces() == before


def test_an_interrupted_boot_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch, machine_factory: MachineFactory, before: set[str]
) -> None:
    def interrupt(*_: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(Machine, "_state_reached", interrupt)
    with pytest.raises(KeyboardInterrupt):
        machine_factory()
    assert traces() == before


@pytest.mark.usefixtures("machine")  # this host can boot machines, or it is skipped
def test_a_boot_that_never_ends_is_given_up_with_the_job_that_blocks_it(before: set[str]) -> None:
    endless = (
        "[Service]\nType=oneshot\nExecStart=/bin/sleep infinity\n"
        "[Install]\nWantedBy=multi-user.target\n"
    )
    patient = Machine("endless", boot_timeout=20)
    with patient:
        install(patient, "endless.service", endless)
        patient.succeed(["systemctl", "enable", "endless"])
        patient._boot_timeout = 2
        with pytest.raises(errors.BootFailed, match=r"(?s)after 2 s.*endless\.service"):
            patient.reboot(grace=0)
    assert traces() == before


@pytest.mark.usefixtures("machine")  # this host can boot machines, or it is skipped
def test_a_killed_test_run_ends_its_machine_and_the_next_one_sweeps_up(
    tmp_path: Path, before: set[str]
) -> None:
    """The mounts of a process that got SIGKILL stay until the lock's next holder comes."""
    # A place of its own, since this process may hold the lock of the real one.
    script = (
        "import os, pathlib, signal, sys\n"
        "from modsvc_dsl.testing import lock, machine, sandbox\n"
        "sandbox.PLACE = pathlib.Path(sys.argv[1])\n"
        "sandbox._LOCK = lock.HostLock(sandbox.PLACE / 'lock')\n"
        "orphan = machine.Machine('machine-orphan')\n"
        "orphan.start()\n"
        "print(orphan.leader(), flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    try:
        died = subprocess.run(
            [sys.executable, "-c", script, tmp_path], capture_output=True, text=True, timeout=60
        )
        assert died.returncode == -signal.SIGKILL, died.stderr
        leader = Path(f"/proc/{int(died.stdout)}")
        deadline = time.monotonic() + 20
        while leader.exists():
            assert time.monotonic() < deadline, "the machine outlived its test run"
            time.sleep(0.05)
        assert any("overlay" in trace and "orphan" in trace for trace in traces())
    finally:
        remove_residue(tmp_path)
    assert traces() == before
    assert [path.name for path in tmp_path.iterdir()] == ["lock"]
