"""Who services are, what they have and what they are handed, on a booted systemd.

In: services that write down what they see, and servers that people run. Out: verdicts about processes,
files, owners and answers. Refuses to look at unit files: what they come to is what counts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from modsvc_dsl import (
    ConfigFile,
    Directories,
    Directory,
    Hardening,
    Host,
    Identity,
    Lifecycle,
    NotificationProtocol,
    Offline,
    Process,
    Secret,
    Service,
    Trusted,
    build,
    check,
    define,
    encrypted_secret,
    evaluate,
    option,
    secret_file,
    stored_secret,
)
from modsvc_dsl.output.publish import publish
from modsvc_dsl.testing.machine import Machine
from modsvc_dsl.testing.plugin import MachineFactory
from tests.e2e.test_examples import DYNAMIC, fetch

TELL = """
import grp, json, os, pathlib, pwd, stat, sys
paths = json.loads(sys.argv[1])
def seen(path):
    found = os.stat(path)
    return {"mode": stat.S_IMODE(found.st_mode), "owner": found.st_uid, "writable": os.access(path, os.W_OK)}
status = dict(l.split(":", 1) for l in open("/proc/self/status") if ":" in l)
print(json.dumps({
    "uid": os.getuid(), "user": pwd.getpwuid(os.getuid()).pw_name, "group": grp.getgrgid(os.getgid()).gr_name,
    "groups": sorted(grp.getgrgid(g).gr_name for g in os.getgroups()),
    "paths": {name: seen(path) for name, path in paths["directories"].items()},
    "secrets": {name: pathlib.Path(path).read_text() for name, path in paths["secrets"].items()},
    "by systemd": {n: os.environ.get(n + "_DIRECTORY") for n in ("STATE", "CACHE", "LOGS", "RUNTIME", "CONFIGURATION", "CREDENTIALS")},
    "kept": os.path.exists(paths["mark"]) if paths["mark"] else None,
    "no new privileges": status["NoNewPrivs"].strip(), "interfaces": sorted(os.listdir("/sys/class/net")),
    "homes": os.listdir("/home") if os.access("/home", os.R_OK) else None,
}))
if paths["mark"]:
    pathlib.Path(paths["mark"]).touch()
"""
KINDS = ("state", "cache", "logs", "runtime", "configuration")


class Teller(Service):
    """A oneshot that tells what it sees, with the paths that it was given by its options."""

    mark: bool = option(default=False, description="Whether it leaves a file in its state.")
    lifecycle = Lifecycle(type="oneshot", start_at_boot=False)

    @define(Process.argv)
    def _run(self) -> list[str]:
        every = {kind: getattr(self.directories, kind) for kind in KINDS}
        said = {
            "directories": {kind: each.path for kind, each in every.items() if each.enable},
            "secrets": {name: secret.path for name, secret in self.credentials.items()},
            "mark": f"{self.directories.state.path}/mark" if self.mark else "",
        }
        return ["/usr/bin/python3", "-c", TELL, json.dumps(said)]


ALL_KINDS = Directories(
    state=Directory(subdirectories=["data"]),
    cache=Directory(mode=0o750),
    logs=Directory(),
    runtime=Directory(mode=0o711),
    configuration=Directory(),
)


class Redis(Service):
    """A redis whose password it is handed, and that keeps its data."""

    password: Secret = option(description="A line `requirepass ...`.")
    notification_protocol = NotificationProtocol(systemd=True)
    directories = Directories(state=Directory())

    @define(Service.credentials["password.conf"])
    def _password(self) -> Secret:
        return self.password

    @define(Process.argv)
    def _run(self) -> list[str]:
        return ["/usr/bin/redis-server", self.config_data["redis.conf"].path]

    @define(Service.config_data["redis.conf"])
    def _config(self) -> ConfigFile:
        secret = self.credentials["password.conf"].path
        lines = ["bind 127.0.0.1", "port 8201", "supervised auto", "appendonly yes"]
        lines += [f"dir {self.directories.state.path}", f"include {secret}"]
        return ConfigFile(text="\n".join(lines) + "\n")


class Nginx(Service):
    """nginx that keeps everything it writes in directories of its own."""

    directories = Directories(
        runtime=Directory(), cache=Directory(subdirectories=["body", "proxy"]), logs=Directory()
    )

    @define(Process.argv)
    def _run(self) -> list[str]:
        config = self.config_data["nginx.conf"].path
        log = f"{self.directories.logs.path}/error.log"
        return ["/usr/sbin/nginx", "-e", log, "-c", config, "-g", "daemon off;"]

    @define(Service.config_data["nginx.conf"])
    def _config(self) -> ConfigFile:
        cache, logs = self.directories.cache.path, self.directories.logs.path
        folders = "".join(
            f"{kind}_temp_path {cache}/proxy; " for kind in ("proxy", "fastcgi", "uwsgi", "scgi")
        )
        server = "server { listen 127.0.0.1:8202; location / { return 200 hello; } }"
        http = (
            f"access_log {logs}/access.log; client_body_temp_path {cache}/body; {folders}{server}"
        )
        text = f"pid {self.directories.runtime.path}/pid;\nevents {{}}\nhttp {{ {http} }}\n"
        return ConfigFile(text=text)


INITDB = """
import os, subprocess, sys
bin, data, secret = sys.argv[1:]
if not os.path.exists(f"{data}/PG_VERSION"):
    subprocess.run([f"{bin}/initdb", "-D", data, "-U", "postgres", "-A", "scram-sha-256",
                    f"--pwfile={secret}", "--no-sync", "--locale=C"], check=True)
