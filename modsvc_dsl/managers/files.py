"""The files of one host while a manager makes them.

In: files with the service that each belongs to, and services with config files. Out: `Emitted`.
Refuses to put two files in one place: both services are told.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..language.errors import Mistake, Report
from ..language.errors.report import placed
from ..language.provenance import Place
from ..language.words import Path, show_path
from ..services.path import service_path
from ..services.service import Service
from .manager import Emitted, Source, origin, written_at
from .tree import File, Link


class SameFile(Mistake):
    """Two services that make a file of one name."""

    def __init__(
        self, file: str, one: Path, other: Path, places: Sequence[Place], others: Sequence[Place]
    ) -> None:
        headline = f"`{show_path(one)}` and `{show_path(other)}` both make {file}"
        found = placed(f"`{show_path(one)}` placed", places)
        found += placed(f"`{show_path(other)}` placed", others)
        advice = "rename one of them; the names on a service's path are joined by dashes"
        super().__init__(Report(headline, (), found, (advice,)), other)


class Files:
    """The files of a host. `mistakes` is the caller's to extend."""

    def __init__(self) -> None:
        self.mistakes: list[Mistake] = []
        self._files: dict[str, File | Link] = {}
        self._sources: list[Source] = []
        self._owners: dict[str, Service] = {}

    def add(self, path: str, file: File | Link, service: Service) -> bool:
        """Take in a file, unless its place is taken. Was it free?"""
        free = self._claim(path, service)
        if free:
            self._files[path] = file
        return free

    def add_config(self, service: Service) -> None:
        """Take in the config files of a service that are switched on."""
        owner = service_path(service)
        for file in service.config_data.values():
            path = file.path.removeprefix("/")
            if not file.enable or not self._claim(path, service):
                continue
            written = written_at(file)
            if file.source is not None:
                place = (written or written_at(service))[-1]
                self._sources.append(Source(path, str(file.source), owner, place))
            else:
                content = (file.text or "").encode("utf-8")
                self._files[path] = File(content, owner, tuple(map(origin, written)))

    def emitted(self, notes: Sequence[str] = ()) -> Emitted:
        """All of it, in the order of paths."""
        files = dict(sorted(self._files.items()))
        return Emitted(files, tuple(self._sources), tuple(notes), tuple(self.mistakes))

    def _claim(self, path: str, service: Service) -> bool:
        """Is a path still free? If not, both services are told."""
        first = self._owners.get(path)
        if first is None:
            self._owners[path] = service
            return True
        one, other = first.__node__.path, service.__node__.path
        self.mistakes.append(SameFile(path, one, other, written_at(first), written_at(service)))
        return False
