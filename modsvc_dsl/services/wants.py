"""What a service wants from others, wherever it says so.

In: the result of a service. Out: its references to endpoints, each with the option that holds it.
Refuses to judge them: they do themselves, once they are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..language.evaluation.configuration import once_per_touch
from ..language.declaration.tree import Slot
from ..language.types.option_type import OptionType
from ..language.words import Path
from .groups.endpoints import EndpointReference, WantType
from .service import Service


def wanted(service: Service) -> Iterator[tuple[Path, EndpointReference]]:
    """The endpoints that services provide for this one, with the path of the option from there."""
    node = service.__node__
    for slot in wanting(service):
        for reference in _references(node.cell(slot)):
            yield slot.path, reference


def wanting(service: Service) -> tuple[Slot, ...]:
    """The options of a service that hold endpoints of others, and that somebody defines."""
    return once_per_touch(service, _wanting)


def _wanting(service: Service) -> tuple[Slot, ...]:
    node = service.__node__
    return tuple(s for s in node.shape.slots if s in node.touch.varying and _holds_wants(s.type))


def _holds_wants(type_: OptionType) -> bool:
    todo = [type_]
    while todo:
        each = todo.pop()
        if isinstance(each, WantType):
            return True
        todo.extend(each.below())
    return False


def _references(value: Any) -> Iterator[EndpointReference]:
    if isinstance(value, EndpointReference):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _references(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _references(item)
