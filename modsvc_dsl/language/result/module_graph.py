"""The module graph as data.

In: a result, or modules. Out: `ModuleInGraph`, one for each module. Refuses to evaluate
anything but imports that are chosen by functions.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, NamedTuple

from ..arguments import refuses_others
from ..evaluation.configuration import is_result
from ..cells.evaluated import Evaluated
from ..closure.graph import Closure, close
from ..evaluation.import_view import Importing
from ..provenance import Location
from ..declaration.record import Record


class ModuleInGraph(NamedTuple):
    """A module of the graph.

    `key` is its identity as text, unlike that of every other module there; `imports` are the
    keys of the modules that it imports, bases among them. `disabled` modules take no part.
    """

    name: str
    key: str
    kind: str | None
    location: Location
    imports: tuple[str, ...]
    disabled: bool


@refuses_others
def module_graph(*modules: Any) -> tuple[ModuleInGraph, ...]:
    """The modules of a result, or of modules to be evaluated together, in the order they count.

    Disabled ones come last; what only they import is left out. Raises what is wrong with the
    graph.
    """
    if len(modules) == 1 and is_result(modules[0]):
        node: Evaluated = modules[0].__node__
        force = Importing(node.parent, node.arguments, node.path, node.kind)
        return _as_data(close(node.records, force))
    return _as_data(close(modules, Importing(None, {}, (), None)))


def _as_data(closure: Closure) -> tuple[ModuleInGraph, ...]:
    keys: dict[Record, str] = {}
    for record in (*closure.records, *closure.disabled):
        keys[record] = _free(_key(record), set(keys.values()))
    known = {record.key: key for record, key in keys.items()}  # one may stand for its equals
    imports: dict[Hashable, list[str]] = {}
    for record, importers in closure.imported_by.items():
        for importer in importers:
            found = imports.setdefault(importer.key, []) if importer is not None else []
            if record.key in known and known[record.key] not in found:
                found.append(known[record.key])
    return tuple(
        ModuleInGraph(
            record.name,
            key,
            record.kind,
            record.place.locate(),
            tuple(imports.get(record.key, ())),
            record in closure.disabled,
        )
        for record, key in keys.items()
    )


def _key(record: Record) -> str:
    """An identity as text: a class by its name, what is anonymous by where it was written."""
    if isinstance(record.key, type):
        return f"{record.key.__module__}.{record.key.__qualname__}"
    if record.key is record:
        return f"{record.name} at {record.place.locate()}"
    return str(record.key)


def _free(key: str, taken: set[str]) -> str:
    """A key that nothing else has: those made on one line are counted."""
    count, free = 1, key
    while free in taken:
        count += 1
        free = f"{key} ({count})"
    return free
