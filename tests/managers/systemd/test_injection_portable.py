"""Every portable option that takes a text is searched with hostile ones, also one that comes tomorrow.

In: the options of `Service` as they are declared. Out: builds that are refused in words fit for a terminal,
or units that have the lines they have for a harmless text. Refuses to choose options by hand: one that is neither
in `TEXTS` nor in `OTHERS` is a failure, and so is one of `OTHERS` that takes a text.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings

from modsvc_dsl import (
    Endpoint,
    Endpoints,
    HttpEndpoint,
    Mistake,
    Mistakes,
    Process,
    Service,
    SocketEndpoint,
    TcpEndpoint,
    define,
    module,
    option,
    secret_file,
    this_file,
)
from modsvc_dsl.managers.tree import File, Tree
from modsvc_dsl.services.service import RELATIONS
from tests.managers.leaves import leaves
from tests.managers.probes import READ_ONLY
from tests.managers.systemd.hostile import HOSTILE, nasty
from tests.managers.systemd.reading import ARGV, UNITS, read_unit, tree_of

PROGRAM = ["/bin/a"]
HOOKS = ("before_first_start", "before_start", "after_start", "after_stop")
KINDS = ("state", "cache", "logs", "runtime", "configuration")
STATE = {"directories.state.enable": True}
FILE = {"config_data.a.text": "a"}
SOCKET = {"network.sockets.a.listen": [80], "network.sockets.a.descriptor_name": "a"}
PATH_SOCKET = {**SOCKET, "network.sockets.a.listen": [Path("/run/a")]}
T = "TEXT"
"""Stands for the text in what is said."""

P = Path("TEXT")
"""Stands for the path that the text is."""

Said = dict[str, Any]

TEXTS: dict[str, list[tuple[Said, str]]] = {
    "process.argv": [({"process.argv": [*ARGV, T]}, "a"), ({"process.argv": [T]}, "/bin/a")],
    "process.flags": [({"process.flags": {"a": T}}, "a"), ({"process.flags": {T: "a"}}, "a")],
    "process.environment": [
        ({"process.environment": {"A": T}}, "a"),
        ({"process.environment": {T: "a"}}, "A"),
    ],
    "process.environment_files": [({"process.environment_files": [P]}, "/a")],
    "process.working_directory": [({"process.working_directory": P}, "/a")],
    "process.reload_command": [({"process.reload_command": [*PROGRAM, T]}, "a")],
    "process.before_reload": [
        ({"process.before_reload": [[*PROGRAM, T]], "process.reload_signal": "SIGHUP"}, "a"),
        ({"process.before_reload": [[T]], "process.reload_signal": "SIGHUP"}, "/bin/b"),
    ],
    "meta.description": [({"meta.description": T}, "a")],
    "meta.documentation": [({"meta.documentation": [T]}, "https://a/b")],
    "meta.maintainers": [({"meta.maintainers": [T]}, "a")],
    "meta.unsupported": [({"meta.unsupported": {"supervisor": T}}, "a")],
    "meta.silenced": [({"meta.silenced": {"root": T}}, "a")],
    "identity.user": [
        ({"identity.user": T}, "a"),
        ({"identity.user": T, "identity.create": True}, "a"),
    ],
    "identity.group": [({"identity.group": T}, "a")],
    "identity.groups": [({"identity.groups": [T]}, "a")],
    "identity.home": [({"identity.home": P, "identity.create": True}, "/a")],
    **{
        f"directories.{kind}.name": [
            ({f"directories.{kind}.enable": True, f"directories.{kind}.name": T}, "a/b")
        ]
        for kind in KINDS
    },
    **{
        f"directories.{kind}.subdirectories": [
            ({f"directories.{kind}.enable": True, f"directories.{kind}.subdirectories": [T]}, "a")
        ]
        for kind in KINDS
    },
    "lifecycle.pid_file": [({"lifecycle.pid_file": P, "lifecycle.type": "forking"}, "/run/a")],
    "lifecycle.bus_name": [({"lifecycle.bus_name": T, "lifecycle.type": "dbus"}, "org.a.B")],
    **{
        f"lifecycle.{hook}": [
            ({f"lifecycle.{hook}": [[*PROGRAM, T]], **STATE}, "a"),
            ({f"lifecycle.{hook}": [[T]], **STATE}, "/bin/b"),
        ]
        for hook in HOOKS
    },
    "lifecycle.stop_command": [
        ({"lifecycle.stop_command": [*PROGRAM, T]}, "a"),
        ({"lifecycle.stop_command": [T]}, "/bin/b"),
    ],
    "hardening.capabilities": [({"hardening.capabilities": [T]}, "CAP_KILL")],
    "hardening.peers": [({"hardening.peers": [T]}, "192.0.2.0/24")],
    "hardening.address_families": [({"hardening.address_families": [T]}, "AF_UNIX")],
    "hardening.system_calls": [({"hardening.system_calls": [T]}, "@basic-io")],
    **{
        f"hardening.{kind}_paths": [({f"hardening.{kind}_paths": [P]}, "/srv")]
        for kind in ("writable", "read_only", "hidden")
    },
    "hardening.devices": [({"hardening.devices": [P]}, "/dev/a")],
    "relations.requires_mounts_for": [({"relations.requires_mounts_for": [P]}, "/srv")],
    "network.ports.*.address": [
        ({"network.ports.a.number": 80, "network.ports.a.address": T}, "::1")
    ],
    "network.ports.*.purpose": [
        ({"network.ports.a.number": 80, "network.ports.a.purpose": T}, "a")
    ],
    "network.sockets.*.listen": [({**SOCKET, "network.sockets.a.listen": [P]}, "/run/a")],
    "network.sockets.*.descriptor_name": [
        ({**SOCKET, "network.sockets.a.descriptor_name": T}, "b")
    ],
    "network.sockets.*.user": [({**PATH_SOCKET, "network.sockets.a.user": T}, "a")],
    "network.sockets.*.group": [({**PATH_SOCKET, "network.sockets.a.group": T}, "a")],
    "schedule.calendar": [
        ({"schedule.calendar": T}, "daily"),
        ({"schedule.calendar": ["daily", T]}, "weekly"),
    ],
    "logging.stdout": [({"logging.stdout": P}, "/var/log/a")],
    "logging.stderr": [({"logging.stderr": P}, "/var/log/a")],
    "logging.identifier": [({"logging.identifier": T}, "a")],
    "config_data.*.name": [({**FILE, "config_data.a.name": T}, "b")],
    "config_data.*.text": [({"config_data.a.text": T}, "a")],
    "config_data.*.source": [({"config_data.a.source": P}, "/etc/hostname")],
    "config_data.*.user": [({**FILE, "config_data.a.user": T}, "b")],
    "config_data.*.group": [({**FILE, "config_data.a.group": T}, "b")],
    "config_data.*.validator": [
        ({**FILE, "config_data.a.validator": [*PROGRAM, T, this_file]}, "b")
    ],
    "warnings": [({"warnings": [T]}, "a")],
    "credentials": [({"credentials": {T: secret_file("/etc/keys/a")}}, "a")],
}
"""Option -> what is said, by path, with `T` for the text, and a harmless text."""

NUMBERS = (
    "identity.uid lifecycle.restart_limit lifecycle.restart_limit.starts network.ports.*.number"
    " network.ports.*.last process.umask"
    " logging.rate_burst config_data.*.mode network.sockets.*.mode network.sockets.*.max_connections"
    " network.sockets.*.max_connections_per_source"
)
SPANS = (
    "lifecycle.start_timeout lifecycle.stop_timeout lifecycle.watchdog lifecycle.restart_delay"
    " lifecycle.restart_limit.within schedule.after_boot schedule.after_start schedule.every"
    " schedule.after_end schedule.random_delay schedule.accuracy logging.rate_interval"
)
CHOICES = (
    "process.flag_format process.reload_signal notification_protocol.systemd notification_protocol.s6"
    " identity.create identity.same_as directories.runtime_stays lifecycle.type lifecycle.start_at_boot"
    " lifecycle.stop_signal lifecycle.stop_processes lifecycle.success_exit_status lifecycle.restart"
    " lifecycle.restart_prevent_exit_status lifecycle.remain_after_exit network.ports.*.protocol network.sockets.*.type"
    " network.sockets.*.accept network.wait_online"
    " schedule.persistent logging.level_max enable services config_data.*.enable config_data.*.format"
    " config_data.*.settings config_data.*.on_change assertions endpoints.wants"
)
OTHERS = {
    *f"{NUMBERS} {SPANS} {CHOICES}".split(),
    *(f"directories.{kind}.{name}" for kind in KINDS for name in ("enable", "mode")),
    *(f"relations.{name}" for name in RELATIONS),
    *(each for each in leaves(Service) if each.startswith("resources.")),
    *(
        f"hardening.{name}"
        for name in (
            "enable new_privileges network file_system home shared_tmp proc host_users"
            " may_change executable_memory realtime namespaces"
        ).split()
    ),
}
"""Options that take no text of a user's own: numbers, spans, choices, references."""


