"""Secrets that commands write, on a booted systemd.

In: services that tell what they were handed, and commands that succeed and fail. Out: verdicts about
what arrives, and whether a service starts without. Refuses to look at unit files.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from modsvc_dsl import Host, build, check, evaluate, secret_command
from modsvc_dsl.output.publish import publish
from modsvc_dsl.testing.machine import Machine
from modsvc_dsl.testing.plugin import MachineFactory
from tests.e2e.test_belongings import Teller, told
from tests.e2e.test_examples import DYNAMIC

ODD = """50% %n $HOME ${HOME} 'a' "b"; \\x41\nUser=root"""

FAILING = {
    "silent": secret_command(["/bin/false"]),
    "half": secret_command(["/bin/sh", "-c", "echo half of it; exit 3"]),
    "nowhere": secret_command(["/no/such/program"]),
    "nobody-s": secret_command(["/bin/echo", "secret"], user="no-such-user"),
    "killed": secret_command(["/bin/sh", "-c", "echo half of it; kill -9 $$"]),
}


ASKER = Teller(
    credentials={
        "asked": secret_command(["/usr/bin/printf", "%s", ODD]),
        "asked-as": secret_command(["/usr/bin/id", "-un"], user="games"),
        "asked-alone": secret_command(["/bin/sh", "-c", "id -u; echo noise >&2"]),
    }
)


@pytest.fixture(scope="module")
def host(
    machine_factory: MachineFactory, tmp_path_factory: pytest.TempPathFactory, root: Path
) -> Iterator[Machine]:
    """A machine with all of them, booted after they came."""
    failing = {name: Teller(credentials={"a": secret}) for name, secret in FAILING.items()}
    out = tmp_path_factory.mktemp("secret-commands") / "out"
    services = Host(services={"asker": ASKER, **failing})
    publish(build(check(evaluate(services))).trees, out, base=out.parent)
    with machine_factory("secret-commands", root=root) as machine:
        machine.copy_tree(out / "host")
        machine.reboot()
        yield machine


def test_the_sockets_listen_once_the_host_has_started(host: Machine) -> None:
    """But for that of a command which is to run as a user that there is not."""
    assert host.failed_units() == ["nobody-s-secret:a.socket"]


def test_the_output_of_a_command_is_handed_over(host: Machine) -> None:
    """At each start, whatever the arguments are; by root's socket, which no other opens."""
    for _ in range(2):
        found = told(host, "asker")
        secrets = found["secrets"]
        alone = int(secrets.pop("asked-alone"))  # without what it wrote elsewhere
        assert secrets == {"asked": ODD, "asked-as": "games\n"}
        assert {alone, found["uid"]} <= {*DYNAMIC} and alone != found["uid"]
    socket = "/run/modsvc-credentials/asker-secret:asked.sock"
    assert host.succeed(["stat", "-c", "%a %U", socket]) == "600 root\n"
    connect = "import socket, sys; socket.socket(socket.AF_UNIX).connect(sys.argv[1])"
    ask = ["setpriv", "--reuid=games", "--clear-groups", "/usr/bin/python3", "-c", connect]
    assert "Permission denied" in host.execute([*ask, socket]).stderr


@pytest.mark.parametrize("name", FAILING)
def test_a_service_does_not_start_where_its_command_fails(host: Machine, name: str) -> None:
    """Neither with nothing nor with half of a secret, whatever kept the command from it."""
    assert host.execute(["systemctl", "start", f"{name}.service"]).status != 0
    assert '{"uid"' not in host.journal(name)
    host.succeed(["systemctl", "reset-failed"])
