"""The examples as files that people read, and the values they lead to."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from examples import fleet, hardened, instances, portable, static_site, visits
from modsvc_dsl import (
    Fleet,
    Host,
    Mistakes,
    Service,
    SystemdManager,
    SystemdService,
    check,
    evaluate,
    json_data,
    json_schema,
)
from tests.examples import gallery
from tests.language.fits import misfit


@pytest.mark.parametrize("name", gallery.NAMES)
def test_it_says_what_it_is_and_how_to_build_it(name: str) -> None:
    """The docstring has a command that names the file."""
    tree = ast.parse((gallery.FOLDER / f"{name}.py").read_text())
    assert f"    modsvc build examples/{name}.py --out out" in (ast.get_docstring(tree) or "")


@pytest.mark.parametrize("name", gallery.NAMES)
def test_it_can_be_read_by_itself(name: str) -> None:
    """One file that imports the standard library and this package, nothing of another example."""
    tree = ast.parse((gallery.FOLDER / f"{name}.py").read_text())
    roots = {
        (node.module or "").partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
    }
    assert "modsvc_dsl" in roots
    assert roots - {"modsvc_dsl"} <= sys.stdlib_module_names
    assert not any(isinstance(node, ast.Import) for node in tree.body)


@pytest.mark.parametrize("name", gallery.NAMES)
def test_the_programs_it_ships_are_python(name: str, tmp_path: Path) -> None:
    """What lies in config_data as *.py compiles, and is formatted as our own files are."""
    for tree in gallery.trees(name).values():
        for script, text in gallery.texts(tree, "etc/system-services/", ".py").items():
            compile(text, script, "exec")
            (tmp_path / script).write_text(text)
    done = subprocess.run(
        [sys.executable, "-m", "black", "--check", "--diff", "--line-length=100", tmp_path],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout


def test_ports_are_said_once() -> None:
    """The parts of the composition follow the port of the whole, and one another."""
    host = check(evaluate(Host(services={"v": visits.Visits(port=9000)})))
    parts = host.services["v"].services
    app = parts["app"][visits.Application]
    assert parts["redis"][visits.Redis].port == app.redis_port == 9002
    assert parts["front"][visits.Front].behind == app.port == 9001
    assert f"port {app.redis_port}\n" in (parts["redis"].config_data["redis.conf"].text or "")


def test_a_composition_can_be_placed_twice() -> None:
    """Nothing in it is named after the place it has in the example."""
    host = Host(services={"a": visits.Visits(), "b": visits.Visits(port=9000)})
    services = check(evaluate(host)).services
    paths = {services[name].services["app"].config_data["app.py"].path for name in ("a", "b")}
    assert paths == {f"/etc/system-services/{name}-app/app.py" for name in ("a", "b")}


def test_instances_differ_where_they_say_so() -> None:
    """And have the module's values elsewhere."""
    services = check(evaluate(instances.host)).services
    caches = [services[name][instances.Cache] for name in ("sessions", "pages", "thumbnails")]
    assert [cache.port for cache in caches] == [8131, 8132, 8133]
    assert [cache.megabytes for cache in caches] == [64, 256, 64]
    assert [cache.evict for cache in caches] == ["volatile-ttl", "allkeys-lru", "allkeys-lfu"]


def test_mixins_join_and_are_overridden() -> None:
    """An option of a mixin is set, one of its directives is forced, the rest stays."""
    notes = check(evaluate(hardened.host)).services["notes"]
    assert notes[hardened.Frugal].memory == 96
    directives = dict(notes[SystemdService].systemd.service.service)
    assert (directives["MemoryMax"], directives["TasksMax"]) == ("96M", 4)
    assert directives["IPAddressDeny"] == ["any"]


def test_the_portable_service_needs_no_manager() -> None:
    """Alone it evaluates to plain data, with nothing of systemd in it."""
    alone = check(evaluate(portable.Redirect(target="https://example.org")))
    assert "systemd" not in json_data(alone)
    assert SystemdService not in alone
    managed = check(
        evaluate(portable.Redirect(target="https://example.org"), manager=SystemdManager())
    )
    assert managed[SystemdService].systemd.service.service.get("MemoryMax") == "64M"
    assert alone.process.argv == managed.process.argv


def test_hosts_are_the_sum_of_their_roles() -> None:
    """Each host of the plan has the services of its roles, and no more."""
    result = check(evaluate(fleet.fleet))
    assert {name: sorted(host.services) for name, host in result.hosts.items()} == {
        **{f"web{number}": ["disk-usage", "site"] for number in (1, 2, 3)},
        "staging": ["disk-usage", "next", "sessions", "site"],
        "store": ["disk-usage", "sessions"],
    }


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (static_site.Handbook(port=70000), "`services.it.port`"),
        (visits.Visits(port=65535), "`services.it.services.redis.port`"),
        (hardened.Notes(imports=[hardened.Frugal(memory=8)]), "`services.it.memory`"),
        (instances.Cache(), "`services.it.port` has no value"),
    ],
)
def test_a_wrong_value_is_refused(wrong: Service, said: str) -> None:
    """Where the option is the example's own, the message names it."""
    with pytest.raises(Mistakes) as caught:
        check(evaluate(Host(services={"it": wrong})))
    assert said in str(caught.value)


@pytest.mark.parametrize("name", gallery.NAMES)
def test_the_json_data_of_every_service_fits_its_schema(name: str) -> None:
    """Which a service has that holds settings of any depth as well."""
    result: Any = check(evaluate(gallery.place(name)))
    hosts = result.hosts.values() if isinstance(result, Fleet) else [result]
    for service in (service for host in hosts for service in host.services.values()):
        assert misfit(json_schema(service), json.loads(json.dumps(json_data(service)))) == ""