def filled(said: Any, text: str) -> Any:
    """What is said, with the text in its place."""
    if isinstance(said, dict):
        return {filled(name, text): filled(value, text) for name, value in said.items()}
    if isinstance(said, list):
        return [filled(each, text) for each in said]
    if said == P and isinstance(said, Path):
        return Path(text)
    return text if said == T and isinstance(said, str) else said


def built(said: Said, text: str) -> Tree | None:
    """The tree of a host with a service, None where it is refused in words fit for a terminal."""
    given = {"process.argv": ARGV, **said}
    pairs = [(tuple(path.split(".")), filled(value, text)) for path, value in given.items()]
    return printable_or(
        lambda: tree_of({"it": Service(imports=[module("said", definitions=pairs)])})
    )


def printable_or(build: Callable[[], Tree]) -> Tree | None:
    """What a build gives, None where it is refused in words fit for a terminal."""
    try:
        return build()
    except (Mistake, Mistakes) as error:
        message = str(error)
        assert message.replace("\n", "").isprintable(), ascii(message)
        return None


def shape(tree: Tree) -> dict[str, list[tuple[str, str]]]:
    """Which directives stand in which sections of each unit."""
    return {
        path: [(line.section, line.directive) for line in read_unit(entry.content.decode())]
        for path, entry in tree.items()
        if path.startswith(UNITS) and isinstance(entry, File)
    }


