"""The examples on a booted systemd: what they promise happens.

In: the trees that `modsvc build` makes of the files in `examples/`. Out: verdicts about processes,
sockets, timers and answers. Refuses to start services by hand where enabling them should do it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import pytest

from examples.socket_activated import Greeter
from examples.timer_job import Archive
from modsvc_dsl import Host, Service, build, check, evaluate, systemd
from modsvc_dsl.output.publish import publish
from modsvc_dsl.testing.machine import Machine
from modsvc_dsl.testing.plugin import MachineFactory
from tests.examples import gallery

PLACED = [name for name in gallery.NAMES if name not in {"fleet", *gallery.SERVERS}]
"""The examples for one host. Their units and ports differ, so that one machine has them all."""

DYNAMIC = range(61184, 65520)
"""User ids that systemd gives to services with DynamicUser=, systemd.exec(5)."""

TARGETS = ["multi-user.target", "sockets.target", "timers.target"]

LONG_RUNNING = {
    *("handbook", "visits-redis", "visits-app", "visits-front"),
    *("sessions", "pages", "thumbnails", "notes", "moved", "front"),
}

ON_DEMAND = {"greeter.service", "archive.service", "repositories@0.service"}
"""Units that something else starts than the host."""

FETCH = """
import json, sys, urllib.request, urllib.error
method, url, data = sys.argv[1:]
class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_): return None
request = urllib.request.Request(url, data.encode() or None, method=method)
try:
    answer = urllib.request.build_opener(Stay).open(request, timeout=20)
except urllib.error.HTTPError as error:
    answer = error
print(json.dumps([answer.status, answer.read().decode(), dict(answer.headers)]))
"""


def fetch(
    machine: Machine, url: str, method: str = "GET", data: str = ""
) -> tuple[int, str, dict[str, str]]:
    """Status, body and headers of an answer over HTTP; a redirect is not followed."""
    status, body, headers = json.loads(
        machine.succeed(["python3", "-c", FETCH, method, f"http://127.0.0.1:{url}", data])
    )
    return status, body, headers


def put(machine: Machine, folder: Path, services: Mapping[str, Service]) -> None:
    """Build services by the product's own way, copy the tree in, have systemd read it."""
    folder.mkdir()
    publish(build(check(evaluate(Host(services=services)))).trees, folder / "out", base=folder)
    machine.copy_tree(folder / "out" / "host")
    machine.daemon_reload()


