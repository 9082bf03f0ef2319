"""Addresses of the internet protocols, and which of them meet.

In: texts. Out: their shortest form, and whether two of them cannot both be listened on. Refuses names:
to look one up would depend on where and when.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from ...language.arguments import refuses_others
from ...language.errors import Mistake, Report
from ...language.provenance import Place, call_site
from ...language.types.option_type import OptionType
from ...language.types.refinements import Replaces
from ...language.words import show_value

MOST = 2**16 - 1
"""Ports have 16 bits without a sign (RFC 9293, RFC 768); 0 stands for none."""


# Any: an address of either version
def _ip(text: str) -> Any:
    """An address. Raises ValueError."""
    from ipaddress import ip_address  # few services say one

    return ip_address(text)


def address(text: str) -> str:
    """The shortest form of an address: `::1`. Raises ValueError with what is wrong."""
    if not isinstance(text, str):
        raise ValueError(f"{show_value(text)} is no text")
    if "%" in text or not text.isascii():
        raise ValueError(f"{text!r} is no address")
    try:
        return str(_ip(text.removeprefix("[").removesuffix("]")))
    except ValueError:
        instead = "write 127.0.0.1 or ::1" if text == "localhost" else "write it in numbers"
        raise ValueError(f"{text!r} is no address: {instead}") from None


class AddressType(OptionType):
    """An address of either protocol, in its shortest form."""

    def describe(self) -> str:
        return "an IP address"

    def accepts(self, value: Any) -> bool:
        return isinstance(value, str) and not self.hint(value)

    def convert(self, value: Any) -> Any:
        return address(value)

    def hint(self, value: Any) -> str:
        try:
            address(value)
        except ValueError as error:
            return str(error)
        return ""


IpAddress = Annotated[str, Replaces(AddressType())]
"""An IPv4 or IPv6 address as a text."""


def meets(one: str | None, other: str | None, dual: bool = True) -> bool:
    """Would two listeners on one port be in each other's way? None stands for all addresses.

    `dual` says that one on `::` hears IPv4 as well, as Linux has it (`bindv6only` is 0, ipv6(7)).
    """
    if one is None or other is None or one == other or (dual and "::" in (one, other)):
        return True
    first, second = _ip(one), _ip(other)
    if first.version != second.version:
        return False
    return bool(first.is_unspecified or second.is_unspecified)


def is_loopback(text: str) -> bool:
    """Does an address, or a name of one, mean the host it is used on?"""
    if text == "localhost":
        return True
    try:
        return bool(_ip(text).is_loopback)
    except ValueError:
        return False


def is_unspecified(text: str) -> bool:
    """Does an address stand for all of a host, so that it can be listened on only?"""
    try:
        return bool(_ip(text).is_unspecified)
    except ValueError:
        return False


@refuses_others
@dataclass(frozen=True)
class InetSocket:
    """A port on one address: `InetSocket("127.0.0.1", 8080)`. Raises BadInetSocket."""

    address: str
    port: int

    def __post_init__(self) -> None:
        place = call_site(3)
        try:
            object.__setattr__(self, "address", address(self.address))
        except ValueError as error:
            raise BadInetSocket(str(error), place) from None
        if type(self.port) is not int or not 0 < self.port <= MOST:
            what = f"{show_value(self.port)} is no port: it is a number from 1 to {MOST}"
            raise BadInetSocket(what, place)

    def __str__(self) -> str:
        shown = f"[{self.address}]" if ":" in self.address else self.address
        return f"{shown}:{self.port}"


class BadInetSocket(Mistake):
    """A port on an address that cannot be."""

    category = "type"

    def __init__(self, why: str, place: Place) -> None:
        headline = f"InetSocket(...): {why}"
        super().__init__(Report(headline, (), (("written", place.locate()),)))
