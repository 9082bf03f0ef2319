"""Schedules, sockets, low ports, limits and places of output on a booted systemd.

In: portable services, built by the product's own way. Out: verdicts about processes, sockets, timers,
files and what systemd says. Refuses to say a word to systemd that the portable options do not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from modsvc_dsl import (
    ConfigFile,
    Endpoints,
    Host,
    HttpEndpoint,
    InetSocket,
    Logging,
    Mistakes,
    Network,
    Process,
    Resources,
    Schedule,
    Service,
    Socket,
    Wants,
    build,
    check,
    define,
    endpoint,
    evaluate,
    option,
    tcp,
)
from modsvc_dsl.output.publish import publish
from modsvc_dsl.testing.machine import Machine
from modsvc_dsl.testing.plugin import MachineFactory

HOLD = ["/bin/sleep", "infinity"]

GREETER = '''\
"""Say on each socket that is passed what its name is; count the connections."""

import os
import selectors
import socket

names = os.environ["LISTEN_FDNAMES"].split(":")
waiting = selectors.DefaultSelector()
for offset, name in enumerate(names):
    listening = socket.socket(fileno=3 + offset)
    waiting.register(listening, selectors.EVENT_READ, name)
while True:
    for key, _ in waiting.select():
        connection, _ = key.fileobj.accept()
        with connection:
            connection.sendall(f"{key.data} of {sorted(names)}".encode())
'''

ASK = """
import socket, sys
kind, *where = sys.argv[1:]
family = socket.AF_UNIX if kind == "unix" else socket.AF_INET
with socket.socket(family) as asking:
    asking.connect(where[0] if kind == "unix" else (where[0], int(where[1])))
    print(asking.makefile().read())
