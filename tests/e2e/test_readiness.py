"""Services that say themselves when they are ready: by a name on the bus, and again after a reload.

In: a daemon of each type, in Python, as people write them. Out: verdicts about when systemd counts it as
started and as reloaded, and about its answers. Refuses to look at unit files.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from modsvc_dsl import (
    ConfigFile,
    Host,
    Identity,
    Lifecycle,
    Process,
    Service,
    Systemd,
    TmpfilesRule,
    build,
    check,
    define,
    evaluate,
    option,
)
from modsvc_dsl.output.publish import publish
from modsvc_dsl.testing.errors import CommandFailed
from modsvc_dsl.testing.machine import Machine
from modsvc_dsl.testing.plugin import MachineFactory

SLOW = 1.0
"""Seconds that a daemon takes until it says that it is ready."""

NOTIFY = """
import os, signal, socket, sys, time
config, slow = sys.argv[1], float(sys.argv[2])
told = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
told.connect(os.environ["NOTIFY_SOCKET"])
def read():
    time.sleep(slow)
    print("serves", open(config).read().strip(), flush=True)
    told.send(b"READY=1")
def reload(number, frame):
    now = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
    told.send(f"RELOADING=1\\nMONOTONIC_USEC={now}".encode())
    print("got", signal.Signals(number).name, flush=True)
    read()
signal.signal(signal.SIGHUP, reload)
signal.signal(signal.SIGUSR2, reload)
read()
while True:
    signal.pause()
"""

GREET = """
import sys, time
import dbus, dbus.service
from dbus.mainloop.glib import DBusGMainLoop
from gi.repository import GLib
name, slow = sys.argv[1], float(sys.argv[2])
DBusGMainLoop(set_as_default=True)
bus = dbus.SystemBus()
time.sleep(slow)
owned = dbus.service.BusName(name, bus, do_not_queue=True)
class Greeter(dbus.service.Object):
    @dbus.service.method(name, in_signature="s", out_signature="s")
    def Greet(self, who):
        return f"Hello, {who}!"
Greeter(bus, "/" + name.replace(".", "/"))
GLib.MainLoop().run()
"""

POLICY = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <policy user="{user}"><allow own="{name}"/></policy>
  <policy context="default"><allow send_destination="{name}"/></policy>
</busconfig>
"""


class Reloaded(Service):
    """Reads its file again when it gets a signal, and says when it has."""

    text: str = option(default="one", description="What is in its file.")
    lifecycle = Lifecycle(type="notify-reload")

    @define(Process.argv)
    def _run(self) -> list[str]:
        return ["/usr/bin/python3", "-c", NOTIFY, self.config_data["text"].path, str(SLOW)]

    @define(Service.config_data["text"])
    def _text(self) -> ConfigFile:
        return ConfigFile(text=f"{self.text}\n", on_change="reload")


class Greeter(Service):
    """Greets those who ask on the system bus, where its user and nobody else may own its name."""

    bus_name: str = option(description="Its name on the bus.")
    identity = Identity(user="greeter", create=True)

    @define(Process.argv)
    def _run(self) -> list[str]:
        return ["/usr/bin/python3", "-c", GREET, self.bus_name, str(SLOW)]

    @define(Service.lifecycle)
    def _lifecycle(self) -> Lifecycle:
        return Lifecycle(type="dbus", bus_name=self.bus_name, start_timeout="10s")

    @define(Service.config_data["policy.conf"])
    def _policy(self) -> ConfigFile:
        user = self.identity.user
        return ConfigFile(text=POLICY.format(user=user, name=self.bus_name), on_change="nothing")

    @define(Systemd.tmpfiles)
    def _link(self) -> list[TmpfilesRule]:
        link = Path(f"/etc/dbus-1/system.d/{self.bus_name}.conf")
        return [TmpfilesRule(type="L+", path=link, argument=self.config_data["policy.conf"].path)]


GREETERS: dict[str, Service] = {
    "greeter": Greeter(bus_name="org.example.Greeter"),
    # nobody lets it own its name
    "stranger": Service(
        process=Process(argv=["/usr/bin/python3", "-c", GREET, "org.example.Nobody", "0"]),
        identity=Identity(user="games"),
        lifecycle=Lifecycle(
            type="dbus", bus_name="org.example.Nobody", start_at_boot=False, restart="no"
        ),
    ),
    # and this one is not even let on the bus
    "dynamic": Service(
        process=Process(argv=["/usr/bin/python3", "-c", GREET, "org.example.Dynamic", "0"]),
        lifecycle=Lifecycle(
            type="dbus", bus_name="org.example.Dynamic", start_at_boot=False, restart="no"
        ),
    ),
    "silent": Service(
        process=Process(argv=["/usr/bin/sleep", "600"]),
        lifecycle=Lifecycle(
            type="dbus",
            bus_name="org.example.Silent",
            start_at_boot=False,
            restart="no",
            start_timeout="1s",
        ),
    ),
}


