"""Undeclared names where a module takes them: freeform modules.

In: a place and a group of options that takes undeclared names. Out: their values, merged once
by the group's freeform type. Refuses to decide which names are declared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..definition import Definition, discharge
from ..errors import Mistake, Mistakes
from .cell import has_value
from .evaluated import Evaluated, Strays
from ..frozen import FrozenDict
from ..merge import ranked
from ..closure.routing import nest
from .spot import DONE, RUNNING, Here
from ..declaration.option import MODULE
from ..declaration.tree import Group, Slot, taker
from ..words import Path

EMPTY: FrozenDict[str, Any] = FrozenDict()


def around(group: Group) -> Group | None:
    """The innermost group that takes undeclared names of `group`, itself or one around it."""
    return next((outer for outer in group.ancestors() if outer.freeform is not None), None)


def undeclared_in(node: Evaluated, group: Group) -> Mapping[Any, Any]:
    """The undeclared names directly in a group, with their values."""
    outer = around(group) if node.shape.freeforms else None
    if outer is None:
        return EMPTY
    value = _named(node.freeform(outer))
    for step in group.path[len(outer.path) :]:
        value = _named(value.get(step, EMPTY))
    return value


def _named(value: Any) -> Mapping[Any, Any]:
    """The values in what was merged of undeclared names, which may be the result of a submodule."""
    if isinstance(value, Mapping):
        return value
    node = getattr(value, "__node__", None)
    if node is None:
        return EMPTY
    group: Group = value.__group__
    found = {
        name: node.read(group, name)
        for name, child in group.children.items()
        if name != MODULE
        and (isinstance(child, Group) or isinstance(child, Slot) and has_value(node, child))
    }
    return {**found, **undeclared_in(node, group)}


class Free:
    """The undeclared names of one group being merged, once."""

    __slots__ = ("node", "group", "state", "value")

    def __init__(self, node: Evaluated, group: Group) -> None:
        self.node = node
        self.group = group
        self.state: object = None
        self.value: Any = EMPTY

    @property
    def path(self) -> Path:
        return (*self.node.path, *self.group.path)

    def merge(self) -> None:
        """Merge them. Raises what is wrong with them."""
        if self.state is DONE:
            return
        if self.state is RUNNING:
            raise self.node.evaluation.stack.cycle(self)
        if isinstance(self.state, (Mistake, Mistakes)):
            raise self.state.with_traceback(None)
        self.state = RUNNING
        try:
            self.value = self._merged()
        except (Mistake, Mistakes) as error:
            self.state = error
            raise
        except BaseException:
            self.state = None  # interrupted: the next read starts again
            raise
        self.state = DONE

    def _merged(self) -> Any:
        type_ = self.group.freeform
        assert type_ is not None
        strays = sorted(definitions_in(self.node, self.group), key=lambda entry: entry[0])
        depth = len(self.group.path)
        found = [d.holding(nest(path[depth:], d.value)) for _, path, d in strays]
        counting = ranked(discharge(found, self.node))
        return type_.merge(Here(self.node, self.group.path), counting) if counting else EMPTY


def definitions_in(node: Evaluated, group: Group) -> Iterator[tuple[float, Path, Definition]]:
    """The definitions of undeclared names that a group takes, with position and path."""
    for entry in (*node.unknown, *_computed(node)):
        if taker(node.shape.root, entry[1]) is group:
            yield entry


def _computed(node: Evaluated) -> Strays:
    """Undeclared names in definitions of whole groups that are functions."""
    found: Strays = []
    for group in dict.fromkeys([*node.shape.computed, *node.dynamic]):
        found += node.expanded(group).strays
    return found
