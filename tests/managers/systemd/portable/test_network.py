"""Sockets as units, and ports as a capability."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from modsvc_dsl import (
    Hardening,
    Host,
    Identity,
    InetSocket,
    Lifecycle,
    Network,
    Process,
    Service,
    Socket,
    Systemd,
    SystemdService,
    Unit,
    build,
    check,
    evaluate,
    tcp,
)
from tests.managers.systemd.reading import ARGV, section_of, unit_text


def tree_of(**groups: Any) -> Any:
    host = Host(services={"it": Service(process=Process(argv=ARGV), **groups)})
    return build(check(evaluate(host))).trees["host"]


SOCKETS: list[tuple[dict[str, Any], dict[str, list[str]]]] = [
    ({"listen": [80]}, {"ListenStream": ["80"]}),
    (
        {"listen": [InetSocket("127.0.0.1", 80), InetSocket("::1", 80)], "type": "datagram"},
        {"ListenDatagram": ["127.0.0.1:80", "[::1]:80"]},
    ),
    (
        {"listen": [InetSocket("0.0.0.0", 80), InetSocket("::", 80)]},
        {"ListenStream": ["0.0.0.0:80", "[::]:80"], "BindIPv6Only": ["ipv6-only"]},
    ),
    (
        {"listen": [Path("/run/a b%n.sock")], "mode": 0o660, "user": "games", "group": "www-data"},
        {
            "ListenStream": ["/run/a b%%n.sock"],
            "SocketMode": ["0660"],
            "SocketUser": ["games"],
            "SocketGroup": ["www-data"],
        },
    ),
    (
        {"listen": [Path("/run/a")], "type": "sequential", "descriptor_name": "b%n"},
        {"ListenSequentialPacket": ["/run/a"], "FileDescriptorName": ["b%%n"]},
    ),
]


@pytest.mark.parametrize(("options", "directives"), SOCKETS)
def test_a_socket_is_a_unit(options: dict[str, Any], directives: dict[str, list[str]]) -> None:
    """Named after the service and the socket."""
    tree = tree_of(network=Network(sockets={"web": Socket(**options)}))
    assert section_of(unit_text(tree, "it-web.socket"), "Socket") == {
        "FileDescriptorName": ["web"],
        "Service": ["it.service"],
        **directives,
    }
    assert "etc/systemd/system/sockets.target.wants/it-web.socket" in tree
    assert "etc/systemd/system/multi-user.target.wants/it.service" not in tree


def test_a_service_is_given_all_of_its_sockets() -> None:
    """Whichever starts it; one may have its own name."""
    sockets = {"": Socket(listen=[80], descriptor_name="http"), "admin": Socket(listen=[81])}
    tree = tree_of(network=Network(sockets=sockets))
    service = section_of(unit_text(tree, "it.service"), "Service")
    assert service["Sockets"] == ["it.socket", "it-admin.socket"]


def test_the_socket_without_a_name_is_the_service_s() -> None:
    """It has to be told from others by something, too."""
    tree = tree_of(network=Network(sockets={"": Socket(listen=[Path("/run/x")])}))
    assert section_of(unit_text(tree, "it.socket"), "Socket")["FileDescriptorName"] == ["it"]


def test_a_service_that_insists_starts_at_boot_as_well() -> None:
    """It is then handed the same sockets."""
    tree = tree_of(
        network=Network(sockets={"a": Socket(listen=[80])}),
        lifecycle=Lifecycle(start_at_boot=True),
    )
    assert "etc/systemd/system/multi-user.target.wants/it.service" in tree


def test_what_is_said_to_systemd_itself_joins() -> None:
    """A directive that the portable socket has no word for."""
    tree = tree_of(
        network=Network(sockets={"a": Socket(listen=[80])}),
        imports=[SystemdService(systemd=Systemd(sockets={"a": Unit(socket={"Backlog": 5})}))],
    )
    assert section_of(unit_text(tree, "it-a.socket"), "Socket")["Backlog"] == ["5"]


def capabilities(**groups: Any) -> dict[str, list[str]]:
    section = section_of(unit_text(tree_of(**groups), "it.service"), "Service")
    return {name: text for name, text in section.items() if "Capabilit" in name or name == "User"}


BIND = "CAP_NET_BIND_SERVICE"


def test_a_port_below_1024_brings_its_capability() -> None:
    """With others that are named, for root as well, and where the profile is off."""
    web = Network(ports={"http": tcp(80)})
    assert capabilities(network=web) == {
        "CapabilityBoundingSet": [BIND],
        "AmbientCapabilities": [BIND],
    }
    assert capabilities(network=web, hardening=Hardening(capabilities=["CAP_CHOWN", BIND])) == {
        "CapabilityBoundingSet": [f"CAP_CHOWN {BIND}"],
        "AmbientCapabilities": [f"CAP_CHOWN {BIND}"],
    }
    assert capabilities(network=web, identity=Identity(user="root"))["CapabilityBoundingSet"] == [
        BIND
    ]
    assert capabilities(network=web, hardening=Hardening(enable=False)) == {
        "AmbientCapabilities": [BIND]
    }


def test_nothing_else_brings_it() -> None:
    """Neither another port, nor a socket that systemd opens, nor a neighbour of the same shape."""
    none = {"CapabilityBoundingSet": [""]}
    assert capabilities(network=Network(ports={"http": tcp(8080)})) == none
    assert capabilities(network=Network(sockets={"http": Socket(listen=[80])})) == none
    run = Process(argv=ARGV)
    low, high = (Service(process=run, network=Network(ports={"a": tcp(n)})) for n in (80, 8080))
    tree = build(check(evaluate(Host(services={"low": low, "high": high})))).trees["host"]
    assert BIND in unit_text(tree, "low.service") and BIND not in unit_text(tree, "high.service")
