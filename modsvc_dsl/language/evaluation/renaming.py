"""Options that go by another name, or are gone.

In: two paths, or a path and a message. Out: modules to import; and what their use adds to
the options `warnings` and `assertions`. Refuses to know where those two are declared.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..arguments import refuses_others
from ..definition import Definition, discharge
from ..errors import BadModule, Mistake, RemovedOption
from ..cells.evaluated import Evaluated
from ..declaration.option import Option, draft, read_path, refuse_reserved
from ..provenance import Place, call_site
from ..declaration.record import Record
from ..declaration.tree import Alias, Slot
from ..words import Path, show_found, show_path

WARNINGS: Path = ("warnings",)
ASSERTIONS: Path = ("assertions",)


@refuses_others
@dataclass(frozen=True)
class Assertion:
    """Something that has to hold, and what to say where it does not."""

    assertion: bool
    message: str


@refuses_others
def alias(old: Path | str, new: Path | str) -> Any:
    """A module in which `old` is another name of the option `new`, read and defined alike."""
    return _alias(old, new, call_site(2))


@refuses_others
def renamed(old: Path | str, new: Path | str) -> Any:
    """An alias that adds a warning where the old name is used."""
    return _alias(old, new, call_site(2), renamed=True)


@refuses_others
def removed(old: Path | str, message: str) -> Any:
    """A module in which a definition of `old` is a failed assertion, and reading it an error."""
    place = call_site(2)
    given: object = message
    if not isinstance(given, str):
        headline = "removed(...) takes a message for those who still use the option"
        raise BadModule(
            headline, place, 'write removed("old", "use new")', f"found {show_found(given)}"
        )
    return _module(old, place, removed=message)


def _alias(old: Path | str, new: Path | str, place: Place, **fields: Any) -> Record:
    target = read_path(new, "the new name of an option", place)
    refuse_reserved(f"the new name of {old!r}", target, place)
    return _module(old, place, alias=target, **fields)


def _module(old: Path | str, place: Place, **fields: Any) -> Record:
    path = read_path(old, "the old name of an option", place)
    refuse_reserved(f"the old name {show_path(path)}", path, place)
    record = Record(f"the old name {'.'.join(map(str, path))}", place)
    made = draft(Any, place, **fields)
    record.options = {path: Option(path, Any, ({}, {}), made, place, record)}
    return record


def _used(node: Evaluated, alias: Alias, definition: Definition) -> bool:
    return bool(discharge([definition], node))


def warnings(node: Evaluated, slot: Slot) -> list[Definition]:
    """What the use of renamed options adds to the option `warnings`."""
    if slot.path != WARNINGS:
        return []
    found: dict[Path, list[Definition]] = {}
    for alias, definition in node.renames:
        if alias.option.renamed and _used(node, alias, definition):
            found.setdefault(alias.path, []).append(definition)
    texts = []
    for path, definitions in found.items():
        child: Any = node.shape.root
        for step in path:
            child = child.children[step]
        texts.append(definitions[0].holding([_sentence(child, definitions)]))
    return texts


def _sentence(alias: Alias, definitions: list[Definition]) -> str:
    old, new = (".".join(map(str, path)) for path in (alias.path, alias.target or ()))
    names = " and ".join(dict.fromkeys(f"`{d.source.record.name}'" for d in definitions))
    return f"The option `{old}' defined in {names} has been renamed to `{new}'."


def assertions(node: Evaluated, slot: Slot) -> list[Definition]:
    """What definitions of removed options add to the option `assertions`."""
    if slot.path != ASSERTIONS:
        return []
    found = []
    for alias, definition in node.renames:
        message = alias.option.removed
        if message is not None and _used(node, alias, definition):
            name = ".".join(map(str, alias.path))
            text = f"the option {name} was removed, remove its definition: {message}"
            found.append(definition.holding([Assertion(False, text)]))
    return found


def unanswered(node: Evaluated) -> list[Mistake]:
    """Definitions of removed options where no option `assertions` could say so."""
    if ASSERTIONS[0] in node.shape.root.children:
        return []
    return [
        RemovedOption(
            (*node.path, *alias.path), alias.option.removed, alias.place, [definition.place]
        )
        for alias, definition in node.renames
        if alias.option.removed is not None and _used(node, alias, definition)
    ]
