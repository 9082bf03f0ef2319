"""Services of which the manager starts a process for each connection, on booted machines.

In: services that are handed connections. Out: verdicts about what people who connect get, and about the
processes behind that. Refuses to look at unit files.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from examples.git_server import GitServer
from modsvc_dsl import (
    ConfigFile,
    Directories,
    Directory,
    Host,
    InetSocket,
    Lifecycle,
    Logging,
    Network,
    Process,
    Relations,
    Service,
    Socket,
    build,
    check,
    evaluate,
    secret_command,
    secret_file,
)
from modsvc_dsl.output.publish import publish
from modsvc_dsl.testing.machine import Machine
from modsvc_dsl.testing.plugin import MachineFactory

TELL = """
import json, os, pathlib, sys
print("a complaint", file=sys.stderr, flush=True)
state = pathlib.Path(os.environ["STATE_DIRECTORY"], "visits")
visits = int(state.read_text()) + 1 if state.exists() else 1
state.write_text(str(visits))
secrets = pathlib.Path(os.environ["CREDENTIALS_DIRECTORY"])
print(json.dumps({
    "asked": sys.stdin.readline().strip(), "pid": os.getpid(), "uid": os.getuid(), "visits": visits,
    "from": os.environ["REMOTE_ADDR"], "config": open(sys.argv[1]).read(),
    "secrets": {each.name: each.read_text() for each in sorted(secrets.iterdir())},
}), flush=True)
sys.exit(3)
"""

ECHO = """
import os, socket
assert os.environ["LISTEN_FDS"] == "1" and os.environ["LISTEN_PID"] == str(os.getpid())
with socket.socket(fileno=3) as connection:
    print("to the log", flush=True)
    connection.sendall(os.environ["LISTEN_FDNAMES"].encode() + b" " + connection.recv(99))
"""

WAIT = "import sys; print('in', flush=True); sys.stdin.readline(); print('out', flush=True)"

ASK = """
import socket, sys
family, where = (socket.AF_INET, ("127.0.0.1", int(sys.argv[1]))) if sys.argv[1].isdigit() else (socket.AF_UNIX, sys.argv[1])
with socket.socket(family, socket.SOCK_STREAM) as connection:
    connection.settimeout(20)
    connection.connect(where)
    connection.sendall(sys.argv[2].encode() + b"\\n")
    while part := connection.recv(4096):
        sys.stdout.write(part.decode())
"""

CROWD = """
import socket, sys
def connect():
    made = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 20)
    made.settimeout(20)
    return made, made.recv(99)
every = [connect() for _ in range(int(sys.argv[2]))]
print([said.decode().strip() for _, said in every], flush=True)
every[0][0].sendall(b"\\n")
while every[0][0].recv(99):
    pass
