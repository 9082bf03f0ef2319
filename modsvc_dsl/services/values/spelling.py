"""How names that others made are spelt: the kernel's, the host's, those of variables.

In: strings. Out: option types of such names. Refuses to know which names exist; it only sees
that each is one name, so that none can say more than a name wherever a manager writes it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any

from ...language.pattern import pattern
from ...language.types.option_type import OptionType
from ...language.types.text import FilePath, Text
from ..path import text_problem
from .octal import is_upside_down, mode_lacks_prefix


class Spelt(Text):
    """A string that a pattern matches as a whole; `what` says what it is, for messages."""

    def __init__(self, what: str, pattern: str) -> None:
        super().__init__()
        self.pattern = pattern  # one of ours, which nobody has to try now
        self.what = what

    def describe(self) -> str:
        return self.what


class OnHost(FilePath):
    """An absolute path that names and units can hold."""

    def __init__(self) -> None:
        super().__init__(absolute=True)

    def accepts(self, value: Any) -> bool:
        return super().accepts(value) and not path_problem(str(value))

    def describe(self) -> str:
        return "an absolute path"

    def hint(self, value: Any) -> str:
        why = path_problem(str(value)) if super().accepts(value) else ""
        return f"write another one: it {why}" if why else super().hint(value)


def path_problem(path: str) -> str:
    """Why names and units could not hold a path; empty if they can."""
    if len(path.encode("utf-8", "replace")) > LONGEST_PATH:
        return f"has more than {LONGEST_PATH} bytes"
    steps = path.split("/")
    if ".." in steps:
        return "has .. in it, which managers do not follow"
    if any(len(step.encode("utf-8", "replace")) > LONGEST_NAME for step in steps):
        return f"has a step of more than {LONGEST_NAME} bytes"
    return text_problem(path)


class SocketFile(OnHost):
    """A path that a socket can have."""

    def accepts(self, value: Any) -> bool:
        return super().accepts(value) and not _socket_problem(str(value))

    def hint(self, value: Any) -> str:
        why = _socket_problem(str(value)) if OnHost.accepts(self, value) else ""
        if why:
            return f"write another one: it {why}"
        found = _HOST_AND_PORT.fullmatch(str(value))
        if found is None:
            return super().hint(value)
        host, port = found["host"].strip("[]"), int(found["port"])
        return f"write InetSocket({host!r}, {port})" if host else f"write the port alone: {port}"


_HOST_AND_PORT = pattern(r"(?P<host>[A-Za-z0-9.-]*|\[[0-9A-Fa-f:.]+\]):(?P<port>\d{1,5})")


def _socket_problem(path: str) -> str:
    if len(path.encode("utf-8", "replace")) > LONGEST_ADDRESS:
        return f"has more than {LONGEST_ADDRESS} bytes, which a socket's path has at the most"
    return "is a folder" if path in ("/", "//") else ""


class FolderNames(Text):
    """A name of a folder, or several with / between them, that cannot lead out of where it is put."""

    def accepts(self, value: Any) -> bool:
        return isinstance(value, str) and not _folder_problem(value)

    def describe(self) -> str:
        return 'the name of a folder, such as "app" or "app/data"'

    def hint(self, value: Any) -> str:
        why = _folder_problem(value) if isinstance(value, str) else ""
        return f"write another one: it {why}" if why else super().hint(value)


def _folder_problem(name: str) -> str:
    """Why a text can be no name of a folder below one of the host's; empty if it can."""
    if not name:
        return "is empty"
    if name.startswith("/"):
        return "is absolute, and the host has a folder for it"
    steps = name.split("/")
    if ".." in steps:
        return "leads out of its folder"
    if "" in steps or "." in steps:
        return "has an empty step or a dot in it"
    if steps[0] == "private":
        return "begins with private, which is where managers hide folders from other users"
    odd = re.search(r"[^A-Za-z0-9_.@+-]", name.replace("/", ""))
    if odd:
        return f"has {odd[0]!r} in it; letters, digits and _.@+- are allowed"
    if any(len(step) > LONGEST_NAME for step in steps) or len(name) > LONGEST_PATH // 2:
        return f"is too long: a step can have {LONGEST_NAME} bytes"
    return "begins with a -" if name.startswith("-") else ""


