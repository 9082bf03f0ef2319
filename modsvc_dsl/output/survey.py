"""What lies in OUT, held against what the last build says it wrote.

In: a folder. Out: a `Standing` (what is ours and whether it is whole), or the error that lists
what is not ours. Refuses to know what will be written, and to change anything.

A file of ours that is missing, and one whose mode alone differs, is nobody's work that could be
lost: the standing is then not whole, and the next build writes it again. (Version control keeps
no modes, so a tree that went through it must not count as edited.)
"""

from __future__ import annotations

from typing import NamedTuple
import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from modsvc_dsl.output.contents import MANIFEST
from modsvc_dsl.output.errors import Change, ForeignContent
from modsvc_dsl.output.manifest import FileRecord, LinkRecord, Manifest, Record, decode

FOLDER_MODE = 0o755
"""Of every folder in OUT, and of an OUT that is not there yet."""

MANIFEST_MODE = 0o644


class Standing(NamedTuple):
    """What the last build left. `mode` is OUT's own (permission bits), None if there is no OUT.

    `data` holds the bytes of its manifest (None if it has none), `whole` whether all that the
    manifest lists is there just as it says. `missing` are paths that it lists and that are not there,
    `loose` those of files with another mode than it says.
    """

    mode: int | None
    data: bytes | None
    manifest: Manifest
    whole: bool
    missing: frozenset[str] = frozenset()
    loose: frozenset[str] = frozenset()


class _Found(NamedTuple):
    """One thing met on the walk: its path in OUT, where it is, what kind, and if it is empty."""

    path: str
    at: str
    status: os.stat_result
    empty: bool = False


@dataclass(slots=True)
class _Tally:
    """What the walk has told so far."""

    foreign: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    loose: set[str] = field(default_factory=set)
    whole: bool = True


def survey(folder: Path, out: Path) -> Standing:
    """What lies in `folder`; errors call it `out`, the name it is known by.

    Raises `ForeignContent`, `ManifestBroken`, `ManifestNewer` and OSError.
    """
    try:
        mode = stat.S_IMODE(folder.lstat().st_mode)
    except FileNotFoundError:
        return Standing(None, None, Manifest({}), whole=False)
    data = _manifest_bytes(folder)
    manifest = Manifest({}) if data is None else decode(data, out / MANIFEST)
    tally = _tally(folder, manifest)
    if tally.foreign or tally.changes:
        raise ForeignContent(out, tally.foreign, tally.changes, manifest=data is not None)
    missing = frozenset(manifest.records().keys() - tally.seen)
    whole = data is not None and tally.whole and not tally.loose
    return Standing(mode, data, manifest, whole, missing, frozenset(tally.loose))


def _manifest_bytes(folder: Path) -> bytes | None:
    path = folder / MANIFEST
    if not os.path.lexists(path) or not stat.S_ISREG(path.lstat().st_mode):
        return None  # a folder or link of that name is met on the walk, as foreign
    return path.read_bytes()


def _tally(folder: Path, manifest: Manifest) -> _Tally:
    records, folders = manifest.records(), manifest.folders()
    tally = _Tally()
    for found in _walk(folder):
        tally.seen.add(found.path)
        mode = stat.S_IMODE(found.status.st_mode)
        if stat.S_ISDIR(found.status.st_mode):
            if found.path in folders:
                tally.whole &= mode == FOLDER_MODE
            elif found.empty:
                tally.foreign.append(found.path + "/")
        elif found.path == MANIFEST and stat.S_ISREG(found.status.st_mode):
            tally.whole &= mode == MANIFEST_MODE
        elif found.path not in records:
            tally.foreign.append(found.path)
        else:
            _compare(found, records[found.path], tally)
    tally.whole &= tally.seen >= records.keys() | folders
    return tally


def _compare(found: _Found, record: Record, tally: _Tally) -> None:
    how = _difference(found, record)
    if how is not None:
        source = str(record.origins[0]) if record.origins else None
        tally.changes.append(Change(found.path, how, source))
    elif isinstance(record, FileRecord) and stat.S_IMODE(found.status.st_mode) != record.mode:
        tally.loose.add(found.path)


def _difference(found: _Found, record: Record) -> str | None:
    """How what was found differs from what was written, None if it does not."""
    if isinstance(record, LinkRecord):
        if not stat.S_ISLNK(found.status.st_mode):
            return "a link was written here, this is none"
        target = os.readlink(found.at)
        return None if target == record.target else "its target is not what was written"
    if not stat.S_ISREG(found.status.st_mode):
        return "a file was written here, this is none"
    with open(found.at, "rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return None if digest == record.sha256 else "its content is not what was written"


def _walk(folder: Path) -> Iterator[_Found]:
    """Everything below `folder`, links not followed; a stack, as depth is up to the disk."""
    waiting = [("", os.fspath(folder))]
    while waiting:
        prefix, at = waiting.pop()
        with os.scandir(at) as entries:
            for entry in list(entries):
                path, status = prefix + entry.name, entry.stat(follow_symlinks=False)
                empty = False
                if stat.S_ISDIR(status.st_mode):
                    waiting.append((path + "/", entry.path))
                    with os.scandir(entry.path) as inner:
                        empty = next(inner, None) is None
                yield _Found(path, entry.path, status, empty)
