"""Does JSON data fit a JSON Schema? As much of draft 2020-12 as our schemas say.

In: a schema and data. Out: the first misfit in words, empty where there is none. Refuses
schemas with words that it does not know.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

SILENT = frozenset(
    "$schema $defs $comment title description default examples readOnly deprecated".split()
) | {"additionalProperties"}
TYPES: dict[str, Any] = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "null": type(None),
    "integer": int,
    "number": (int, float),
}


def misfit(schema: dict[str, Any], data: Any) -> str:
    """The first place where data does not fit a schema."""
    return _misfit(schema, data, schema, "$")


def _misfit(schema: dict[str, Any], data: Any, root: dict[str, Any], path: str) -> str:
    for word, said in schema.items():
        if word in SILENT:
            continue
        found = _WORDS[word](said, data, root, path)
        if found:
            return found
    return _additional(schema, data, root, path)


def _type(said: str, data: Any, root: Any, path: str) -> str:
    right = isinstance(data, TYPES[said]) and (said == "boolean" or not isinstance(data, bool))
    return "" if right else f"{path}: {data!r} is no {said}"


def _any_of(said: Any, data: Any, root: Any, path: str) -> str:
    found = [_misfit(each, data, root, path) for each in said]
    return "" if "" in found else f"{path}: none of {found}"


def _ref(said: str, data: Any, root: Any, path: str) -> str:
    return _misfit(root["$defs"][said.removeprefix("#/$defs/")], data, root, path)


def _properties(said: Any, data: Any, root: Any, path: str) -> str:
    known = [name for name in said if isinstance(data, dict) and name in data]
    return _first(_misfit(said[name], data[name], root, f"{path}.{name}") for name in known)


def _items(said: Any, data: Any, root: Any, path: str) -> str:
    items = enumerate(data) if isinstance(data, list) else ()
    return _first(_misfit(said, item, root, f"{path}[{i}]") for i, item in items)


def _prefix(said: Any, data: Any, root: Any, path: str) -> str:
    items = enumerate(zip(said, data)) if isinstance(data, list) else ()
    return _first(_misfit(each, item, root, f"{path}[{i}]") for i, (each, item) in items)


def _additional(schema: dict[str, Any], data: Any, root: Any, path: str) -> str:
    said = schema.get("additionalProperties", True)
    if said is True or not isinstance(data, dict):
        return ""
    others = [name for name in data if name not in schema.get("properties", {})]
    if said is False:
        return f"{path}: {others} is too much" if others else ""
    return _first(_misfit(said, data[name], root, f"{path}.{name}") for name in others)


def _first(found: Any) -> str:
    return next(filter(None, found), "")


def _told(holds: Callable[[Any, Any], bool], kind: Any) -> Callable[[Any, Any, Any, str], str]:
    """A rule about data of one kind."""

    def rule(said: Any, data: Any, root: Any, path: str) -> str:
        right = not isinstance(data, kind) or holds(said, data)
        return "" if right else f"{path}: {data!r} breaks {said!r}"

    return rule


_WORDS: dict[str, Callable[[Any, Any, Any, str], str]] = {
    "type": _type,
    "anyOf": _any_of,
    "$ref": _ref,
    "properties": _properties,
    "items": _items,
    "prefixItems": _prefix,
    "enum": _told(lambda said, data: data in said, object),
    "required": _told(lambda said, data: set(said) <= set(data), dict),
    "pattern": _told(lambda said, data: re.search(said, data) is not None, str),
    "minLength": _told(lambda said, data: len(data) >= said, str),
    "minimum": _told(lambda said, data: data >= said, (int, float)),
    "exclusiveMinimum": _told(lambda said, data: data > said, (int, float)),
    "maximum": _told(lambda said, data: data <= said, (int, float)),
    "minItems": _told(lambda said, data: len(data) >= said, list),
    "maxItems": _told(lambda said, data: len(data) <= said, list),
    "minProperties": _told(lambda said, data: len(data) >= said, dict),
    "maxProperties": _told(lambda said, data: len(data) <= said, dict),
    "uniqueItems": _told(lambda said, data: len({repr(item) for item in data}) == len(data), list),
}