class PermissionBits(OptionType):
    """The permission bits of a file or folder, as chmod(2) takes them."""

    def describe(self) -> str:
        return "permission bits, such as 0o750"

    def accepts(self, value: Any) -> bool:
        return type(value) is int and 0 <= value <= 0o7777 and not mode_lacks_prefix(value)

    def hint(self, value: Any) -> str:
        digits = str(value).removeprefix("0o").lstrip("0")
        if type(value) in (int, str) and re.fullmatch("[0-7]{1,4}", digits):
            return f"write 0o{digits}: modes are octal numbers"
        return "write it as an octal number, up to 0o7777"


class DataBits(PermissionBits):
    """Those of a file that is only read, which others do not write unread."""

    def accepts(self, value: Any) -> bool:
        return super().accepts(value) and not (type(value) is int and is_upside_down(value))

    def hint(self, value: Any) -> str:
        octal_digits = set(str(value)) <= set("01234567")
        if octal_digits or not PermissionBits.accepts(self, value):
            return super().hint(value)
        return "let others read what they may write, and its owner run what they may run"


LONGEST_PATH = 4095
"""Bytes of a path on Linux (PATH_MAX without the NUL)."""

LONGEST_ADDRESS = 107
"""Bytes of the path of a socket (unix(7), sun_path, less the NUL)."""

LONGEST_NAME = 255
"""Bytes of one name in a path on Linux (NAME_MAX)."""


class DeviceNode(OnHost):
    """The path of a device."""

    def accepts(self, value: Any) -> bool:
        return super().accepts(value) and str(value).startswith("/dev/")

    def describe(self) -> str:
        return "the path of a device, as /dev/ttyUSB0"

    def hint(self, value: Any) -> str:
        return super().hint(value) if not OnHost.accepts(self, value) else "devices lie below /dev"


DevicePath = Annotated[Path, DeviceNode()]
"""A device of the host."""

HostPath = Annotated[Path, OnHost()]
"""A path on the host."""

SocketPath = Annotated[Path, SocketFile()]
"""The path of a socket on the host."""

FolderName = Annotated[str, FolderNames()]
"""A folder below one that the host has for the folders of services."""

FileMode = Annotated[int, PermissionBits()]
"""Permission bits."""

DataMode = Annotated[int, DataBits()]
"""Those of a file that is only read."""

CREDENTIAL_NAME = r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}"
"""What a secret may be called: a file's name that no manager reads anything else into."""

VariableName = Annotated[
    str,
    Spelt(
        "the name of a variable: letters, digits and _, no digit first", "[A-Za-z_][A-Za-z0-9_]*"
    ),
]
"""As in POSIX.1-2017, 8.1, with small letters; what shells and managers agree on."""

USER_NAME = r"[A-Za-z0-9_][A-Za-z0-9_.@-]{0,254}\$?"
"""What users and groups may be called, or their numbers; as long as Linux has it (LOGIN_NAME_MAX)."""

UserName = Annotated[str, Spelt('the name or number of a user, such as "www-data"', USER_NAME)]
"""As useradd(8) takes them, with dots and @ as directories give them; no blank, no colon."""

GroupName = Annotated[
    str,
    Spelt('the name or number of a group, such as "www-data"', USER_NAME),
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

SocketName = Annotated[
    str,
    Spelt(
        "a name of at most 255 characters, without blanks, colons and what breaks lines",
        r"[!-9;-~]{1,255}",
    ),
]
"""As in sd_listen_fds(3): ASCII without control characters and colons (`fdname_is_valid`)."""

HostName = Annotated[
    str,
    Spelt(
        "an IP address or the name of a host",
        r"[A-Za-z0-9_]([A-Za-z0-9_.-]{0,252}[A-Za-z0-9_.])?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*",
    ),
]
"""As in RFC 1123, 2.1, with underscores, which names in use have; or as in RFC 4291, 2.2."""

UrlPath = Annotated[str, Spelt('a path in an address, such as "/api"', r"/[!$&-;=@-Z_a-z~%]*")]
"""As in RFC 3986, 3.3."""

Address = Annotated[
    str,
    Spelt(
        "an address: http://..., https://..., file:/..., info:... or man:name(section)",
        "(https?://|file:/|info:|man:)[!#-~]+",
    ),
]
"""Addresses of documentation as in systemd.unit(5): ASCII, without blanks and quotes (RFC 3986, uri(7))."""
