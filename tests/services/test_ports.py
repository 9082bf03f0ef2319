"""No two services of a host listen on the same, and both lines are told where two would."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modsvc_dsl import (
    Fleet,
    Host,
    InetSocket,
    ListenPort,
    Network,
    Process,
    Service,
    Socket,
    check,
    evaluate,
    tcp,
    udp,
)
from modsvc_dsl.services.values.address import meets
from tests.services.saying import ARGV, said, said_of


def listening(ports: Any = None, **sockets: Socket) -> Service:
    network = Network(ports=ports or {}, sockets=sockets)
    return Service(process=Process(argv=ARGV), network=network)


def test_one_port_cannot_be_two_services() -> None:
    """The message has both lines."""
    web = listening({"http": tcp(80)})
    other = listening({"pages": ListenPort(number=80)})
    assert said_of(web=web, other=other) == [
        "`services.web.network.ports.http` and `services.other.network.ports.pages` both listen on "
        "TCP port 80\n"
        "  `services.web.network.ports.http` defined at test_ports.py\n"
        '      web = listening({"http": tcp(80)})\n'
        "  `services.other.network.ports.pages` defined at test_ports.py\n"
        '      other = listening({"pages": ListenPort(number=80)})\n'
        "  to fix: give one of them another port, or each an address"
    ]


SAME: list[tuple[Service, Service]] = [
    (listening({"a": tcp(80)}), listening({"a": tcp(80, address="127.0.0.1")})),
    (listening({"a": tcp(80, address="0.0.0.0")}), listening({"a": tcp(80, address="10.0.0.1")})),
    (listening({"a": tcp(80, address="::")}), listening({"a": tcp(80, address="10.0.0.1")})),
    (listening({"a": udp(5000, last=5010)}), listening({"a": udp(4990, last=5000)})),
    (listening({"a": udp(5000, last=5010)}), listening({"a": udp(5005)})),
    (listening({"a": tcp(80)}), listening(a=Socket(listen=[InetSocket("::1", 80)]))),
    (listening({"a": udp(53)}), listening(a=Socket(listen=[53], type="datagram"))),
    (listening(a=Socket(listen=[Path("/run/a")])), listening(b=Socket(listen=[Path("/run/a")]))),
    (
        listening({"a": tcp(80, address="0:0:0:0:0:0:0:1")}),
        listening({"a": tcp(80, address="::1")}),
    ),
]
APART: list[tuple[Service, Service]] = [
    (listening({"a": tcp(80)}), listening({"a": udp(80)})),
    (listening({"a": tcp(80)}), listening({"a": tcp(81)})),
    (
        listening({"a": tcp(80, address="127.0.0.1")}),
        listening({"a": tcp(80, address="127.0.0.2")}),
    ),
    (listening({"a": tcp(80, address="0.0.0.0")}), listening({"a": tcp(80, address="::1")})),
    (listening({"a": udp(5000, last=5010)}), listening({"a": udp(5011)})),
    (listening({"a": tcp(80)}), listening(a=Socket(listen=[80], type="datagram"))),
    (listening({"a": tcp(80)}), Service(enable=False, imports=[listening({"a": tcp(80)})])),
]


@pytest.mark.parametrize("pair", SAME)
def test_what_meets_is_refused(pair: tuple[Service, Service]) -> None:
    """In whatever order."""
    one, other = pair
    (message,) = said_of(one=one, other=other)
    assert " both listen on " in message
    (turned,) = said_of(other=other, one=one)
    assert turned.split("both listen on")[1].split("\n")[0] == (
        message.split("both listen on")[1].split("\n")[0]
    )


@pytest.mark.parametrize("pair", APART)
def test_what_does_not_meet_is_fine(pair: tuple[Service, Service]) -> None:
    """Other protocols, ports, addresses, and what is switched off."""
    assert said_of(one=pair[0], other=pair[1]) == []


def test_a_service_does_not_meet_itself_on_another_host() -> None:
    """Hosts have ports of their own."""
    web = listening({"http": tcp(80)})
    host = Host(services={"web": web})
    assert said(lambda: check(evaluate(Fleet(hosts={"a": host, "b": host})))) == []


def test_a_port_that_the_manager_opens_may_have_a_name() -> None:
    """In the same service, it is one thing; two names of one port are two."""
    assert said_of(it=listening({"http": tcp(8080)}, http=Socket(listen=[8080]))) == []
    assert len(said_of(it=listening({"http": tcp(8080), "alt": tcp(8080)}))) == 1


def test_each_later_one_is_told() -> None:
    """All of a host at once."""
    services = {f"s{number}": listening({"a": tcp(80)}) for number in range(4)}
    assert len(said_of(**services)) == 3


PORTS = st.tuples(st.integers(1, 12), st.integers(0, 3), st.sampled_from([None, "::1", "10.0.0.1"]))


@given(st.lists(PORTS, max_size=6))
def test_a_host_is_refused_exactly_where_a_pair_meets(ports: list[Any]) -> None:
    """As comparing each with each says."""
    services = {
        f"s{index}": listening({"a": tcp(first, last=first + more, address=address)})
        for index, (first, more, address) in enumerate(ports)
    }
    pairs = [(a, b) for index, a in enumerate(ports) for b in ports[:index]]
    meeting = any(
        a[0] <= b[0] + b[1] and b[0] <= a[0] + a[1] and meets(a[2], b[2]) for a, b in pairs
    )
    assert bool(said_of(**services)) == meeting
