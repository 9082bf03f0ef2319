"""All types of units, of services and of hosts: names, defaults, drop-ins, masks, instances."""

from __future__ import annotations

from typing import Any

import pytest

from modsvc_dsl import (
    specifiers,
    File,
    Host,
    HostSystemd,
    Link,
    Process,
    Service,
    Systemd,
    SystemdHost,
    SystemdService,
    Unit,
    build,
    evaluate,
)
from modsvc_dsl.managers.tree import Tree
from tests.managers.systemd.reading import ARGV, UNITS, links_of, tree_of, unit_text
from tests.services.saying import said


def service(**options: Any) -> Service:
    """A service that runs, with options of systemd."""
    return Service(process=Process(argv=ARGV), imports=[SystemdService(systemd=Systemd(**options))])


def host_tree(of_services: dict[str, Service] | None = None, **options: Any) -> Tree:
    """The tree of a host with options of systemd."""
    host = SystemdHost(services=of_services or {}, systemd=HostSystemd(**options))
    return build(evaluate(host)).trees["host"]


def names_of(tree: Tree) -> list[str]:
    """The names of the files among the units of a tree."""
    files = [path for path, entry in tree.items() if isinstance(entry, File)]
    return [path.removeprefix(f"{UNITS}/") for path in files if path.startswith(UNITS)]


ONE_OF_EACH: dict[str, Any] = {
    "services": {"a": Unit(service={"ExecStart": ["/bin/a"]})},
    "sockets": {"a": Unit(socket={"ListenStream": [80]})},
    "timers": {"a": Unit(timer={"OnCalendar": "daily"})},
    "paths": {"a": Unit(path={"PathChanged": "/a"})},
    "targets": {"a": Unit(unit={"Wants": ["b.service"]})},
    "slices": {"a": Unit(slice={"MemoryMax": "1G"})},
    "mounts": {"any word": Unit(mount={"What": "/dev/a", "Where": "/srv/a b"})},
    "automounts": {"x": Unit(automount={"Where": "/srv/a b"})},
    "swaps": {"y": Unit(swap={"What": "/dev/s"})},
}


def test_a_service_has_all_types_of_units() -> None:
    """Named by it and their keys, but for those that a path names."""
    assert sorted(names_of(tree_of({"it": service(**ONE_OF_EACH)}))) == [
        *("dev-s.swap", "it-a.path", "it-a.service", "it-a.slice", "it-a.socket", "it-a.target"),
        *("it-a.timer", "it.service", "srv-a\\x20b.automount", "srv-a\\x20b.mount"),
    ]


def test_a_host_has_all_types_of_units() -> None:
    """Named by their keys alone; a description is theirs to give."""
    tree = host_tree(**ONE_OF_EACH)
    assert sorted(names_of(tree)) == [
        *("a.path", "a.service", "a.slice", "a.socket", "a.target", "a.timer", "dev-s.swap"),
        *("srv-a\\x20b.automount", "srv-a\\x20b.mount"),
    ]
    assert unit_text(tree, "a.target") == (
        "# Made by modsvc for the host. Changes here are lost.\n\n[Unit]\nWants=b.service\n"
    )


def test_the_hosts_own_targets_want_what_activates() -> None:
    """Sockets, timers, paths, automounts and swaps; a mount that has an automount waits for it."""
    assert sorted(links_of(host_tree(**ONE_OF_EACH))) == [
        "local-fs.target.wants/srv-a\\x20b.automount",
        "paths.target.wants/a.path",
        "sockets.target.wants/a.socket",
        "swap.target.wants/dev-s.swap",
        "timers.target.wants/a.timer",
    ]


@pytest.mark.parametrize(
    ("mount", "target"),
    [
        ({"Type": "ext4"}, "local-fs.target"),
        ({"Type": "nfs"}, "remote-fs.target"),
        ({"Options": "ro,_netdev"}, "remote-fs.target"),
    ],
)
def test_a_mount_is_wanted_where_its_disk_is(mount: dict[str, str], target: str) -> None:
    """As systemd itself sorts them."""
    section: Any = {"What": "x", "Where": "/m", **mount}
    unit = Unit(mount=section)
    assert list(links_of(host_tree(mounts={"m": unit}))) == [f"{target}.wants/m.mount"]


def test_what_is_given_can_be_taken_away() -> None:
    """With None, for the description and for the target."""
    unit = Unit(
        unit={"Description": None}, socket={"ListenStream": [1]}, install={"WantedBy": None}
    )
    tree = tree_of({"it": service(socket=unit, sockets={"b": unit})})
    for name in ("it.socket", "it-b.socket"):
        assert unit_text(tree, name).partition("\n\n")[2] == "[Socket]\nListenStream=1\n"


