"""Options that say something of a process where there is none.

In: the result of a service that only groups others. Out: notes. Refuses to know managers: none of
them could make anything of these.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..language.evaluation.history import strength
from ..language.properties import DEFAULT
from ..language.declaration.tree import Group, Slot
from ..language.words import all_of, show_path
from ..services.service import Service

_OF_A_PROCESS = (
    *("process", "identity", "directories", "lifecycle", "relations", "hardening"),
    *("network", "schedule", "resources", "logging"),
)
"""The groups of options that mean something only where a process is run."""


def unused_options(service: Service) -> Iterator[str]:
    """A note where more than a default says something in vain."""
    said = [
        show_path(slot.path)
        for group in _OF_A_PROCESS
        for slot in _options(getattr(service, group).__group__)
        if strength(service, slot.path) < DEFAULT
    ]
    said += ["credentials"] if service.credentials else []
    if said:
        where = show_path(service.__node__.path)
        have = "has" if len(said) == 1 else "have"
        yield f"`{where}`: has no process of its own, so {all_of(said)} {have} no effect"


def _options(group: Group) -> Iterator[Slot]:
    """The options of a group, and of those in it, that somebody can define."""
    for child in group.children.values():
        if isinstance(child, Group):
            yield from _options(child)
        elif isinstance(child, Slot) and not child.read_only:
            yield child
