"""A machine in a machine: the outer one is a host that runs systemd, as most hosts do."""

from __future__ import annotations

import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

from modsvc_dsl.testing.machine import Machine
from modsvc_dsl.testing.plugin import MachineFactory

ROOT = Path(__file__).parents[2]

INNER = """\
import pathlib, sys
from modsvc_dsl.testing import container, patience, process, sandbox
from modsvc_dsl.testing.machine import Machine
if "no-systemd" in sys.argv:
    container.host_runs_systemd = lambda: False
with Machine("inner") as inner:
    name = next(path.name for path in sandbox.PLACE.glob("inner-*"))
    supervisor = inner._container.process.pid
    groups = pathlib.Path(f"/proc/{supervisor}/cgroup").read_text()
    assert groups.count(f"/{name}{'/' if 'no-systemd' in sys.argv else '-'}"), groups
    inner.reboot()
    print(inner.boot_state, inner.succeed(["hostname"]), end="")
with Machine("inner") as inner:
    name = next(path.name for path in sandbox.PLACE.glob("inner-*"))
    leader = process.Process.find(inner.leader())
    inner._container.process.kill()
assert not leader.runs
def left():
    groups = pathlib.Path("/sys/fs/cgroup").glob(f"**/{name}*")
    return [*groups, *(line for line in open("/proc/mounts") if name in line)]
if patience.ask_until(lambda: not left(), 5) is False:  # systemd removes a scope in its own time
    raise SystemExit(f"left behind: {left()}")
"""


@pytest.fixture(scope="module", params=["groups as on this host", "groups of version 2 alone"])
def host(request: pytest.FixtureRequest, machine_factory: MachineFactory) -> Iterator[Machine]:
    """A machine with the project in it, and Python with what the project needs."""
    python = (Path(sys.prefix), Path(sysconfig.get_path("purelib")))
    hidden = [path for path in python if Path("/tmp") in path.parents]
    with pytest.MonkeyPatch.context() as environment:
        if "alone" in request.param:
            environment.setenv("SYSTEMD_NSPAWN_UNIFIED_HIERARCHY", "1")
        with machine_factory("outer", read_only=hidden) as outer:
            outer.copy_tree(ROOT / "modsvc_dsl", "/srv/project/modsvc_dsl")
            yield outer


@pytest.mark.parametrize("manager", ["systemd", "no-systemd"])
def test_it_boots_reboots_and_leaves_nothing(host: Machine, manager: str) -> None:
    said = host.succeed(
        [sys.executable, "-c", INNER, manager], environment={"PYTHONPATH": "/srv/project"}
    )
    assert said == "running inner\n"
