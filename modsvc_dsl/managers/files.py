"""The files of one host while a manager makes them.

In: files with the service that each belongs to, and services with config files. Out: `Emitted`.
Refuses to put two files in one place: both services are told.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..language.errors import Mistake, Report
from ..language.errors.report import placed
from ..language.history import places
from ..language.provenance import Place
from ..language.words import Path, show_path
from ..services.config_data import ConfigFile
from ..services.path import service_path
from ..services.service import Service
from .manager import Emitted, Source, origin, written_at
from .tree import File, Link


class SameFile(Mistake):
    """Two services, or two of their config files, that make a file of one name."""

    def __init__(
        self, file: str, one: Path, other: Path, places: Sequence[Place], others: Sequence[Place]
    ) -> None:
        headline = f"`{show_path(one)}` and `{show_path(other)}` both make {file}"
        found = placed(f"`{show_path(one)}` placed", places)
        found += placed(f"`{show_path(other)}` placed", others)
        advice = "rename one of them; the names on a service's path are joined by dashes"
        if "config_data" in other:
            advice = "rename one of them: give it another key, or another name="
        super().__init__(Report(headline, (), found, (advice,)), other)


class FileAndFolder(Mistake):
    """A file where others have a folder."""

    def __init__(
        self, file: str, one: Path, other: Path, places: Sequence[Place], others: Sequence[Place]
    ) -> None:
        headline = (
            f"`{show_path(one)}` makes the file {file}, and `{show_path(other)}` a file below it"
        )
        found = placed(f"`{show_path(one)}` written", places)
        found += placed(f"`{show_path(other)}` written", others)
        super().__init__(Report(headline, (), found, ("rename one of them",)), other)


class Files:
    """The files of a host. `mistakes` is the caller's to extend."""

    def __init__(self) -> None:
        self.mistakes: list[Mistake] = []
        self._files: dict[str, File | Link] = {}
        self._sources: list[Source] = []
        self._owners: dict[str, Service | ConfigFile] = {}

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
            if not file.enable or not self._claim(path, file):
                continue
            if file.source is not None:
                place = places(file, "source")[-1]
                self._sources.append(Source(path, str(file.source), owner, place))
            else:
                content = (file.text or "").encode("utf-8")
                self._files[path] = File(content, owner, tuple(map(origin, written_at(file))))

    def emitted(self, notes: Sequence[str] = ()) -> Emitted:
        """All of it, in the order of paths."""
        self._refuse_files_as_folders()
        files = dict(sorted(self._files.items()))
        return Emitted(files, tuple(self._sources), tuple(notes), tuple(self.mistakes))

    def _refuse_files_as_folders(self) -> None:
        """A file cannot lie where others have a folder: both are told."""
        for path, owner in self._owners.items():
            folder = path.rpartition("/")[0]
            while folder and folder not in self._owners:
                folder = folder.rpartition("/")[0]
            if folder:
                self.mistakes.append(_told(FileAndFolder, folder, self._owners[folder], owner))

    def _claim(self, path: str, owner: Service | ConfigFile) -> bool:
        """Is a path still free? If not, both are told."""
        first = self._owners.get(path)
        if first is None:
            self._owners[path] = owner
        else:
            self.mistakes.append(_told(SameFile, path, first, owner))
        return first is None


def _told(
    mistake: type[SameFile] | type[FileAndFolder],
    path: str,
    one: Service | ConfigFile,
    other: Service | ConfigFile,
) -> Mistake:
    paths = one.__node__.path, other.__node__.path
    return mistake(path, *paths, written_at(one), written_at(other))
