"""Which services of a host listen on the same.

In: the services around one host. Out: a mistake for each two that claim one port or path. Refuses to
know what else listens on the host.
"""

from __future__ import annotations

from typing import Any, NamedTuple
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import PurePath

from ..language.evaluation.configuration import is_untouched, once_per_touch, written_at
from ..language.errors import Mistake, Mistakes, Report
from ..language.errors.report import placed
from ..language.provenance import Place
from ..language.words import Path, show_path
from .values.address import InetSocket, meets
from .groups.network import ListenPort, Socket
from .service import Service, enabled, runs


class Claim(NamedTuple):
    """What one port or socket of a service takes: a range of ports on an address, or a path.

    `what` is "tcp", "udp" or "path"; `service` tells services apart, `owner` is the service's result.
    """

    path: Path
    places: tuple[Place, ...]
    service: int
    what: str
    first: int = 0
    last: int = 0
    address: str | None = None
    file: str = ""
    by_manager: bool = False
    owner: Any = None

    def meets(self, other: Claim) -> bool:
        """Can the two not both be?

        What a service names as its port and has its manager open for it is one thing.
        """
        if self.service == other.service and self.by_manager != other.by_manager:
            return False
        if self.what == "path":
            return self.file == other.file
        ranges = self.first <= other.last and other.first <= self.last
        # what a manager is asked to open on :: it opens there alone
        alone = any(claim.by_manager and claim.address == "::" for claim in (self, other))
        return ranges and meets(self.address, other.address, dual=not alone)

    def shown(self, other: Claim) -> str:
        """What both take, in words."""
        if self.what == "path":
            return self.file
        where = self.address if self.address == other.address and self.address else ""
        number = f"{self.what.upper()} port {max(self.first, other.first)}"
        return f"{number} of {where}" if where else number


class PortTaken(Mistake):
    """Two services of a host that listen on the same."""

    category = "conflict"

    def __init__(self, one: Claim, other: Claim) -> None:
        first, second = show_path(one.path), show_path(other.path)
        headline = f"`{first}` and `{second}` both listen on {one.shown(other)}"
        if one.places == other.places:  # a line of a class, which does not tell them apart
            found = placed("both defined", one.places)
            for claim in (one, other):
                owner = show_path(claim.owner.__node__.path)
                found += placed(f"`{owner}` written", written_at(claim.owner))
        else:
            found = ()
            for claim in (one, other):
                found += placed(f"`{show_path(claim.path)}` defined", claim.places)
        instead = "another path" if one.what == "path" else "another port, or each an address"
        super().__init__(Report(headline, (), found, (f"give one of them {instead}",)), other.path)


def port_mistakes(services: Mapping[str, Service]) -> Iterator[Mistake]:
    """A mistake for each claim that another one, which was made before it, is in the way of."""
    listening = (each for each in enabled(services) if once_per_touch(each, _may_listen))
    made = [claim for service in listening for claim in _claims(service)]
    for _, group in groupby(sorted(made, key=lambda claim: claim.what), lambda claim: claim.what):
        before: list[Claim] = []
        for claim in sorted(group, key=lambda claim: (claim.file, claim.first)):
            # what ended before this one begins cannot meet it, nor any that follows
            before = [each for each in before if each.last >= claim.first]
            taken = next((each for each in before if each.meets(claim)), None)
            if taken is not None:
                yield PortTaken(taken, claim)
            before.append(claim)


def _may_listen(service: Service) -> bool:
    return not is_untouched(service.network)


def _claims(service: Service) -> list[Claim]:
    """All of a service's; none where they cannot be read, which is a mistake of its own."""
    try:
        if not runs(service):
            return []
        network, node = service.network, service.__node__
        found = [_of_port(port, id(node)) for port in network.ports.values()]
        for socket in network.sockets.values():
            found += _of_socket(socket, id(node))
    except (Mistake, Mistakes):
        return []
    return [claim._replace(owner=service) for claim in found]


def _of_port(port: ListenPort, service: int) -> Claim:
    last = port.number if port.last is None else port.last
    node = port.__node__
    said = tuple(written_at(port))
    return Claim(node.path, said, service, port.protocol, port.number, last, port.address)


def _of_socket(socket: Socket, service: int) -> Iterator[Claim]:
    what = "udp" if socket.type == "datagram" else "tcp"
    node = socket.__node__
    said = tuple(written_at(socket))
    for each in socket.listen:
        if isinstance(each, PurePath):
            yield Claim(node.path, said, service, "path", file=str(each), by_manager=True)
            continue
        on = each if isinstance(each, InetSocket) else None
        number = each.port if isinstance(each, InetSocket) else each
        address = on.address if on else None
        yield Claim(node.path, said, service, what, number, number, address, by_manager=True)
