"""How names that others made are spelt: the kernel's, the host's, those of variables.

In: strings. Out: option types of such names. Refuses to know which names exist; it only sees
that each is one name, so that none can say more than a name wherever a manager writes it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from ..language.types.text import FilePath, Text
from .path import text_problem


class Spelt(Text):
    """A string that a pattern matches as a whole; `what` says what it is, for messages."""

    def __init__(self, what: str, pattern: str) -> None:
        super().__init__(pattern)
        self.what = what

    def describe(self) -> str:
        return self.what


class OnHost(FilePath):
    """An absolute path that names and units can hold."""

    def __init__(self) -> None:
        super().__init__(absolute=True)

    def accepts(self, value: Any) -> bool:
        return super().accepts(value) and not _path_problem(str(value))

    def describe(self) -> str:
        return "an absolute path"

    def hint(self, value: Any) -> str:
        why = _path_problem(str(value)) if super().accepts(value) else ""
        return f"write another one: it {why}" if why else super().hint(value)


def _path_problem(path: str) -> str:
    if len(path.encode("utf-8", "replace")) > LONGEST_PATH:
        return f"has more than {LONGEST_PATH} bytes"
    if ".." in path.split("/"):
        return "has .. in it, which managers do not follow"
    return text_problem(path)


LONGEST_PATH = 4095
"""Bytes of a path on Linux (PATH_MAX without the NUL)."""

HostPath = Annotated[Path, OnHost()]
"""A path on the host."""

Capability = Annotated[
    str, Spelt('the name of a capability, such as "CAP_NET_BIND_SERVICE"', "CAP_[A-Z0-9_]+")
]
"""As in capabilities(7)."""

AddressFamily = Annotated[
    str, Spelt('the name of an address family, such as "AF_INET"', "AF_[A-Z0-9_]+")
]
"""As in address_families(7)."""

SystemCall = Annotated[
    str,
    Spelt(
        'the name of a system call or of a set, such as "@system-service"', "@?[a-z_][a-z0-9_-]*"
    ),
]
"""As in syscalls(2), or a set with an @ before it (systemd.exec(5), SystemCallFilter=)."""

VariableName = Annotated[
    str,
    Spelt(
        "the name of a variable: letters, digits and _, no digit first", "[A-Za-z_][A-Za-z0-9_]*"
    ),
]
"""As in POSIX.1-2017, 8.1, with small letters; what shells and managers agree on."""

UserName = Annotated[
    str,
    Spelt('the name or number of a user, such as "www-data"', r"[A-Za-z0-9_][A-Za-z0-9_.@-]*\$?"),
]
"""As useradd(8) takes them, with dots and @ as directories give them; no blank, no colon."""

GroupName = Annotated[
    str,
    Spelt('the name or number of a group, such as "www-data"', r"[A-Za-z0-9_][A-Za-z0-9_.@-]*\$?"),
]
"""As for users."""

LogName = Annotated[
    str, Spelt('a name in a log, such as "web": letters, digits and _.-', r"[A-Za-z0-9_.-]{1,48}")
]
"""A tag as in RFC 5424, 6.2.5 (APP-NAME: at most 48 characters), without what parts fields."""

BusName = Annotated[
    str,
    Spelt(
        'a name on the bus, such as "org.example.Name"',
        r"(?=.{1,255}$)[A-Za-z_-][A-Za-z0-9_-]*(\.[A-Za-z_-][A-Za-z0-9_-]*)+",
    ),
]
"""A well-known name as in the D-Bus specification, "Bus names"."""

Address = Annotated[
    str,
    Spelt(
        "an address: http://..., https://..., file:/..., info:... or man:name(section)",
        "(https?://|file:/|info:|man:)[!-~]+",
    ),
]
"""Addresses of documentation as in systemd.unit(5): ASCII, without blanks (RFC 3986, uri(7))."""
