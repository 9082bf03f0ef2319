"""In which order services start, and which need which.

In: the services around one host. Out: edges from a service to one that starts after it, each said
once however it was written, and a mistake for each ring. Refuses to start anything: each manager
says the edges in its own way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Any, NamedTuple

from ..language.evaluation.configuration import is_untouched, once_per_touch
from ..language.errors import Mistake, Mistakes
from ..language.evaluation.history import places
from ..language.words import Path
from .groups.endpoints import comes_first
from .host_unit import HostUnit
from .mistakes.services import Ring
from .path import host_of
from .service import Service, enabled, is_enabled, runs
from .wants import wanted, wanting


class Edge(NamedTuple):
    """One service that runs and starts before another, and the option that says so.

    `by` is the service whose option it is, `option` its path from there.
    """

    first: Service
    then: Service
    by: Service
    option: Path

    @property
    def path(self) -> Path:
        """The path of the option that says so."""
        return (*self.by.__node__.path, *self.option)


def meant(service: Service, reference: Any) -> list[Service] | None:
    """What runs of that which a service refers to, but for the service itself.

    It is one service, or all below one that only groups others; nothing of one that is switched off
    or on another host. None for a unit of the host, which only a manager can know.
    """
    referred = reference.__referred__()
    return None if isinstance(referred, HostUnit) else running(service, referred)


def running(service: Service, referred: Service) -> list[Service]:
    """What runs of another service on the host of a service, but for that itself."""
    if not is_enabled(referred) or host_of(referred) is not host_of(service):
        return []
    found = [referred] if runs(referred) else filter(runs, enabled(referred.services))
    return [each for each in found if each.__node__ is not service.__node__]


def edges(services: Iterable[Service]) -> Iterator[Edge]:
    """The order among services that run: `before` is `after` seen from the other end.

    Who wants an endpoint starts after who provides it, unless it says otherwise.
    """
    for service in services:
        for path, want in wanted(service):
            provider = comes_first(want)
            for other in () if provider is None else running(service, provider):
                yield Edge(other, service, service, path)
        relations = service.relations
        if is_untouched(relations):
            continue
        for reference in relations.after:
            for other in meant(service, reference) or ():
                yield Edge(other, service, service, ("relations", "after"))
        for reference in relations.before:
            for other in meant(service, reference) or ():
                yield Edge(service, other, service, ("relations", "before"))


def requirements(services: Iterable[Service]) -> Iterator[Edge]:
    """Which services cannot be started without which: the needed one is first."""
    for service in services:
        relations = service.relations
        if is_untouched(relations):
            continue
        for relation in ("requires", "binds_to"):
            for reference in getattr(relations, relation):
                for other in meant(service, reference) or ():
                    yield Edge(other, service, service, ("relations", relation))


def ring_mistakes(services: Mapping[str, Service]) -> Iterator[Mistake]:
    """A mistake for each ring of services that start after, or need, one another."""
    related = [e for e in enabled(services) if once_per_touch(e, _is_related) and runs(e)]
    for what, joint, said in (
        ("is to start before itself", "before", edges),
        ("needs itself", "is needed by", requirements),
    ):
        yield from _rings(what, joint, [edge for each in related for edge in _told(said, each)])


def _is_related(service: Service) -> bool:
    return not is_untouched(service.relations) or bool(wanting(service))


def _told(said: Callable[[Iterable[Service]], Iterator[Edge]], service: Service) -> list[Edge]:
    """The edges that a service says; none where it refers to what is not there, which is told of."""
    try:
        return list(said([service]))
    except (Mistake, Mistakes):
        return []


def _rings(what: str, joint: str, said: Iterable[Edge]) -> Iterator[Mistake]:
    """A mistake for each ring; a service is in one of them only."""
    left = list(said)
    while True:
        before: dict[int, list[int]] = {}
        for edge in left:
            before.setdefault(id(edge.then.__node__), []).append(id(edge.first.__node__))
        try:
            TopologicalSorter(before).prepare()
            return
        except CycleError as error:
            ring = error.args[1]
        yield _ring(what, joint, ring, left)
        left = [edge for edge in left if id(edge.then.__node__) not in ring]


def _ring(what: str, joint: str, ring: Sequence[int], said: Sequence[Edge]) -> Ring:
    """The mistake for services of which each comes before the next, and the last is the first."""
    steps = {(id(edge.first.__node__), id(edge.then.__node__)): edge for edge in reversed(said)}
    chain = [steps[pair] for pair in zip(ring, ring[1:])]
    told = [(e.first.__node__.path, e.path, places(e.by, e.option)) for e in chain]
    return Ring(what, joint, told)
