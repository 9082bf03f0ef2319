"""Trees: which files a host gets, whose they are, and which cannot be."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from modsvc_dsl import (
    ConfigFile,
    Host,
    Mistakes,
    Process,
    Service,
    Systemd,
    SystemdService,
    Unit,
    build,
    evaluate,
    systemd,
)
from modsvc_dsl.managers.systemd.emit import emit
from modsvc_dsl.managers.tree import File, Origin
from tests.managers.systemd.reading import ARGV, UNITS, read_unit, running, tree_of, unit_text
from tests.services.saying import said

WANTS = f"{UNITS}/multi-user.target.wants"
ROOT = Path(__file__).parents[3]


def test_a_service_makes_a_unit_a_link_and_its_files() -> None:
    """Each has an owner and the line where it was written."""
    file = ConfigFile(text="x\n")
    web = Service(process=Process(argv=ARGV), config_data={"web.conf": file})
    tree = tree_of({"web": web})
    assert list(tree) == [
        "etc/system-services/web/web.conf",
        f"{WANTS}/web.service",
        f"{UNITS}/web.service",
    ]
    assert {entry.service for entry in tree.values()} == {("web",)}
    config, link, unit = tree.values()
    here = (Origin(__file__, web.__module_record__.place.locate().line),)
    assert link.origins == unit.origins == here
    assert config.origins == (Origin(__file__, file.__module_record__.place.locate().line),)
    assert isinstance(config, File) and (config.content, config.mode) == (b"x\n", 0o644)


def test_groups_yield_no_unit() -> None:
    """Their config files are theirs all the same."""
    group = Service(
        services={"a": Service(services={"b": running()})}, config_data={"x": ConfigFile(text="")}
    )
    assert list(tree_of({"group": group})) == [
        "etc/system-services/group/x",
        f"{UNITS}/group-a-b.service",
        f"{WANTS}/group-a-b.service",
    ]


def test_what_is_switched_off_yields_nothing() -> None:
    """Nor does anything below it; a file may be off by itself."""
    off = Service(
        enable=False,
        process=Process(argv=ARGV),
        services={"a": running()},
        config_data={"x": ConfigFile(text="")},
        imports=[systemd(socket={"ListenStream": [80]})],
    )
    web = Service(process=Process(argv=ARGV), config_data={"x": ConfigFile(text="", enable=False)})
    assert list(tree_of({"off": off, "web": web})) == [
        f"{WANTS}/web.service",
        f"{UNITS}/web.service",
    ]


def test_further_units_have_names_of_their_own() -> None:
    """They belong to the service, and are as confined as it is."""
    further = SystemdService(
        systemd=Systemd(
            services={"clean": Unit(service={"ExecStart": "/bin/clean", "Type": "oneshot"})},
            timers={"clean": Unit(timer={"OnCalendar": "daily"})},
        )
    )
    tree = tree_of(
        {"web": Service(services={"db": Service(process=Process(argv=ARGV), imports=[further])})}
    )
    assert list(tree) == [
        f"{WANTS}/web-db.service",
        f"{UNITS}/timers.target.wants/web-db-clean.timer",
        f"{UNITS}/web-db-clean.service",
        f"{UNITS}/web-db-clean.timer",
        f"{UNITS}/web-db.service",
    ]
    lines = [
        f"{line.directive}={line.text}"
        for line in read_unit(unit_text(tree, "web-db-clean.service"))
    ]
    assert {"DynamicUser=true", "NoNewPrivileges=true", "ExecStart=/bin/clean"} <= set(lines)
    assert {entry.service for entry in tree.values()} == {("web", "db")}


COLLISIONS: dict[str, tuple[dict[str, Service], str]] = {
    "path and name": (
        {"a-b": running(), "a": Service(services={"b": running()})},
        "`services.a-b` and `services.a.services.b` both make etc/systemd/system/a-b.service",
    ),
    "two paths": (
        {
            "a": Service(services={"b-c": running()}),
            "a-b": Service(services={"c": running()}),
        },
        "`services.a.services.b-c` and `services.a-b.services.c` both make "
        "etc/systemd/system/a-b-c.service",
    ),
    "further unit": (
        {
            "a": Service(
                process=Process(argv=ARGV),
                imports=[
                    SystemdService(
                        systemd=Systemd(services={"b": Unit(service={"ExecStart": "/x"})})
                    )
                ],
            ),
            "a-b": running(),
        },
        "`services.a.systemd.services.b` and `services.a-b` both make "
        "etc/systemd/system/a-b.service",
    ),
    "config of groups": (
        {
            "a-b": Service(services={"x": running()}, config_data={"f": ConfigFile(text="")}),
            "a": Service(
                services={
                    "b": Service(services={"y": running()}, config_data={"f": ConfigFile(text="")})
                }
            ),
        },
        "`services.a-b.config_data.f` and `services.a.services.b.config_data.f` both make "
        "etc/system-services/a-b/f",
    ),
}


@pytest.mark.parametrize("case", COLLISIONS)
def test_two_services_cannot_make_one_file(case: str) -> None:
    """The message names both places; neither wins."""
    services, headline = COLLISIONS[case]
    (message,) = said(lambda: tree_of(services))
    lines = message.split("\n")
    assert lines[0] == headline
    assert lines[-1].startswith("  to fix: rename one of them")


def test_the_whole_message_of_a_collision() -> None:
    """Two lines of this file, and what joins names."""
    one = Service(process=Process(argv=ARGV))
    other = Service(process=Process(argv=["/bin/other"]))
    assert said(lambda: tree_of({"a-b": one, "a": Service(services={"b": other})})) == [
        "`services.a-b` and `services.a.services.b` both make etc/systemd/system/a-b.service\n"
        "  `services.a-b` placed at test_emit.py\n"
        "      one = Service(process=Process(argv=ARGV))\n"
        "  `services.a.services.b` placed at test_emit.py\n"
        '      other = Service(process=Process(argv=["/bin/other"]))\n'
        "  to fix: rename one of them; the names on a service's path are joined by dashes"
    ]


def test_two_config_files_of_a_service_cannot_be_one() -> None:
    """Nor can one be a folder of another."""
    files = {
        "a": ConfigFile(text=""),
        "b": ConfigFile(text="", name="a"),
        "c/d": ConfigFile(text=""),
        "c": ConfigFile(text=""),
    }
    messages = said(
        lambda: tree_of({"web": Service(process=Process(argv=ARGV), config_data=files)})
    )
    assert [message.split("\n")[0] for message in messages] == [
        "`services.web.config_data.a` and `services.web.config_data.b` both make "
        "etc/system-services/web/a",
        "`services.web.config_data.c` makes the file etc/system-services/web/c, and "
        '`services.web.config_data["c/d"]` a file below it',
    ]
    assert [message.split("\n")[-1] for message in messages] == [
        "  to fix: rename one of them: give it another key, or another name=",
        "  to fix: rename one of them",
    ]


def test_every_service_is_looked_at_before_anything_is_built() -> None:
    """Names of units, links and directives of all services come in one error."""
    wrong: dict[str, Any] = {
        "a b": running(),
        "ok": running(),
        "c": Service(process=Process(argv=ARGV), imports=[systemd(install={"Alias": ["x.timer"]})]),
        "d@": running(),
    }
    with pytest.raises(Mistakes) as caught:
        tree_of(wrong)
    assert [mistake.path[1] for mistake in caught.value.mistakes] == ["a b", "c", "d@"]


def test_emission_is_a_function_of_services() -> None:
    """Without a host around them it makes the same files."""
    host = evaluate(Host(services={"web": running()}))
    assert dict(emit(host.services, 257).files) == build(host).trees["host"]


SCRIPT = """
import hashlib
from pathlib import Path
from modsvc_dsl import *

