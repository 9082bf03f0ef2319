"""Names that are defined and that nothing declares.

In: a place. Out: the mistakes, with what stands beside the name; or the values, where the
modules have a freeform type. Refuses to decide whether undeclared names are allowed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .definition import Definition
from .errors import UnknownOption
from .evaluated import Evaluated
from .frozen import FrozenDict
from .module import Module
from .provenance import Place
from .routing import nest
from .shape import MODULE
from .tree import Group
from .types.option_type import Spot
from .words import Path, show_path


def merged(node: Evaluated, spot: Spot) -> Any:
    """The values of the undeclared names at `spot`, merged by the freeform type of the place."""
    type_ = node.shape.freeform
    if type_ is None:
        return FrozenDict()
    computed = [node.expanded(group).strays for group in _computed_groups(node)]
    every = [*node.unknown, *(stray for strays in computed for stray in strays)]
    every.sort(key=lambda stray: stray[0])
    counting = spot.survivors([d.holding(nest(path, d.value)) for _, path, d in every])
    return type_.merge(spot, counting) if counting else FrozenDict()


def _computed_groups(node: Evaluated) -> list[Group]:
    """The groups that a function defines as a whole."""
    if not (node.shape.dynamic or node.dynamic):
        return []
    found, todo = [], [node.shape.root]
    while todo:
        group = todo.pop()
        if group.dynamic or group in node.dynamic:
            found.append(group)
        todo.extend(child for child in group.children.values() if isinstance(child, Group))
    return found


def mistakes(node: Evaluated) -> list[UnknownOption]:
    """A mistake for each undeclared name, with all places that define it."""
    found: dict[Path, list[Place]] = {}
    for _, path, definition in node.unknown:
        depth = len(deepest(node.shape.root, path).path) + 1
        found.setdefault(path[:depth], []).append(definition.place)
    return [_mistake(node, path, places) for path, places in found.items()]


def stray(node: Evaluated, path: Path, definition: Definition) -> UnknownOption:
    """The mistake for one undeclared name."""
    depth = len(deepest(node.shape.root, path).path) + 1
    return _mistake(node, path[:depth], [definition.place])


def _mistake(node: Evaluated, path: Path, places: Sequence[Place]) -> UnknownOption:
    group = deepest(node.shape.root, path)
    return UnknownOption((*node.path, *path), places, names_in(group), owner_name(node, group))


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
    """The names of a group as messages show them."""
    return [str(name) for name in group.children if name != MODULE]


def owner_name(node: Evaluated, group: Group) -> str:
    """Whose options the names of a group are, for messages."""
    if group.cls is not None:
        return str(group.cls.__name__)
    return module_name(node) if not group.path else f"`{show_path(group.path)}`"


def module_name(node: Evaluated) -> str:
    """The name of the module at a place, for messages."""
    if node.cls is not Module:
        return str(node.cls.__name__)
    names = [record.name for record in node.records]
    return names[0] if len(names) == 1 else "these modules"
