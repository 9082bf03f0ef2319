"""The files of one host while a manager makes them.

In: files with the service that each belongs to, and services with config files. Out: `Emitted`.
Refuses to put two files in one place: both services are told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ..language.errors import Mistake, Report
from ..language.errors.report import placed
from ..language.evaluation.history import places
from ..language.provenance import Location
from ..language.words import Path, show_path
from ..services.groups.config_data import ConfigFile, is_copied
from ..services.path import service_path
from ..services.service import Service
from .manager import Emitted, Source, enabled, origin, origins_of, written_at
from .tree import File, Link


class Claim(NamedTuple):
    """What makes a file: an option from the root, and where it was written, under a label."""

    path: Path
    places: tuple[tuple[str, Location], ...]
    advice: str = ""

    def named(self) -> tuple[tuple[str, Location], ...]:
        """The places, each with what of this was there."""
        return tuple((f"`{show_path(self.path)}` {label}", place) for label, place in self.places)


class SameFile(Mistake):
    """Two services, units or config files that make a file of one name."""

    def __init__(self, file: str, one: Claim, other: Claim) -> None:
        headline = f"`{show_path(one.path)}` and `{show_path(other.path)}` both make {file}"
        advice = other.advice or one.advice or _RENAME
        found = tuple(dict.fromkeys((*one.named(), *other.named())))
        super().__init__(Report(headline, (), found, (advice,)), other.path)


_RENAME = "rename one of them; the names on a service's path are joined by dashes"


class FileAndFolder(Mistake):
    """A file where others have a folder."""

    def __init__(self, file: str, one: Claim, other: Claim) -> None:
        headline = (
            f"`{show_path(one.path)}` makes the file {file},"
            f" and `{show_path(other.path)}` a file below it"
        )
        found = tuple(dict.fromkeys((*one.named(), *other.named())))
        super().__init__(Report(headline, (), found, ("rename one of them",)), other.path)


Owner = Any
"""The result that a file is made from: of a service, of a unit of it, or of a config file."""

Telling = Callable[[], Claim]
"""Says whose a file is, where somebody asks."""


Contents = Mapping[str, bytes]
"""Path in the tree -> what was read from the source of the config file that will lie there."""

NO_CONTENTS: Contents = {}


def sources(services: Mapping[str, Service]) -> Iterator[Source]:
    """The sources of all config files of a host that are switched on."""
    for service in enabled(services):
        for file in service.config_data.values():
            if file.enable and is_copied(file):
                yield source_of(service, file)


def source_of(service: Service, file: ConfigFile) -> Source:
    """The source of a config file that has one."""
    path, place = file.path.removeprefix("/"), places(file, "source")[-1]
    return Source(path, str(file.source), service_path(service), place, file.mode)


def content_of(file: ConfigFile, contents: Contents) -> bytes | None:
    """What will stand in a config file; None for a source that nobody has read."""
    if is_copied(file):
        return contents.get(file.path.removeprefix("/"))
    return (file.content or "").encode("utf-8")


class Files:
    """The files of a host. `mistakes` is the caller's to extend.

    `contents` are those of sources, as far as they have been read, by their places in the tree.
    """

    def __init__(self, contents: Contents = NO_CONTENTS) -> None:
        self.contents = contents
        self.mistakes: list[Mistake] = []
        self._files: dict[str, File | Link] = {}
        self._sources: list[Source] = []
        self._owners: dict[str, tuple[Owner, Telling | None]] = {}

    def add(
        self, path: str, file: File | Link, owner: Owner, telling: Telling | None = None
    ) -> bool:
        """Take in a file, unless its place is taken. Was it free?

        `telling` says whose it is, where that is more particular than the owner as a whole.
        """
        free = self._claim(path, owner, telling)
        if free:
            self._files[path] = file
        return free

    def add_config(self, service: Service) -> None:
        """Take in the config files of a service that are switched on."""
        for file in service.config_data.values():
            path = file.path.removeprefix("/")
            if not file.enable or not self._claim(path, file):
                continue
            content = content_of(file, self.contents)
            if content is None:
                self._sources.append(source_of(service, file))
                continue
            copied = self.contents and is_copied(file)  # of no source is there a content without
            origins = (origin(places(file, "source")[-1]),) if copied else origins_of(file)
            self._files[path] = File(content, service_path(service), origins, mode=file.mode)

    def emitted(self, notes: Sequence[str] = ()) -> Emitted:
        """All of it, in the order of paths."""
        self._refuse_files_as_folders()
        files = dict(sorted(self._files.items()))
        return Emitted(files, tuple(self._sources), tuple(notes), tuple(self.mistakes))

    def _refuse_files_as_folders(self) -> None:
        """A file cannot lie where others have a folder: both are told."""
        files = self._owners.keys() & _folders_of(self._owners)
        for path, owner in self._owners.items() if files else ():
            folder = path.rpartition("/")[0]
            while folder and folder not in files:
                folder = folder.rpartition("/")[0]
            if folder:
                one, other = _claimed(*self._owners[folder]), _claimed(*owner)
                self.mistakes.append(FileAndFolder(folder, one, other))

    def refuse(self, path: str, one: Owner, other: Owner) -> None:
        """Two who make one thing, of which `path` is the file: both are told."""
        self.mistakes.append(SameFile(path, _claimed(one, None), _claimed(other, None)))

    def _claim(self, path: str, owner: Owner, telling: Telling | None = None) -> bool:
        """Is a path still free? If not, both are told."""
        claim = owner, telling
        first = self._owners.setdefault(path, claim)
        if first is not claim:
            self.mistakes.append(SameFile(path, _claimed(*first), _claimed(*claim)))
        return first is claim


def _folders_of(paths: Iterable[str]) -> set[str]:
    """All folders that lead to paths."""
    found: set[str] = set()
    todo = set(paths)
    while todo:  # those around them, from the inside out
        todo = {path.rpartition("/")[0] for path in todo}.difference(found, ("",))
        found |= todo
    return found


def _claimed(owner: Owner, telling: Telling | None) -> Claim:
    """Whose a file is, and what to do about another one of its name."""
    if telling is not None:
        return telling()
    advice, label = "", "placed"
    if isinstance(owner, ConfigFile):
        advice, label = "rename one of them: give it another key, or another name=", "written"
    elif not isinstance(owner, Service):
        advice, label = "rename one of them: give the unit another key", "written"
    return Claim(owner.__node__.path, placed(label, written_at(owner)), advice)
