"""Definitions on their way down the tree of options.

In: a path, a definition, a tree. Out: calls of a `Sink`, one for each part of the
definition, with properties pushed down to it. Refuses to compute: what is still a function
is handed over whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from ..definition import Definition
from ..errors import Mistake, NotASetOfOptions
from .graph import close
from ..properties import PROPERTIES, Later, Merged
from ..provenance import Argument
from ..declaration.record import Record
from ..declaration.tree import Alias, Group, Slot
from ..types.submodule import is_module, plainly
from ..words import Path


class Sink(Protocol):
    """Where definitions end."""

    def leaf(self, slot: Slot, definition: Definition) -> None:
        """A definition of one option."""
        ...

    def whole(self, group: Group, definition: Definition) -> None:
        """A definition of a whole group that has to be computed first."""
        ...

    def stray(self, path: Path, definition: Definition) -> None:
        """A definition of something undeclared."""
        ...

    def wrong(self, mistake: Mistake) -> None:
        """A definition that cannot be right."""
        ...

    def renamed(self, alias: Alias, definition: Definition) -> Sink:
        """A definition by an old name; what is returned takes it on to the new one."""
        ...


class Placing(Sink, Protocol):
    """A sink that notes the position in the order of modules with every definition."""

    position: float


def route(root: Group, group: Group, path: Path, definition: Definition, sink: Sink) -> None:
    """Bring a definition of `path`, as seen from `group`, to where it belongs."""
    for depth, step in enumerate(path):
        child = group.children.get(step)
        rest = path[depth + 1 :]
        if child is None:
            sink.stray((*group.path, *path[depth:]), definition)
            return
        if isinstance(child, Slot):
            sink.leaf(
                child, definition.holding(nest(rest, definition.value)) if rest else definition
            )
            return
        if isinstance(child, Alias):
            whole = definition.holding(nest(rest, definition.value)) if rest else definition
            moved = sink.renamed(child, whole)
            if child.target is not None:
                route(root, root, (*child.target, *rest), definition, moved)
            return
        group = child
    spread(root, group, definition, sink)


def nest(path: Path, value: Any) -> Any:
    """`value` inside dicts along a path."""
    for step in reversed(path):
        value = {step: value}
    return value


def spread(root: Group, group: Group, definition: Definition, sink: Sink) -> None:
    """Bring the parts of a definition of a whole group to the options in it."""
    value = definition.value
    if value.__class__ is Later:
        sink.whole(group, definition)
    elif value.__class__ is Merged:
        for item in value.content:
            spread(root, group, definition.holding(item), sink)
    elif value.__class__ in PROPERTIES:
        pushed = _Pushing(value, sink)
        spread(root, group, definition.holding(value.content), pushed)
    elif is_module(value):
        _module(root, group, definition, sink)
    elif isinstance(value, Mapping):
        for name, item in value.items():
            route(root, group, (name,), definition.holding(item), sink)
    else:
        sink.wrong(_no_options(group, definition))


def _module(root: Group, group: Group, definition: Definition, sink: Sink) -> None:
    """An instance as the value of a group: its definitions, and those of its classes."""
    for record in _records(definition.value, group):
        if record.key in group.records:
            continue
        if record.options:
            sink.wrong(_no_options(group, definition, record.name))
            return
        site: Any = record.place
        for name, value in record.values.items():
            part = Definition(value, Argument(site, name), definition.source, definition.scope)
            route(root, group, (name,), part, sink)
        for declared in record.stated:
            if not isinstance(declared.target, tuple):
                continue
            part = Definition(declared.value, declared.place, definition.source, definition.scope)
            route(root, group, declared.target, part, sink)


def _records(module: Any, group: Group) -> Sequence[Record]:
    """The records of a module in a group; those that the group has anyway may be left out."""
    record: Record = module.__module_record__
    base = record.base
    if base is None or base.key not in group.records or record.imports or record.disabled:
        return close([module]).records
    return (record,)


def _no_options(group: Group, definition: Definition, adding: str = "") -> Mistake:
    """The mistake of a value that is no set of a group's options, or of a module `adding` to them."""
    names = [str(name) for name in group.children]
    path, value = group.path, definition.value
    cls = group.cls.__name__ if group.cls is not None else ""
    meant = plainly(group.cls, value)
    return NotASetOfOptions(path, value, definition.place, names, cls, meant, adding)


class _Pushing:
    """A sink that puts one more property around everything."""

    def __init__(self, around: Any, sink: Sink) -> None:
        self.around = around
        self.sink = sink

    def _wrapped(self, definition: Definition) -> Definition:
        return definition.holding(self.around.around(definition.value))

    def leaf(self, slot: Slot, definition: Definition) -> None:
        self.sink.leaf(slot, self._wrapped(definition))

    def whole(self, group: Group, definition: Definition) -> None:
        self.sink.whole(group, self._wrapped(definition))

    def stray(self, path: Path, definition: Definition) -> None:
        self.sink.stray(path, self._wrapped(definition))

    def wrong(self, mistake: Mistake) -> None:
        self.sink.wrong(mistake)

    def renamed(self, alias: Alias, definition: Definition) -> Sink:
        return self.sink.renamed(alias, self._wrapped(definition))


class Moved:
    """A sink behind an alias: what comes through counts where the alias was declared."""

    def __init__(self, sink: Placing, alias: Alias) -> None:
        self.sink = sink
        self.position = alias.position

    def leaf(self, slot: Slot, definition: Definition) -> None:
        kept, self.sink.position = self.sink.position, self.position
        self.sink.leaf(slot, definition)
        self.sink.position = kept

    def whole(self, group: Group, definition: Definition) -> None:
        self.sink.whole(group, definition)

    def stray(self, path: Path, definition: Definition) -> None:
        self.sink.stray(path, definition)

    def wrong(self, mistake: Mistake) -> None:
        self.sink.wrong(mistake)

    def renamed(self, alias: Alias, definition: Definition) -> Sink:
        return self.sink.renamed(alias, definition)
