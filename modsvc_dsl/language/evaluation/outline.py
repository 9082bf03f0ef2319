"""Which modules a place has, in which order: found once for all places with modules alike.

In: root modules. Out: `Outline`, the order of modules with gaps for those that only define, such
as instances: roots that differ in nothing but these share one. Refuses to keep it where modules
are chosen by functions, disabled, or come from results: those are closed each time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Any

from ..closure.graph import Closure, as_record, check_kinds, close, is_loose
from .import_view import Importing
from ..declaration.module import Module
from ..properties import Later
from ..declaration.record import Record, record_of
from ..closure.shape import shape_of
from ..cells.evaluated import Evaluated
from ..types.submodule import DeferredModule, is_module
from ..words import Path

Entry = Record | int
"""A module, or the number of the gap that one which only defines goes into."""


class Outline:
    """What is the same for all roots of one form.

    `order` are the modules as they count, `added` those that only define with their position
    in that order, `placed` those of them that are roots; `cls` is the class of the result.
    """

    __slots__ = ("shape", "cls", "order", "added", "placed", "_fixed", "_imports")

    def __init__(
        self, closure: Closure, roots: Sequence[Any], gaps: dict[Record, int], cls: Any
    ) -> None:
        records = closure.records
        self.shape = shape_of(tuple(record for record in records if not is_loose(record)))
        self.cls = cls
        self.order: list[Entry] = [gaps.get(record, record) for record in records]
        self.added: list[tuple[Entry, float]] = []
        placed = filter(is_loose, map(as_record, roots))
        self.placed: list[Entry] = [gaps.get(record, record) for record in placed]
        self._fixed = [record for record in records if record not in gaps]
        self._imports = [record.imports for record in self._fixed]
        position, between = -1.0, 1
        for record, entry in zip(records, self.order):
            known = self.shape.positions.get(record)
            if known is None:
                between += 1  # each further than the one before, and none as far as the next known
                self.added.append((entry, position + 1 - 1 / between))
            else:
                position, between = float(known), 1

    def holds(self, gaps: Sequence[Record]) -> bool:
        """Do modules for the gaps come once, and do the others still import what they did?

        `@imports` may stand over a class late.
        """
        if len({*gaps, *self._fixed}) < len(gaps) + len(self._fixed):
            return False
        return [*map(_imports_of, self._fixed)] == self._imports


_imports_of = attrgetter("imports")


def outline_of(
    roots: Sequence[Any],
    first: Record | None,
    parent: Evaluated | None,
    arguments: Mapping[str, Any],
    path: Path,
    kind: str | None,
) -> tuple[Outline, Sequence[Record]]:
    """The outline of some roots, and the modules for its gaps. Raises WrongKind, BadModule.

    `first` is the module of which the result is one, if there is any; the others say where it will be.
    """
    gaps: list[Record] = []
    form = _form(roots, gaps) if first is not None else None
    if first is None or form is None:
        return _outlined(roots, first, Importing(parent, arguments, path, kind), None)
    cls = first.base or first
    last = gaps[-1].base if form[-1].__class__ is tuple else None
    kept = (last or cls).cache  # goes when the class of what is evaluated does
    key = kind, cls, form
    outline: Outline | None = kept.get(key)
    if outline is not None and outline.holds(gaps):
        return outline, gaps
    importing = Importing(parent, arguments, path, kind)
    outline, filling = _outlined(roots, first, importing, gaps)
    if filling is gaps:
        kept[key] = outline
    return outline, filling


def _outlined(
    roots: Sequence[Any],
    first: Record | None,
    importing: Importing,
    gaps: Sequence[Record] | None,
) -> tuple[Outline, Sequence[Record]]:
    """An outline with gaps, where others like it could have it as well, or one without."""
    closure = close(roots, importing)
    check_kinds(closure.records, importing.kind, importing.path)
    filling = gaps if gaps is not None and _is_alike(closure, gaps) else ()
    numbers = {record: gap for gap, record in enumerate(filling)}
    owner = first.owner if first is not None else None
    return Outline(closure, roots, numbers, _view_class(roots, owner)), filling


def filled(entries: Sequence[Entry], gaps: Sequence[Record]) -> list[Record]:
    """Modules in order, those in gaps among them."""
    if len(entries) == 1:  # as where an instance was placed
        only = entries[0]
        return [gaps[only] if isinstance(only, int) else only]
    return [gaps[entry] if isinstance(entry, int) else entry for entry in entries]


_DEEPEST = 16
"""How far modules that only define may import each other and still be looked through."""


def _form(modules: Sequence[Any], gaps: list[Record], depth: int = 0) -> tuple[Any, ...] | None:
    """What roots share with those of the same outline, None where nobody can say.

    The modules that only define are appended to `gaps`.
    """
    if depth > _DEEPEST:
        return None
    form: list[Any] = []
    for module in modules:
        if isinstance(module, type):
            form.append(module)
            continue
        record = module if module.__class__ is Record else getattr(module, "__record__", None)
        if record is None or record.disabled:
            return None
        if record.base is None and not is_loose(record):
            form.append(record)
            continue
        inner = _form(record.imports, gaps, depth + 1) if record.imports else ()
        if inner is None or record.key is not record:
            return None
        gaps.append(record)
        form.append((record.base, record.kind, inner))
    return tuple(form)


def _is_alike(closure: Closure, gaps: Sequence[Record]) -> bool:
    """Would others in the place of the modules for gaps be closed in the same way?"""
    if closure.disabled or any(len(closure.imported_by.get(r, ())) != 1 for r in gaps):
        return False  # what is met twice counts once, and another need not be met twice
    return not any(
        record.disabled or any(map(_is_computed, record.imports)) for record in closure.records
    )


def _is_computed(module: Any) -> bool:
    """Is an import, or what it stands for, made anew each time?"""
    if isinstance(module, type):
        return False
    made = isinstance(module, (Later, DeferredModule))
    return made or getattr(module, "__node__", None) is not None


def _view_class(roots: Sequence[Any], owner: Any) -> Any:
    """The class of the result: of the last root that refines the first, else of the first."""
    base = owner or Module
    for root in reversed(roots):
        cls = record_of(root).owner if is_module(root) else None
        if cls is not None and issubclass(cls, base):
            return cls
    return base