@cache
def harmless(name: str, number: int) -> dict[str, list[tuple[str, str]]]:
    """The shape for a harmless text, which is taken."""
    tree = built(*TEXTS[name][number])
    assert tree is not None, name
    return shape(tree)


FREE = frozenset(
    "SystemCallFilter CapabilityBoundingSet AmbientCapabilities RestrictAddressFamilies"
    " StandardOutput StandardError WantedBy UMask".split()
)
"""Directives whose number of lines follows from a value that is a name of a known one."""


@pytest.mark.parametrize("name", TEXTS)
@settings(max_examples=40, deadline=None)
@given(text=nasty)
@example(text="\nExecStartPre=/bin/evil")
@example(text="a\\")
@example(text="/a\n[Service]\nUser=root")
@example(text="/a b%n$HOME")
def test_no_text_of_any_option_becomes_a_line(name: str, text: str) -> None:
    """The units and their lines are those for a harmless text, or the build is refused."""
    for number, (said, _) in enumerate(TEXTS[name]):
        tree = built(said, text)
        if tree is None:
            continue
        for path in tree:
            assert path.startswith("etc/") and not {"", ".", ".."} & {*path.split("/")}
        found, wanted = shape(tree), harmless(name, number)
        assert found.keys() == wanted.keys()
        for unit, lines in found.items():
            kept = [each for each in lines if each[1] not in FREE]
            assert kept == [each for each in wanted[unit] if each[1] not in FREE], (unit, text)


