"""Names that are defined and that nothing declares.

In: a place. Out: the mistakes, with what stands beside the name. Refuses to decide whether
undeclared names are allowed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..definition import Definition
from ..errors import DeclarationAsValue, UnknownOption
from .evaluated import Evaluated
from ..declaration.module import Module
from ..declaration.option import MODULE, Draft
from ..declaration.record import AS_MODULE
from ..declaration.secrecy import is_secret
from ..declaration.tree import Group, Slot, taker
from ..words import Path, nearest, show_path


def mistakes(node: Evaluated) -> list[UnknownOption]:
    """A mistake for each undeclared name that nothing takes, with all places that define it."""
    found: dict[Path, list[Definition]] = {}
    for _, path, definition in node.unknown:
        if taker(node.shape.root, path) is None:
            depth = len(deepest(node.shape.root, path).path) + 1
            found.setdefault(path[:depth], []).append(definition)
    refused = node.shape.refused
    return [_mistake(node, path, every) for path, every in found.items() if path not in refused]


def is_taken(node: Evaluated, path: Path) -> bool:
    """Does a freeform module take an undeclared name?"""
    return taker(node.shape.root, path) is not None


def stray(node: Evaluated, path: Path, definition: Definition) -> UnknownOption:
    """The mistake for one undeclared name."""
    depth = len(deepest(node.shape.root, path).path) + 1
    return _mistake(node, path[:depth], [definition])


def _mistake(node: Evaluated, path: Path, definitions: Sequence[Definition]) -> UnknownOption:
    group = deepest(node.shape.root, path)
    full, owner = (*node.path, *path), owner_name(node, group)
    places = [definition.place for definition in definitions]
    if any(isinstance(definition.value, Draft) for definition in definitions):
        return DeclarationAsValue(full, places, owner)
    advice = meant(group, path[-1])
    if not advice and not nearest(str(path[-1]), names_in(group)):
        advice = _OF_MODULES.get(path[-1], "")

    def holds_secret(name: str) -> bool:
        places = (inner.children.get(name) for inner in (group, *_groups_in(group)))
        return any(isinstance(child, Slot) and is_secret(child.option) for child in places)

    return UnknownOption(
        full, places, names_in(group), owner, advice=advice, is_secret=holds_secret
    )


def meant(group: Group, name: Any) -> str:
    """What to write for a name that is an option of a group further in, empty where it is none."""
    found = [inner for inner in _groups_in(group) if name in inner.children]
    steps = found[0].path[len(group.path) :] if found else ()
    return f"did you mean `{show_path((*steps, name))}`?" if found else ""


_OF_MODULES = {
    "config": "a dict here has settings alone: write those below `config` into it directly",
    "options": f"a dict here has settings alone, and declares nothing: {AS_MODULE}",
    "imports": f"a dict here has settings alone, and imports nothing: {AS_MODULE}",
}
"""What to write for the words of modules upstream, where no option is called so."""


def _groups_in(group: Group) -> Iterator[Group]:
    for name, child in group.children.items():
        if isinstance(child, Group) and name != MODULE:
            yield child
            yield from _groups_in(child)


def deepest(root: Group, path: Path) -> Group:
    """The last group on the way along a path."""
    group = root
    for step in path:
        child = group.children.get(step)
        if not isinstance(child, Group):
            return group
        group = child
    return group


def names_in(group: Group) -> list[str]:
    """The names of a group as messages show them: those of the most derived module first."""
    owners = dict.fromkeys(
        child.option.owner for child in group.children.values() if isinstance(child, Slot)
    )
    rank = {owner: -index for index, owner in enumerate(owners)}
    named = [(name, child) for name, child in group.children.items() if name != MODULE]
    named.sort(key=lambda item: rank[item[1].option.owner] if isinstance(item[1], Slot) else 0)
    return [str(name) for name, _ in named]


def owner_name(node: Evaluated, group: Group) -> str:
    """Whose options the names of a group are, for messages."""
    if group.cls is not None:
        return str(group.cls.__name__)
    return module_name(node) if not group.path else f"`{show_path(group.path)}`"


def module_name(node: Evaluated) -> str:
    """The name of the module at a place, for messages."""
    if node.cls is not Module:
        return str(node.cls.__name__)
    every = [record for record in node.records if record.options] or node.records
    names = [record.name for record in every]
    return names[0] if len(names) == 1 else "these modules"
