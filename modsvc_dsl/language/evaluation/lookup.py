"""The option that a path leads to, through groups, aliases and submodules.

In: a result and a path. Out: `Found`: the place, the option, and what of the path is left
inside the option's value. Refuses to say what the option's value is.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from .configuration import is_result
from ..definition import Definition
from ..errors import NoSuchName
from ..cells.evaluated import Evaluated
from ..cells.freeform import definitions_in
from ..provenance import users_line
from ..closure.routing import nest
from ..declaration.tree import Alias, Group, Slot, taker
from ..types.submodule import Submodule
from ..cells.undeclared import names_in, owner_name
from ..words import Path


class Found(NamedTuple):
    """An option of a place, or with `slot` None an undeclared name of a freeform module.

    `rest` are the steps from the option's value on.
    """

    node: Evaluated
    slot: Slot | None
    rest: Path

    @property
    def path(self) -> Path:
        """The whole path, from the root of the tree."""
        own = self.slot.path if self.slot is not None else ()
        return (*self.node.path, *own, *self.rest)

    def declared(self) -> Slot:
        """The option itself. Raises NoSuchName for what only a value or freeform module has."""
        if self.slot is None or self.rest:
            root = self.node.shape.root
            raise _no_option(self.node, root, self.path[len(self.node.path) :])
        return self.slot

    def definitions(self) -> list[Definition]:
        """All definitions of the option but for its default, in order."""
        if self.slot is not None:
            return self.node.definitions_of(self.slot)
        group = taker(self.node.shape.root, self.rest)
        assert group is not None
        ordered = sorted(definitions_in(self.node, group), key=lambda entry: entry[0])
        return [d.holding(nest(path, d.value)) for _, path, d in ordered]


def is_there(view: Any, path: Path) -> bool:
    """Is there an option, or a group of options, at a path? Reads no more than it has to."""
    child: Any = view.__group__
    for depth, step in enumerate(path):
        if isinstance(child, Slot) and isinstance(child.type, Submodule):
            return is_there(view.__node__.cell(child), path[depth:])
        child = child.children.get(step) if isinstance(child, Group) else None
        if child is None:
            return False
    return True


def find_group(view: Any, path: Path) -> Group | None:
    """The group of options at a path of groups, the result's own for the empty path."""
    child: Any = view.__group__
    for step in path:
        child = child.children.get(step) if isinstance(child, Group) else None
    return child if isinstance(child, Group) else None


def find_option(view: Any, path: Path) -> Found:
    """The option that a path leads into. Raises NoSuchName where there is none."""
    node: Evaluated = view.__node__
    group: Group = view.__group__
    for depth, step in enumerate(path):
        child = group.children.get(step)
        rest = path[depth + 1 :]
        if isinstance(child, Alias) and child.target is not None:
            return find_option(node.view(node.shape.root, node.cls), (*child.target, *rest))
        if isinstance(child, Slot):
            inner = _inner(node.cell(child), rest) if rest else None
            return Found(node, child, rest) if inner is None else find_option(*inner)
        if not isinstance(child, Group):
            whole = (*group.path, *path[depth:])
            if child is None and taker(node.shape.root, whole) is not None:
                return Found(node, None, whole)
            raise _no_option(node, group, (*group.path, step))
        group = child
    raise _no_option(node, group, group.path, "is a group of options, and none of its own,")


def find_old_name(view: Any, path: Path) -> tuple[Evaluated, Alias] | None:
    """The old name of an option that a path ends in, with its place; None where it is none."""
    child: Any = view.__group__
    for depth, step in enumerate(path):
        if isinstance(child, Slot):
            inner = _inner(view.__node__.cell(child), path[depth:])
            return None if inner is None else find_old_name(*inner)
        child = child.children.get(step) if isinstance(child, Group) else None
    return (view.__node__, child) if isinstance(child, Alias) else None


def _no_option(node: Evaluated, group: Group, path: Path, what: str = "is no option") -> NoSuchName:
    full = (*node.path, *path)
    return NoSuchName(full, [users_line()], names_in(group), owner_name(node, group), what)


def _inner(value: Any, path: Path) -> tuple[Any, Path] | None:
    """The result inside a value that a path leads into, and the steps from there on."""
    for depth, step in enumerate(path):
        if is_result(value):
            return value, path[depth:]
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return None
