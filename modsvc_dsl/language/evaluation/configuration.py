"""Results as plain data: read whole, compared, shown, kept.

In: views. Out: dicts and lists of plain values. Refuses to compute for a repr.
"""

from __future__ import annotations

import dataclasses
import enum
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import date, time, timedelta
from math import isfinite
from operator import attrgetter
from pathlib import PurePath
from typing import Any, TypeVar

from ..arguments import refuses_others
from ..errors import Mistakes, NoResult, TooDeep
from ..cells.cell import has_value
from ..cells.evaluated import Evaluated
from ..cells.freeform import undeclared_in
from ..declaration.option import MODULE
from ..provenance import Place, users_line
from ..declaration.tree import Alias, Group, Slot
from ..types.option_type import OptionType
from ..types.submodule import DeferredModule
from ..unready import Unready
from ..words import show_found, show_path, show_value

T = TypeVar("T")

_PLACE = attrgetter("place")


def is_result(value: Any) -> bool:
    """Is a value the view of something evaluated?"""
    return getattr(value, "__node__", None) is not None and not isinstance(value, type)


def node_of(result: Any, function: str) -> Evaluated:
    """What stands behind a result that a function was given. Raises NoResult."""
    node: Evaluated | None = getattr(result, "__node__", None)
    if node is None or isinstance(result, type):
        written = getattr(getattr(result, "__record__", None), "place", None)
        raise NoResult(function, show_found(result), [written] if written else [])
    return node


def written_at(view: Any) -> list[Place]:
    """Where a result was written: its instances, and the dicts that define it."""
    return list(map(_PLACE, view.__node__.placed))


def is_data(value: Any) -> bool:
    """Can a value be kept as data? Functions and modules cannot."""
    return not callable(value) and not isinstance(value, DeferredModule)


def items(view: Any, wanted: Callable[[str], object] | None = None) -> Iterator[tuple[str, Any]]:
    """The names and values of a result, in the order declared; undeclared ones last.

    Values of names that are not `wanted` are not read.
    """
    node: Evaluated = view.__node__
    group: Group = view.__group__
    for name, child in group.children.items():
        if name == MODULE or (isinstance(child, Alias) and child.target is None):
            continue
        if wanted is not None and not wanted(name):
            continue
        if isinstance(child, Slot) and not has_value(node, child):
            continue
        yield name, node.read(group, name)
    for name, value in undeclared_in(node, group).items():
        if name not in group.children and (wanted is None or wanted(name)):
            yield name, value


def is_untouched(view: Any) -> bool:
    """Does nobody define any option of a result, all of whose values are known to be defaults?"""
    return view.__group__ not in view.__node__.touch.groups


def touched_names(view: Any) -> frozenset[str]:
    """The names of the options and groups in a result for which that cannot be said."""
    return once_per_touch(view, _touched_names)


def _touched_names(view: Any) -> frozenset[str]:
    touch = view.__node__.touch
    known = touch.groups | touch.varying
    return frozenset(name for name, child in view.__group__.children.items() if child in known)


def held(view: Any) -> AbstractContextManager[None]:
    """Keep other threads from reading an evaluation while this one reads much of it: it costs less so."""
    return node_of(view, "held").evaluation.stack.held()


def once(view: Any, make: Callable[[Any], T]) -> T:
    """What `make` makes of a result, once: results do not change. Failures are not kept."""
    node: Evaluated = view.__node__
    noted = node.noted
    if make not in noted:
        noted[make] = make(node.main())
    made: T = noted[make]
    return made


def once_in_group(view: Any, make: Callable[[Any], T]) -> T:
    """The same for a group of options in a result, which the result itself is one of."""
    noted: dict[Any, T] = view.__node__.noted
    key = make, view.__group__
    if key not in noted:
        noted[key] = make(view)
    return noted[key]


def once_per_touch(view: Any, make: Callable[[Any], T]) -> T:
    """What `make` makes of a result: once for all of the same modules with the same options
    defined.

    `make` may ask what is touched and read what is not, and nothing else: other values differ.
    """
    derived = view.__node__.touch.derived
    key = make, view.__group__
    if key not in derived:
        derived[key] = make(view)
    made: T = derived[key]
    return made


