"""What a service says to systemd, for the rules that look at directives.

In: a service. Out: its units, each with its option and its name, and its command line. Refuses to know
what is looked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..language.evaluation.configuration import once, touched_names
from ..language.evaluation.history import has_option, is_defined
from ..language.words import Path
from ..managers.systemd.names import unit_name
from ..managers.systemd.specifiers import Specifiers
from ..managers.systemd.units import FURTHER
from ..services.placement import Unplaced, placement_of
from ..services.service import Service

COMMAND: Path = ("systemd", "main_exec_start")

_OWN = ("service", "socket", "timer", "path")


# Any: what systemd's module adds to services, in all of these
def units_of(service: Any) -> Sequence[tuple[Path, str, Any]]:
    """Option, name and result of each unit that anybody says anything of; none where another manager has the host.

    A unit that is named by a path has another name than the one here.
    """
    return once(service, _units_of)


def _units_of(service: Any) -> Sequence[tuple[Path, str, Any]]:
    if not has_option(service, ("systemd", "service")):
        return ()
    systemd = service["systemd"]
    touched = touched_names(systemd)  # most services say something of few kinds of units
    own = [
        (("systemd", suffix), unit_name(service, "", suffix), getattr(systemd, suffix))
        for suffix in _OWN
        if suffix in touched
    ]
    further = [
        (("systemd", option, key), unit_name(service, key, suffix), unit)
        for option, suffix in FURTHER.items()
        if option in touched
        for key, unit in getattr(systemd, option).items()
    ]
    return (*own, *further)


# Any: likewise
def timers_of(service: Any) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """The sections of timers that systemd is told, where it manages the host."""
    if not has_option(service, ("systemd", "timer")):
        return
    systemd = service["systemd"]
    yield ("systemd", "timer", "timer", "OnCalendar"), systemd.timer.timer
    for key, unit in systemd.timers.items():
        yield ("systemd", "timers", key, "timer", "OnCalendar"), unit.timer


def said_command(service: Any) -> str | Specifiers:
    """The command line that somebody says to systemd, empty where nobody does."""
    return once(service, _said_command)


def _said_command(service: Any) -> str | Specifiers:
    if not has_option(service, COMMAND) or not is_defined(service, COMMAND):
        return ""
    if is_defined(service, ("process", "argv")):
        return ""
    said: str | Specifiers = service["systemd"].main_exec_start
    return said


def is_template(service: Service) -> bool:
    """Is a service's own unit a template, or an instance of one?"""
    return "@" in unit_name(service, "", "service")


def is_of_user(service: Service) -> bool:
    """Is a service managed by a user's own manager, which has no place for states that is known?"""
    return isinstance(placement_of(service).directory("state"), Unplaced)
