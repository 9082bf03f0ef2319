"""Directives that upstream writes unjudged -> typed ones, wherever the tables know them.

In: the modules of a vector in our names, with what upstream writes as it is below `extra`. Out: the
same with directives of a table below their sections, and texts with a `%` as what they are upstream:
texts of units, with specifiers. Refuses to move a directive of which any value in the vector is one
that systemd would not take: that stays in `extra`, which takes anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from modsvc_dsl import Specifiers
from modsvc_dsl.managers.systemd.directives.table import Directive
from modsvc_dsl.managers.systemd.section import known, problem_of
from modsvc_dsl.managers.systemd.specifiers import parts
from modsvc_dsl.managers.systemd.unit import SECTIONS

from tests.conformance.services.naming import PROPERTIES, beneath, is_marked, is_other, marker
from tests.conformance.types import Json

UNJUDGED = {("Unit", "Documentation")}
"""What upstream makes of options that take any text: said as `extra` as well."""

OURS = {("Unit", "Description"), ("Service", "DynamicUser")}
"""What our units have by themselves, and upstream's have not: that is taken away with a word that is
stronger than a default, so a weak definition of them cannot stand beside it."""

OPTIONS = {section: option for option, section in SECTIONS.items()}
COMMAND = ("Service", "ExecStart")

Name = tuple[str, str]
"""A section and a directive."""


def typed(modules: Mapping[str, Any]) -> Json:
    """The modules of a vector."""
    wrong: set[Name] = set()
    every: set[Name] = set()
    for name, value in _said([*modules.values()]):
        every.add(name)
        if not all(_is_taken(*name, each) for each in _plain(value)):
            wrong.add(name)
        if name in OURS and marker(value) in ("$default", "$override"):
            wrong.add(name)
    moved = {name for name in every - wrong - UNJUDGED if known(*name) is not None}
    return {name: _moved(each, moved) for name, each in modules.items()}


def _said(spec: Any) -> Iterator[tuple[Name, Any]]:
    """Each directive in `extra`, wherever it stands, with its value."""
    if isinstance(spec, list):
        for item in spec:
            yield from _said(item)
    elif isinstance(spec, dict):
        for key, item in spec.items():
            if key == "extra":
                for section, found in _entries(item):
                    for name, value in _entries(found):
                        yield (section, name), value
            else:
                yield from _said(item)


def _entries(spec: Any) -> Iterator[tuple[str, Any]]:
    """The entries of a dict, whatever it wears."""
    around = marker(spec)
    if around == "$merge":
        for item in spec[around]:
            yield from _entries(item)
    elif around:
        yield from _entries(spec[around] if PROPERTIES[around] is None else spec[around][1])
    elif isinstance(spec, dict) and not is_marked(spec):
        yield from spec.items()


def _plain(value: Any) -> Iterator[Any]:
    """The values that something can have; those that depend on others are not known."""
    around = marker(value)
    if around == "$merge":
        for item in value[around]:
            yield from _plain(item)
    elif around:
        yield from _plain(value[around] if PROPERTIES[around] is None else value[around][1])
    elif not is_marked(value):
        yield value


def _is_taken(section: str, name: str, value: Any) -> bool:
    """Would systemd take a value of a directive, as far as the table can tell?"""
    directive = known(section, name)
    if directive is None or isinstance(value, dict):
        return False
    lines = value if isinstance(value, list) else [value]
    found = [
        Specifiers(each["$specifiers"]) if is_marked(each) else each
        for each in _texts(directive, lines)
    ]
    return not problem_of(section, name, found if isinstance(value, list) else found[0])


def _texts(directive: Directive, lines: list[Any]) -> list[Any]:
    """Lines as upstream writes them: its numbers are decimal, and its texts those of units."""
    return [_text(directive, line) for line in lines]


def _text(directive: Directive, line: Any) -> Any:
    if directive.kind == "mode" and isinstance(line, int) and not isinstance(line, bool):
        return str(line)
    if not isinstance(line, str) or "%" not in line or not directive.specifiers:
        return line
    found = (part if live else part.replace("%", "%%") for part, live in parts(directive, line))
    return {"$specifiers": "".join(found)}


# Moving


def _moved(spec: Any, moved: set[Name]) -> Any:
    if isinstance(spec, list):
        return _path(spec, moved) or [_moved(item, moved) for item in spec]
    if not isinstance(spec, dict) or "$lit" in spec:
        return spec
    found = {key: _moved(item, moved) for key, item in spec.items()}
    if "main_exec_start" in found:
        found["main_exec_start"], line = _command(found["main_exec_start"])
        if line is not None:
            own = found.get("service", {})
            found["service"] = {"$merge": [own, {"extra": {"Service": {"ExecStart": line}}}]}
    if "extra" in found and not is_other(found["extra"]):
        found = _unit(found, moved)
    return found


def _path(spec: list[Any], moved: set[Name]) -> list[Any]:
    """A path to a directive that is moved, empty for anything else."""
    for at, step in enumerate(spec):
        name = tuple(spec[at + 1 : at + 3])
        if step == "extra" and name in moved:
            return [*spec[:at], OPTIONS[name[0]], *spec[at + 2 :]]
    return []


def _unit(unit: Json, moved: set[Name]) -> Json:
    """A unit, whose `extra` keeps what is not moved."""
    found = dict(unit)
    kept: Json = {}
    for section, directives in unit["extra"].items():
        names = {name for where, name in moved if where == section}
        typed_ones = beneath(directives, lambda core: _some(core, section, names))
        others = beneath(directives, lambda core: _rest(core, section, names))
        if any(True for _ in _entries(others)) or section not in OPTIONS:
            kept[section] = others
        if any(True for _ in _entries(typed_ones)):
            option = OPTIONS[section]
            found[option] = _joined(found[option], typed_ones) if option in found else typed_ones
    found.pop("extra")
    own = OPTIONS["Service"]
    if own in found:
        found[own] = beneath(found[own], lambda core: _said_as(core, "Service"))
    return {**found, "extra": kept} if kept else found


def _joined(own: Any, more: Any) -> Any:
    """Two definitions of a section; what wears the same is one dict."""
    if marker(own) or marker(more):
        return {"$merge": [own, more]}
    return {**own, **more}


def _some(core: Any, section: str, names: set[str]) -> Any:
    if is_other(core):
        return {}
    return _said_as({name: item for name, item in core.items() if name in names}, section)


def _rest(core: Any, section: str, names: set[str]) -> Any:
    """What stays in `extra`: as it stands, also where a table knows it."""
    if is_other(core):
        return core
    return _said_as({name: item for name, item in core.items() if name not in names}, section)


def _said_as(core: Any, section: str) -> Any:
    """Directives with their texts as those of units."""
    if is_other(core):
        return core
    return {
        name: beneath(item, lambda value: _as_text(section, name, value))
        for name, item in core.items()
    }


def _as_text(section: str, name: str, value: Any) -> Any:
    directive = known(section, name)
    if directive is None or is_marked(value):
        return value
    return _texts(directive, value) if isinstance(value, list) else _text(directive, value)


def _command(spec: Any) -> tuple[Any, Any]:
    """A command line, and the same as a line of `extra` where systemd would not take it."""
    taken = all(_is_taken(*COMMAND, each) for each in _plain(spec) if isinstance(each, str))
    line = beneath(spec, lambda value: _as_text(*COMMAND, value))
    if taken:
        return line, None
    return beneath(spec, lambda value: "/bin/true" if isinstance(value, str) else value), line
