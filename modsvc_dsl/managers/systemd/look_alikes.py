"""Plain text that looks as if it had specifiers, and specifiers that stand for nothing.

In: units as they were said. Out: what looks wrong in them, though systemd takes it. Refuses to judge:
rules of `modsvc check` and notes do, each with its own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from ...language.evaluation.configuration import once_in_group, touched_names
from ...language.evaluation.history import option_facts
from ...language.words import Path
from .directives.table import Directive
from .given import Defaults, Directives
from .section import known
from .specifiers import Specifiers, parts
from .unit import SECTIONS, Unit

OF_INSTANCES = ("%i", "%I")
"""What stands for the instance of a template, and for nothing in other units."""


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A value of a unit: the option that says it, from the unit on, and what was found in it."""

    option: Path
    value: str | PurePath | Specifiers
    found: str


def plain_look_alikes(unit: Unit) -> Iterator[LookAlike]:
    """Plain texts with something in them that would be a specifier in `specifiers(...)`."""
    for option, directive, value in once_in_group(unit, _said):
        if isinstance(value, (str, PurePath)) and directive.specifiers:
            found = look_alike(directive, str(value))
            if found:
                yield LookAlike(option, value, found)


def instances_of_none(name: str, unit: Unit) -> Iterator[LookAlike]:
    """Texts with `%i` or `%I` in a unit that has no instance."""
    if "@" in name:
        return
    for option, _, value in once_in_group(unit, _said):
        found = of_instance(value)
        if found:
            yield LookAlike(option, value, found)


def of_instance(value: object) -> str:
    """The first specifier in a value that stands for an instance, empty where there is none."""
    text = value.text if isinstance(value, Specifiers) else ""
    return next((each for each in _specifiers(text) if each in OF_INSTANCES), "")


def in_command(line: str | Specifiers) -> str:
    """What in a plain command line would be a specifier, or `%%`."""
    directive = known("Service", "ExecStart")
    return look_alike(directive, line) if directive and isinstance(line, str) else ""


def look_alike(directive: Directive, text: str) -> str:
    """What in a plain text for a directive would be a specifier, or `%%`; empty if nothing would."""
    for part, expanded in parts(directive, text):
        for found in _specifiers(part) if expanded else ():
            if found[1] == "%" or found[1] in directive.specifiers:
                return found
    return ""


def _specifiers(text: str) -> Sequence[str]:
    found: list[str] = re.findall("%[%A-Za-z]", text)
    return found


def _said(unit: Unit) -> Sequence[tuple[Path, Directive, Any]]:
    """What is said to systemd itself with a percent sign in it, line by line: not what portable
    options say.
    """
    said: list[tuple[Path, Directive, Any]] = []
    for option in filter(touched_names(unit).__contains__, SECTIONS):
        directives = getattr(unit, option)
        # what services share is the manager's
        own = directives.own if isinstance(directives, Directives) else directives
        for name, value in own.items():
            lines = [line for line in _lines(value) if "%" in _text(line)]
            directive = known(SECTIONS[option], name) if lines else None
            if directive is not None:
                given = _given(unit, option).get(name, ())
                said += (((option, name), directive, line) for line in lines if line not in given)
    return said


def _text(line: object) -> str:
    """What is written of a value, empty for what has no text."""
    if isinstance(line, Specifiers):
        return line.text
    return str(line) if isinstance(line, (str, PurePath)) else ""


def _given(unit: Unit, option: str) -> Mapping[str, Sequence[Any]]:
    """What the manager says by itself, or makes from portable options."""
    found: dict[str, Sequence[Any]] = {}
    for _, value in option_facts(unit, (option,)).definitions:
        if isinstance(value, Defaults):
            found |= {name: _lines(each) for name, each in value.items()}
    return found


def _lines(value: Any) -> Sequence[Any]:
    return value if isinstance(value, (list, tuple)) else [value]
