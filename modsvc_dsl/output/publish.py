"""Publishing the built trees of all hosts: all of them, or nothing.

In: a tree per host, the folder OUT, the folder that origins are relative to. Out: OUT holds the
trees and their manifest, and a `Published` says what changed; or OUT is what it was, and an
`OutputError` says why. Refuses to know services and process managers.
"""

from __future__ import annotations

from typing import NamedTuple
import os
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

from modsvc_dsl.managers.tree import Tree
from modsvc_dsl.output.contents import refuse_unsafe
from modsvc_dsl.output.durability import settle_one
from modsvc_dsl.output.errors import (
    LeftoverInTheWay,
    OutputError,
    ParentNotWritable,
    WriteFailed,
    reason,
)
from modsvc_dsl.output.exchange import Exchange, recover, remove
from modsvc_dsl.output.lock import Lock
from modsvc_dsl.output.manifest import FileRecord, Manifest, Record, encode, manifest_of
from modsvc_dsl.output.place import Place, placed
from modsvc_dsl.output.staging import stage
from modsvc_dsl.output.survey import FOLDER_MODE, Standing, survey


class Published(NamedTuple):
    """What publishing did.

    `out` is the absolute OUT. `written` is False where it already held all this and was left as
    it was, `only` says what was written where no path changed. `added`, `changed` and `removed` are
    sorted paths in OUT (`<host>/<path>`), against what lay there: changed are those whose content,
    mode or target is another, not those whose origins moved alone.
    `recovered` says what was cleared up after an interrupted build, if anything. `leftovers` are
    paths beside OUT that could not be removed; the next build tries again.
    """

    out: Path
    manifest: Manifest
    written: bool
    only: str = ""
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    recovered: str | None = None
    leftovers: tuple[Path, ...] = ()


def publish(trees: Mapping[str, Tree], out: Path, *, base: Path) -> Published:
    """Make `out` hold exactly these trees, a folder per host, and their manifest.

    Origins in the manifest are relative to the folder `base`. Raises an `OutputError`, in which
    case `out` is what it was; where that failed, too, `WriteFailed.stranded` says so.
    """
    refuse_unsafe(trees, out)
    manifest = manifest_of(trees, base)
    data = encode(manifest)
    with _told(out, "looking at where it lies"):
        place = placed(out)
    lock = Lock(place)
    leftovers: list[Path] = []
    with _locking(lock, place):
        with _told(out, "clearing up after an interrupted build"):
            recovered = recover(place)
        with _told(out, "reading what is there"):
            before = survey(place.out, place.out)
        written = not (before.whole and before.data == data)
        if written:
            _replace(place, before, trees, manifest, data)
            leftovers += _cleared(place)
    if lock.leftover is not None:
        leftovers.append(lock.leftover)
    paths = _difference(before, manifest.records())
    only = ""
    if written and not any(paths):
        only = "the manifest" if before.data != data else "folders and modes"
    return Published(place.out, manifest, written, only, *paths, recovered, tuple(leftovers))


def _replace(
    place: Place, before: Standing, trees: Mapping[str, Tree], manifest: Manifest, data: bytes
) -> None:
    """Write the new tree and exchange it for the old one; on any failure, undo all of it."""
    exchange = Exchange(place)
    mode = FOLDER_MODE if before.mode is None else before.mode
    try:
        with _told(place.out, "writing the new tree"):
            stage(exchange.begin(), trees, manifest, data, mode)
        with _told(place.out, "exchanging the new tree for the old one"):
            exchange.commit()
            settle_one(place.out.parent)
        with _told(place.out, "reading what was there"):
            # what someone wrote into the old tree while the new one was made is not lost
            survey(place.new, place.out)
    except BaseException as error:
        try:
            exchange.undo()
        except OSError as second:
            raise _stranded(place, error, second) from error
        left = _cleared(place)
        if isinstance(error, OutputError):
            error.leftovers = tuple(left)
        raise


def _cleared(place: Place) -> list[Path]:
    """Remove the tree beside OUT; returns what could not be, as OUT is in order either way."""
    try:
        remove(place, place.new)
    except (OSError, LeftoverInTheWay):
        return [place.new]
    return []


def _stranded(place: Place, first: BaseException, second: OSError) -> WriteFailed:
    """The error for a build that failed with `first` and could not be undone for `second`."""
    kept = next((path for path in (place.old, place.new) if os.path.lexists(path)), None)
    if isinstance(first, WriteFailed) and isinstance(first.__cause__, OSError):
        return WriteFailed(place.out, first.doing, first.__cause__, reason(second), kept)
    return WriteFailed(place.out, "undoing the build", second, reason(second), kept)


@contextmanager
def _told(out: Path, doing: str) -> Generator[None, None, None]:
    """Turn the operating system's refusal of a step into `WriteFailed`."""
    try:
        yield
    except OSError as error:
        raise WriteFailed(out, doing, error) from error


@contextmanager
def _locking(lock: Lock, place: Place) -> Generator[None, None, None]:
    """Hold the lock, whose file is the first thing written beside OUT."""
    try:
        lock.take()
    except OSError as error:
        raise ParentNotWritable(place.out, place.out.parent, reason(error)) from error
    try:
        yield
    finally:
        lock.release()


def _difference(
    before: Standing, new: Mapping[str, Record]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Paths added, changed and removed, each sorted. What somebody deleted is added again."""
    listed = before.manifest.records()
    old = listed.keys() - before.missing
    other = (path for path in old & new.keys() if _bytes(listed[path]) != _bytes(new[path]))
    changed = {*other, *(before.loose & new.keys())}
    return tuple(sorted(new.keys() - old)), tuple(sorted(changed)), tuple(sorted(old - new.keys()))


def _bytes(record: Record) -> tuple[str, ...]:
    """What of a record is on the host's disk."""
    if isinstance(record, FileRecord):
        return "file", record.sha256, str(record.mode)
    return "link", record.target
