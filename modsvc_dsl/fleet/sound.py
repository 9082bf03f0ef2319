"""Which services of a host can be emitted although others are wrong.

In: the result of a host, and the paths of what is wrong. Out: the services that have nothing to do
with it, so that what a manager finds wrong with them can be told in the same run. Refuses to judge.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable, Iterator, Mapping
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
    bad = _Places(wrong)
    while True:
        unsound = [
            name
            for name, service in services.items()
            if bad.lie_in(service.__node__.path) or any(map(bad.meet, _referred(service)))
        ]
        if not unsound:
            return services
        bad = _Places([services.pop(name).__node__.path for name in unsound])


class _Places:
    """Places with which something is wrong."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self.paths = {path for path in paths if path}
        self.around = {path[:end] for path in self.paths for end in range(1, len(path) + 1)}
        """The paths themselves, and those of all that they are in."""

    def lie_in(self, place: Path) -> bool:
        """Is one of them that of a place, or of something in it?"""
        return place in self.around

    def meet(self, place: Path) -> bool:
        """Is one of them in a place, or is the place in one of them, or are they the same?"""
        return place in self.around or any(place[:end] in self.paths for end in range(len(place)))


def _referred(service: Service) -> Iterator[Path]:
    """The paths of what a service and those below it refer to."""
    for relation in RELATIONS:
        for reference in getattr(service.relations, relation):
            yield reference.__reference_path__()
    below: Mapping[str, Service] = service.services
    for each in below.values():
        yield from _referred(each)
