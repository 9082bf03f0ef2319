"""Trees to publish, ways to look at a folder, and trees that hypothesis draws."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from hypothesis import strategies as st

from modsvc_dsl.managers.tree import File, Link, Origin, Tree

UNITS = "etc/systemd/system"


def unit(text: str, *service: str, line: int = 1) -> File:
    return File(f"[Unit]\nDescription={text}\n".encode(), service, (Origin("site.py", line),))


FIRST: Mapping[str, Tree] = {
    "db1": {f"{UNITS}/db.service": unit("db", "db", line=3)},
    "web1": {
        f"{UNITS}/web.service": unit("web", "web", line=7),
        f"{UNITS}/multi-user.target.wants/web.service": Link("../web.service", ("web",)),
        "etc/system-services/web/key": File(b"\x00\xff", ("web",), mode=0o600),
    },
}
"""What lies there, as a rule, when a test begins."""

SECOND: Mapping[str, Tree] = {
    "web1": {
        f"{UNITS}/web.service": unit("web, again", "web", line=8),
        f"{UNITS}/sockets.target.wants/web.socket": Link("../web.socket", ("web",)),
        f"{UNITS}/web.socket": unit("socket", "web", line=9),
    },
    "web2": {},
}
"""Adds a host, removes one, changes, adds and removes files."""


def snapshot(folder: Path) -> dict[str, tuple[str, int, bytes]] | None:
    """Every path below a folder, and its own: kind, mode and content. None without a folder."""
    if not folder.is_dir():
        return None
    found = {".": ("folder", stat.S_IMODE(folder.stat().st_mode), b"")}
    for at, folders, files in os.walk(folder, onerror=_refuse):
        for name in folders + files:
            path = Path(at, name)
            mode = path.lstat().st_mode
            key = str(path.relative_to(folder))
            if stat.S_ISLNK(mode):
                found[key] = ("link", 0, os.fsencode(os.readlink(path)))
            elif stat.S_ISDIR(mode):
                found[key] = ("folder", stat.S_IMODE(mode), b"")
            elif not stat.S_ISREG(mode):
                found[key] = ("other", stat.S_IMODE(mode), b"")  # reading a pipe would wait
            else:
                found[key] = ("file", stat.S_IMODE(mode), path.read_bytes())
    return found


def _refuse(error: OSError) -> None:
    raise error


# --- drawn --------------------------------------------------------------------------------

names = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="/"),
    min_size=1,
    max_size=8,
).filter(lambda name: name not in (".", "..", "manifest.json"))

origins = st.lists(
    st.builds(Origin, st.sampled_from(["site.py", "lib/a:b.py", "<string>"]), st.integers(1, 99)),
    max_size=3,
).map(tuple)

services = st.lists(names, max_size=2).map(tuple)

files = st.builds(
    File,
    content=st.binary(max_size=40),
    service=services,
    origins=origins,
    mode=st.sampled_from([0o400, 0o600, 0o644, 0o755]),
)

links = st.builds(
    Link,
    target=names.filter(lambda name: len(name.encode()) < 250),
    service=services,
    origins=origins,
)

Nested = Mapping[str, "File | Link | Nested"]


def _flat(nested: Nested, prefix: str = "") -> dict[str, File | Link]:
    found: dict[str, File | Link] = {}
    for name, value in nested.items():
        if isinstance(value, File | Link):
            found[prefix + name] = value
        else:
            found |= _flat(value, f"{prefix}{name}/")
    return found


def _nested(depth: int) -> st.SearchStrategy[Nested]:
    inner: st.SearchStrategy[File | Link | Nested] = files | links
    if depth > 1:
        inner = inner | _nested(depth - 1)
    return st.dictionaries(names, inner, max_size=3)


fleets: st.SearchStrategy[dict[str, Tree]] = st.dictionaries(
    names, _nested(3).map(_flat), max_size=3
)
"""Trees of up to three hosts; no file lies below another, as they are drawn nested."""
