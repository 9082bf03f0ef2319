"""How services end and are reloaded on a booted systemd, and what their commands see meanwhile.

In: services that say which signals they get and what they can reach. Out: verdicts about their words in
the journal and about the states of their units. Refuses to look at unit files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from modsvc_dsl import (
    Directories,
    Directory,
    Host,
    Lifecycle,
    Process,
    Service,
    build,
    check,
    define,
    evaluate,
    secret_file,
)
from modsvc_dsl.managers.systemd.out_of_reach import SINCE
from modsvc_dsl.output.publish import publish
from modsvc_dsl.testing.machine import Machine
from modsvc_dsl.testing.plugin import MachineFactory

PYTHON = "/usr/bin/python3"

PAIR = """
import os, signal, sys, time
name = "main" if os.fork() else "child"
def told(number, frame):
    print(name, "got", signal.Signals(number).name, flush=True)
    if number == signal.SIGTERM:
        sys.exit(int(sys.argv[1]) if name == "main" else 0)
for each in (signal.SIGHUP, signal.SIGTERM):
    signal.signal(each, told)
print(name, "up", flush=True)
while True:
    time.sleep(60)
"""
"""Two processes that say which signals they get; the main one ends with a status."""

FORMALITY = """
import os, pathlib, sys
mine = pathlib.Path(sys.argv[1], "mine")
mine.touch()
os.setgid(os.getgid())
os.setuid(os.getuid())
os.chown(mine, os.getuid(), os.getgid())
for gain in (lambda: os.setuid(0), lambda: os.setgroups([0]), lambda: os.chown(mine, 0, 0)):
    try:
        gain()
    except PermissionError:
        print("refused", flush=True)
