"""What a service listens on.

In: nothing. Out: the group `network`: ports that the process opens itself, and sockets that its
manager opens for it. Refuses to compare services: `ports` does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Annotated, Any, Literal, cast

from ...language.arguments import refuses_others
from ...language.evaluation.configuration import is_untouched, once_per_touch, touched_names
from ...language.errors import Mistake
from ...language.evaluation.history import places, strength
from ...language.declaration.module import Module
from ...language.declaration.option import option
from ...language.properties import DEFAULT
from ...language.provenance import call_site
from ...language.declaration.reading import declared
from ...language.declaration.record import Record
from ...language.types.refinements import Between, LineOfText, Named, Positive
from ...language.words import show_value
from .. import connections
from ..values.address import MOST, InetSocket, IpAddress
from ..mistakes.services import Contradiction
from ..path import service_path
from ..values.spelling import FileMode, GroupName, SocketPath, SocketName, UserName

Number = Annotated[int, Between(1, MOST), Named("a port")]
"""A port that somebody can connect to."""

LAST_PRIVILEGED = 1023
"""The last port that needs a capability to listen on (ip(7), ip_unprivileged_port_start)."""

BIND = "CAP_NET_BIND_SERVICE"
"""The capability for the ports up to there (capabilities(7))."""


class ListenPort(Module):
    """A port, or a range of them, that the process listens on by itself."""

    @staticmethod
    def __instead__(value: object) -> str:
        """What to write for a plain number, or for one with a protocol as in "53/udp"."""
        number, _, protocol = str(value).partition("/")
        if type(value) not in (int, str) or not number.isdecimal():
            return ""
        return f"udp({number})" if protocol.lower() == "udp" else f"tcp({number})"

    number: Number = option(description="The port, or the first of a range.")
    last: Number | None = option(
        default=None, description="The last port of a range. Unset: one port."
    )
    protocol: Literal["tcp", "udp"] = option(default="tcp", description="Its protocol.")
    address: IpAddress | None = option(
        default=None, description="The address it listens on. Unset: all of the host."
    )
    purpose: LineOfText | None = option(default=None, description="What it is for, to people.")

    def __validate__(self) -> Iterator[Mistake]:
        """A range ends behind its beginning."""
        if self.last is not None and self.last < self.number:
            where = [(name, places(self, name)) for name in ("number", "last")]
            why = f"ends with port {self.last}, and begins with {self.number}"
            yield Contradiction(self.__node__.path, why, where, "write the smaller one as number")


class Socket(Module):
    """A socket that the manager opens, so that the service starts when somebody connects."""

    @staticmethod
    def __instead__(value: object) -> str:
        """What to write for what it listens on alone."""
        if isinstance(value, (int, PurePath, InetSocket)):
            return f"Socket(listen=[{show_value(value)}])"
        if isinstance(value, str) and value.startswith("/"):
            return f"Socket(listen=[Path({show_value(value)})])"
        return f"Socket(listen={show_value(value)})" if isinstance(value, list) else ""

    listen: Sequence[Number | SocketPath | InetSocket] = option(
        description="Ports on all addresses, ports on one (InetSocket), or paths in the file system."
    )
    type: Literal["stream", "datagram", "sequential"] = option(
        default="stream",
        description="TCP or UDP where it listens on ports; sequential: paths only.",
    )
    descriptor_name: SocketName = option(
        compute=lambda self: str(self.__node__.path[-1]) or "-".join(service_path(self)),
        description=(
            "How the process tells it from others (LISTEN_FDNAMES). Unset: its key, or the name of "
            "the service where that is empty."
        ),
    )
    mode: FileMode | None = option(
        default=None,
        description="Permissions of its paths, such as 0o660. Unset: anybody connects.",
    )
    user: UserName | None = option(default=None, description="Whose its paths are. Unset: root's.")
    group: GroupName | None = option(
        default=None, description="Which group's they are. Unset: the user's own."
    )
    accept: Literal["stdio", "descriptor"] | None = option(
        default=None,
        description=(
            "How a process is handed one connection, where the manager accepts them and starts one "
            "for each: as its standard input and output, or as the first descriptor that is passed. "
            "Unset: one process is handed the socket, and accepts them itself."
        ),
    )
    max_connections: Positive | None = option(
        default=None,
        description=(
            "How many connections there may be at a time, where the manager accepts them; others are "
            "closed. Unset: the manager's own choice."
        ),
    )
    max_connections_per_source: Positive | None = option(
        default=None,
        description="How many of them from one address, or of one user. Unset: no limit of its own.",
    )

    def __validate__(self) -> Iterator[Mistake]:
        """It listens on something that its type goes with."""
        path = self.__node__.path
        if not self.listen:
            said = [("listen", places(self, "listen"))]
            yield Contradiction(path, "listens on nothing", said, "write listen=[8080]")
            return
        on_ports = [each for each in self.listen if isinstance(each, (int, InetSocket))]
        if self.type == "sequential" and on_ports:
            said = [(name, places(self, name)) for name in ("type", "listen")]
            why = f"is sequential, and listens on port {on_ports[0]}: only paths can be"
            yield Contradiction(path, why, said, 'write type="stream", or a path')
        for name in ("mode", "user", "group") if len(on_ports) == len(self.listen) else ():
            if getattr(self, name) is not None:
                said = [(each, places(self, each)) for each in (name, "listen")]
                why = f"has a {name}, and no path in the file system to have it"
                yield Contradiction(path, why, said, f"take {name} away, or listen on a path")
        yield from connections.of_socket(self)


class Network(Module):
    """Ports and sockets, and whether there has to be a network."""

    ports: Mapping[str, ListenPort] = option(
        description="Ports that the process listens on by itself, by name."
    )
    sockets: Mapping[str, Socket] = option(
        description=(
            "Sockets that the manager opens and hands over, by name. With one of them the "
            "service starts when somebody connects, and not by itself when the host starts."
        )
    )
    wait_online: bool = option(
        default=False,
        description=(
            "Whether it starts only when the host is online: when the interfaces that the host waits "
            "for have addresses."
        ),
    )


@refuses_others
def tcp(
    number: int, *, last: int | None = None, address: str | None = None, purpose: str | None = None
) -> ListenPort:
    """A TCP port that the process listens on: `ports={"http": tcp(80)}`."""
    return _port("tcp", {"number": number, "last": last, "address": address, "purpose": purpose})


@refuses_others
def udp(
    number: int, *, last: int | None = None, address: str | None = None, purpose: str | None = None
) -> ListenPort:
    """A UDP port that the process listens on: `ports={"dns": udp(53)}`."""
    return _port("udp", {"number": number, "last": last, "address": address, "purpose": purpose})


# Any: whatever a user wrote, which the options judge
def _port(protocol: str, said: Mapping[str, Any]) -> ListenPort:
    site = call_site(3)
    definitions = [
        declared((name,), value, site)
        for name, value in {"protocol": protocol, **said}.items()
        if value is not None
    ]
    record: Any = Record(f"{protocol}(...)", site, definitions=definitions, imports=(ListenPort,))
    return cast("ListenPort", record)


# Any: the result of a service, whose class is made with this file's
def is_activated(service: Any) -> bool:
    """Has a service a socket that starts it?"""
    return once_per_touch(service, _may_listen) and bool(service.network.sockets)


# Any: likewise
def accepted_by_manager(service: Any) -> Socket | None:
    """The socket whose connections the manager accepts, with a process of the service for each."""
    if not once_per_touch(service, _may_listen):
        return None
    sockets = service.network.sockets.values()
    return next((each for each in sockets if each.accept is not None), None)


# Any: likewise
def _may_listen(service: Any) -> bool:
    """Does somebody say something of the network of such services?"""
    return not is_untouched(service.network)


# Any: likewise
def starts_at_boot(service: Any) -> bool:
    """Is a service started with the host, and by nothing else? One with sockets if it insists."""
    unasked: bool | None = once_per_touch(service, _starts_unasked)
    if unasked is not None:
        return unasked
    if not service.lifecycle.start_at_boot:
        return False
    return not is_activated(service) or strength(service, "lifecycle.start_at_boot") < DEFAULT


# Any: likewise
def _starts_unasked(service: Any) -> bool | None:
    """Whether services start that say nothing of it, None where somebody may say something."""
    said = "start_at_boot" in touched_names(service.lifecycle) or _may_listen(service)
    return None if said else bool(service.lifecycle.start_at_boot)


# Any: likewise
def privileged_ports(service: Any) -> list[ListenPort]:
    """The ports that a service could not listen on without a capability."""
    if not once_per_touch(service, _may_listen):
        return []
    return [port for port in service.network.ports.values() if port.number <= LAST_PRIVILEGED]
