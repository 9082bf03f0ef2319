"""The protocol of process managers.

In: the result of a host. Out: a file tree, and what the manager cannot honour. Refuses to
touch a disk. A new manager is one class; hosts choose it by their option `manager`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..language.errors import Mistake
from ..language.provenance import Place
from ..services.service import Service
from .tree import Origin, Tree


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be copied from the machine that builds; `place` is where it was said."""

    path: str
    target: str
    service: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Emitted:
    """What a manager makes of a host.

    `files` are its files and links; `sources` are files whose content the build has to read;
    `notes` say what the manager does differently, each with a service's path;
    `mistakes` are what it cannot honour.
    """

    files: Tree = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    notes: tuple[str, ...] = ()
    mistakes: tuple[Mistake, ...] = ()


class Manager:
    """A process manager. `name` is the word for it in messages."""

    name = "manager"

    def modules(self) -> Sequence[type[Service]]:
        """Modules that join every service of a host that has this manager."""
        return ()

    def emit(self, services: Mapping[str, Service]) -> Emitted:
        """The files of a host's services."""
        raise NotImplementedError


def enabled(services: Mapping[str, Service]) -> Iterator[Service]:
    """All services that are not switched off, parents before children, in order."""
    for service in services.values():
        if service.enable:
            yield service
            yield from enabled(service.services)


def origin(place: Place) -> Origin:
    """A place as an origin of a file."""
    location = place.locate()
    return Origin(location.file, location.line)


def written_at(view: Any) -> list[Place]:
    """Where a result was written: its instances, and the dicts that define it."""
    return [record.place for record in view.__node__.placed]