"""
POSTGRES = "/usr/lib/postgresql/15/bin"


class Postgres(Service):
    """PostgreSQL that makes its cluster on its first start, as a user made for good."""

    password: Secret = option(description="The password of its superuser.")
    identity = Identity(user="pg-shop", create=True)
    notification_protocol = NotificationProtocol(systemd=True)
    directories = Directories(state=Directory(), runtime=Directory())

    @define(Service.credentials["password"])
    def _password(self) -> Secret:
        return self.password

    @define(Lifecycle.before_start)
    def _init(self) -> list[list[str]]:
        secret = self.credentials["password"].path
        return [["/usr/bin/python3", "-c", INITDB, POSTGRES, self.directories.state.path, secret]]

    @define(Process.argv)
    def _run(self) -> list[str]:
        sockets = self.directories.runtime.path
        settings = ["-c", f"unix_socket_directories={sockets}", "-c", "port=8203"]
        return [f"{POSTGRES}/postgres", "-D", self.directories.state.path, *settings]


def services(root: Path) -> dict[str, Service]:
    """All of them, on one machine; PostgreSQL where it is installed."""
    dynamic = Teller(
        directories=ALL_KINDS,
        mark=True,
        credentials={
            "plain": secret_file("/etc/keys/50%n-of-it"),
            "sealed": encrypted_secret("/etc/keys/sealed"),
            "kept": stored_secret("in-the-store"),
        },
    )
    made = Teller(
        identity=Identity(user="app-user", create=True, group="media", groups=["video", "newly"]),
        directories=ALL_KINDS,
    )
    named = Teller(identity=Identity(create=True, uid=733))
    shared = Directories(state=Directory(name="dynamic"))
    found: dict[str, Service] = {
        "dynamic": dynamic,
        "beside-dynamic": Teller(identity=Identity(same_as=dynamic), directories=shared, mark=True),
        "made": made,
        "beside-made": Teller(identity=Identity(same_as=made, groups=["games"])),
        "named": named,
        "mail": Teller(),
        "root": Teller(),
        "trusted": Teller(identity=Identity(user="nobody"), imports=[Trusted()]),
        "offline": Teller(imports=[Offline()]),
        "peerless": Service(
            process=Process(argv=["/bin/sleep", "600"]), hardening=Hardening(peers=["localhost"])
        ),
        "store": Redis(password=secret_file("/etc/keys/redis")),
        "front": Nginx(),
    }
    if (root / POSTGRES.lstrip("/")).exists():
        found["postgres"] = Postgres(password=secret_file("/etc/keys/postgres"))
    return found


@pytest.fixture(scope="module")
def host(
    machine_factory: MachineFactory, tmp_path_factory: pytest.TempPathFactory, root: Path
) -> Iterator[Machine]:
    """A machine with all of them, whose secrets only root can read, booted after they came."""
    out = tmp_path_factory.mktemp("belongings") / "out"
    publish(build(check(evaluate(Host(services=services(root))))).trees, out, base=out.parent)
    with machine_factory("belongings", root=root) as machine:
        machine.write_file("/etc/keys/50%n-of-it", "plain secret", mode=0o600)
        machine.write_file("/etc/keys/redis", "requirepass hunter2\n", mode=0o600)
        machine.write_file("/etc/keys/postgres", "elephant", mode=0o600)
        machine.write_file("/etc/credstore/in-the-store", "stored secret", mode=0o600)
        machine.write_file("/etc/keys/raw", "sealed secret", mode=0o600)
        seal = ["systemd-creds", "encrypt", "--with-key=host", "--name=sealed"]
        machine.succeed([*seal, "/etc/keys/raw", "/etc/keys/sealed"])
        machine.succeed(["rm", "/etc/keys/raw"])
        machine.copy_tree(out / "host")
        machine.reboot()
        yield machine


def told(machine: Machine, name: str) -> dict[str, Any]:
    """What a teller says now. Any: what it tells is of all kinds."""
    machine.succeed(["systemctl", "start", f"{name}.service"])
    lines = [line for line in machine.journal(name).splitlines() if '{"uid"' in line]
    found: dict[str, Any] = json.loads(lines[-1][lines[-1].index('{"uid"') :])
    return found


def test_nothing_failed_at_boot(host: Machine) -> None:
    """Users were made, directories given, secrets handed over before anything started."""
    assert host.failed_units() == []


class TestDirectories:
    @pytest.mark.parametrize("name", ["dynamic", "made"])
    def test_paths_modes_and_owners_are_those_said(self, host: Machine, name: str) -> None:
        """The path that an option gives is where the process finds its directory."""
        found = told(host, name)
        modes = {kind: each["mode"] for kind, each in found["paths"].items()}
        usual = {"state": 0o700, "cache": 0o750, "logs": 0o700, "runtime": 0o711}
        assert modes == {**usual, "configuration": 0o755}
        assert {each["owner"] for each in found["paths"].values()} == {found["uid"]}
        assert all(each["writable"] for each in found["paths"].values())

    @pytest.mark.parametrize("name", ["dynamic", "made"])
    def test_systemd_names_the_same_places(self, host: Machine, name: str) -> None:
        """The paths of the options are those in systemd's own variables, DynamicUser= or not."""
        said = told(host, name)["by systemd"]
        private = "private/" if name == "dynamic" else ""
        assert said["STATE"].split(":")[0] in (f"/var/lib/{private}{name}", f"/var/lib/{name}")
        assert said["RUNTIME"] == f"/run/{name}"
        assert said["CONFIGURATION"] == f"/etc/{name}"
        where = f"/var/lib/{private}{name}"
        assert host.succeed(["stat", "-c", "%a", f"{where}/data"]) == "700\n"

    def test_state_stays_and_the_runtime_directory_goes(self, host: Machine) -> None:
        """What was left in state is found by the next start."""
        told(host, "dynamic")
        assert told(host, "dynamic")["kept"] is True
        assert host.execute(["test", "-e", "/run/dynamic"]).status != 0


