"""The examples that run daemons of Debian's, on a booted systemd: clients connect, and get what they came for.

In: the trees that `modsvc build` makes of them, secrets and folders as their docstrings have people make.
Out: verdicts about answers, and about what is left after reloads and restarts. Refuses to look into
configuration files: what the daemons make of them is what counts.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from modsvc_dsl.testing.machine import Machine
from modsvc_dsl.testing.plugin import MachineFactory
from tests.e2e.test_examples import fetch
from tests.examples import gallery

RUNNING = (
    *("balancer", "pages-one", "pages-other", "broker", "resolver", "shell", "sites"),
    *("shop-db", "shop-web", "shop-worker"),
)

PREPARE = """
set -eu
mkdir -p /etc/keys /srv/handbook /srv/photos
chmod 700 /etc/keys
echo handbook >/srv/handbook/index.html
echo photos >/srv/photos/index.html
echo secret-of-the-shop >/etc/keys/shop
echo passphrase >/etc/keys/borg
mosquitto_passwd -b -c /etc/keys/mqtt ann of-ann
chmod 600 /etc/keys/*
useradd --create-home --shell /bin/bash ann
echo letter >/home/ann/letter
chmod -R go= /home/ann
ssh-keygen -q -t ed25519 -N "" -f /root/key
install -d -m 700 -o ann -g ann /home/ann/.ssh
install -m 600 -o ann -g ann /root/key.pub /home/ann/.ssh/authorized_keys
"""


@pytest.fixture(scope="module")
def host(
    machine_factory: MachineFactory, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Machine]:
    """A machine with all of them, booted after they came."""
    built = tmp_path_factory.mktemp("servers")
    with machine_factory("servers") as machine:
        machine.succeed(["sh", "-c", PREPARE])
        for name in gallery.SERVERS:
            machine.copy_tree(gallery.built_by_command(name, built) / "host")
        machine.reboot()
        for name in RUNNING:
            machine.wait_for_unit(f"{name}.service", timeout=120)
        yield machine


def restarts(machine: Machine) -> dict[str, str]:
    """Service -> how often it was started again."""
    return {n: machine.unit_properties(f"{n}.service")["NRestarts"] for n in RUNNING}


def test_all_of_them_start_with_the_host(host: Machine) -> None:
    """None had to try twice."""
    assert host.failed_units() == []
    assert set(restarts(host).values()) == {"0"}, restarts(host)


def test_only_the_ssh_server_is_root(host: Machine) -> None:
    """All others have no capability beyond that for a low port."""
    low_port = {"sites", "resolver"}
    for name in RUNNING:
        process = host.unit_properties(f"{name}.service")["MainPID"]
        status = host.read_file(f"/proc/{process}/status")
        user = re.findall(r"^Uid:\s(\d+)", status, re.MULTILINE)
        bounds = re.findall(r"^CapBnd:\s(\w+)", status, re.MULTILINE)
        assert (user == ["0"]) == (name == "shell"), name
        if name != "shell":
            assert int(bounds[0], 16) == (1 << 10 if name in low_port else 0), name


def test_sites(host: Machine) -> None:
    """Each name has its own pages, others none; a new site is there after a reload."""

    def page(name: str) -> str:
        return host.succeed(["curl", "-s", "-H", f"Host: {name}", "http://127.0.0.1/"])

    assert page("handbook.example.org") == "handbook\n"
    assert page("photos.example.org") == "photos\n"
    assert "404 Not Found" in page("elsewhere.example.org")
    config = "/etc/system-services/sites/nginx.conf"
    text = host.read_file(config)
    host.write_file(config, text.replace("photos.example.org", "pictures.example.org"))
    host.succeed(["systemctl", "reload", "sites"])
    host.wait_until(lambda: page("pictures.example.org") == "photos\n")
    assert "404 Not Found" in page("photos.example.org")
    host.write_file(config, "nonsense")
    assert host.execute(["systemctl", "reload", "sites"]).status != 0
    assert page("pictures.example.org") == "photos\n", "nginx goes on with what was right"
    host.write_file(config, text)


def test_balancer(host: Machine) -> None:
    """Requests reach both servers, one alone where the other is down, and survive a reload."""

    def heard(name: str) -> int:
        return host.journal(name).count('"GET / HTTP')

    def both_are_asked() -> bool:
        assert fetch(host, "8200/")[0] == 200
        return heard("pages-one") > 0 and heard("pages-other") > 0

    host.wait_until(both_are_asked)  # the balancer takes one in when it has found it to be there
    worker = host.succeed(["pgrep", "--parent", main(host, "balancer")])
    host.succeed(["systemctl", "reload", "balancer"])
    host.wait_until(lambda: host.succeed(["pgrep", "--parent", main(host, "balancer")]) != worker)
    host.succeed(["systemctl", "stop", "pages-other"])
    assert [fetch(host, "8200/")[0] for _ in range(3)] == [200, 200, 200]
    host.succeed(["systemctl", "stop", "balancer"])
    assert host.unit_properties("balancer.service")["Result"] == "success"
    host.succeed(["systemctl", "start", "balancer", "pages-other"])


def test_a_configuration_can_be_judged_where_it_is_built() -> None:
    """By the balancer's own program, before there is a host."""
    command = [sys.executable, "-m", "modsvc_dsl", "check", "--validate", "examples/balancer.py"]
    done = subprocess.run(command, cwd=gallery.ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "validator" not in done.stderr


def main(machine: Machine, name: str) -> str:
    """The main process of a service."""
    return machine.unit_properties(f"{name}.service")["MainPID"]


def test_broker(host: Machine) -> None:
    """Who has a password is served, who has none is not, and what is kept outlives a restart."""
    ann = ["-u", "ann", "-P", "of-ann", "-t", "news"]
    host.succeed(["mosquitto_pub", *ann, "-m", "kept", "-r"])
    stranger = host.execute(["mosquitto_pub", "-t", "news", "-m", "x"])
    assert stranger.status != 0 and "not authorised" in stranger.stderr
    host.succeed(["systemctl", "restart", "broker"])
    assert host.succeed(["mosquitto_sub", *ann, "-C", "1", "-W", "10"]) == "kept\n"


def test_resolver(host: Machine) -> None:
    """Names of the zone are known here, over both protocols, before anything looks one up."""
    ask = r"""
import socket, struct, sys
question = struct.pack(">6H", 7, 256, 1, 0, 0, 0)
question += b"".join(bytes([len(p)]) + p for p in sys.argv[1].encode().split(b".")) + b"\0\0\1\0\1"
udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
udp.settimeout(5)
udp.sendto(question, ("127.0.0.1", 53))
tcp = socket.create_connection(("127.0.0.1", 53), timeout=5)
tcp.sendall(struct.pack(">H", len(question)) + question)
for answer in (udp.recv(512), tcp.recv(512)[2:]):
    print(socket.inet_ntoa(answer[-4:]))
"""
    answers = host.succeed(["python3", "-c", ask, "printer.home.arpa"])
    assert answers == "192.0.2.7\n" * 2
    assert "resolver.service" in host.unit_properties("nss-lookup.target")["After"].split()


def test_remote_shell(host: Machine) -> None:
    """A key opens a session, as that user; it goes on while the server is restarted."""
    ssh = ["ssh", "-p", "2222", "-i", "/root/key", "-o", "StrictHostKeyChecking=no"]
    assert host.succeed([*ssh, "ann@127.0.0.1", "id", "-un"]) == "ann\n"
    assert host.execute([*ssh, "-o", "BatchMode=yes", "games@127.0.0.1", "id"]).status != 0
    long = "sleep 3; echo still there >/home/ann/session"
    host.succeed(["sh", "-c", f"{' '.join(ssh)} ann@127.0.0.1 '{long}' >/dev/null 2>&1 &"])
    host.wait_until(["pgrep", "-u", "ann", "sleep"])
    host.succeed(["systemctl", "restart", "shell"])
    host.wait_until(["test", "-e", "/home/ann/session"], timeout=20)
    host.write_file("/etc/system-services/shell/sshd_config", "Nonsense yes\n")
    assert host.execute(["systemctl", "reload", "shell"]).status != 0
    assert host.unit_state("shell.service").active == "active"


def test_vault(host: Machine, tmp_path: Path) -> None:
    """What only its owner may read is in the archive, and can be had back with the passphrase."""
    listed = host.succeed(["systemctl", "list-timers", "--no-pager", "vault.timer"])
    assert re.search(r"vault\.timer\s+vault\.service", listed)
    for _ in range(2):
        host.succeed(["systemctl", "start", "vault.service"], timeout=120)
    borg = ["env", "BORG_PASSPHRASE=passphrase", "BORG_REPO=/var/lib/vault/repository"]
    borg += ["BORG_BASE_DIR=/tmp/borg", "borg"]
    archives = json.loads(host.succeed([*borg, "list", "--json"]))["archives"]
    assert len(archives) == 2
    name = f"::{archives[-1]['archive']}"
    assert host.succeed([*borg, "extract", "--stdout", name, "home/ann/letter"]) == "letter\n"
    wrong = [*borg[:1], "BORG_PASSPHRASE=wrong", *borg[2:], "list"]
    assert host.execute(wrong).status != 0
    assert host.succeed(["stat", "-c", "%U", "/var/lib/vault/repository"]) == "vault\n"


class TestShop:
    """Six services that make one."""

    def test_an_order_is_packed(self, host: Machine) -> None:
        """By the worker, in the database, through the web server."""
        answer = fetch(host, "8180/", "POST", "a book")[1]
        number = re.fullmatch(r"order (\d+) is open\n", answer)
        assert number, answer
        packed = f"order {number[1]} is packed\n"
        host.wait_until(lambda: fetch(host, f"8180/{number[1]}")[1] == packed)
        assert fetch(host, "8180/0")[0] == 404

    def test_nothing_is_in_the_way_of_expensive_queries(self, host: Machine) -> None:
        """The server may compile them, which it says only once it does."""
        query = "SET jit_above_cost = 0; SELECT sum(n * 2) FROM generate_series(1, 1000) AS n"
        asked = ["runuser", "-u", "postgres", "--", "psql", "-h", "/run/shop-db", "-p", "8181"]
        assert host.succeed([*asked, "-At", "-c", query]).splitlines()[-1] == "1001000"

    def test_the_password_is_asked_for(self, host: Machine) -> None:
        """Over TCP; and it is what was handed over."""
        url = "postgresql://shop:{}@127.0.0.1:8181/shop"
        for password, gets_in in (("secret-of-the-shop", True), ("guess", False)):
            done = host.execute(["psql", url.format(password), "-c", "SELECT 1"])
            assert (done.status == 0) == gets_in, done.stderr

    def test_the_order_of_starts(self, host: Machine) -> None:
        """Servers and worker come after the tables, those after the role, that after the server."""
        started = {
            name: int(
                host.unit_properties(f"shop-{name}.service")["ExecMainStartTimestampMonotonic"]
            )
            for name in ("db", "provision", "migration", "web", "worker")
        }
        assert started["db"] < started["provision"] < started["migration"]
        assert started["migration"] < min(started["web"], started["worker"])

    def test_a_reload_loses_no_request(self, host: Machine) -> None:
        """gunicorn takes new workers while it answers."""
        before = host.succeed(["pgrep", "--parent", main(host, "shop-web")])
        host.succeed(["systemctl", "reload", "shop-web"])
        host.wait_until(
            lambda: host.succeed(["pgrep", "--parent", main(host, "shop-web")]) != before
        )
        assert fetch(host, "8180/1")[0] == 200

    def test_a_dump_is_one_that_can_be_restored(self, host: Machine) -> None:
        """It is the database user's, and has the tables in it."""
        host.succeed(["systemctl", "start", "shop-backup.service"])
        dump = "/var/lib/shop-backup/latest.dump"
        assert "TABLE DATA public orders shop" in host.succeed(["pg_restore", "--list", dump])
        assert host.succeed(["stat", "-L", "-c", "%U %a", dump]) == "postgres 600\n"

    def test_without_its_database_it_is_down_and_comes_back(self, host: Machine) -> None:
        """What is required takes it along; data and cluster are those of before."""
        host.succeed(["systemctl", "stop", "shop-db"])
        assert host.unit_state("shop-web.service").active == "inactive"
        host.succeed(["systemctl", "start", "shop-web", "shop-worker"])
        assert fetch(host, "8180/1")[1] == "order 1 is packed\n"
        assert host.journal("shop-db").count("running bootstrap script") == 1