print([connect()[1].decode().strip()], flush=True)
"""

PYTHON = "/usr/bin/python3"


CROWDED = Service(
    process=Process(argv=[PYTHON, "-c", WAIT]),
    logging=Logging(stderr="null"),
    network=Network(
        sockets={
            "door": Socket(
                listen=[InetSocket("127.0.0.1", 8302)],
                accept="stdio",
                max_connections=3,
                max_connections_per_source=2,
            )
        }
    ),
)


def services() -> dict[str, Service]:
    """A service for each way to be handed a connection, and one after them."""
    teller = Service(
        process=Process(argv=[PYTHON, "-c", TELL, "/etc/system-services/teller/text"]),
        config_data={"text": ConfigFile(text="said by a file")},
        directories=Directories(state=Directory()),
        credentials={
            "file": secret_file("/etc/keys/of-file"),
            "command": secret_command(["/bin/echo", "of a command"]),
        },
        network=Network(
            sockets={"ask": Socket(listen=[InetSocket("127.0.0.1", 8301)], accept="stdio")}
        ),
    )
    echo = Service(
        process=Process(argv=[PYTHON, "-c", ECHO]),
        lifecycle=Lifecycle(before_start=[["/bin/sh", "-c", "cat; echo before"]]),
        network=Network(
            sockets={"line": Socket(listen=[Path("/run/echo.sock")], accept="descriptor")}
        ),
    )
    after = Service(
        process=Process(argv=["/bin/sleep", "600"]),
        relations=Relations(after=[teller], requires=[teller], wants=[echo]),
    )
    return {
        **{"teller": teller, "echo": echo, "crowded": CROWDED, "after": after},
        "repositories": GitServer(repositories=Path("/srv/git")),
    }


@pytest.fixture(scope="module")
def host(
    machine_factory: MachineFactory, root: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Machine]:
    """A machine that has been booted with the services."""
    folder = tmp_path_factory.mktemp("connections")
    publish(build(check(evaluate(Host(services=services())))).trees, folder / "out", base=folder)
    with machine_factory("connections", root=root) as booted:
        booted.copy_tree(folder / "out" / "host")
        booted.write_file("/etc/keys/of-file", "of a file", mode=0o600)
        booted.reboot()
        yield booted


def ask(machine: Machine, *words: str) -> str:
    """What somebody gets who connects and says something."""
    return machine.succeed([PYTHON, "-c", ASK, *words])


def test_nothing_runs_before_somebody_connects(host: Machine) -> None:
    assert (host.boot_state, host.failed_units()) == ("running", [])
    listed = host.succeed(["systemctl", "list-units", "--plain", "--no-legend", "teller@*"])
    assert listed == ""
    assert host.unit_state("teller.socket").sub == "listening"


def test_each_connection_is_a_process_of_one_user(host: Machine) -> None:
    """With its files, its state and its secrets; what one kept, the next one finds."""
    one, two = (json.loads(ask(host, "8301", word)) for word in ("first", "second"))
    assert (one["asked"], two["asked"]) == ("first", "second")
    assert one["pid"] != two["pid"] and one["uid"] == two["uid"] >= 61184
    assert (one["visits"], two["visits"]) == (1, 2)
    assert one["from"] == "127.0.0.1" and one["config"] == "said by a file"
    assert one["secrets"] == {"command": "of a command\n", "file": "of a file"}


def test_complaints_are_for_the_host(host: Machine) -> None:
    """Who has connected sees nothing of them."""
    assert json.loads(ask(host, "8301", "third"))["asked"] == "third"
    said = host.succeed(["journalctl", "--output=cat", "--unit=teller@*"])
    assert "a complaint" in said and "third" not in said


def test_a_process_that_failed_leaves_nothing(host: Machine) -> None:
    """It ended with 3, and its unit is gone."""
    ask(host, "8301", "fourth")
    host.wait_until(
        lambda: not host.succeed(["systemctl", "list-units", "--all", "--no-legend", "teller@*"])
    )
    assert host.failed_units() == []


def test_a_connection_can_be_a_descriptor(host: Machine) -> None:
    """What is printed goes to the log, and commands beside it are not handed it."""
    assert ask(host, "/run/echo.sock", "hello") == "connection hello\n"

    def told() -> list[str]:
        return host.succeed(["journalctl", "--output=cat", "_TRANSPORT=stdout"]).splitlines()

    host.wait_until(lambda: {"before", "to the log"} <= set(told()))
    assert "hello" not in told()


def test_there_are_no_more_than_are_let_in(host: Machine) -> None:
    """The third from one address gets nothing, until one of the others has gone."""
    told = host.succeed([PYTHON, "-c", CROWD, "8302", "3"]).splitlines()
    assert told == ["['in', 'in', '']", "['in']"]


def test_who_is_said_to_come_after_it_comes_after_its_socket(host: Machine) -> None:
    found = host.unit_properties("after.service")
    assert "teller.socket" in found["After"].split()
    assert "teller.socket" in found["Requires"].split() and "echo.socket" in found["Wants"].split()
    host.succeed(["systemctl", "stop", "teller.socket"])
    assert host.unit_state("after.service").active == "inactive"
    host.succeed(["systemctl", "start", "after.service"])
    assert host.unit_state("teller.socket").sub == "listening"


def test_a_repository_can_be_cloned_and_not_written_to(host: Machine) -> None:
    """By as many processes as there are connections, which leave nothing."""
    make = "git init -q --bare /srv/git/project.git && git init -q /srv/work && cd /srv/work &&"
    identity = "git -c user.name=a -c user.email=a@example.org commit -q --allow-empty -m first"
    host.succeed(["sh", "-c", f"{make} {identity} && git push -q /srv/git/project.git HEAD"])
    url = "git://127.0.0.1:8180/project.git"
    for clone in ("one", "two"):
        host.succeed(["git", "clone", "-q", url, f"/srv/{clone}"])
        assert "first" in host.succeed(["git", "-C", f"/srv/{clone}", "log", "--oneline"])
    pushed = host.execute(["git", "-C", "/srv/one", "push", "-q", "origin", "HEAD:refs/heads/x"])
    assert pushed.status != 0
    instances = ["systemctl", "list-units", "--all", "--no-legend", "repositories@*"]
    host.wait_until(lambda: host.succeed(instances) == "")
    accepted = host.unit_properties("repositories.socket")["NAccepted"]
    assert int(accepted) >= 3
