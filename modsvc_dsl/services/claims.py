"""What only one service of a host can have.

In: the services of a host. Out: a mistake for each directory that two of them take for their own,
for each user that two of them make, and for each name on the bus that two take. Refuses those to none who share a user and say so.
"""

from __future__ import annotations

from typing import NamedTuple
from collections.abc import Iterator, Mapping

from ..language.evaluation.configuration import is_untouched, once_per_touch, touched_names
from ..language.errors import Mistake, Mistakes
from ..language.evaluation.history import places
from ..language.words import Path
from .mistakes.claims import SameBusName, SameDirectory, SameUser
from .groups.directories import asked_for
from .groups.identity import user_name, whose
from .service import Service, enabled, runs


class Claim(NamedTuple):
    """A directory that a service takes for its own. `steps` are the names on its path."""

    service: Service
    kind: str
    steps: tuple[str, ...]

    @property
    def path(self) -> Path:
        """The group of options that says so."""
        return (*self.service.__node__.path, "directories", self.kind)


def claim_mistakes(services: Mapping[str, Service]) -> Iterator[Mistake]:
    """A mistake for each thing that two services have which only one can have."""
    running = [e for e in enabled(services) if once_per_touch(e, _may_claim) and runs(e)]
    yield from _directories(running)
    yield from _users(running)
    yield from _bus_names(running)


def _may_claim(service: Service) -> bool:
    """Does a service say anything of directories, of users or of the bus?"""
    if not (is_untouched(service.directories) and is_untouched(service.identity)):
        return True
    return "bus_name" in touched_names(service.lifecycle)


def _directories(services: list[Service]) -> Iterator[Mistake]:
    """Each service that has a directory of one before it, or one in it: told once, with the first."""
    by_first: dict[tuple[str, str], list[Claim]] = {}
    for service in services:
        for claim in _claims(service):
            others = by_first.setdefault((claim.kind, claim.steps[0]), [])
            other = next((each for each in others if _meet(each, claim)), None)
            if other is not None:
                yield _same_directory(other, claim)
            others.append(claim)


def _meet(one: Claim, other: Claim) -> bool:
    """Is one directory that of another service, or in it?"""
    length = min(len(one.steps), len(other.steps))
    meet = one.steps[:length] == other.steps[:length]
    return meet and whose(one.service).__node__ is not whose(other.service).__node__


def _claims(service: Service) -> list[Claim]:
    """The directories of a service; what is wrong with how they are said is told elsewhere."""
    try:
        if is_untouched(service.directories):
            return []
        asked = asked_for(service.directories)
        return [Claim(service, kind, tuple(each.called.split("/"))) for kind, each in asked]
    except (Mistake, Mistakes):
        return []


def _same_directory(one: Claim, other: Claim) -> Mistake:
    claims = []
    for claim in (one, other):
        option = "name" if getattr(claim.service.directories, claim.kind).name else "enable"
        claims.append((claim.path, places(claim.service, ("directories", claim.kind, option))))
    shorter = min(one.steps, other.steps, key=len)
    return SameDirectory("/".join(shorter), one.kind, claims)


def _users(services: list[Service]) -> Iterator[Mistake]:
    """Each pair of services that make one user."""
    makers: dict[str, Service] = {}
    for service in services:
        name = _made(service)
        first = makers.setdefault(name, service) if name else service
        if first is not service:
            claims = [
                (
                    (*each.__node__.path, "identity"),
                    places(each, ("identity", "user" if each.identity.user else "create")),
                )
                for each in (first, service)
            ]
            yield SameUser(name, claims)


def _made(service: Service) -> str:
    """The name of the user that a service makes, empty for none."""
    try:
        makes = not is_untouched(service.identity) and service.identity.create
        return user_name(service) or "" if makes else ""
    except (Mistake, Mistakes):
        return ""


def _bus_names(services: list[Service]) -> Iterator[Mistake]:
    """Each pair of services that take one name on the bus: managers start neither of them."""
    owners: dict[str, Service] = {}
    for service in services:
        name = _taken(service)
        first = owners.setdefault(name, service) if name else service
        if first is not service:
            path = ("lifecycle", "bus_name")
            claims = [((*e.__node__.path, *path), places(e, path)) for e in (first, service)]
            yield SameBusName(name, claims)


def _taken(service: Service) -> str:
    """The name that a service takes on the bus, empty for none."""
    try:
        untouched = "bus_name" not in touched_names(service.lifecycle)
        return "" if untouched else service.lifecycle.bus_name or ""
    except (Mistake, Mistakes):
        return ""
