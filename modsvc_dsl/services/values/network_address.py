"""Addresses and networks that a service may talk to.

In: strings. Out: the option type of one. Refuses names of hosts: what they mean changes.
"""

from __future__ import annotations

import re
from typing import Annotated, Any

from ...language.types.text import Text

WORDS = ("any", "localhost", "link-local", "multicast")
"""Names of networks that every host has (RFC 1122, 3927, 4291, 5771)."""


class PeerType(Text):
    """An address, a network, or one of WORDS."""

    def accepts(self, value: Any) -> bool:
        return isinstance(value, str) and not _problem(value)

    def describe(self) -> str:
        return f'an address or a network, such as "192.0.2.0/24", or one of {", ".join(WORDS)}'

    def hint(self, value: Any) -> str:
        return _problem(value) if isinstance(value, str) else super().hint(value)


def _problem(text: str) -> str:
    """What to write instead of a text that is no address or network; empty if it is one."""
    if text in WORDS:
        return ""
    if not re.fullmatch("[0-9a-fA-F.:/]+", text):
        return "write addresses in numbers: what a name means is found out by the program"
    from ipaddress import ip_network  # few services say one

    try:
        ip_network(text)
    except ValueError as error:
        return (
            "write the network without the bits of a host"
            if "host bits" in str(error)
            else ("write it as in 192.0.2.7, 192.0.2.0/24 or 2001:db8::/32")
        )
    return ""


Peer = Annotated[str, PeerType()]
"""Whom a service may exchange packets with."""
