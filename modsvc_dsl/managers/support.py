"""Services that say which managers cannot run them.

In: the services of a host, and its manager. Out: a mistake for each that is in the wrong place.
Refuses to know why: the service says it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..language.evaluation.configuration import is_untouched, once_per_touch
from ..language.errors import Mistake, Report
from ..language.errors.report import placed
from ..language.evaluation.history import history
from ..language.provenance import Location, Place, is_ours
from ..language.words import Path, show_path
from ..services.service import Service
from .manager import Manager, enabled, written_at


class Unsupported(Mistake):
    """A service on a host whose manager cannot run it."""

    category = "conflict"

    def __init__(
        self,
        path: Path,
        manager: str,
        reason: str,
        said: Sequence[tuple[str, Location]],
        written: Sequence[Place],
    ) -> None:
        headline = f"`{show_path(path)}` cannot run under {manager}, which manages this host"
        places = tuple(dict.fromkeys((*placed("service written", written), *said)))
        advice = "place it on a host with another manager, or switch it off here: enable=False"
        super().__init__(Report(headline, (f"reason: {reason}",), places, (advice,)), path)


def unsupported(services: Mapping[str, Service], manager: Manager) -> Iterator[Mistake]:
    """A mistake for each service that is switched on and says that this manager cannot run it."""
    for service in enabled(services):
        if not once_per_touch(service, _may_be):
            continue
        for name, reason in service.meta.unsupported.items():
            if name == manager.name:
                yield _mistake(service, name, reason)


def _may_be(service: Service) -> bool:
    """Does somebody say something of such a service?"""
    return not is_untouched(service.meta)


def _mistake(service: Service, manager: str, reason: str) -> Unsupported:
    told = history(service, ("meta", "unsupported", manager))
    said = [
        ("said to be unsupported", each.location)
        for each in told
        if each.fate == "won" and not is_ours(each.location.file)
    ]
    return Unsupported(service.__node__.path, manager, reason, said, written_at(service))
