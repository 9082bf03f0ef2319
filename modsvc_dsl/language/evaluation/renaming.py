"""Options that go by another name, or are gone.

In: two paths, or a path and a message. Out: modules to import; what their use adds to the options
`warnings` and `assertions`; and an old name as an option of its own, for whoever asks who uses it.
Refuses to know where those two are declared.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from ..arguments import refuses_others
from ..definition import Definition, discharge
from ..errors import BadModule, Mistake, RemovedOption
from ..cells.evaluated import Evaluated
from ..declaration.option import Option, draft, read_path, refuse_reserved
from ..provenance import Place, call_site
from ..declaration.record import Record
from ..declaration.tree import ASSERTIONS, WARNINGS, Alias, Group, Slot, Source
from ..properties import PROPERTIES, Later, Merged, When
from ..types.option_type import OptionType
from ..types.plain import Untyped
from ..words import Path, show_found, show_path


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
    for _, alias, definition in node.renames:
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
    for _, alias, definition in node.renames:
        message = alias.option.removed
        if message is not None and _used(node, alias, definition):
            name = ".".join(map(str, alias.path))
            text = f"the option {name} was removed, remove its definition: {message}"
            found.append(definition.holding([Assertion(False, text)]))
    return found


def unanswered(node: Evaluated, late: bool = False) -> list[Mistake]:
    """Definitions of removed options where no option `assertions` could say so.

    Those under a condition that is still a function are left for when it is `late`: the place has to be
    there first.
    """
    if isinstance(node.shape.root.children.get(ASSERTIONS[0]), Slot):
        return []
    return [
        RemovedOption(
            (*node.path, *alias.path), alias.option.removed, alias.place, [definition.place]
        )
        for _, alias, definition in node.renames
        if alias.option.removed is not None
        and (late or not _is_computed(definition.value))
        and _used(node, alias, definition)
    ]


def _is_computed(value: Any) -> bool:
    """Does a function say whether a definition exists?"""
    if value.__class__ is Merged:
        return any(map(_is_computed, value.content))
    if value.__class__ not in PROPERTIES or value.__class__ is Later:
        return value.__class__ is Later
    condition = value.condition if value.__class__ is When else None
    return condition.__class__ is Later or _is_computed(value.content)


def as_option(node: Evaluated, alias: Alias) -> Slot:
    """An old name as an option without a default, which is defined where the old name is used."""
    group: Group = node.shape.root
    for step in alias.path[:-1]:
        inner = group.children[step]
        assert isinstance(inner, Group)
        group = inner
    for outer in group.ancestors():
        if outer.dynamic or outer in node.dynamic:
            node.expanded(outer)  # its functions may use the old name
    source = Source(alias.option.owner, node.shape.root)
    slot = Slot(NO_NUMBER, alias.path, group, alias.option, _type_of(node, alias), source)
    own = [(at, definition) for at, each, definition in node.renames if each is alias]
    slot.definitions = sorted(own, key=itemgetter(0))
    return slot


NO_NUMBER = -1
"""The number of an option that has no value in any place."""


def _type_of(node: Evaluated, alias: Alias) -> OptionType:
    """The type of the option that an old name leads to, as far as it can be told without its value."""
    child: Any = node.shape.root
    for depth, step in enumerate(alias.target or ()):
        child = child.children.get(step) if isinstance(child, Group) else None
        if isinstance(child, Alias) and child.target is not None:
            rest = (alias.target or ())[depth + 1 :]
            return _type_of(node, Alias(alias.path, (*child.target, *rest), alias.option))
    return child.type if isinstance(child, Slot) else Untyped()
