"""What may be written: the trees of a build, checked as a whole before anything is.

In: trees as data. Out: every problem in them, or silence. Refuses to know disks.

The rules: a name is one path component of at most 255 bytes (NAME_MAX of every usual Linux file
system), without control characters; a path is relative and stays below its host's folder; a
link's target does too, but for `/dev/null`, with which systemd masks a unit (systemd.unit(5));
modes are permission bits that leave the owner able to read, since the next build reads the
file again to see whether it was edited.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from modsvc_dsl.managers.tree import File, Link, Tree
from modsvc_dsl.output.errors import Problem, UnsafeTrees

MANIFEST = "manifest.json"
"""The manifest's name in OUT, which therefore no host can have."""

NAME_BYTES = 255
"""NAME_MAX in linux/limits.h."""

TARGET_BYTES = 4095
"""PATH_MAX in linux/limits.h without the final NUL: the longest text a link can hold."""

LEVELS = 100
"""How deep a path may be: far above any use, and far below what removing folders can take."""

_BREAKING = {"Cc": "a control character", "Cs": "half of a character", "Zl": "a line break"}
_BREAKING["Zp"] = _BREAKING["Zl"]

_NAME_FIX = "use plain names: no '/', no '.' or '..', nothing unprintable, at most 255 bytes"
_PATH_FIX = "write paths relative to the host's root, such as etc/systemd/system/web.service"
_TARGET_FIX = "link relative to the link's own folder and inside the host's root, or to /dev/null"


def refuse_unsafe(trees: Mapping[str, Tree], out: Path) -> None:
    """Return if the trees can be written into a folder `out` without leaving it.

    Raises `UnsafeTrees` with every problem of every host.
    """
    problems: list[Problem] = []
    for host in sorted(trees):
        problems += _host_problems(host)
        problems += _tree_problems(host, trees[host])
    if problems:
        raise UnsafeTrees(out, problems)


def unsafe_path(path: str) -> str | None:
    """What is wrong with a path below a folder, None if nothing is."""
    if path == "":
        return "it is empty"
    if path.startswith("/"):
        return "it is absolute"
    levels = path.count("/") + 1
    if levels > LEVELS:
        return f"it has {levels} levels, more than {LEVELS}"
    for name in path.split("/"):
        problem = unsafe_name(name)
        if problem is not None:
            return problem
    return None


def unsafe_name(name: str) -> str | None:
    """What is wrong with one path component, None if nothing is."""
    if name == "":
        return "a name in it is empty"
    if name in (".", ".."):
        return f"'{name}' is no name: it would leave its folder or stay in it"
    if "/" in name:
        return "'/' is in it: it would leave its folder"
    breaking = _breaking(name)
    if breaking is not None:
        return breaking
    if len(name.encode()) > NAME_BYTES:
        return f"a name in it has {len(name.encode())} bytes, more than {NAME_BYTES}"
    return None


def _breaking(text: str) -> str | None:
    for character in text:
        kind = _BREAKING.get(unicodedata.category(character))
        if kind is not None:
            return f"{kind} is in it: U+{ord(character):04X}"
    return None


def _host_problems(host: str) -> Iterator[Problem]:
    problem = unsafe_name(host)
    if host == "":
        problem = "the name is empty"
    if problem is not None:
        yield Problem(host, None, problem, _NAME_FIX)
    elif host == MANIFEST:
        yield Problem(host, None, "the manifest has this name", "give the host another name")


def _tree_problems(host: str, tree: Tree) -> Iterator[Problem]:
    for path in sorted(tree):
        entry = tree[path]
        source = str(entry.origins[0]) if entry.origins else None
        for what, instead in _entry_problems(tree, path, entry):
            yield Problem(host, path, what, instead, source)


def _entry_problems(tree: Tree, path: str, entry: File | Link) -> Iterator[tuple[str, str]]:
    problem = unsafe_path(path)
    if problem is not None:
        yield problem, _PATH_FIX
        return
    parent = path.rpartition("/")[0]
    while parent:
        if parent in tree:
            kind = "file" if isinstance(tree[parent], File) else "link"
            yield f"it lies below '{parent}', which is a {kind}", "give one of the two another path"
        parent = parent.rpartition("/")[0]
    if isinstance(entry, File):
        yield from _mode_problems(entry.mode)
    else:
        target = _target_problem(path, entry.target)
        if target is not None:
            yield target, _TARGET_FIX


def _mode_problems(mode: int) -> Iterator[tuple[str, str]]:
    if not 0 <= mode <= 0o777:
        yield f"mode {mode:#o} is no set of permission bits", "use a mode from 0o400 to 0o777"
    elif not mode & 0o400:
        yield f"mode {mode:#o} leaves its owner unable to read it", "add 0o400 to the mode"


def _target_problem(path: str, target: str) -> str | None:
    if target == "/dev/null":
        return None
    if target == "":
        return "it links to nothing"
    breaking = _breaking(target)
    if breaking is not None:
        return f"in its target, {breaking}"
    if len(target.encode()) > TARGET_BYTES:
        return f"its target has {len(target.encode())} bytes, more than {TARGET_BYTES}"
    if target.startswith("/"):
        return f"its target '{target}' is absolute"
    depth = path.count("/")
    for name in target.split("/"):
        depth += -1 if name == ".." else 0 if name in ("", ".") else 1
        if depth < 0:
            return f"its target '{target}' leaves the host's root"
    return None
