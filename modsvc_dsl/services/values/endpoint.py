"""What one service offers others to connect to.

In: nothing. Out: `Endpoint`, the module of all kinds of them, and the kinds that most services need. A
kind of one's own is a class of one of these. Refuses to know who provides and who wants one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from ...language.errors import Mistake
from ...language.evaluation.history import places
from ...language.declaration.module import Module
from ...language.declaration.option import option, read_only
from ...language.types.refinements import LineOfText
from .address import is_loopback, is_unspecified
from ..mistakes.services import Contradiction
from ..groups.network import Number
from .secret import Secret
from .spelling import HostName, SocketPath, UrlPath


class Endpoint(Module):
    """Something that can be connected to."""

    def only_local(self) -> str:
        """Why services on other hosts cannot connect to it; empty if they can."""
        return ""


class TcpEndpoint(Endpoint):
    """A TCP port on an address that others connect to."""

    @classmethod
    def __instead__(cls, value: object) -> str:
        """What to write for a port, or an address with one, alone."""
        address, _, port = str(value).rpartition(":")
        if type(value) not in (int, str) or not port.isdecimal():
            return ""
        named = f"address={address.strip('[]')!r}, " if address else ""
        return f"{cls.__name__}({named}port={port})"

    address: HostName = option(
        default="127.0.0.1", description="The address, or the name of the host, to connect to."
    )
    port: Number = option(description="The port to connect to.")
    password: Secret | None = option(
        default=None,
        description="A reference to the secret that clients show. Unset: they show none.",
    )

    @read_only
    @option
    def authority(self) -> str:
        """Address and port, with an IPv6 address in brackets (RFC 3986, 3.2)."""
        address = f"[{self.address}]" if ":" in self.address else self.address
        return f"{address}:{self.port}"

    def only_local(self) -> str:
        """Why services on other hosts cannot connect to it; empty if they can."""
        return f"is on {self.address}, the host itself" if is_loopback(self.address) else ""

    def __validate__(self) -> Iterator[Mistake]:
        """Its address is one that somebody can connect to."""
        if is_unspecified(self.address):
            why = f"is on {self.address}, where services listen and nobody can connect"
            advice = "write an address or a name of the host, or 127.0.0.1 for services beside it"
            said = [("address", places(self, "address"))]
            yield Contradiction(self.__node__.path, why, said, advice)


class HttpEndpoint(TcpEndpoint):
    """A web server."""

    scheme: Literal["http", "https"] = option(default="http", description="The scheme to speak.")
    path: UrlPath = option(default="/", description="The path below which it answers.")

    @read_only
    @option
    def url(self) -> str:
        """The whole address."""
        return f"{self.scheme}://{self.authority}{self.path}"


class SocketEndpoint(Endpoint):
    """A socket in the file system."""

    path: SocketPath = option(description="The path to connect to.")
    password: Secret | None = option(
        default=None,
        description="A reference to the secret that clients show. Unset: they show none.",
    )
    protocol: LineOfText | None = option(
        default=None, description="What is spoken there, to people."
    )

    def only_local(self) -> str:
        """Why services on other hosts cannot connect to it."""
        return f"is the path {self.path}, which its own host has"
