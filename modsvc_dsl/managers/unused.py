"""Options that say something of a process where there is none.

In: the result of a service that only groups others. Out: notes. Refuses to know managers: none of
them could make anything of these.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..language.history import strength
from ..language.properties import DEFAULT
from ..language.words import all_of, show_path
from ..services.service import Service

_OF_A_PROCESS = (
    *("process", "identity", "lifecycle", "relations", "hardening"),
    *("schedule", "resources", "logging"),
)
"""The groups of options that mean something only where a process is run."""


def unused_options(service: Service) -> Iterator[str]:
    """A note where more than a default says something in vain."""
    said = [
        f"{group}.{name}"
        for group in _OF_A_PROCESS
        for name in getattr(service, group).__group__.children
        if strength(service, (group, name)) < DEFAULT
    ]
    if said:
        where = show_path(service.__node__.path)
        yield f"`{where}`: has no process of its own, so {all_of(said)} has no effect"
