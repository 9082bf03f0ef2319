"""The protocol of process managers.

In: the result of a host. Out: a file tree, and what the manager cannot honour. Refuses to
touch a disk. A new manager is one class; hosts choose it by their option `manager`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ..language.errors import Mistake, Report
from ..language.errors.report import placed
from ..language.declaration.module import Module
from ..language.evaluation.configuration import once_per_touch
from ..language.evaluation.configuration import written_at as written_at
from ..language.provenance import Place, is_ours
from ..language.result.skipped import skipped_at
from ..language.words import Path, show_path
from ..services.placement import Placement
from ..services.service import Service
from ..services.service import enabled as enabled
from .tree import Origin, Tree


class Source(NamedTuple):
    """A file to be copied from the machine that builds; `place` is where it was said."""

    path: str
    target: str
    service: tuple[str, ...]
    place: Place
    mode: int = 0o644


class Emitted(NamedTuple):
    """What a manager makes of a host.

    `files` are its files and links; `sources` are files whose content the build has to read;
    `notes` say what the manager does differently, each with a service's path;
    `mistakes` are what it cannot honour.
    """

    files: Tree = {}
    sources: tuple[Source, ...] = ()
    notes: tuple[str, ...] = ()
    mistakes: tuple[Mistake, ...] = ()


class Manager:
    """A process manager. `name` is the word for it in messages."""

    name = "manager"
    placement: Placement = Placement()
    """Where it puts what belongs to a service."""

    @classmethod
    def __instead__(cls, value: object) -> str:
        """What to write for a manager by its name."""
        known = {each.name: each.__name__ for each in cls.__subclasses__()}
        return f"{known[value]}()" if isinstance(value, str) and value in known else ""

    def modules(self) -> Sequence[type[Service]]:
        """Modules that join every service of a host that has this manager.

        Each says `_managed_by: ClassVar[str]`, the name of its manager, so that its options are
        refused where another manager is in charge.
        """
        return ()

    def emit(self, services: Mapping[str, Service]) -> Emitted:
        """The files of a host's services."""
        raise NotImplementedError

    # Any: the result of a host, which is made of managers
    def emit_host(self, host: Any, contents: Mapping[str, bytes]) -> Emitted:
        """The files of a host: those of its services, unless the manager has options of hosts too.

        Modules with such options say `_managed_by` as those of services do. `contents` has what was
        read from the sources of config files, by their paths in the tree.
        """
        return self.emit(host.services)


def origin(place: Place) -> Origin:
    """A place as an origin of a file."""
    location = place.locate()
    return Origin(location.file, location.line)


def origins_of(view: Any) -> tuple[Origin, ...]:
    """The origins of files that come from a result as a whole."""
    return tuple(map(origin, written_at(view)))


class OtherManager(Mistake):
    """Options of a manager that is not the host's."""

    def __init__(self, path: Path, owner: str, manager: str, places: Sequence[Place]) -> None:
        headline = f"`{show_path(path)}` sets options of {owner}, but {manager} manages this host"
        advice = (
            f"take them away, or say them where {owner} is in charge only: "
            "@define(..., optional=True) instead of an import"
        )
        super().__init__(Report(headline, (), placed("defined", places), (advice,)), path)


def foreign_options(
    services: Mapping[str, Service], manager: Manager, host: Module | None = None
) -> Iterator[Mistake]:
    """A mistake for each group of options that only another manager would read, where it is set."""
    for module in (*([host] if host is not None else []), *enabled(services)):
        for name, owner in once_per_touch(module, _managed).items():
            if owner == manager.name:
                continue
            node = module.__node__
            said = [
                definition.place
                for slot in node.shape.slots
                if slot.path[0] == name
                for definition in node.definitions_of(slot)
                if not _is_own(definition.source.record)
            ]
            if said:
                said = [each for each in said if not is_ours(each.locate().file)]
                said = said or written_at(module)
                yield OtherManager((*node.path, name), owner, manager.name, said)


def _managed(module: Module) -> Mapping[str, str]:
    """The options of a result that only one manager reads, each with the name of that."""
    found: dict[str, str] = {}
    for record in module.__node__.shape.records:
        owner = getattr(record.owner, "_managed_by", None)
        if owner is not None:
            found.update((path[0], owner) for path in record.options)
    return found


def _is_own(record: Any) -> bool:
    """Is a record that of a manager's module itself, and no instance of it?"""
    return record.base is None and "_managed_by" in vars(record.owner or object)


def skipped(services: Mapping[str, Service], manager: Manager) -> Iterator[str]:
    """A note for each optional definition that found nothing to define."""
    for service in enabled(services):
        for each in skipped_at(service.__node__):
            yield (
                f"`{show_path(each.path)}`: what {each.module} at {each.location} defines of "
                f"{each.target} is skipped: it is optional, and nothing declares it under "
                f"{manager.name}"
            )