def service(n):
    return Service(
        process=Process(argv=["/bin/x"], environment={f"V{i}": str(i) for i in {*range(9)}}),
        meta=Meta(documentation=[f"man:{word}(1)" for word in ("a", "b")]),
        hardening=Hardening(capabilities=["CAP_KILL", "CAP_CHOWN"], writable_paths=[Path("/b"), Path("/a")]),
        config_data={f"{word}.conf": ConfigFile(text=word) for word in ("z", "y", "x")},
        imports=[systemd(unit={"After": ["b.target", "a.target"]}, service={"Nice": n, "UMask": 0o77})],
        services={} if n else {"below": service(1)},
    )

hosts = {name: Host(services={f"s{i}": service(0) for i in range(4)}) for name in ("b", "a", "c")}
trees = build(evaluate(Fleet(hosts=hosts))).trees
digest = hashlib.sha256(repr([(h, list(t.items())) for h, t in trees.items()]).encode())
print(digest.hexdigest(), sum(map(len, trees.values())))
"""


def test_the_same_source_gives_the_same_bytes(tmp_path: Path) -> None:
    """Whatever seed Python's hashes have: content, order, owners and origins."""
    (tmp_path / "site.py").write_text(SCRIPT)
    seen = set()
    for seed in ("0", "1", "4242", "random"):
        done = subprocess.run(
            [sys.executable, "-P", str(tmp_path / "site.py")],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        seen.add(done.stdout)
    assert len(seen) == 1 and seen.pop().endswith(" 120\n")


def test_the_order_of_services_does_not_change_a_unit() -> None:
    """Only which tree they are in."""
    services = {name: running([f"/bin/{name}"]) for name in ("a", "b", "c")}
    backwards = dict(reversed(services.items()))
    assert tree_of(services) == tree_of(backwards)