def put(machine: Machine, folder: Path, services: dict[str, Service]) -> None:
    """Build services, copy the tree in, have systemd read it."""
    publish(build(check(evaluate(Host(services=services)))).trees, folder / "out", base=folder)
    machine.copy_tree(folder / "out" / "host")
    machine.daemon_reload()


@pytest.fixture(scope="module")
def host(
    machine_factory: MachineFactory, root: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Machine]:
    """A machine that has been booted with the daemons and their policy."""
    with machine_factory("bus", root=root) as booted:
        put(booted, tmp_path_factory.mktemp("bus"), GREETERS)
        booted.reboot()
        yield booted


class TestBus:
    def test_it_answers_on_the_bus_as_the_user_that_was_made_for_it(self, host: Machine) -> None:
        assert host.failed_units() == []
        host.wait_for_unit("greeter.service")
        asked = ["busctl", "call", *["org.example.Greeter", "/org/example/Greeter"]]
        answer = host.succeed([*asked, "org.example.Greeter", "Greet", "s", "bus"])
        assert answer == 's "Hello, bus!"\n'
        credentials = host.succeed(["busctl", "status", "org.example.Greeter"])
        assert "Unit=greeter.service" in credentials
        found = host.unit_properties("greeter.service")
        status = host.read_file(f"/proc/{found['MainPID']}/status").splitlines()
        uid = next(line.split()[1] for line in status if line.startswith("Uid:"))
        assert uid == host.succeed(["id", "-u", "greeter"]).strip() != "0"

    def test_it_has_started_when_it_has_its_name(self, host: Machine) -> None:
        host.succeed(["systemctl", "stop", "greeter"])
        before = time.monotonic()
        host.succeed(["systemctl", "start", "greeter"])
        assert time.monotonic() - before >= SLOW
        assert "org.example.Greeter" in host.succeed(["busctl", "list", "--acquired"])

    @pytest.mark.parametrize(
        ("name", "why"), [("stranger", "AccessDenied"), ("dynamic", "NoReply")]
    )
    def test_who_may_not_own_its_name_has_failed(self, host: Machine, name: str, why: str) -> None:
        """A user that is made while it runs is not let on at all, of which a note warns."""
        with pytest.raises(CommandFailed):
            host.succeed(["systemctl", "start", name])
        assert host.unit_properties(f"{name}.service")["Result"] == "exit-code"
        assert f"org.freedesktop.DBus.Error.{why}" in host.journal(f"{name}.service")

    def test_who_never_takes_it_has_failed_when_the_time_is_up(self, host: Machine) -> None:
        with pytest.raises(CommandFailed):
            host.succeed(["systemctl", "start", "silent"])
        assert host.unit_properties("silent.service")["Result"] == "timeout"


def served(machine: Machine, name: str) -> list[str]:
    """What a service said so far."""
    asked = ["journalctl", "--output=cat", f"_SYSTEMD_UNIT={name}.service", "_TRANSPORT=stdout"]
    return machine.succeed(asked).splitlines()


class TestNotifyReload:
    """With systemd 257: the type came with 253."""

    @pytest.mark.parametrize(
        ("name", "signal", "process"),
        [
            ("again", "SIGHUP", Process()),
            ("otherwise", "SIGUSR2", Process(reload_signal="SIGUSR2")),
        ],
    )
    def test_a_reload_takes_until_it_says_so(
        self,
        debian_13: Machine,
        tmp_path: Path,
        name: str,
        signal: str,
        process: Process,
    ) -> None:
        """systemd sends the signal itself, and no command is run for it."""
        for folder in ("first", "second"):
            (tmp_path / folder).mkdir()
        put(debian_13, tmp_path / "first", {name: Reloaded(process=process)})
        debian_13.succeed(["systemctl", "start", name])
        assert served(debian_13, name) == ["serves one"]
        number = debian_13.unit_properties(f"{name}.service")["MainPID"]
        put(debian_13, tmp_path / "second", {name: Reloaded(process=process, text="two")})
        before = time.monotonic()
        debian_13.succeed(["systemctl", "reload", name])
        assert time.monotonic() - before >= SLOW
        assert served(debian_13, name) == ["serves one", f"got {signal}", "serves two"]
        found = debian_13.unit_properties(f"{name}.service")
        assert (found["Type"], found["MainPID"]) == ("notify-reload", number)
        assert (found["ActiveState"], found["ExecMainStatus"]) == ("active", "0")
        debian_13.succeed(["systemctl", "stop", name])
