"""Which definition a line of a unit comes from.

In: the result of a service, the name of one of its units, a section, a directive and its text. Out:
the option that says it and the places where. Refuses to know who asks, and to read units: a line
is found by what it says. What the manager says by itself is traced on to the portable option that
it was made from, and where nobody defined that, to where the service was written.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ...language.evaluation.history import Told, has_definition, has_option, history, strength
from ...language.declaration.module import Module
from ...language.properties import OPTION_DEFAULT
from ...language.provenance import Location, is_ours
from ...language.words import Path
from ..manager import written_at
from .names import is_service, name_of, service_unit, systemd_of, unit_name
from .portable.every import made_from
from .specifiers import raw, text_of
from .unit import SECTIONS
from .units import FURTHER

_OPTIONS = {section: option for option, section in SECTIONS.items()}

_PRIMARY = ("service", "socket", "timer", "path")
"""Options of the units that have the service's own name, each called as its suffix."""


class Trace(NamedTuple):
    """Where a line comes from: the option that says it, from the root, and labelled places."""

    path: Path
    places: tuple[tuple[str, Location], ...]


def trace(owner: Module, unit: str, section: str, directive: str, text: str) -> Trace:
    """Where the assignment `directive=text` in a section of a unit of the service comes from."""
    for path in _paths(owner, unit, section, directive, text):
        places = _said_at(owner, path, text)
        if places:
            return Trace((*owner.__node__.path, *path), places)
    return whole(owner)


def whole(owner: Module) -> Trace:
    """Where a service was written: what to tell where no definition of the user's is to blame."""
    word = "service" if is_service(owner) else "host"
    places = dict.fromkeys((f"{word} written", place.locate()) for place in written_at(owner))
    return Trace(owner.__node__.path, tuple(places))


def _paths(owner: Module, unit: str, section: str, directive: str, text: str) -> Iterator[Path]:
    """The options that may say it, the most particular first."""
    for option in _units(owner, unit):
        if section in _OPTIONS:
            yield (*option, _OPTIONS[section], directive)
        yield (*option, "extra", section, directive)
    if directive == "ExecStart":
        yield ("systemd", "main_exec_start")
    for option in made_from(directive):
        if option == ("process", "environment"):
            yield (*option, text.strip('"').partition("=")[0])
        yield option


def portable_option(owner: Module, path: Path) -> Path | None:
    """The portable option that the manager makes a directive from, if `path` is that of one.

    `path` is that of a directive of a service's own unit, or of the command line, from the service on.
    """
    steps = [*path]
    if steps[:2] == ["systemd", "main_exec_start"]:
        return _COMMAND
    of_unit = len(steps) > 3 and steps[0] == "systemd" and steps[1] in _PRIMARY
    found = made_from(str(steps[3])) if of_unit and steps[2] in _OPTIONS.values() else ()
    if _COMMAND in found and not has_definition(owner, _COMMAND):
        return ("systemd", "main_exec_start")
    there = [each for each in found if has_option(owner, each)]
    said = [each for each in there if strength(owner, each) < OPTION_DEFAULT]
    return next(iter(said or there), None)


_COMMAND: Path = ("process", "argv")


def _units(owner: Module, unit: str) -> Iterator[Path]:
    """The options that hold a unit of that name."""
    if is_service(owner):
        for suffix in _PRIMARY:
            own = service_unit(owner) if suffix == "service" else unit_name(owner, "", suffix)
            if own == unit:
                yield ("systemd", suffix)
    systemd = systemd_of(owner)
    for option, suffix in FURTHER.items():
        for key, each in getattr(systemd, option).items():
            if name_of(owner, key, suffix, each) == unit:
                yield ("systemd", option, key)


def _said_at(owner: Module, path: Path, text: str) -> tuple[tuple[str, Location], ...]:
    """Where users say what counts at a path; of several definitions, those that say the text."""
    if not has_option(owner, path[:2]):
        return ()
    told = [each for each in history(owner, path) if each.fate == "won"]
    users = [each for each in told if not is_ours(each.location.file)]
    exact = [each for each in users if _says(each, text)]
    return tuple(dict.fromkeys(("defined", each.location) for each in exact or users))


def _says(told: Told, text: str) -> bool:
    value: Any = told.value
    every = value if isinstance(value, (list, tuple)) else [value]
    return any(text in (raw(each), text_of(each)) for each in every)
