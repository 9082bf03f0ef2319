"""Modules as values: `module(...)`, for generated configuration.

In: a name, options and definitions by path, imports. Out: the same record that a class body
yields. Refuses nothing that a class body would not.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

from ..arguments import demand, demand_modules, refuses_others
from ..errors import BadModule
from .module import frame_names
from .option import Draft, Names, Option, declared_annotation, refuse_reserved
from ..properties import Later
from ..provenance import Place, call_site
from .reading import declared
from .record import AS_MODULE, Declared, Record, is_written_out
from .target import Target
from ..types.submodule import DeferredModule, is_module
from ..words import Path, as_path, show_found, show_path

Paths = str | Path
Definitions = Mapping[Any, Any] | Iterable[tuple[Any, Any]]


@refuses_others
def module(
    name: str,
    *,
    options: Mapping[Any, Any] | Iterable[tuple[Any, Any]] = (),
    definitions: Definitions = (),
    imports: Sequence[Any] = (),
    key: Hashable = None,
    kind: str | None = None,
    disabled: Sequence[Any] = (),
    freeform: Any = None,
) -> Any:
    """A module made of values instead of a class body.

    `options`: path -> `option(type=..., default=...)`. `definitions`: path or target ->
    value, as a mapping or as pairs; the empty path is the whole configuration. Paths are
    tuples, or names joined by dots. `key` is the module's identity; without one it is never
    taken for another. `freeform` is the annotation of undeclared names. A value may be
    `later(lambda self: ...)`, with `self` the view of the evaluation that it ends up in.

    Returns the record, which imports and submodules take. Raises BadModule.
    """
    place = call_site(2)
    demand(isinstance(name, str), "module", "a name", name, 'write module("name", ...)')
    for listed in (imports, disabled):
        demand_modules("module", listed)
    for entry in imports:
        _demand_module(name, entry, place)
    made = Record(
        name,
        place,
        key=key,
        kind=kind,
        definitions=tuple(_definitions(definitions, name, place)),
        imports=tuple(imports),
        disabled=tuple(disabled),
        freeform=freeform,
    )
    if options:
        names = frame_names(3)  # those of whoever calls this function
        declared: dict[Path, Option] = {}
        for path, draft in _pairs(options, name, place):
            refuse_reserved(f"module {name}", path, place)
            if path in declared:
                headline = f"module {name} declares `{show_path(path)}` twice"
                raise BadModule(headline, place, "keep one of the two declarations")
            declared[path] = _option(name, path, draft, place, made, names)
        made.options = declared
    return made


def _pairs(entries: Definitions, name: str, place: Place) -> list[tuple[Any, Any]]:
    """The paths or targets of entries, each with its value. Raises BadModule."""
    found = entries.items() if isinstance(entries, Mapping) else entries
    try:
        return [
            (path if isinstance(path, Target) else as_path(path), value) for path, value in found
        ]
    except (TypeError, ValueError):
        headline = f"module {name} has something that is no path with a value"
        advice = "write {path: value}, a path being a tuple of names, or names joined by dots"
        raise BadModule(headline, place, advice, f"found {show_found(entries)}") from None


def _option(name: str, path: Path, draft: Any, place: Place, made: Record, names: Names) -> Option:
    if not isinstance(draft, Draft):
        headline = f"module {name} declares something that is no option"
        advice = "write option(type=..., default=...)"
        raise BadModule(headline, place, advice, f"found {show_found(draft)}")
    annotation = declared_annotation(draft)
    return Option(path, annotation, names, draft, draft.__place__, made)


def _demand_module(name: str, entry: Any, place: Place) -> None:
    """Raise BadModule for an import that is no module and will be none."""
    if not (is_module(entry) or isinstance(entry, (Later, DeferredModule))):
        headline = f"imports of {name} has something that is no module"
        advice = AS_MODULE if is_written_out(entry) else "import a module"
        raise BadModule(headline, place, advice, f"found {show_found(entry)}")


def _definitions(entries: Definitions, name: str, place: Place) -> Iterable[Declared]:
    for target, value in _pairs(entries, name, place):
        yield declared(target, value, place)
