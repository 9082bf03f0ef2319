"""Units as text.

In: sections of directives. Out: the text of a unit file. Refuses to choose names and values.
Nothing here can leave its line: `values.render` refuses what would.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from ...language.frozen import FrozenList
from .directives.values import render
from .escaping import BadValue, directive_name_problem, section_name_problem
from .given import Directives
from .section import known as directive_of


def unit_text(title: str, sections: Mapping[str, Mapping[str, Any]]) -> str:
    """The text of a unit file. Raises BadValue for names and values that no line can hold."""
    parts = [f"# {title}\n"]
    for section, directives in sections.items():
        lines = section_lines(section, directives)
        if lines:
            parts.append("\n".join([f"[{section}]", *lines]) + "\n")
    return "\n".join(parts)


def section_lines(section: str, directives: Mapping[str, Any]) -> Sequence[str]:
    """The assignments of one section."""
    _demand_section(section)
    lines: list[str] = []
    known = _shared_lines(section, directives) if directives.__class__ is Directives else {}
    for name, value in directives.items():
        if name in known and known[name][0] is value:
            lines += known[name][1]
            continue
        kind = value.__class__
        if isinstance(value, FrozenList) and len(value) == 1 and type(value[0]) in _KEPT:
            value, kind = value[0], type(value[0])  # whose line is the same
        if kind in _KEPT:
            lines += _kept(section, name, value, kind)
        elif kind is FrozenList:
            lines += _kept(section, name, tuple(value), tuple(map(type, value)))
        else:
            lines += _assignments(section, name, value)
    return lines


def _shared_lines(
    section: str, directives: Mapping[str, Any]
) -> Mapping[str, tuple[Any, Sequence[str]]]:
    """The lines of what many services share, each with the value that it is for."""
    assert isinstance(directives, Directives)
    shared = directives.shared
    if len(shared.lines) < len(shared.merged):
        every = shared.merged.items()
        shared.lines = {name: (each, _assignments(section, name, each)) for name, each in every}
    return shared.lines


_KEPT = frozenset({str, bool, int})
"""Classes of values whose lines are kept, as those of lists: most services share most lines."""


@lru_cache(maxsize=16384)
def _kept(section: str, name: str, value: Any, _kinds: Any) -> Sequence[str]:
    """Lines by value and class: True equals 1, and is written otherwise."""
    return _assignments(section, name, value)


@lru_cache(maxsize=256)
def _demand_section(section: str) -> None:
    _refuse(section_name_problem(section))


def _assignments(section: str, name: str, value: Any) -> Sequence[str]:
    directive = directive_of(section, name)
    if directive is None:
        _refuse(directive_name_problem(name))
    return [f"{name}={text}" for text in render(directive, value, name)]


def _refuse(problem: str | None) -> None:
    if problem:
        found, _, instead = problem.partition("; ")
        raise BadValue("extra:", found, instead)