@pytest.mark.parametrize("name", TEXTS)
def test_a_harmless_text_is_taken(name: str) -> None:
    """Or the search above would look at nothing."""
    for number in range(len(TEXTS[name])):
        assert harmless(name, number)


def test_every_option_is_in_the_search() -> None:
    """A new one is to be placed: among texts, or among what takes none."""
    declared = {*leaves(Service)} - READ_ONLY
    assert declared - {*TEXTS} - OTHERS == set()
    assert ({*TEXTS} | OTHERS) - declared == set()
    assert not {*TEXTS} & OTHERS


@pytest.mark.parametrize("name", sorted(OTHERS))
def test_what_takes_no_text_takes_none(name: str) -> None:
    """However it is given: alone, in a list, as a value or as a name."""
    around: Said = {}
    for start, said in AROUND.items():
        around |= said if name.startswith(start) else {}
    path = name.replace("*", "a")
    for text in filter(None, HOSTILE):
        for form in (T, [T], {"a": T}, {T: "a"}):
            assert built({**around, path: form}, text) is None, (form, text)


AROUND: dict[str, Said] = {
    "config_data.": FILE,
    "network.ports.": {"network.ports.a.number": 80},
    "network.sockets.": SOCKET,
    "lifecycle.restart_limit.": {
        "lifecycle.restart_limit.starts": 5,
        "lifecycle.restart_limit.within": "60s",
    },
    "schedule.": {"schedule.calendar": "daily"},
}
"""What an option needs beside it, so that it alone can be what is refused."""


@pytest.mark.parametrize("start", AROUND)
def test_what_stands_around_is_fine(start: str) -> None:
    """Or all that was refused with it would be refused for that."""
    assert built(AROUND[start], "") is not None


class Provider(Service):
    """A service with an endpoint, whose texts stand in its command line."""

    said: str = option(description="What of its endpoint it is given.")

    @define(Process.argv)
    def _run(self) -> list[str]:
        offered: Any = self.endpoints.provides["a"]
        return [*ARGV, str(offered[self.said])]


ENDPOINTS: dict[str, tuple[str, Callable[[str], Endpoint], str]] = {
    "address": ("authority", lambda text: TcpEndpoint(address=text, port=80), "::1"),
    "path of a url": ("url", lambda text: HttpEndpoint(port=80, path=text), "/a"),
    "path of a socket": ("path", lambda text: SocketEndpoint(path=Path(text)), "/run/a"),
    "protocol": ("protocol", lambda text: SocketEndpoint(path=Path("/run/a"), protocol=text), "a"),
}


@pytest.mark.parametrize("name", ENDPOINTS)
@settings(max_examples=60, deadline=None)
@given(text=nasty)
@example(text="/a\nExecStartPre=/bin/evil")
@example(text="/a%n$HOME\\")
def test_texts_of_endpoints_stay_in_the_command_line(name: str, text: str) -> None:
    """What clients are told is a text like any other where it is an argument."""
    said, make, fine = ENDPOINTS[name]
    plain, tree = offering(said, make(fine)), offering(said, make(text))
    assert plain is not None
    if tree is not None:
        assert shape(tree) == shape(plain)


def offering(said: str, endpoint: Endpoint) -> Tree | None:
    """The tree of a host with a service that offers an endpoint, None where it is refused."""
    service = Provider(said=said, endpoints=Endpoints(provides={"a": endpoint}))
    return printable_or(lambda: tree_of({"it": service}))
