"""Processes and lives of services on a booted systemd: what `process` and `lifecycle` promise happens.

In: services that say what they see and when they run. Out: verdicts about their words in the journal
and about the states of their units. Refuses to look at unit files.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from modsvc_dsl import (
    Command,
    Directories,
    Directory,
    FlagFormat,
    FlagValue,
    Host,
    Lifecycle,
    NotificationProtocol,
    OptionalFile,
    Process,
    RestartLimit,
    Run,
    Service,
    after,
    build,
    check,
    evaluate,
    merged,
    systemd,
)
from modsvc_dsl.output.publish import publish
from modsvc_dsl.testing.machine import Machine

PYTHON = "/usr/bin/python3"
SLEEP = ["/bin/sleep", "600"]
TEXT = "a $HOME %n\n'\""
"""A text in which everything has a meaning to systemd or to shells."""
ODD = "/etc/odd [a]*? %n \\.env"
"""A path in which everything has a meaning to systemd or to glob(7)."""

TELL = """
import json, os, sys
mask = os.umask(0)
print(json.dumps({"argv": sys.argv[1:], "mask": mask, "user": os.getuid(),
                  **{name: os.environ.get(name) for name in ("FROM_FILE", "BOTH", "PLAIN")}}))
"""

STAY = """
import os, signal, sys, time
def told(number, frame):
    print("got", signal.Signals(number).name, flush=True)
    if number != signal.SIGHUP and sys.argv[1] != "stubborn":
        sys.exit(0)
for each in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
    signal.signal(each, told)
print("up", flush=True)
while True:
    time.sleep(60)
"""

FORK = """
import os, sys, time
child = os.fork()
if child:
    with open(sys.argv[1], "w") as file:
        file.write(str(child))
    os._exit(0)
