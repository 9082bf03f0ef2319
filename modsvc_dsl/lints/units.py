"""What a service says to systemd, for the rules that look at directives.

In: a service. Out: its units, each with its option and its name, and its command line. Refuses to know
what is looked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..language.evaluation.history import has_option, is_defined
from ..language.words import Path
from ..managers.systemd.names import unit_name
from ..managers.systemd.specifiers import Specifiers
from ..managers.systemd.units import FURTHER
from ..services.service import Service

COMMAND: Path = ("systemd", "main_exec_start")

_OWN = ("service", "socket", "timer", "path")


# Any: what systemd's module adds to services, in both
def units_of(service: Any) -> Iterator[tuple[Path, str, Any]]:
    """Option, name and result of each unit; none where another manager has the host.

    A unit that is named by a path has another name than the one here.
    """
    if not has_option(service, ("systemd", "service")):
        return
    systemd = service["systemd"]
    for suffix in _OWN:
        yield ("systemd", suffix), unit_name(service, "", suffix), getattr(systemd, suffix)
    for option, suffix in FURTHER.items():
        for key, unit in getattr(systemd, option).items():
            yield ("systemd", option, key), unit_name(service, key, suffix), unit


def said_command(service: Any) -> str | Specifiers:
    """The command line that somebody says to systemd, empty where nobody does."""
    if not has_option(service, COMMAND) or not is_defined(service, COMMAND):
        return ""
    if is_defined(service, ("process", "argv")):
        return ""
    said: str | Specifiers = service["systemd"].main_exec_start
    return said


def is_template(service: Service) -> bool:
    """Is a service's own unit a template, or an instance of one?"""
    return "@" in unit_name(service, "", "service")
