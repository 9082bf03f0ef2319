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
from .given import Directives, Shared
from .section import known as directive_of


def unit_text(title: str, sections: Mapping[str, Mapping[str, Any]]) -> str:
    """The text of a unit file. Raises BadValue for names and values that no line can hold."""
    parts = [f"# {title}\n"]
    for section, directives in sections.items():
        text = section_text(section, directives)
        if text:
            parts.append(f"[{section}]\n{text}\n")
    return "\n".join(parts)


def section_lines(section: str, directives: Mapping[str, Any]) -> Sequence[str]:
    """The assignments of one section."""
    text = section_text(section, directives)
    return text.split("\n") if text else []


def section_text(section: str, directives: Mapping[str, Any]) -> str:
    """The same as one text. What many services share was written once; the others are put over it."""
    texts = dict.fromkeys(directives, "")
    own = directives
    if isinstance(directives, Directives):
        texts.update(directives.shared.texts or _shared_texts(section, directives.shared))
        own = directives.own
    for name, value in own.items():
        if value.__class__ is FrozenList and len(value) == 1:
            value = value[0]  # whose line is the same
        kind = value.__class__
        if kind in _KEPT:
            texts[name] = _kept(section, name, value, kind)
        elif kind is FrozenList:
            texts[name] = _kept(section, name, tuple(value), tuple(map(type, value)))
        else:
            texts[name] = _assignments(section, name, value)
    return "\n".join(filter(None, texts.values()))


def _shared_texts(section: str, shared: Shared) -> Mapping[str, str]:
    """What is written for each of the directives that many services share."""
    every = shared.merged.items()
    shared.texts = {name: _assignments(section, name, value) for name, value in every}
    return shared.texts


_KEPT = frozenset({str, bool, int})
"""Classes of values whose lines are kept, as those of lists: most services share most lines."""


@lru_cache(maxsize=16384)
def _kept(section: str, name: str, value: Any, _kinds: Any) -> str:
    """The text by value and class: True equals 1, and is written otherwise."""
    return _assignments(section, name, value)


def _assignments(section: str, name: str, value: Any) -> str:
    """The lines that give a directive its value."""
    directive = directive_of(section, name)
    if directive is None:  # no directive of any version is in a section of a name that cannot be
        _refuse(section_name_problem(section))
        _refuse(directive_name_problem(name))
    return "\n".join([f"{name}={text}" for text in render(directive, value, name)])


def _refuse(problem: str | None) -> None:
    if problem:
        found, _, instead = problem.partition("; ")
        raise BadValue("extra:", found, instead)
