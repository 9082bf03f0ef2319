"""The module graph: imports closed, disabled modules dropped, the order fixed.

In: root modules. Out: `Closure`, the records in the order in which they count. Refuses to look
into options.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ..errors import BadModule, WrongKind
from ..properties import Later
from ..provenance import Line, Place
from ..declaration.record import AS_MODULE, Declared, Record, record_of
from ..types.submodule import DeferredModule, is_module
from ..words import Path, all_of, show_found, show_path, show_value

Force = Callable[[Later, Record], Any]
"""Computes an import that is written as `later(...)`."""


class Closure(NamedTuple):
    """Records in order, each once: imports before importers, siblings as written.

    `imported_by` has the importers of each record, `disabled` the records dropped.
    """

    records: tuple[Record, ...]
    imported_by: dict[Record, tuple[Record | None, ...]]
    disabled: tuple[Record, ...]


def as_record(module: Any) -> Record:
    """The record of something importable. Raises BadModule where it is none."""
    if isinstance(module, DeferredModule):
        return _deferred_record(module)
    return record_of(module)


def _deferred_record(module: DeferredModule) -> Record:
    """A module that imports all modules in a deferred value, and defines what its dicts say."""
    place = module.definitions[0].place if module.definitions else Line("", 0)
    imports = []
    definitions = []
    for definition in module.definitions:
        if is_module(definition.value):
            imports.append(definition.value)
        else:
            scope, source = definition.scope, definition.source
            imports += definition.value.get("imports", ())
            said = settings_of(definition.value, definition.place)
            definitions.append(Declared((), said, definition.place, scope=scope, source=source))
    name = f"the module in `{show_path(module.path)}`"
    return Record(name, place, definitions=definitions, imports=imports)


def settings_of(value: Mapping[Any, Any], place: Place) -> Any:
    """What a dict in a module's own words defines: what it has below `config`, or all but its imports."""
    if "options" in value:
        headline = "`options` stands in a module that is a dict, which can declare none"
        raise BadModule(headline, place, AS_MODULE, f"found {show_found(value['options'])}")
    if "config" not in value:
        return {key: item for key, item in value.items() if key != "imports"}
    odd = [key for key in value if key not in _WORDS]
    if odd:
        headline = f"{all_of(map(show_value, odd))} beside `config` says nothing in a module that is a dict"
        raise BadModule(
            headline, place, "write it into the dict of `config`, or leave `config` out"
        )
    return value["config"]


_WORDS = ("config", "imports")
"""What a dict that is a module, and no settings alone, may have."""


def close(roots: Iterable[Any], force: Force | None = None) -> Closure:
    """Close root modules under imports. `force` computes imports that are made later."""
    walk = _Walk(frozenset(), force)
    top = [as_record(root) for root in roots]
    for record in top:
        walk.visit(record, None)
    if walk.disabled:
        keys = frozenset(_disabled_key(entry, record) for record, entry in walk.disabled)
        dropped = tuple(record for record in walk.order if _is_disabled(record, keys))
        walk = _Walk(keys, force)
        for record in top:
            walk.visit(record, None)
        return Closure(tuple(walk.order), _frozen(walk.importers), dropped)
    return Closure(tuple(walk.order), _frozen(walk.importers), ())


def _frozen(
    importers: dict[Record, list[Record | None]],
) -> dict[Record, tuple[Record | None, ...]]:
    return {record: tuple(found) for record, found in importers.items()}


def _disabled_key(entry: Any, record: Record) -> Hashable:
    """The key of a module that a record disables. Raises BadModule where it can be none."""
    if is_module(entry):
        key: Hashable = record_of(entry).key
        return key
    if isinstance(entry, (str, tuple)) or (isinstance(entry, Hashable) and not callable(entry)):
        return entry
    headline = f"{record.name} disables something that is neither a module nor a key"
    advice = "write disabled=[Module], an instance, or the key that a module was given"
    raise BadModule(headline, record.place, advice, f"found {show_found(entry)}")


def _is_disabled(record: Record, keys: frozenset[Any]) -> bool:
    return record.key in keys or (record.base is not None and record.base.key in keys)


class _Walk:
    """One depth-first walk. What is left to do stands in a list, so that no chain is too long."""

    def __init__(self, skip: frozenset[Any], force: Force | None) -> None:
        self.skip = skip
        self.force = force
        self.order: list[Record] = []
        self.seen: set[Any] = set()
        self.importers: dict[Record, list[Record | None]] = {}
        self.disabled: list[tuple[Record, Any]] = []

    def visit(self, record: Record, importer: Record | None) -> None:
        """Bring a record, and what it imports before it, into the order."""
        todo = [self._steps(record, importer)]
        while todo:
            following = next(todo[-1], None)
            if following is None:
                todo.pop()
            else:
                todo.append(self._steps(*following))

    def _steps(
        self, record: Record, importer: Record | None
    ) -> Iterator[tuple[Record, Record | None]]:
        """The visits to make before a record has its place, each with its importer."""
        if _is_disabled(record, self.skip):
            return
        self.importers.setdefault(record, []).append(importer)
        if record.key in self.seen:
            return
        self.seen.add(record.key)
        self.disabled.extend((record, entry) for entry in record.disabled)
        base = record.base
        if base is not None and base.key not in self.seen:
            # the imports of an instance come between those of its class and the class
            self.seen.add(base.key)
            self.disabled.extend((base, entry) for entry in base.disabled)
            self.importers.setdefault(base, []).append(record)
            yield from self._imports(base)
            yield from self._imports(record)
            self.order.append(base)
        else:
            yield from self._imports(record)
        self.order.append(record)

    def _imports(self, record: Record) -> Iterator[tuple[Record, Record]]:
        for module in record.imports:
            if module.__class__ is Later:
                module = self._computed(module, record)
                if not (is_module(module) or isinstance(module, DeferredModule)):
                    headline = f"an import of {record.name} is computed, and what came is no module"
                    advice = (
                        "return a module class, an instance of one, or what module(...) returns"
                    )
                    found = f"found {show_found(module)}"
                    raise BadModule(headline, record.place, advice, found)
            yield as_record(module), record

    def _computed(self, module: Later, record: Record) -> Any:
        if self.force is None and not module.wants_view:
            return module.content()
        if self.force is None:
            headline = f"an import of {record.name} is chosen by a function, which nobody runs here"
            advice = "choose imports of modules that are evaluated, not of values in groups"
            raise BadModule(headline, record.place, advice)
        return self.force(module, record)


def check_kinds(records: Sequence[Record], kind: str | None, path: Path) -> None:
    """Raise WrongKind where a record is of another kind than the evaluation.

    Imports come before importers, so the last such record is what was written here.
    """
    if kind is None:
        return
    wrong = [record for record in records if record.kind not in (None, kind)]
    if wrong:
        record = wrong[-1]
        raise WrongKind(path, record.name, str(record.kind), kind, [record.place])


def is_loose(record: Record) -> bool:
    """Does a record only define, so that it takes no part in the shape of an evaluation?"""
    if record.base is not None:
        return True
    return record.owner is None and not record.options and record.freeform is None
