"""Whether services can be together on one host.

In: the services around one host, or the one that was evaluated alone. Out: a mistake for each ring of them,
and for each thing that two of them take. Refuses to look at one service by itself: it does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..language.errors import Mistake
from .claims import claim_mistakes
from .order import ring_mistakes
from .ports import port_mistakes
from .service import Service


def mistakes_together(services: Mapping[str, Service]) -> Iterator[Mistake]:
    """What is wrong with services that are each right by themselves, with those below them."""
    yield from ring_mistakes(services)
    yield from claim_mistakes(services)
    yield from port_mistakes(services)
