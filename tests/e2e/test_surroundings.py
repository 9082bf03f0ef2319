"""What services ask of the host around them, on booted machines: to be watched, to be told of, to be waited for.

In: services that hang, fail and need things. Out: verdicts about what became of them. Refuses to look at
unit files.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from modsvc_dsl import (
    Host,
    HostSystemd,
    Lifecycle,
    Network,
    NotificationProtocol,
    Process,
    Relations,
    RestartLimit,
    Service,
    SystemdHost,
    Unit,
    build,
    check,
    evaluate,
)
from modsvc_dsl.output.publish import publish
from modsvc_dsl.testing.errors import CommandFailed
from modsvc_dsl.testing.machine import Machine
from modsvc_dsl.testing.plugin import MachineFactory

PYTHON = "/usr/bin/python3"

LIVE = """
import os, socket, sys, time
told = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
told.connect(os.environ["NOTIFY_SOCKET"])
told.send(b"READY=1")
assert int(os.environ["WATCHDOG_USEC"]) == 1_000_000
print("up", flush=True)
for _ in range(int(sys.argv[1])):
    time.sleep(0.3)
    told.send(b"WATCHDOG=1")
time.sleep(600)
"""

TELL = (
    "import os; print('told of', os.environ['MONITOR_UNIT'], os.environ['MONITOR_SERVICE_RESULT'])"
)

DISK, BROKEN = Path("/srv/a disk"), Path("/srv/broken")


NOT_BY_ITSELF: Any = {"WantedBy": None}
AROUND = HostSystemd(
    mounts={
        "disk": Unit(
            mount={"What": "tmpfs", "Where": str(DISK), "Type": "tmpfs"}, install=NOT_BY_ITSELF
        ),
        "broken": Unit(
            mount={"What": "/dev/there-is-none", "Where": str(BROKEN), "Type": "ext4"},
            install=NOT_BY_ITSELF,
        ),
    },
    services={
        "slow-network": Unit(
            unit={"Before": ["network-online.target"], "DefaultDependencies": False},
            service={"Type": "oneshot", "ExecStart": ["/bin/sleep 1.5"], "DynamicUser": True},
            install={"WantedBy": ["network-online.target"]},
        )
    },
)
"""Two disks, one of which cannot be mounted, and a network that is slow."""


def alive(times: int) -> Service:
    """A service that says so often that it is alive, and then hangs."""
    return Service(
        process=Process(argv=[PYTHON, "-c", LIVE, str(times)]),
        notification_protocol=NotificationProtocol(systemd=True),
        lifecycle=Lifecycle(watchdog="1s", restart_delay="100ms", start_at_boot=False),
    )


def host_of_services() -> Host:
    """A host with services that hang, fail and need things."""
    quiet = Lifecycle(type="oneshot", start_at_boot=False)
    mail = Service(process=Process(argv=[PYTHON, "-c", TELL]), lifecycle=quiet)
    failing = Service(
        process=Process(argv=["/bin/false"]),
        relations=Relations(on_failure=[mail]),
        lifecycle=Lifecycle(
            start_at_boot=False,
            restart_delay="200ms",
            restart_limit=RestartLimit(starts=3, within="1min"),
        ),
    )
    services: dict[str, Service] = {
        "lively": alive(1000),
        "hanging": alive(2),
        "mail": mail,
        "failing": failing,
        "online": Service(
            process=Process(argv=["/bin/sleep", "600"]), network=Network(wait_online=True)
        ),
    }
    for name, disk in (("on-disk", DISK), ("on-broken", BROKEN)):
        services[name] = Service(
            process=Process(argv=["/bin/sh", "-c", 'mountpoint "$0"; sleep 600', str(disk)]),
            relations=Relations(requires_mounts_for=[disk / "data"]),
            lifecycle=Lifecycle(start_at_boot=False, restart="no"),
        )
    return SystemdHost(services=services, systemd=AROUND)


@pytest.fixture(scope="module")
def host(
    machine_factory: MachineFactory, root: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Machine]:
    """A machine that has been booted with all of it."""
    folder = tmp_path_factory.mktemp("surroundings")
    trees = build(check(evaluate(host_of_services()))).trees
    publish(trees, folder / "out", base=folder)
    with machine_factory("surroundings", root=root) as booted:
        booted.copy_tree(folder / "out" / "host")
        booted.reboot()
        yield booted


def test_who_waits_for_the_network_starts_when_it_is_there(host: Machine) -> None:
    """Which takes a while on this host, and is waited for on account of this service alone."""
    assert (host.boot_state, host.failed_units()) == ("running", [])
    found = {
        unit: int(host.unit_properties(unit)[f"{what}TimestampMonotonic"])
        for unit, what in (
            ("slow-network.service", "InactiveExit"),
            ("network-online.target", "ActiveEnter"),
            ("online.service", "InactiveExit"),
        )
    }
    began, online, started = found.values()
    assert 1_400_000 < online - began and online <= started


def test_who_hangs_is_aborted_and_starts_again(host: Machine) -> None:
    """And who says that it is alive goes on."""
    host.succeed(["systemctl", "start", "lively", "hanging"])

    def restarts(name: str) -> int:
        return int(host.unit_properties(f"{name}.service")["NRestarts"])

    host.wait_until(lambda: restarts("hanging") >= 2, timeout=30)
    assert restarts("lively") == 0 and host.unit_state("lively.service").active == "active"
    said = host.journal("hanging.service")
    assert "Watchdog timeout (limit 1s)!" in said and "status=6/ABRT" in said
    host.succeed(["systemctl", "stop", "lively", "hanging"])


def test_who_is_left_failed_has_its_handler_started(host: Machine) -> None:
    """Once, when it is not started again any more, with its name and what was wrong."""
    host.execute(["systemctl", "start", "failing"])
    host.wait_until(lambda: "told of" in host.journal("mail.service"), timeout=30)
    assert host.unit_state("failing.service").active == "failed"
    said = host.journal("mail.service")
    assert said.count("told of") == 1 and "told of failing.service" in said
    assert host.journal("failing.service").count("Main process exited") == 3
    host.succeed(["systemctl", "reset-failed", "failing"])


def test_a_file_system_is_mounted_before_who_needs_it(host: Machine) -> None:
    """Which it was not when the host had started."""
    assert host.execute(["mountpoint", "--quiet", str(DISK)]).status != 0
    host.succeed(["systemctl", "start", "on-disk"])
    host.wait_until(lambda: f"{DISK} is a mountpoint" in host.journal("on-disk.service"))


def test_without_its_file_system_it_does_not_run(host: Machine) -> None:
    """So that nothing is written to where the disk is not."""
    with pytest.raises(CommandFailed, match="[Dd]ependency failed|dependency job"):
        host.succeed(["systemctl", "start", "on-broken"], timeout=150)
    assert host.unit_state("on-broken.service").active == "inactive"