def values_of(view: Any, names: Iterable[str]) -> list[tuple[str, Any]]:
    """Several options of a result with their values; cheaper than to read one after the other.

    Raises what is wrong with them.
    """
    node: Evaluated = view.__node__
    if node.problems:
        raise Mistakes(node.problems)
    cells, children = node.cells, view.__group__.children
    found = []
    for name in names:
        value = cells[children[name].index]
        found.append((name, node.cell(children[name]) if value.__class__ is Unready else value))
    return found


@refuses_others
def data(value: Any) -> Any:
    """A result, or a part of one, as plain dicts, lists and values; functions are left out.

    Raises NoResult for what was not evaluated, and TooDeep.
    """
    return _read(value, "data")


def _read(value: Any, function: str) -> Any:
    if getattr(value, "__record__", None) is not None:
        node_of(value, function)
    try:
        return _data(value)
    except RecursionError as error:
        path = value.__node__.path if is_result(value) else ()
        raise TooDeep(path, 0, users_line()) from error


def _data(value: Any) -> Any:
    if is_result(value):
        return _merged_data(value)
    if isinstance(value, Mapping):
        return {key: _data(item) for key, item in value.items() if is_data(item)}
    names = getattr(value, "_fields", None) if isinstance(value, tuple) else None
    if names is not None:
        return _of_fields(value, names)
    if isinstance(value, (list, tuple)):
        made = [_data(item) for item in value if is_data(item)]
        return made if isinstance(value, list) else tuple(made)
    if isinstance(value, frozenset):
        return {_data(item) for item in value}
    if hasattr(value, "__reference_path__"):
        return show_path(value.__reference_path__())
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in dataclasses.fields(value)]
        return _of_fields(value, [name for name in names if not name.startswith("_")])
    return value


def _of_fields(value: Any, names: Iterable[str]) -> dict[str, Any]:
    """The parts of a dataclass or named tuple that are data."""
    parts = {name: getattr(value, name) for name in names}
    return {name: _data(part) for name, part in parts.items() if is_data(part)}


def _merged_data(view: Any) -> dict[str, Any]:
    return {name: _data(value) for name, value in items(view) if is_data(value)}


@refuses_others
def json_data(value: Any) -> Any:
    """The same with every value one that JSON has.

    Paths are text, sets are sorted lists, spans of time are seconds, bytes are base64 (RFC
    4648), dates are ISO 8601, and whatever JSON knows nothing of is its text, as `nan` and `inf` are.
    """
    return _json(_read(value, "json_data"))


def _json(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key if isinstance(key, str) else str(key): _json(v) for key, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_json(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted((_json(item) for item in value), key=repr)
    if isinstance(value, PurePath):
        return str(value)
    if isinstance(value, enum.Enum):
        return _json(value.value)
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, (bytes, bytearray)):
        return b64encode(value).decode("ascii")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, OptionType):
        return value.describe()
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    return value if value is None or isinstance(value, (str, int, float)) else str(value)


def same_data(one: Any, other: Any) -> bool:
    """Do two results have one path, one class and equal data?"""
    if (one.__node__.path, one.__group__.path) != (other.__node__.path, other.__group__.path):
        return False
    return type(one) is type(other) and bool(data(one) == data(other))


def shown(view: Any) -> str:
    """A result in a repr: its class, its path, and those values known already that somebody made."""
    node: Evaluated = view.__node__
    group: Group = view.__group__
    path = (*node.path, *group.path)
    known = []
    for name, child in group.children.items():
        if isinstance(child, Slot) and child.index in node.touch.numbers:
            value = node.cells[child.index]
            if value.__class__ is not Unready:
                known.append(f"{name}={show_value(value)}")
    where = f" {show_path(path)}" if path else ""
    return f"<{type(view).__name__}{where}{': ' if known else ''}{', '.join(known[:6])}>"
