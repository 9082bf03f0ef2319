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

from ..language.errors import Mistake, Mistakes, Report
from ..language.words import show_path
from ..managers.manager import (
    Emitted,
    Source,
    foreign_options,
    origin,
    skipped,
    written_at,
)
from ..managers.tree import File, Link, Tree


class UnreadableSource(Mistake):
    """The source of a config file that cannot be read."""

    def __init__(self, source: Source, file: Path, error: OSError) -> None:
        headline = f"the source of /{source.path} cannot be read: {file}"
        found = (error.strerror or str(error),)
        places = (("written", source.place.locate()),)
        advice = "a relative source is looked for beside the file that names it"
        super().__init__(Report(headline, found, places, (advice,)), source.service)


class SameHostName(Mistake):
    """Two hosts of a fleet with one name, whose trees would be one folder."""

    def __init__(self, name: str, one: Any, other: Any) -> None:
        first, second = show_path(one.__node__.path), show_path(other.__node__.path)
        headline = f"`{first}` and `{second}` are both named {name!r}"
        places = tuple(
            (f"`{show_path(host.__node__.path)}` placed", place.locate())
            for host in (one, other)
            for place in written_at(host)
        )
        advice = "leave out name=, and each has its key in the fleet"
        super().__init__(Report(headline, (), places, (advice,)), other.__node__.path)


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
    """The trees of all hosts. Raises Mistakes with everything that managers cannot honour."""
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
    location = source.place.locate()
    file = Path(location.file).parent / source.target
    try:
        content = file.read_bytes()
    except OSError as error:
        raise UnreadableSource(source, file, error) from None
    return File(content, source.service, (origin(source.place),))