def test_a_path_of_the_services_own_name_starts_it() -> None:
    """So it does not start with the host."""
    tree = tree_of({"it": service(path=Unit(path={"PathExists": ["/a"]}))})
    assert list(links_of(tree)) == ["paths.target.wants/it.path"]


def test_a_drop_in_adds_to_a_unit_of_the_host() -> None:
    """It lies in the unit's folder, and nothing is given to it by itself."""
    tree = host_tree(
        sockets={"ssh": Unit(drop_in=True, socket={"ListenStream": ["", 2222]})},
    )
    assert unit_text(tree, "ssh.socket.d/50-modsvc.conf").partition("\n\n")[2] == (
        "[Socket]\nListenStream=\nListenStream=2222\n"
    )
    assert "sockets.target.wants/ssh.socket" not in links_of(tree)


def test_a_unit_that_is_not_enabled_is_masked() -> None:
    """So that nothing starts it, and it has no links."""
    tree = host_tree(sockets={"a": Unit(enable=False)})
    entry = tree[f"{UNITS}/a.socket"]
    assert isinstance(entry, Link) and entry.target == "/dev/null"
    assert list(links_of(tree)) == ["a.socket"]


def test_a_template_starts_its_instances() -> None:
    """Each has a link by its escaped name; what starts with the host wants them."""
    unit = Unit(service={"ExecStart": [specifiers("/bin/a %I")]}, instances=["x", "a/b c"])
    timer = Unit(timer={"OnCalendar": "daily"}, instances=["x"])
    links = links_of(host_tree(timers={"t@": timer}))
    assert links == {"timers.target.wants/t@x.timer": "../t@.timer"}
    tree = tree_of({"it": service(services={"w@": unit})})
    assert {path for path in links_of(tree) if "@" in path} == {
        "multi-user.target.wants/it-w@x.service",
        "multi-user.target.wants/it-w@a-b\\x20c.service",
    }


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"mounts": {"m": Unit(mount={"What": "/dev/a"})}}, "a mount needs Where="),
    ({"swaps": {"m": Unit(swap={"Priority": 1})}}, "a swap needs What="),
    (
        {"mounts": {"m": Unit(mount={"Where": specifiers("/srv/%i")})}},
        "Where= is specifiers('/srv/%i'), and the unit's name",
    ),
    (
        {"automounts": {"m": Unit(automount={"Where": "/a/../b"})}},
        "a path without .. in it, found '/a/../b'",
    ),
    ({"targets": {"a": Unit(instances=["x"])}}, "a.target is no template"),
    ({"targets": {"a@": Unit(instances=[""])}}, "an instance is empty"),
    ({"targets": {"a b": Unit()}}, "'a b.target' contains U+0020 (space)"),
    ({"targets": {"": Unit()}}, "has nothing before .target"),
    ({"targets": {"a": Unit(mount={"What": "/x", "Where": "/y"})}}, "is no .mount unit"),
    ({"slices": {"a--b": Unit(slice={"MemoryMax": 1})}}, "two in a row"),
]


@pytest.mark.parametrize(("options", "what"), WRONG, ids=lambda value: str(value)[:40])
def test_what_cannot_be_is_refused_with_its_line(options: dict[str, Any], what: str) -> None:
    """Of a host's units, the option that holds it and where it was written."""
    (message,) = said(lambda: host_tree(**options))
    assert what in message.split("\n")[0]
    assert "`systemd." in message and "test_units.py" in message and "\n  to fix: " in message


@pytest.mark.parametrize(
    "unit", [Unit(service={"ExecStart": ["/bin/a"]}), Unit(drop_in=True), Unit(enable=False)]
)
def test_two_units_of_one_name_are_refused(unit: Unit) -> None:
    """A service's and the host's, also where one is a drop-in or masked; both are named."""
    web = Service(process=Process(argv=ARGV))
    messages = said(lambda: host_tree({"web": web}, services={"web": unit}))
    assert messages[-1].startswith(
        "`services.web` and `systemd.services.web` both make etc/systemd/system/web.service\n"
    )


def test_a_host_without_units_says_nothing() -> None:
    """Its tree is that of a plain host."""
    web = Service(process=Process(argv=ARGV))
    plain = build(evaluate(Host(services={"web": web}))).trees["host"]
    assert host_tree({"web": web}).keys() == plain.keys()