"""

LOOK = 'import os, sys; print(sys.argv[1], "secret" if os.access(os.environ["KEY"], os.R_OK) else "none")'


def pair(status: int = 0, process: Process | None = None, **life: object) -> Service:
    """A service of two processes."""
    own = Process(argv=[PYTHON, "-c", PAIR, str(status)])
    made = Service(process=process) if process else Service()
    return Service(process=own, lifecycle=Lifecycle(**life), imports=[made])  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


def ending(argument: str, **life: object) -> Service:
    """A service that ends by itself in the given way."""
    script = f"import os, signal; {argument}"
    lifecycle = Lifecycle(**life)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    return Service(process=Process(argv=[PYTHON, "-c", script]), lifecycle=lifecycle)


class Formal(Service):
    """Makes sure of who it is, as servers do that drop privileges."""

    lifecycle = Lifecycle(type="oneshot")
    directories = Directories(state=Directory())

    @define(Process.argv)
    def _run(self) -> list[str]:
        return [PYTHON, "-c", FORMALITY, self.directories.state.path]


class Keeper(Service):
    """Its commands tell whether they see its secret, by a path in the environment."""

    credentials = {"key": secret_file("/etc/keys/keeper")}
    process = Process(argv=[PYTHON, "-c", LOOK, "main"])
    lifecycle = Lifecycle(
        type="oneshot",
        remain_after_exit=True,
        before_start=[[PYTHON, "-c", LOOK, "first"], [PYTHON, "-c", LOOK, "second"]],
        after_start=[[PYTHON, "-c", LOOK, "started"]],
        stop_command=[PYTHON, "-c", LOOK, "stopping"],
        after_stop=[[PYTHON, "-c", LOOK, "stopped"]],
    )

    @define(Process.environment)
    def _environment(self) -> dict[str, str | None]:
        return {"KEY": self.credentials["key"].path}


CHECKED = Process(reload_signal="SIGHUP", before_reload=[["/usr/bin/test", "-e", "/run/fine"]])

SERVICES = {
    "all": pair(),
    "main-first": pair(stop_processes="main-first"),
    "main-only": pair(stop_processes="main-only"),
    "good": pair(143, success_exit_status=[143]),
    "bad": pair(143),
    "checked": pair(process=CHECKED),
    "final": ending(
        "os._exit(7)", restart="always", restart_delay=0, restart_prevent_exit_status=[7]
    ),
    "chosen": ending("os._exit(7)", restart="on-abnormal", restart_delay=0),
    "killed": ending(
        "os.kill(os.getpid(), signal.SIGKILL)", restart="on-abnormal", restart_delay=0
    ),
    "formal": Formal(),
    "keeper": Keeper(),
}


@pytest.fixture(scope="module")
def host(
    machine_factory: MachineFactory, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Machine]:
    """A machine with all of them, none started."""
    out = tmp_path_factory.mktemp("ends") / "out"
    publish(build(check(evaluate(Host(services=SERVICES)))).trees, out, base=out.parent)
    with machine_factory("ends") as machine:
        machine.copy_tree(out / "host")
        machine.write_file("/etc/keys/keeper", "secret", mode=0o600)
        machine.daemon_reload()
        yield machine


def words(machine: Machine, name: str) -> list[str]:
    """What a service has printed, in order."""
    said = re.findall(r" python3\[\d+\]: (.*)", machine.journal(name))
    return [str(each) for each in said]


def up(machine: Machine, name: str) -> None:
    """Start a pair, and wait until both of it are up."""
    machine.succeed(["systemctl", "start", name])
    machine.wait_until(lambda: {"main up", "child up"} <= {*words(machine, name)})


@pytest.mark.parametrize(
    ("name", "signalled"),
    [
        ("all", {"main got SIGTERM", "child got SIGTERM"}),
        ("main-first", {"main got SIGTERM"}),
        ("main-only", {"main got SIGTERM"}),
    ],
)
def test_whom_a_stop_reaches(host: Machine, name: str, signalled: set[str]) -> None:
    """The others are killed without a word, or go on."""
    up(host, name)
    host.succeed(["systemctl", "stop", name])
    assert {each for each in words(host, name) if " got " in each} == signalled
    left = host.execute(["pgrep", "--full", "--cgroup", f"/system.slice/{name}.service", PYTHON])
    assert (left.status == 0) == (name == "main-only"), left
    host.succeed(["systemctl", "kill", "--signal=KILL", name] if left.status == 0 else ["true"])


def test_an_end_is_good_that_is_said_to_be(host: Machine) -> None:
    """A status other than 0 is a failure of everybody else."""
    for name, result in (("good", "success"), ("bad", "exit-code")):
        up(host, name)
        host.succeed(["systemctl", "stop", name])
        assert host.unit_properties(f"{name}.service")["Result"] == result


@pytest.mark.parametrize(("name", "again"), [("final", False), ("chosen", False), ("killed", True)])
def test_what_starts_again(host: Machine, name: str, again: bool) -> None:
    """Not after an end that was said to be the last, and not after one of its own choice."""
    host.execute(["systemctl", "start", name])
    host.wait_until(
        lambda: host.unit_properties(f"{name}.service")["ActiveState"] == "failed", timeout=20
    )
    restarts = int(host.unit_properties(f"{name}.service")["NRestarts"])
    assert (restarts > 0) == again


def test_a_reload_stops_at_the_first_command_that_fails(host: Machine) -> None:
    """The process is not told then, and goes on."""
    up(host, "checked")
    assert host.execute(["systemctl", "reload", "checked"]).status != 0
    assert host.unit_state("checked.service").active == "active"
    assert "main got SIGHUP" not in words(host, "checked")
    host.write_file("/run/fine", "")
    host.succeed(["systemctl", "reload", "checked"])
    host.wait_until(lambda: "main got SIGHUP" in words(host, "checked"))


def test_who_one_is_may_be_said_again_and_nobody_else(host: Machine) -> None:
    """A confined service is let do what changes nothing; what would is still the kernel's to refuse."""
    host.succeed(["systemctl", "start", "formal"])
    assert words(host, "formal") == ["refused"] * 3


def test_which_commands_see_a_secret(host: Machine) -> None:
    """As the library says it of the version that runs here; what has ended counts as running."""
    version = int(host.succeed(["systemctl", "--version"]).split()[1])
    host.succeed(["systemctl", "start", "keeper"])
    assert host.unit_state("keeper.service").active == "active"
    host.succeed(["systemctl", "stop", "keeper"])
    seen = {"first": True, "second": True, "main": True, "started": version >= SINCE}
    seen |= {"stopping": False, "stopped": False}
    expected = [f"{name} {'secret' if has else 'none'}" for name, has in seen.items()]
    assert words(host, "keeper") == expected
