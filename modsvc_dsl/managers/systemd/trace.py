"""Which definition a line of a unit comes from.

In: the result of a service, the name of one of its units, a section, a directive and its text. Out:
the option that says it and the places where. Refuses to know who asks, and to read units: a line
is found by what it says. What the manager says by itself is traced on to the portable option that
it was made from, and where nobody defined that, to where the service was written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ...language.history import Told, has_option, history
from ...language.provenance import Location, is_ours
from ...language.words import Path
from ...services.service import Service
from ..manager import written_at
from .names import unit_name
from .portable.every import MADE_FROM
from .systemd import SystemdService
from .unit import SECTIONS

_OPTIONS = {section: option for option, section in SECTIONS.items()}

_PRIMARY = ("service", "socket", "timer")
"""Options of the units that have the service's own name, each called as its suffix."""

_FURTHER = {"services": "service", "sockets": "socket", "timers": "timer"}
"""Option of further units -> their suffix."""


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a line comes from: the option that says it, from the root, and labelled places."""

    path: Path
    places: tuple[tuple[str, Location], ...]


def trace(service: Service, unit: str, section: str, directive: str, text: str) -> Trace:
    """Where the assignment `directive=text` in a section of a unit of the service comes from."""
    for path in _paths(service, unit, section, directive, text):
        places = _said_at(service, path, text)
        if places:
            return Trace((*service.__node__.path, *path), places)
    return whole(service)


def whole(service: Service) -> Trace:
    """Where a service was written: what to tell where no definition of the user's is to blame."""
    places = dict.fromkeys(("service written", place.locate()) for place in written_at(service))
    return Trace(service.__node__.path, tuple(places))


def _paths(service: Service, unit: str, section: str, directive: str, text: str) -> Iterator[Path]:
    """The options that may say it, the most particular first."""
    for option in _units(service, unit):
        if section in _OPTIONS:
            yield (*option, _OPTIONS[section], directive)
        yield (*option, "extra", section, directive)
    if directive == "ExecStart":
        yield ("systemd", "main_exec_start")
    made_from = MADE_FROM.get(directive)
    if made_from is None:
        return
    if made_from == ("process", "environment"):
        yield (*made_from, text.strip('"').partition("=")[0])
    yield made_from


def _units(service: Service, unit: str) -> Iterator[Path]:
    """The options that hold a unit of that name."""
    systemd = service[SystemdService].systemd
    for suffix in _PRIMARY:
        if unit_name(service, "", suffix) == unit:
            yield ("systemd", suffix)
    for option, suffix in _FURTHER.items():
        for key in getattr(systemd, option):
            if unit_name(service, key, suffix) == unit:
                yield ("systemd", option, key)


def _said_at(service: Service, path: Path, text: str) -> tuple[tuple[str, Location], ...]:
    """Where users say what counts at a path; of several definitions, those that say the text."""
    if not has_option(service, path[:2]):
        return ()
    told = [each for each in history(service, path) if each.fate == "won"]
    users = [each for each in told if not is_ours(each.location.file)]
    exact = [each for each in users if _says(each, text)]
    return tuple(dict.fromkeys(("defined", each.location) for each in exact or users))


def _says(told: Told, text: str) -> bool:
    value: Any = told.value
    return text in map(str, value) if isinstance(value, (list, tuple)) else str(value) == text
