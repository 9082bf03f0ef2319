"""The trees of all hosts of a result.

In: the result of a fleet or of a host. Out: a tree for each host, and the notes of managers.
The sources of config files are read here, the only thing that touches the disk. Refuses to
write: `output` does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..language.check import check
from ..language.configuration import is_result
from ..language.errors import Mistake, Mistakes
from ..language.words import show_value
from ..managers.manager import Emitted, Source, foreign_options, origin, skipped
from ..managers.tree import File, Link, Tree
from .mistakes import NoHost, SameHostName, UnreadableSource


@dataclass(frozen=True)
class Built:
    """The trees by host, and what managers do differently from what was asked, by host."""

    trees: Mapping[str, Tree]
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def hosts_of(result: Any) -> Iterator[tuple[str, Any]]:
    """The hosts of a result with their names."""
    if result.__node__.kind == "fleet":
        for host in result.hosts.values():
            yield host.name, host
    else:
        yield result.name, result


def build(result: Any) -> Built:
    """The trees of all hosts.

    Raises Mistakes: with what `check` finds, or else with everything that managers cannot
    honour. Raises NoHost for a result that has no hosts.
    """
    if not is_result(result) or result.__node__.kind not in ("host", "fleet"):
        raise NoHost(show_value(result))
    check(result)
    trees: dict[str, Tree] = {}
    notes: dict[str, tuple[str, ...]] = {}
    mistakes: list[Mistake] = []
    named: dict[str, Any] = {}
    for name, host in hosts_of(result):
        if named.setdefault(name, host) is not host:
            mistakes.append(SameHostName(name, named[name], host))
            continue
        emitted: Emitted = host.manager.emit(host.services)
        mistakes += [*emitted.mistakes, *foreign_options(host.services, host.manager)]
        files: dict[str, File | Link] = dict(emitted.files)
        for source in emitted.sources:
            try:
                files[source.path] = _read(source)
            except UnreadableSource as mistake:
                mistakes.append(mistake)
        trees[name] = dict(sorted(files.items()))
        notes[name] = (*emitted.notes, *skipped(host.services, host.manager))
    if mistakes:
        raise Mistakes(mistakes)
    return Built(trees, notes)


def _read(source: Source) -> File:
    """A source as a file of the tree. Raises UnreadableSource."""
    location = source.place.locate()
    file = Path(location.file).parent / source.target
    try:
        if file.exists() and not file.is_file():  # a device or a pipe might never end
            raise UnreadableSource(source, str(file), "it is no regular file")
        content = file.read_bytes()
    except OSError as error:
        raise UnreadableSource(source, str(file), error.strerror or str(error)) from None
    except ValueError as error:  # a NUL, or half of a character
        raise UnreadableSource(source, repr(str(file)), str(error)) from None
    return File(content, source.service, (origin(source.place),))