"""


class Greeter(Service):
    """Started by whoever connects."""

    config_data = {"greeter.py": ConfigFile(text=GREETER)}
    network = Network(
        sockets={
            "inet": Socket(listen=[InetSocket("127.0.0.1", 8201), InetSocket("127.0.0.1", 8202)]),
            "local": Socket(listen=[Path("/run/greet 100%.sock")], mode=0o660, group="games"),
        }
    )

    @define(Process.argv)
    def _run(self) -> list[str]:
        return ["/usr/bin/python3", self.config_data["greeter.py"].path]


class Web(Service):
    """A web server on a port that needs a privilege."""

    process = Process(argv=["/usr/bin/python3", "-m", "http.server", "--bind", "127.0.0.1", "81"])
    network = Network(ports={"http": tcp(81, address="127.0.0.1")})
    endpoints = Endpoints(provides={"http": HttpEndpoint(port=81)})


class Client(Service):
    """Asks the web server once it has been started."""

    server: Wants[HttpEndpoint] = option(description="Whom to ask.")

    @define(Process.argv)
    def _run(self) -> list[str]:
        return ["/bin/sh", "-c", 'echo "asks $1"; exec sleep infinity', "sh", self.server.url]


LIMITED = Service(
    process=Process(argv=["/bin/sh", "-c", "echo out; echo err >&2; exec sleep infinity"]),
    resources=Resources(
        memory_max="64M",
        memory_high="48M",
        cpu_quota="50%",
        cpu_weight=20,
        tasks_max=7,
        open_files=4096,
        locked_memory="1M",
        nice=5,
        oom_score=500,
        io_class="idle",
        core_dumps=False,
    ),
    logging=Logging(stdout=Path("/var/log/limited 100%.log"), stderr="log", identifier="lim"),
)


def services() -> Mapping[str, Service]:
    """One of each."""
    web = Web()
    ticker = Service(
        process=Process(argv=["/bin/echo", "tick"]),
        schedule=Schedule(every="1s", accuracy="1us"),
    )
    yearly = Service(
        process=Process(argv=["/bin/echo", "once"]),
        schedule=Schedule(calendar=["*-12-24 18:00 UTC", "Mon 04:00 UTC"], random_delay="5min"),
    )
    quiet = Service(
        process=Process(
            argv=["/bin/sh", "-c", "echo heard; echo unheard >&2; exec sleep infinity"]
        ),
        logging=Logging(stdout="log", stderr="null"),
    )
    return {
        "greeter": Greeter(),
        "web": web,
        "client": Client(server=endpoint(web, HttpEndpoint)),
        "limited": LIMITED,
        "ticker": ticker,
        "yearly": yearly,
        "quiet": quiet,
    }


@pytest.fixture(scope="module")
def machine(
    machine_factory: MachineFactory, tmp_path_factory: pytest.TempPathFactory, root: Path
) -> Iterator[Machine]:
    """A machine that got the services and was rebooted, so that nothing was started by hand."""
    folder = tmp_path_factory.mktemp("network")
    publish(build(check(evaluate(Host(services=services())))).trees, folder / "out", base=folder)
    with machine_factory("network", root=root) as booted:
        booted.copy_tree(folder / "out" / "host")
        booted.reboot()
        yield booted


def ask(machine: Machine, *where: str) -> str:
    return machine.succeed(["python3", "-c", ASK, *where]).strip()


def test_the_host_is_up_without_a_failed_unit(machine: Machine) -> None:
    assert (machine.boot_state, machine.failed_units()) == ("running", [])


def test_a_schedule_fires_again_and_again(machine: Machine) -> None:
    machine.wait_until(lambda: machine.journal("ticker").count("tick\n") > 2, timeout=30)
    properties = machine.unit_properties("ticker.timer")
    assert (properties["ActiveState"], properties["UnitFileState"]) == ("active", "enabled")
    assert machine.unit_properties("ticker.service")["UnitFileState"] == "static"


def test_a_calendar_is_what_systemd_reads(machine: Machine) -> None:
    properties = machine.unit_properties("yearly.timer")
    calendars = re.findall(r"OnCalendar=(.*?) ;", properties["TimersCalendar"])
    assert sorted(calendars) == ["*-12-24 18:00:00 UTC", "Mon *-*-* 04:00:00 UTC"]
    assert (properties["Persistent"], properties["RandomizedDelayUSec"]) == ("yes", "5min")
    assert machine.unit_properties("yearly.service")["ActiveState"] == "inactive"


def test_the_first_connection_starts_the_service(machine: Machine) -> None:
    assert machine.unit_properties("greeter.service")["ActiveState"] == "inactive"
    assert machine.unit_state("greeter-inet.socket").sub == "listening"
    every = "['inet', 'inet', 'local']"
    assert ask(machine, "inet", "127.0.0.1", "8202") == f"inet of {every}"
    assert machine.unit_state("greeter.service").active == "active"
    assert ask(machine, "inet", "127.0.0.1", "8201") == f"inet of {every}"
    assert ask(machine, "unix", "/run/greet 100%.sock") == f"local of {every}"
    found = machine.succeed(["stat", "-c", "%a %G", "/run/greet 100%.sock"]).split()
    assert found == ["660", "games"]


def test_a_low_port_needs_no_root(machine: Machine) -> None:
    machine.wait_for_port(81)
    process = machine.unit_properties("web.service")["MainPID"]
    status = machine.read_file(f"/proc/{process}/status")
    bind = f"{1 << 10:016x}"  # CAP_NET_BIND_SERVICE is the tenth, capabilities(7)
    assert re.findall(r"^Cap(?:Eff|Bnd|Amb):\s(\w+)$", status, re.MULTILINE) == [bind] * 3
    (user,) = set(re.findall(r"^Uid:\s(.*)$", status, re.MULTILINE)[0].split())
    assert int(user) in range(61184, 65520)


def test_who_wants_an_endpoint_starts_after_it(machine: Machine) -> None:
    properties = machine.unit_properties("client.service")
    assert "web.service" in properties["After"].split()
    assert "web.service" not in properties["Requires"].split()
    machine.wait_until(lambda: "asks http://127.0.0.1:81/" in machine.journal("client"))


LIMITS = {
    "MemoryMax": str(64 << 20),
    "MemoryHigh": str(48 << 20),
    "CPUQuotaPerSecUSec": "500ms",
    "CPUWeight": "20",
    "TasksMax": "7",
    "LimitNOFILE": "4096",
    "LimitMEMLOCK": str(1 << 20),
    "LimitCORE": "0",
    "Nice": "5",
    "OOMScoreAdjust": "500",
    "IOSchedulingClass": "3",
}


def test_limits_are_those_of_systemd_and_of_the_process(machine: Machine) -> None:
    properties = machine.unit_properties("limited.service")
    assert {name: properties[name] for name in LIMITS} == LIMITS
    process = properties["MainPID"]
    limits = machine.read_file(f"/proc/{process}/limits")
    assert re.search(r"^Max open files +4096 +4096 ", limits, re.MULTILINE)
    assert re.search(r"^Max core file size +0 +0 ", limits, re.MULTILINE)
    assert machine.read_file(f"/proc/{process}/oom_score_adj").strip() == "500"
    assert machine.read_file(f"/proc/{process}/stat").rpartition(")")[2].split()[16] == "5"


def test_output_goes_where_it_was_sent(machine: Machine) -> None:
    assert machine.read_file("/var/log/limited 100%.log") == "out\n"
    said = json.loads(
        machine.succeed(["journalctl", "-u", "limited", "-t", "lim", "-o", "json", "--no-pager"])
    )
    assert (said["MESSAGE"], said["SYSLOG_IDENTIFIER"]) == ("err", "lim")
    journal = machine.journal("quiet")
    assert "heard" in journal and "unheard" not in journal


def test_a_port_that_is_taken_twice_is_no_tree() -> None:
    """It is refused before anything is built."""
    with pytest.raises(Mistakes, match="both listen on TCP port 81"):
        build(evaluate(Host(services={"one": Web(), "other": Web()})))