time.sleep(600)
"""

NOTIFY = """
import os, socket, time
told = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
told.connect(os.environ["NOTIFY_SOCKET"])
told.send(b"READY=1")
time.sleep(600)
"""


def say(word: str) -> list[str]:
    """A command that says who it is to the journal."""
    return [PYTHON, "-c", f"import os; print({word!r}, 'root' if os.getuid() == 0 else 'user')"]


def staying(word: str, lifecycle: Lifecycle | None = None) -> Service:
    """A service that stays and says which signals it gets."""
    return Service(
        process=Process(argv=[PYTHON, "-c", STAY, word], reload_signal="SIGHUP"),
        lifecycle=lifecycle or Lifecycle(),
    )


def processes() -> dict[str, Service]:
    """Services about what a process is given and how it is reloaded."""
    flags: dict[str, FlagValue] = {"port": 80, "text": TEXT, "many": ["x", "y"], "v": True}
    missing = Path("/etc/there is none [x]")
    told = Process(
        argv=merged([PYTHON, "-c", TELL], after(["last"])),
        flags=flags,
        flag_format=FlagFormat.EQUALS,
        environment={"PLAIN": "plain", "BOTH": "weak"},
        environment_files=[Path(ODD), OptionalFile(missing)],
        umask="0027",
    )
    once = Lifecycle(type="oneshot")
    needy = Process(argv=["/bin/true"], environment_files=[missing])
    commanded = Process(argv=SLEEP, reload_command=say("reloading"))
    return {
        "teller": Service(process=told, lifecycle=once),
        "needy": Service(process=needy, lifecycle=once),
        "reloaded": staying("mild"),
        "commanded": Service(process=commanded),
    }


def ends() -> dict[str, Service]:
    """Services about commands beside the process, and about ends of all sorts."""
    hooked = Lifecycle(
        before_start=[say("before"), Command(say("privileged"), privileged=True)],
        after_start=[Command(["/bin/false"], may_fail=True), say("started")],
        after_stop=[say("after")],
        stop_command=say("stopping"),
    )
    refused = Lifecycle(before_start=[["/bin/false"]], after_stop=[say("after")], restart="no")
    limited = Lifecycle(restart_delay="100ms", restart_limit=RestartLimit(starts=3, within="10min"))
    endless = Lifecycle(
        start_timeout="never",
        stop_timeout="never",
        restart="on-failure",
        restart_delay="2min",
        restart_limit="unlimited",
    )
    return {
        "hooked": Service(process=Process(argv=SLEEP), lifecycle=hooked),
        "refused": Service(process=Process(argv=SLEEP), lifecycle=refused),
        "interrupted": staying("mild", Lifecycle(stop_signal="SIGINT", restart="no")),
        "stubborn": staying("stubborn", Lifecycle(stop_timeout="1s", restart="no")),
        "limited": Service(process=Process(argv=["/bin/false"]), lifecycle=limited),
        "endless": Service(process=Process(argv=["/bin/true"]), lifecycle=endless),
    }


def starts() -> dict[str, Service]:
    """Services about what counts as started."""
    pid_file = "/run/forking/main.pid"
    return {
        "forking": Service(
            process=Process(argv=[PYTHON, "-c", FORK, pid_file]),
            lifecycle=Lifecycle(type="forking", pid_file=Path(pid_file)),
            imports=[systemd(service={"RuntimeDirectory": "forking"})],
        ),
        "notifying": Service(
            process=Process(argv=[PYTHON, "-c", NOTIFY]),
            notification_protocol=NotificationProtocol(systemd=True),
        ),
        "silent": Service(
            process=Process(argv=SLEEP),
            lifecycle=Lifecycle(type="notify", start_timeout="1s", restart="no"),
        ),
    }


def firsts() -> dict[str, Service]:
    """Services with something to do before their first start."""
    whole: list[Run] = [say("one"), Command(say("two"), privileged=True)]
    # fails the first time, when there is no such file yet, and makes it
    fails_once = ["/bin/sh", "-c", 'test -e "$0" || ! : > "$0"', "/var/lib/halfway/x"]
    halfway = [say("one"), fails_once, say("two")]
    state = Directories(state=Directory())
    return {
        "first": Service(
            process=Process(argv=SLEEP),
            directories=state,
            lifecycle=Lifecycle(before_first_start=whole, before_start=[say("before")]),
        ),
        "halfway": Service(
            process=Process(argv=SLEEP),
            directories=state,
            lifecycle=Lifecycle(before_first_start=halfway, restart="no"),
        ),
    }


def services() -> Mapping[str, Service]:
    """All services of the machine; none of them starts by itself."""
    off = Service(lifecycle=Lifecycle(start_at_boot=False))
    every = {**processes(), **ends(), **starts(), **firsts()}
    return {name: Service(imports=[service, off]) for name, service in every.items()}


@pytest.fixture(scope="module")
def host(each_machine: Machine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """A machine that has read the units; other tests find none of them failed."""
    folder = tmp_path_factory.mktemp("life")
    publish(build(check(evaluate(Host(services=services())))).trees, folder / "out", base=folder)
    machine = each_machine
    machine.copy_tree(folder / "out" / "host")
    machine.write_file(ODD, 'FROM_FILE="a b"\nBOTH=strong\n')
    machine.daemon_reload()
    yield machine
    machine.succeed(["systemctl", "reset-failed"])


def words(machine: Machine, name: str) -> list[str]:
    """What the processes of a service said, in order."""
    asked = ["journalctl", "--output=cat", f"_SYSTEMD_UNIT={name}.service", "_TRANSPORT=stdout"]
    return machine.succeed(asked).splitlines()


def properties(machine: Machine, name: str) -> Mapping[str, str]:
    return machine.unit_properties(f"{name}.service")


def start(machine: Machine, name: str) -> None:
    machine.succeed(["systemctl", "start", f"{name}.service"])


def test_a_process_gets_its_flags_files_and_mask(host: Machine) -> None:
    """Byte for byte, and what the file says wins over the environment."""
    start(host, "teller")
    host.wait_until(lambda: bool(words(host, "teller")))
    (line,) = words(host, "teller")
    told = json.loads(line)
    assert told.pop("user") != 0
    assert told == {
        "argv": ["--port=80", f"--text={TEXT}", "--many=x", "--many=y", "-v", "last"],
        "mask": 0o027,
        "FROM_FILE": "a b",
        "BOTH": "strong",
        "PLAIN": "plain",
    }


def test_a_file_of_variables_has_to_be_there(host: Machine) -> None:
    """Unless it is optional, which the one of the test above was."""
    assert host.execute(["systemctl", "start", "needy.service"]).status != 0
    assert properties(host, "needy")["Result"] == "resources"


def test_a_signal_reloads(host: Machine) -> None:
    """The main process gets it, as its own user, and goes on."""
    start(host, "reloaded")
    host.wait_until(lambda: words(host, "reloaded") == ["up"])
    process = properties(host, "reloaded")["MainPID"]
    host.succeed(["systemctl", "reload", "reloaded.service"])
    host.wait_until(lambda: words(host, "reloaded") == ["up", "got SIGHUP"])
    assert properties(host, "reloaded")["MainPID"] == process


def test_a_command_reloads(host: Machine) -> None:
    """As the user of the service."""
    start(host, "commanded")
    host.succeed(["systemctl", "reload", "commanded.service"])
    host.wait_until(lambda: words(host, "commanded") == ["reloading user"])


def test_what_says_no_reload_cannot_be_reloaded(host: Machine) -> None:
    """It is not restarted instead."""
    assert properties(host, "endless")["CanReload"] == "no"
    assert properties(host, "reloaded")["CanReload"] == "yes"


def test_hooks_run_in_order_and_as_who_they_say(host: Machine) -> None:
    """Only the one that says so is root; one that may fail does."""
    start(host, "hooked")
    expected = ["before user", "privileged root", "started user"]
    host.wait_until(lambda: words(host, "hooked") == expected)
    host.succeed(["systemctl", "stop", "hooked.service"])
    expected += ["stopping user", "after user"]
    host.wait_until(lambda: words(host, "hooked") == expected)


def test_what_is_done_once_is_done_once(host: Machine) -> None:
    """Before everything else, as who it says; the second start finds the marker."""
    start(host, "first")
    expected = ["one user", "two root", "before user"]
    host.wait_until(lambda: words(host, "first") == expected)
    host.succeed(["systemctl", "restart", "first.service"])
    host.wait_until(lambda: words(host, "first") == [*expected, "before user"])
    assert host.succeed(["ls", "-A", "/var/lib/first/"]).split() == [".first-start-done"]


def test_what_was_not_done_whole_is_done_again(host: Machine) -> None:
    """From the first command on, and the start fails until all have succeeded."""
    assert host.execute(["systemctl", "start", "halfway.service"]).status != 0
    host.wait_until(lambda: words(host, "halfway") == ["one user"])
    assert host.succeed(["ls", "-A", "/var/lib/halfway/"]).split() == ["x"]
    start(host, "halfway")
    host.wait_until(lambda: words(host, "halfway") == ["one user", "one user", "two user"])
    host.succeed(["systemctl", "restart", "halfway.service"])
    assert len(words(host, "halfway")) == 3


def test_a_hook_that_fails_fails_the_start(host: Machine) -> None:
    """And what comes after each end runs all the same."""
    assert host.execute(["systemctl", "start", "refused.service"]).status != 0
    assert properties(host, "refused")["Result"] == "exit-code"
    host.wait_until(lambda: words(host, "refused") == ["after user"])


def test_the_signal_that_ends_it(host: Machine) -> None:
    """Is the one that was said."""
    start(host, "interrupted")
    host.wait_until(lambda: words(host, "interrupted") == ["up"])
    host.succeed(["systemctl", "stop", "interrupted.service"])
    host.wait_until(lambda: words(host, "interrupted") == ["up", "got SIGINT"])
    assert properties(host, "interrupted")["Result"] == "success"


def test_what_does_not_end_is_killed(host: Machine) -> None:
    """After the time that was said."""
    start(host, "stubborn")
    host.wait_until(lambda: words(host, "stubborn") == ["up"])
    host.succeed(["systemctl", "stop", "stubborn.service"])
    assert words(host, "stubborn") == ["up", "got SIGTERM"]
    assert properties(host, "stubborn")["Result"] == "timeout"


def test_a_limit_ends_the_restarts(host: Machine) -> None:
    """After three starts it is left failed."""
    host.execute(["systemctl", "start", "limited.service"])
    host.wait_until(lambda: properties(host, "limited")["ActiveState"] == "failed")
    assert properties(host, "limited")["NRestarts"] in ("2", "3")
    refused = "Start request repeated too quickly"
    host.wait_until(lambda: refused in host.journal("limited"))


def test_limits_that_there_are_not(host: Machine) -> None:
    """As systemd says it has read them."""
    found = properties(host, "endless")
    assert {name: found[name] for name in ("TimeoutStartUSec", "TimeoutStopUSec")} == {
        "TimeoutStartUSec": "infinity",
        "TimeoutStopUSec": "infinity",
    }
    assert (found["RestartUSec"], found["StartLimitIntervalUSec"]) == ("2min", "0")


def test_a_forking_service_is_its_child(host: Machine) -> None:
    """Whose number it wrote into its file."""
    start(host, "forking")
    found = properties(host, "forking")
    assert found["ActiveState"] == "active"
    assert host.read_file("/run/forking/main.pid").strip() == found["MainPID"]


def test_readiness_is_waited_for(host: Machine) -> None:
    """One that says READY=1 has started; one that never does has failed."""
    start(host, "notifying")
    assert properties(host, "notifying")["ActiveState"] == "active"
    assert host.execute(["systemctl", "start", "silent.service"]).status != 0
    assert properties(host, "silent")["Result"] == "timeout"
