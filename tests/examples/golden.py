"""Golden trees: what the examples became when somebody last looked at it.

In: trees by host, and the folder with the golden ones. Out: what differs, as text; or the folder
rewritten. Refuses to know what is right: a person does, who reads the difference before committing.
"""

from __future__ import annotations

import difflib
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from modsvc_dsl.managers.tree import File, Link, Tree

UPDATE = "MODSVC_UPDATE_GOLDEN"
"""The environment variable that has golden trees rewritten when it is `1`."""

Shown = Mapping[str, str]
"""Path -> the text of a file, or an arrow and the target of a link."""


def updating() -> bool:
    """Shall golden trees be rewritten in this run?"""
    return os.environ.get(UPDATE) == "1"


def shown(trees: Mapping[str, Tree]) -> Shown:
    """Trees as text, `<host>/<path>` first."""
    return {
        f"{host}/{path}": f"-> {entry.target}\n" if isinstance(entry, Link) else _text(entry)
        for host, tree in trees.items()
        for path, entry in tree.items()
    }


def _text(file: File) -> str:
    return f"(mode {file.mode:04o})\n{file.content.decode()}"


def read(folder: Path) -> Shown:
    """The golden trees in a folder, in the same form."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            found[path.relative_to(folder).as_posix()] = f"-> {os.readlink(path)}\n"
        elif path.is_file():
            # git keeps no more of a mode than whether a file is executable
            mode = 0o755 if path.stat().st_mode & 0o100 else 0o644
            text = path.read_bytes().decode()
            found[path.relative_to(folder).as_posix()] = f"(mode {mode:04o})\n{text}"
    return found


def write(folder: Path, trees: Mapping[str, Tree]) -> None:
    """Replace the golden trees in a folder."""
    shutil.rmtree(folder, ignore_errors=True)
    for host, tree in trees.items():
        for path, entry in tree.items():
            target = folder / host / path
            target.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(entry, Link):
                target.symlink_to(entry.target)
            else:
                target.write_bytes(entry.content)
                target.chmod(entry.mode)


def difference(golden: Shown, built: Shown) -> str:
    """What has to change in the golden trees to be the built ones, as a unified diff."""
    return "".join(_differences(golden, built))


def _differences(golden: Shown, built: Shown) -> Iterator[str]:
    for path in sorted(golden.keys() | built.keys()):
        old, new = golden.get(path, ""), built.get(path, "")
        if old != new:
            before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
            yield from difflib.unified_diff(before, after, f"golden/{path}", f"built/{path}")
