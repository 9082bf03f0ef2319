"""What sockets and timers start.

In: one socket or timer unit, and the units that its service makes. Out: a mistake where it
needs what is not made, a note where it would start nothing. Refuses to know units of other
services: those are named by a directive.
"""

from __future__ import annotations

from collections.abc import Collection

from ...language.errors import Mistake
from ...language.declaration.module import Module
from .assembly import Draft
from .inspection import traced
from .mistakes import BadLine
from .names import called, is_service

STARTING = {"socket": ("Socket", "Service"), "timer": ("Timer", "Unit"), "path": ("Path", "Unit")}
"""Suffix -> section, and the directive in it that names the unit to start."""


def wanted_template(draft: Draft) -> str:
    """The template that a socket starts an instance of for each connection, empty for other units."""
    if draft.suffix != "socket":
        return ""
    accepts = draft.sections.get("Socket", {}).get("Accept") in (True, "yes", "true", "on", "1")
    if not accepts or draft.manner.drop_in or not draft.manner.judged:
        return ""
    return draft.name.removesuffix(".socket") + "@.service"


def no_template(owner: Module, draft: Draft, template: str) -> Mistake:
    """Why a socket cannot work whose template nobody makes."""
    found = traced(owner, draft, "Socket", "Accept")
    why = (
        f"Accept= starts an instance of {template} for each connection, and no such template is"
        " made; leave it out, and let the program accept connections, or write the template as a"
        " unit of the host"
    )
    return BadLine(found.path, why, found.places)


def starts_nothing(owner: Module, draft: Draft, units: Collection[str]) -> str:
    """The note that a socket or timer starts what is not among `units`, empty if it is."""
    if draft.suffix not in STARTING or not draft.manner.enable or wanted_template(draft):
        return ""
    section, directive = STARTING[draft.suffix]
    started = draft.name.removesuffix(draft.suffix) + "service"
    if draft.manner.drop_in or draft.sections.get(section, {}).get(directive) or started in units:
        return ""
    maker = "this service" if is_service(owner) else "the host itself"
    return f"{called(owner)}: {draft.name} starts {started}, which {maker} does not make"