class TestIdentity:
    def test_a_user_that_is_made_has_its_groups(self, host: Machine) -> None:
        """User, main group and further ones are made by the host before the service starts."""
        found = told(host, "made")
        assert (found["user"], found["group"]) == ("app-user", "media")
        assert {"video", "newly"} <= {*found["groups"]}
        assert found["uid"] not in DYNAMIC

    def test_a_user_of_the_service_s_name_has_its_number(self, host: Machine) -> None:
        """create=True alone makes one of the service's name."""
        found = told(host, "named")
        assert (found["user"], found["uid"]) == ("named", 733)

    @pytest.mark.parametrize("name", ["mail", "root"])
    def test_a_service_is_no_user_that_the_host_has(self, host: Machine, name: str) -> None:
        """systemd would take one of the unit's name."""
        found = told(host, name)
        assert found["user"] == f"{name}-service"
        assert found["uid"] in DYNAMIC

    def test_another_one_s_user_is_the_same_user(self, host: Machine) -> None:
        """Be it made for good, with a group of its own, or only while one of them runs."""
        made, beside = told(host, "made"), told(host, "beside-made")
        assert (made["uid"], made["group"]) == (beside["uid"], beside["group"])
        assert "games" in beside["groups"]
        told(host, "dynamic")
        other = told(host, "beside-dynamic")
        assert (other["user"], other["kept"]) == ("dynamic", True)
        assert other["uid"] in DYNAMIC