def start(machine: Machine) -> None:
    """What booting would: start all that is enabled, and wait for it."""
    machine.succeed(["systemctl", "start", *TARGETS])
    for name in LONG_RUNNING:
        machine.wait_for_unit(f"{name}.service")
    for port in (8100, 8120, 8121, 8140, 8150, 8170):
        machine.wait_for_port(port)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The examples, built by the command: name -> folder with a tree per host."""
    built = tmp_path_factory.mktemp("examples")
    return {name: gallery.built_by_command(name, built) for name in gallery.NAMES}


@pytest.fixture(scope="module")
def host(
    machine_factory: MachineFactory, folders: Mapping[str, Path], root: Path
) -> Iterator[Machine]:
    """A machine that got all examples after it had booted, and was only told to reload."""
    with machine_factory("examples", root=root) as machine:
        for name in PLACED:
            machine.copy_tree(folders[name] / "host")
        machine.daemon_reload()
        start(machine)
        yield machine


def units() -> set[str]:
    """The names of all units of the examples for one host; a template as one of its instances."""
    names = {unit for name in PLACED for unit in gallery.units(gallery.trees(name)["host"])}
    return {name.replace("@.", "@0.") for name in names}


def main_processes(machine: Machine) -> dict[str, int]:
    """Service that should run -> its main process, 0 where it does not."""
    return {
        name: int(machine.unit_properties(f"{name}.service")["MainPID"]) for name in LONG_RUNNING
    }


class TestUnits:
    def test_systemd_understands_every_line(self, host: Machine) -> None:
        assert complaints(host, units()) == []

    def test_systemd_would_complain_in_the_journal(self, host: Machine) -> None:
        odd = "/etc/systemd/system/odd.service"
        host.write_file(odd, "[Service]\nExcStart=/bin/true\n")
        host.daemon_reload()
        assert host.execute(["systemctl", "start", "odd.service"]).status != 0
        assert any("Unknown key" in line for line in complaints(host, {"odd.service"}))
        host.succeed(["rm", odd])
        host.daemon_reload()

    def test_every_unit_is_loaded_from_where_it_was_put(self, host: Machine) -> None:
        for unit in units():
            properties = host.unit_properties(unit)
            found = (properties["LoadState"], properties["FragmentPath"])
            assert found == ("loaded", f"/etc/systemd/system/{unit.replace('@0.', '@.')}")

    def test_what_starts_at_boot_is_enabled_by_its_links_alone(self, host: Machine) -> None:
        enabled = {unit: host.execute(["systemctl", "is-enabled", unit]).stdout for unit in units()}
        assert enabled == {
            unit: "static\n" if unit in ON_DEMAND else "enabled\n" for unit in units()
        }

    def test_all_run_and_none_had_to_be_restarted(self, host: Machine) -> None:
        assert host.failed_units() == []
        assert all(main_processes(host).values())
        restarts = {n: host.unit_properties(f"{n}.service")["NRestarts"] for n in LONG_RUNNING}
        assert set(restarts.values()) == {"0"}, restarts

    def test_no_process_is_root_and_no_two_services_share_a_user(self, host: Machine) -> None:
        users: dict[str, set[int]] = {}
        for name in LONG_RUNNING:
            group = host.unit_properties(f"{name}.service")["ControlGroup"]
            processes = host.read_file(f"/sys/fs/cgroup{slices(host)}{group}/cgroup.procs").split()
            statuses = (host.read_file(f"/proc/{each}/status") for each in processes)
            ids = [re.findall(r"^[UG]id:\s(.*)", each, re.MULTILINE) for each in statuses]
            users[name] = {int(one) for found in ids for line in found for one in line.split()}
        assert {name: len(found) for name, found in users.items()} == dict.fromkeys(users, 1)
        every = [one for found in users.values() for one in found]
        assert set(every) <= set(DYNAMIC)
        assert len(set(every)) == len(every) == len(LONG_RUNNING)

    def test_none_can_gain_a_privilege_or_write_to_the_system(self, host: Machine) -> None:
        for process in main_processes(host).values():
            status = host.read_file(f"/proc/{process}/status")
            assert re.search(r"^CapBnd:\s0+$", status, re.MULTILINE)
            assert re.search(r"^NoNewPrivs:\s1$", status, re.MULTILINE)
            assert re.search(r"^Seccomp:\s2$", status, re.MULTILINE)
            mountinfo = host.read_file(f"/proc/{process}/mountinfo").splitlines()
            root = [line.split()[5].split(",") for line in mountinfo if line.split()[4] == "/"]
            assert "ro" in root[-1], "the last of the mounts on one place is the one that is seen"


def complaints(machine: Machine, names: Collection[str]) -> list[str]:
    """What systemd said about lines and contents of units when it read them."""
    places = re.compile(r"/etc/systemd/system/([^ :]+):(\d+: )?")
    lines = (line for line in machine.journal().splitlines() if " systemd[1]: " in line)
    found = ((line, places.search(line)) for line in lines)
    return [line for line, place in found if place and place[1] in names]


def slices(machine: Machine) -> str:
    """Where below /sys/fs/cgroup the hierarchy is that systemd tracks services in."""
    return (
        "/systemd" if machine.execute(["test", "-d", "/sys/fs/cgroup/systemd"]).status == 0 else ""
    )


class TestStaticSite:
    def test_pages_are_served(self, host: Machine) -> None:
        status, body, _ = fetch(host, "8100/")
        assert (status, "<h1>Handbook</h1>" in body) == (200, True)
        assert "100 % Python &amp; systemd" in fetch(host, "8100/about/")[1]

    def test_nothing_beside_them_is(self, host: Machine) -> None:
        assert fetch(host, "8100/../../../etc/passwd")[0] == 404


class TestSocketActivated:
    def test_the_first_request_starts_the_service(self, host: Machine) -> None:
        assert host.unit_state("greeter.socket").sub == "listening"
        assert host.unit_properties("greeter.service")["ActiveState"] == "inactive"
        assert fetch(host, "8110/world")[:2] == (200, "Hello, world!\n")
        properties = host.unit_properties("greeter.service")
        assert (properties["ActiveState"], properties["TriggeredBy"]) == (
            "active",
            "greeter.socket",
        )
        assert int(host.succeed(["stat", "-c", "%u", f"/proc/{properties['MainPID']}"])) in DYNAMIC

    def test_it_ends_when_idle_and_comes_again(self, host: Machine, tmp_path: Path) -> None:
        put(host, tmp_path / "tree", {"drowsy": Greeter(port=8111, idle=1)})
        host.succeed(["systemctl", "start", "sockets.target"])
        for visitor in ("one", "two"):
            assert fetch(host, f"8111/{visitor}")[1] == f"Hello, {visitor}!\n"
            host.wait_for_unit("drowsy.service", "inactive", timeout=10)
            assert host.unit_state("drowsy.socket").sub == "listening"
        assert host.unit_properties("drowsy.service")["Result"] == "success"

    def test_without_its_socket_it_says_so(self, host: Machine, tmp_path: Path) -> None:
        put(host, tmp_path / "tree", {"alone": Greeter(port=8112)})
        program = ["/usr/bin/python3", "/etc/system-services/alone/server.py", "1"]
        done = host.execute(program)
        assert (done.status, done.stdout) == (1, "")
        assert done.stderr == "no socket was passed: start the .socket unit instead\n"


class TestTimerJob:
    def test_it_is_scheduled(self, host: Machine) -> None:
        listed = host.succeed(["systemctl", "list-timers", "--no-pager", "archive.timer"])
        assert re.search(
            r"\S+ \d{4}-\d\d-\d\d 03:00:00 .* archive\.timer\s+archive\.service", listed
        )

    def test_the_job_archives_what_only_root_may_read(self, host: Machine, tmp_path: Path) -> None:
        host.write_file("/srv/private/secret", "of root", mode=0o600)
        host.succeed(["chmod", "700", "/srv/private"])
        put(host, tmp_path / "tree", {"vault": Archive(folder=Path("/srv/private"))})
        host.succeed(["systemctl", "start", "vault.service"])
        (archive,) = host.succeed(["ls", "/var/lib/vault"]).split()
        read = ["tar", "--extract", "--to-stdout", "--file", f"/var/lib/vault/{archive}"]
        assert host.succeed([*read, "private/secret"]) == "of root"
        assert host.succeed(["stat", "-L", "-c", "%a", f"/var/lib/vault/{archive}"]) == "600\n"
        properties = host.unit_properties("vault.service")
        assert (properties["ActiveState"], properties["Result"]) == ("inactive", "success")

    def test_the_timer_runs_it_and_old_archives_go(self, host: Machine, tmp_path: Path) -> None:
        often = Archive(
            folder=Path("/etc/systemd"),
            calendar="*-*-* *:*:*",
            keep=2,
            imports=[systemd(timer={"AccuracySec": "1us"})],
        )
        put(host, tmp_path / "tree", {"often": often})
        host.succeed(["systemctl", "start", "timers.target"])
        host.wait_until(lambda: host.journal("often").count("/etc/systemd: ") > 3, timeout=30)
        assert len(host.succeed(["ls", "/var/lib/often"]).split()) == 2
        host.succeed(["systemctl", "stop", "often.timer"])


TLS = """
import ssl, sys, urllib.request
context = ssl.create_default_context(cadata=sys.stdin.read())
context.check_hostname = False
print(urllib.request.urlopen("https://127.0.0.1:8170/", context=context).read().decode(), end="")
"""


class TestTlsFront:
    def test_it_answers_with_the_one_certificate_that_it_made(self, host: Machine) -> None:
        certificate = host.succeed(["cat", "/var/lib/private/front/certificate.pem"])
        for verb in ("reload", "restart"):
            host.succeed(["systemctl", verb, "front.service"])
            host.wait_for_port(8170)
            assert host.succeed(["python3", "-c", TLS], input=certificate) == "Over TLS.\n"


class TestComposition:
    def test_front_application_and_redis_talk_to_each_other(self, host: Machine) -> None:
        before = visits_so_far(host)
        answers = [fetch(host, "8120/") for _ in range(3)]
        assert [body for _, body, _ in answers] == [
            f"You are visitor {before + number}.\n" for number in (1, 2, 3)
        ]
        assert all(headers["Server"].startswith("nginx/") for _, _, headers in answers)
        assert visits_so_far(host) == before + 3

    def test_their_order_is_known_to_systemd(self, host: Machine) -> None:
        app = host.unit_properties("visits-app.service")
        assert "visits-redis.service" in app["Requires"].split()
        assert "visits-redis.service" in app["After"].split()
        front = host.unit_properties("visits-front.service")
        assert "visits-app.service" in front["Wants"].split()
        assert "visits-app.service" not in front["Requires"].split()

    def test_what_is_required_takes_it_along_and_counts_on(self, host: Machine) -> None:
        seen = int(fetch(host, "8120/")[1].split()[3].rstrip("."))
        host.succeed(["systemctl", "stop", "visits-redis"])
        assert host.unit_state("visits-app.service").active == "inactive"
        assert host.unit_state("visits-front.service").active == "active"
        assert fetch(host, "8120/")[0] == 502
        host.succeed(["systemctl", "start", "visits-app"])
        host.wait_for_port(8121)
        assert host.unit_state("visits-redis.service").active == "active"
        assert fetch(host, "8120/")[1] == f"You are visitor {seen + 1}.\n"


def visits_so_far(machine: Machine) -> int:
    """What the redis of the composition has counted."""
    return int(machine.succeed(["redis-cli", "-p", "8122", "--raw", "get", "visits"]).strip() or 0)


class TestInstances:
    @pytest.mark.parametrize(
        ("port", "megabytes", "policy"),
        [(8131, 64, "volatile-ttl"), (8132, 256, "allkeys-lru"), (8133, 64, "allkeys-lfu")],
    )
    def test_each_has_its_own_size_and_policy(
        self, host: Machine, port: int, megabytes: int, policy: str
    ) -> None:
        asked = ["redis-cli", "-p", str(port), "--raw", "config", "get", "maxmemory*"]
        values = host.succeed(asked).split()
        found = dict(zip(values[::2], values[1::2], strict=True))
        assert (found["maxmemory"], found["maxmemory-policy"]) == (str(megabytes << 20), policy)

    def test_a_value_in_one_is_in_no_other(self, host: Machine) -> None:
        host.succeed(["redis-cli", "-p", "8131", "set", "key", "value"])
        found = [
            host.succeed(["redis-cli", "-p", p, "--raw", "get", "key"])
            for p in ("8131", "8132", "8133")
        ]
        assert found == ["value\n", "\n", "\n"]

    def test_they_are_ready_before_they_count_as_started(self, host: Machine) -> None:
        properties = host.unit_properties("sessions.service")
        assert (properties["Type"], properties["StatusText"]) == (
            "notify",
            "Ready to accept connections",
        )


class TestHardened:
    def test_it_keeps_notes(self, host: Machine) -> None:
        assert fetch(host, "8140/", "POST", "buy milk")[:2] == (200, "noted\n")
        assert fetch(host, "8140/")[1] == "buy milk\n"
        assert host.read_file("/var/lib/private/notes/notes.txt") == "buy milk\n"
        assert host.succeed(["stat", "-c", "%a", "/var/lib/private/notes/notes.txt"]) == "600\n"

    def test_the_mixins_reached_systemd(self, host: Machine) -> None:
        properties = host.unit_properties("notes.service")
        assert set(properties["IPAddressDeny"].split()) == {"0.0.0.0/0", "::/0"}
        assert set(properties["IPAddressAllow"].split()) == {"127.0.0.0/8", "::1/128"}
        assert (properties["MemoryMax"], properties["TasksMax"]) == (str(96 << 20), "4")
        assert properties["CPUQuotaPerSecUSec"] == "500ms"


class TestPortable:
    def test_it_redirects(self, host: Machine) -> None:
        for method in ("GET", "HEAD"):
            status, _, headers = fetch(host, "8150/some/path?x=1", method)
            assert (status, headers["Location"]) == (301, "https://www.example.org/some/path?x=1")


class TestReboot:
    def test_everything_comes_back_with_its_data(
        self, machine_factory: MachineFactory, folders: Mapping[str, Path], root: Path
    ) -> None:
        with machine_factory("rebooted", root=root) as machine:
            for name in PLACED:
                machine.copy_tree(folders[name] / "host")
            machine.reboot()
            start(machine)
            assert fetch(machine, "8120/")[1] == "You are visitor 1.\n"
            fetch(machine, "8140/", "POST", "survives")
            machine.reboot()
            assert (machine.boot_state, machine.failed_units()) == ("running", [])
            states = {unit: machine.unit_state(unit).active for unit in units()}
            assert states == {u: "inactive" if u in ON_DEMAND else "active" for u in units()}
            for port in (8120, 8121, 8140):
                machine.wait_for_port(port)
            assert fetch(machine, "8120/")[1] == "You are visitor 2.\n"
            assert fetch(machine, "8140/")[1] == "survives\n"
            assert fetch(machine, "8110/again")[1] == "Hello, again!\n"


FLEET = gallery.trees("fleet")


@pytest.mark.parametrize("name", FLEET)
def test_each_host_of_the_fleet_boots_with_its_roles(
    machine_factory: MachineFactory, folders: Mapping[str, Path], name: str, root: Path
) -> None:
    services = {Path(unit).stem for unit in gallery.units(FLEET[name], ".service")}
    with machine_factory(name, root=root) as machine:
        machine.copy_tree(folders["fleet"] / name)
        machine.reboot()
        assert (machine.boot_state, machine.failed_units()) == ("running", [])
        assert machine.unit_state("disk-usage.timer").active == "active"
        for service in services - {"disk-usage"}:
            machine.wait_for_unit(f"{service}.service")
        if "site" in services:
            machine.wait_for_port(8160)
            assert f"<title>Served by {name}</title>" in fetch(machine, "8160/")[1]
        machine.succeed(["systemctl", "start", "disk-usage.service"])
        assert "Mounted on" in machine.journal("disk-usage")
