"""Ports and sockets: what each takes, and what is refused of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from modsvc_dsl import (
    InetSocket,
    Lifecycle,
    ListenPort,
    Network,
    Process,
    Service,
    Socket,
    json_data,
    tcp,
    udp,
)
from modsvc_dsl.services.groups.network import is_activated, privileged_ports, starts_at_boot
from tests.services.saying import ARGV, on_host, running, said, said_of


def with_port(port: Any) -> Service:
    return Service(process=Process(argv=ARGV), network=Network(ports={"a": port}))


def with_socket(lifecycle: Lifecycle | None = None, **options: Any) -> Service:
    return Service(
        process=Process(argv=ARGV),
        lifecycle=lifecycle or Lifecycle(),
        network=Network(sockets={"a": Socket(**options)}),
    )


def test_nothing_listens_unless_said() -> None:
    """And costs nothing."""
    service = on_host(running())
    assert json_data(service.network) == {"ports": {}, "sockets": {}, "wait_online": False}
    assert (is_activated(service), privileged_ports(service)) == (False, [])


def test_ports_have_short_spellings() -> None:
    """Which are the same, and merge with other definitions."""
    long = ListenPort(number=53, protocol="udp", address="::1", purpose="names")
    for port in (long, udp(53, address="0:0::1", purpose="names")):
        assert json_data(on_host(with_port(port)).network.ports["a"]) == {
            "number": 53,
            "last": None,
            "protocol": "udp",
            "address": "::1",
            "purpose": "names",
        }
    both = Service(imports=[with_port(tcp(80)), Service(network=Network(ports={"b": tcp(443)}))])
    assert [port.number for port in on_host(both).network.ports.values()] == [80, 443]


@pytest.mark.parametrize("number", [0, -1, 65536, "80", 80.0, True, None])
def test_a_port_is_one_that_can_be_connected_to(number: Any) -> None:
    """At its line."""
    assert len(said_of(it=with_port(ListenPort(number=number)))) == 1


@pytest.mark.parametrize("address", ["localhost", "10.0.0", "10.0.0.1/8", "fe80::1%eth0", "", "é"])
def test_an_address_is_written_in_numbers(address: str) -> None:
    """A name would mean what it means somewhere."""
    (message,) = said_of(it=with_port(tcp(80, address=address)))
    assert message.startswith("`services.it.network.ports.a.address` expects an IP address or None")


def test_a_range_ends_behind_its_beginning() -> None:
    """With the line."""
    assert said_of(it=with_port(tcp(10, last=9))) == [
        "`services.it.network.ports.a` ends with port 9, and begins with 10\n"
        "  `number` defined at test_network.py\n"
        "      assert said_of(it=with_port(tcp(10, last=9))) == [\n"
        "  `last` defined at test_network.py\n"
        "      assert said_of(it=with_port(tcp(10, last=9))) == [\n"
        "  to fix: write the smaller one as number"
    ]


@pytest.mark.parametrize(
    ("address", "port", "why"),
    [
        ("localhost", 80, "'localhost' is no address: write 127.0.0.1 or ::1"),
        ("1.2.3.4\n", 80, "'1.2.3.4\\n' is no address: write it in numbers"),
        ("::1%lo", 80, "'::1%lo' is no address"),
        ("::1", 0, "0 is no port: it is a number from 1 to 65535"),
        ("::1", "80", "'80' is no port: it is a number from 1 to 65535"),
    ],
)
def test_a_port_on_an_address_is_judged_where_it_is_written(
    address: Any, port: Any, why: str
) -> None:
    """With its line."""
    (message,) = said(lambda: InetSocket(address, port))
    assert message.startswith(f"InetSocket(...): {why}\n  written at test_network.py\n")


def test_a_port_on_an_address_is_shown_as_it_is_dialled() -> None:
    """IPv6 in brackets."""
    assert str(InetSocket("127.0.0.1", 80)) == "127.0.0.1:80"
    assert str(InetSocket("[0::1]", 80)) == "[::1]:80"


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"listen": []}, "listens on nothing"),
        (
            {"listen": [80], "type": "sequential"},
            "is sequential, and listens on port 80: only paths can be",
        ),
        ({"listen": [80], "mode": 0o600}, "has a mode, and no path in the file system to have it"),
        (
            {"listen": [InetSocket("::1", 80)], "user": "www-data"},
            "has a user, and no path in the file system to have it",
        ),
    ],
)
def test_contradictions_are_told(options: dict[str, Any], why: str) -> None:
    """With the lines of all that is said."""
    (message,) = said_of(it=with_socket(**options))
    assert message.startswith(f"`services.it.network.sockets.a` {why}\n")
    assert " at test_network.py\n" in message and "\n  to fix: " in message


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("listen", ["8080"]),
        ("listen", [0]),
        ("listen", [Path("run/a")]),
        ("listen", [Path("/run/a\nb")]),
        ("listen", 80),
        ("type", "tcp"),
        ("mode", 0o10000),
        ("mode", 660),
        ("mode", "0660"),
        ("descriptor_name", "a b"),
        ("descriptor_name", "a:b"),
        ("descriptor_name", ""),
        ("user", "a b"),
    ],
)
def test_a_socket_takes_what_a_manager_can_open(name: str, value: Any) -> None:
    """And nothing that would say more than one thing."""
    options: dict[str, Any] = {"listen": [Path("/run/a")], name: value}
    assert len(said_of(it=with_socket(**options))) == 1


def test_a_service_with_sockets_waits_for_somebody() -> None:
    """Unless it insists."""
    assert not starts_at_boot(on_host(with_socket(listen=[80])))
    assert starts_at_boot(on_host(with_socket(Lifecycle(start_at_boot=True), listen=[80])))
    assert starts_at_boot(on_host(running()))


def test_a_descriptor_is_called_as_its_socket() -> None:
    """Unless it says otherwise."""
    sockets = on_host(with_socket(listen=[80])).network.sockets
    assert sockets["a"].descriptor_name == "a"
    nameless = on_host(
        Service(process=Process(argv=ARGV), network=Network(sockets={"": Socket(listen=[80])}))
    )
    assert nameless.network.sockets[""].descriptor_name == "it"
