"""What a manager emits: the files and links of one host, as plain data.

In: nothing. Out: the words `Origin`, `File`, `Link` and `Tree`. Refuses to know disks,
process managers and services.
"""

from __future__ import annotations

from typing import NamedTuple
from collections.abc import Mapping


class Origin(NamedTuple):
    """Where something was written: a source file and a line counted from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class File(NamedTuple):
    """One regular file.

    `content` holds its bytes, `mode` its permission bits, `service` the path of the owning
    service (empty for the host itself), `origins` where it was defined, and `lines` the
    origin of single lines (counted from 1) where they are known.
    """

    content: bytes
    service: tuple[str, ...] = ()
    origins: tuple[Origin, ...] = ()
    lines: Mapping[int, Origin] = {}
    mode: int = 0o644


class Link(NamedTuple):
    """One symbolic link; `target` is its text, relative to the link's own folder."""

    target: str
    service: tuple[str, ...] = ()
    origins: tuple[Origin, ...] = ()


Tree = Mapping[str, File | Link]
"""Path relative to the host's root, with `/` between names -> what lies there."""
