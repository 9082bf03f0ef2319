"""Sockets that systemd opens for a service, as units beside it.

In: the result of `network`. Out: further socket units, and the directive of [Service] that names
them. Names and meanings are those of systemd.socket(5). Ports that the process opens itself are
`hardening`'s, where they need a capability.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, cast

from ....language.evaluation.history import strength
from ....language.properties import DEFAULT
from ....services.values.address import InetSocket
from ....services.groups.network import Socket, accepted_by_manager, is_activated
from ....services.service import Service
from ..escaping import untrimmed
from ..names import unit_name
from ..unit import Unit
from .translation import Directives, Translation, written

_LISTEN = {
    "stream": "ListenStream",
    "datagram": "ListenDatagram",
    "sequential": "ListenSequentialPacket",
}

_DIRECTIVES = (
    *("Sockets", *_LISTEN.values(), "FileDescriptorName"),
    *("SocketMode", "SocketUser", "SocketGroup", "BindIPv6Only"),
    *("Accept", "MaxConnections", "MaxConnectionsPerSource"),
)


class NetworkTranslation(Translation):
    """A socket unit for each socket."""

    group = "network"
    made_from = {directive: ("network", "sockets") for directive in _DIRECTIVES}

    def unit(self, service: Service) -> Directives:
        if accepted_by_manager(service) is None:
            return {}
        return {"CollectMode": "inactive-or-failed"}  # else each failure would leave an instance

    def service(self, service: Service) -> Directives:
        if not is_activated(service):
            return {}
        accepted = accepted_by_manager(service)
        if accepted is not None:
            return _streams(service) if accepted.accept == "stdio" else {}
        # systemd starts a service with all of its sockets, whichever of them is used first
        names = [unit_name(service, key, "socket") for key in service.network.sockets]
        return {"Sockets": names}

    def socket(self, service: Service) -> Directives:
        accepted = accepted_by_manager(service)
        if accepted is None:
            return {}
        # of one name with the template, which systemd finds by it alone
        found = {**self._directives(service, accepted), "Accept": True}
        del found["Service"], found["FileDescriptorName"]
        return found

    def sockets(self, service: Service) -> Mapping[str, Unit]:
        if not is_activated(service) or accepted_by_manager(service) is not None:
            return {}
        return {
            key: Unit(socket=cast("Any", self._directives(service, socket)))
            for key, socket in service.network.sockets.items()
        }

    def _directives(self, service: Service, socket: Socket) -> dict[str, Any]:
        found: dict[str, Any] = {
            _LISTEN[socket.type]: [self._listened(service, each) for each in socket.listen],
            "FileDescriptorName": socket.descriptor_name,
            "Service": unit_name(service, "", "service"),
            "MaxConnections": socket.max_connections,
            "MaxConnectionsPerSource": socket.max_connections_per_source,
            "SocketMode": socket.mode,
            "SocketUser": socket.user,
            "SocketGroup": socket.group,
        }
        if any(isinstance(each, InetSocket) and each.address == "::" for each in socket.listen):
            # else it would take the ports of IPv4 as well, which are said one by one
            found["BindIPv6Only"] = "ipv6-only"
        return {name: value for name, value in found.items() if value is not None}

    def _listened(self, service: Service, on: Any) -> str:
        if not isinstance(on, PurePath):
            return str(on)
        text: str = written(service, self.made_from["Sockets"], untrimmed, str(on))
        return text


def _streams(service: Service) -> Directives:
    """What is said of a process that has a connection for its standard input and output.

    What it complains of is for the host, not for who has connected.
    """
    found = {"StandardInput": "socket", "StandardOutput": "socket"}
    complains = strength(service, ("logging", "stderr")) < DEFAULT
    return found if complains else {**found, "StandardError": "journal"}