class TestCredentials:
    def test_each_sort_is_handed_over_at_its_path(self, host: Machine) -> None:
        """A file of root's, an encrypted one and a stored one are read under DynamicUser=."""
        found = told(host, "dynamic")
        assert found["secrets"] == {
            "plain": "plain secret",
            "sealed": "sealed secret",
            "kept": "stored secret",
        }
        assert found["by systemd"]["CREDENTIALS"] == "/run/credentials/dynamic.service"
        assert found["uid"] in DYNAMIC


class TestHardening:
    def test_a_trusted_service_can_gain_privileges_and_no_other_can(self, host: Machine) -> None:
        """No directive that is left implies NoNewPrivileges=."""
        assert told(host, "trusted")["no new privileges"] == "0"
        assert told(host, "made")["no new privileges"] == "1"

    def test_an_offline_service_has_a_loopback_only(self, host: Machine) -> None:
        """It has a network of its own."""
        properties = host.unit_properties("offline.service")
        assert properties["PrivateNetwork"] == "yes"
        assert properties["RestrictAddressFamilies"] == "AF_UNIX"
        assert told(host, "offline")["no new privileges"] == "1"

    def test_peers_are_what_systemd_lets_through(self, host: Machine) -> None:
        """The rest of the world is denied."""
        properties = host.unit_properties("peerless.service")
        assert {*properties["IPAddressAllow"].split()} == {"127.0.0.0/8", "::1/128"}
        assert {*properties["IPAddressDeny"].split()} == {"0.0.0.0/0", "::/0"}


class TestServers:
    def test_redis_asks_for_the_password_it_was_handed(self, host: Machine) -> None:
        """The secret is nowhere in its config file, and its data in its own directory."""
        host.wait_for_unit("store.service")
        ask = ["redis-cli", "-p", "8201", "--no-auth-warning"]
        assert "NOAUTH" in host.succeed([*ask, "ping"])
        assert host.succeed([*ask, "-a", "hunter2", "set", "a", "b"]) == "OK\n"
        assert "hunter2" not in host.read_file("/etc/system-services/store/redis.conf")
        assert "appendonlydir" in host.succeed(["ls", "/var/lib/private/store"])

    def test_nginx_writes_to_its_own_directories(self, host: Machine) -> None:
        """Logs, caches and its number lie where its options say."""
        host.wait_for_port(8202)
        assert fetch(host, "8202/")[1] == "hello"
        assert "GET /" in host.read_file("/var/log/private/front/access.log")
        main = host.unit_properties("front.service")["MainPID"]
        assert host.read_file("/run/front/pid").strip() == main

    @pytest.mark.skipif(not Path(POSTGRES).exists(), reason="PostgreSQL 15 is not installed")
    @pytest.mark.parametrize("root", ["installed"], indirect=True)
    def test_postgres_makes_its_cluster_with_the_password_it_was_handed(
        self, host: Machine
    ) -> None:
        """The cluster is the user's that was made, and outlives a restart."""
        host.wait_for_unit("postgres.service")
        link = "postgresql://postgres:elephant@127.0.0.1:8203/postgres"
        ask = [f"{POSTGRES}/psql", link, "-Atc"]
        host.succeed([*ask, "create table kept as select 7 as n"])
        host.succeed(["systemctl", "restart", "postgres.service"])
        assert host.succeed([*ask, "select n from kept"]) == "7\n"
        assert host.succeed(["stat", "-c", "%U %a", "/var/lib/postgres"]) == "pg-shop 700\n"
