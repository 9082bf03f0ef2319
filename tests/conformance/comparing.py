"""A vector's expectation against a result line: the first difference, in words.

In: a vector with its expectation, and a result line. Out: what differs, empty where they
agree. Refuses to know how the result came about.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from .types import Json

SEPARATORS = {"lines": "\n", "commas": ",", "envVar": ":"}


def counts(vector: Json) -> bool:
    """Is a vector to be compared, and no deviation of ours from the original?"""
    return "deviation" not in vector


def difference(vector: Json, line: Json) -> str:
    """What differs between a result line and the expectation of its vector."""
    expect = vector["expect"]
    if "error" in expect:
        right = sorted({expect["error"], *expect.get("anyOf", ())})
        found = line.get("error")
        return "" if found in right else f"expected an error of {right}, got {_text(line)}"
    if "ok" not in line:
        return f"expected a value, got {_text(line)}"
    loose = _separators(vector) if vector.get("anyOrder") else None
    found = _differs(_normal(expect["ok"], loose), _normal(line["ok"], loose), "")
    if not found and "queries" in expect:
        answers = _normal(expect["queries"], loose), _normal(line.get("queries"), loose)
        found = _differs(*answers, "queries")
    for rule in vector.get("orderedPairs", ()):
        found = found or _disorder(rule, line["ok"])
    return found


def _separators(vector: Json) -> list[str]:
    """What separates the pieces of strings in a vector, the longest first."""
    found: set[str] = set()
    todo: list[Any] = [vector]
    while todo:
        item = todo.pop()
        if isinstance(item, dict):
            kind = item.get("kind")
            if kind == "separatedString":
                found.add(item["sep"])
            elif isinstance(kind, str) and kind in SEPARATORS:
                found.add(SEPARATORS[kind])
            todo.extend(item.values())
        elif isinstance(item, list):
            todo.extend(item)
    return sorted(found, key=len, reverse=True)


def _normal(value: Any, loose: Sequence[str] | None) -> Any:
    """Whole floats as integers; where order is free, lists and pieces of strings sorted."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: _normal(item, loose) for key, item in value.items()}
    if isinstance(value, list):
        items = [_normal(item, loose) for item in value]
        return items if loose is None else sorted(items, key=_text)
    if isinstance(value, str) and loose:
        return sorted(re.split("|".join(map(re.escape, loose)), value))
    return value


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _differs(want: Any, got: Any, path: str) -> str:
    if _text(want) == _text(got):  # as text, True and 1 are two
        return ""
    for step, one, other in _pairs(want, got):
        found = _differs(one, other, f"{path}/{step}")
        if found:
            return found
    return f"{path or '/'}: expected {_text(want)}, got {_text(got)}"


def _pairs(want: Any, got: Any) -> Iterator[tuple[Any, Any, Any]]:
    """The parts that both have, with their steps."""
    if isinstance(want, dict) and isinstance(got, dict) and want.keys() == got.keys():
        yield from ((key, want[key], got[key]) for key in want)
    elif isinstance(want, list) and isinstance(got, list) and len(want) == len(got):
        yield from ((index, one, got[index]) for index, one in enumerate(want))


def _disorder(rule: Json, value: Any) -> str:
    """The first pair of `rule` that stands the wrong way round in a result, in words."""
    for step in rule["path"]:
        value = value[step]
    items = value.split(rule["sep"]) if "sep" in rule else value
    places = {_text(_normal(item, None)): index for index, item in enumerate(items)}
    for pair in rule["pairs"]:
        first, second = (places.get(_text(_normal(item, None)), -1) for item in pair)
        if not 0 <= first < second:
            return f"{rule['path']}: {pair[0]!r} has to come before {pair[1]!r} in {items}"
    return ""
