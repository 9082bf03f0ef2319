"""Ports and sockets that a user may write, and the types that results have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, assert_type

from modsvc_dsl import (
    InetSocket,
    ListenPort,
    Network,
    Port,
    Process,
    Service,
    Socket,
    default,
    define,
    force,
    option,
    tcp,
    udp,
)

ARGV = ["/usr/bin/true"]

plain = Service(
    process=Process(argv=ARGV),
    network=Network(
        ports={
            "http": tcp(80),
            "dns": udp(53, address="127.0.0.1", purpose="names"),
            "ftp": force(tcp(40000, last=40100)),
            "long": ListenPort(number=default(8080), protocol="tcp"),
        },
        sockets={
            "api": Socket(
                listen=[8080, InetSocket("::1", 8081), Path("/run/api")],
                mode=0o660,
                group="www-data",
            )
        },
    ),
)
finger = Socket(listen=[79], accept="stdio", max_connections=32, max_connections_per_source=4)
passed = Socket(listen=[Path("/run/passed")], accept=default("descriptor"))


class Web(Service):
    port: Port = option(default=8080)
    network = Network(sockets={"admin": Socket(listen=[Path("/run/admin")], type="sequential")})

    @define(Network.ports["http"])
    def _http(self) -> ListenPort:
        return tcp(self.port)

    @define(Network.ports)
    def _ports(self) -> Mapping[str, ListenPort]:
        return {"metrics": tcp(self.port + 1)}


def read(service: Service) -> None:
    """What results are."""
    assert_type(service.network.ports["http"].number, int)
    assert_type(service.network.ports["http"].protocol, Literal["tcp", "udp"])
    assert_type(service.network.ports["http"].address, str | None)
    assert_type(service.network.sockets["api"].listen, Sequence[int | Path | InetSocket])
    assert_type(service.network.sockets["api"].mode, int | None)
    assert_type(service.network.sockets["api"].accept, Literal["stdio", "descriptor"] | None)
    assert_type(service.network.sockets["api"].max_connections, int | None)
