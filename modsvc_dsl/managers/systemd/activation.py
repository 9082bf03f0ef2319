"""What sockets and timers start.

In: one socket or timer unit, and the units that its service makes. Out: a mistake where it
needs what is not made, a note where it would start nothing. Refuses to know units of other
services: those are named by a directive.
"""

from __future__ import annotations

from collections.abc import Collection

from ...language.errors import Mistake
from ...language.module import Module
from .assembly import Draft
from .inspection import traced
from .mistakes import BadLine
from .names import called, is_service

_NAMES = {"socket": ("Socket", "Service"), "timer": ("Timer", "Unit"), "path": ("Path", "Unit")}
"""Suffix -> section, and the directive in it that names the unit to start."""


def wants_template(owner: Module, draft: Draft) -> Mistake | None:
    """Why a socket cannot work that starts an instance of a template for each connection."""
    if draft.sections.get("Socket", {}).get("Accept") not in (True, "yes", "true", "on", "1"):
        return None
    found = traced(owner, draft, "Socket", "Accept")
    why = (
        "Accept= starts an instance of a template for each connection, and no template is"
        " made; leave it out, and let the program accept connections"
    )
    return BadLine(found.path, why, found.places)


def starts_nothing(owner: Module, draft: Draft, units: Collection[str]) -> str:
    """The note that a socket or timer starts what is not among `units`, empty if it is."""
    if draft.suffix not in _NAMES:
        return ""
    section, directive = _NAMES[draft.suffix]
    started = draft.name.removesuffix(draft.suffix) + "service"
    if draft.unit.drop_in or draft.sections.get(section, {}).get(directive) or started in units:
        return ""
    maker = "this service" if is_service(owner) else "the host itself"
    return f"{called(owner)}: {draft.name} starts {started}, which {maker} does not make"
