"""Which services of a host can be emitted although others are wrong.

In: the result of a host, and the paths of what is wrong. Out: the services that have nothing to do
with it, so that what a manager finds wrong with them can be told in the same run. Refuses to judge.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ..language.errors import Mistake, Mistakes
from ..language.words import Path
from ..services.service import RELATIONS, Service


# Any: the result of a host, which is made of managers
def sound_services(host: Any, wrong: Collection[Path]) -> dict[str, Service]:
    """The services of a host without those that are wrong, and those that refer to them.

    Raises Mistake or Mistakes where the host's services themselves cannot be told.
    """
    services: dict[str, Service] = {}
    for name in host.services:
        with contextlib.suppress(Mistake, Mistakes):  # which are known already
            services[name] = host.services[name]
    bad = [path for path in wrong if path]
    while True:
        unsound = [
            name
            for name, service in services.items()
            if any(_is_below(path, service.__node__.path) for path in bad)
            or any(_meet(to, path) for to in _referred(service) for path in bad)
        ]
        if not unsound:
            return services
        bad = [services.pop(name).__node__.path for name in unsound]


def _is_below(path: Path, place: Path) -> bool:
    """Is a path that of a place, or of something in it?"""
    return path[: len(place)] == place


def _meet(one: Path, other: Path) -> bool:
    """Is one of two places in the other, or are they the same?"""
    return _is_below(one, other) or _is_below(other, one)


def _referred(service: Service) -> Iterator[Path]:
    """The paths of what a service and those below it refer to."""
    for relation in RELATIONS:
        for reference in getattr(service.relations, relation):
            yield reference.__reference_path__()
    below: Mapping[str, Service] = service.services
    for each in below.values():
        yield from _referred(each)
