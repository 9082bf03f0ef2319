"""Vectors -> modules made with `module(...)`, and results -> JSON.

In: one vector. Out: one result line. Refuses to merge, rank, order or check: that is what
is being tested.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import modsvc_dsl as m

from .types import annotation

Json = dict[str, Any]
CLASSES = frozenset(
    {
        "conflict",
        "type",
        "missing-option",
        "undefined",
        "readonly",
        "class",
        "infinite-recursion",
        "other",
    }
)


class Thrown(Exception):
    """What `$throw` raises when it is read."""


class Vector:
    """One vector, with its named modules made once each."""

    def __init__(self, vector: Json) -> None:
        self.vector = vector
        self.made: dict[str, Any] = {}

    def evaluate(self) -> Any:
        """The result of the vector's roots, extended as it says."""
        vector = self.vector
        result = m.evaluate_all(
            [self.named(name) for name in vector["roots"]],
            kind=vector.get("class"),
            prefix=tuple(vector.get("prefix", ())),
            arguments=vector.get("specialArgs"),
        )
        for names in vector.get("extend", ()):
            result = m.extend(result, [self.named(name) for name in names])
        return result

    def named(self, name: str) -> Any:
        if name not in self.made:
            self.made[name] = self.module(self.vector["modules"][name], name)
        return self.made[name]

    def module(self, spec: Json, name: str = "") -> Any:
        """A module; an inline one without a key is anonymous."""
        definitions = [((), tree(spec["config"], self.module))] if "config" in spec else []
        for item in spec.get("definitions", ()):
            definitions.append((tuple(item["path"]), self.definition(item)))
        freeform = spec.get("freeformType")
        return m.module(
            name or spec.get("name", "an inline module"),
            key=name or spec.get("key"),
            kind=spec.get("class"),
            options=[(tuple(o["path"]), self.option(o)) for o in spec.get("options", ())],
            definitions=definitions,
            imports=[self.imported(entry) for entry in spec.get("imports", ())],
            disabled=spec.get("disabledModules", ()),
            freeform=annotation(freeform, self.module) if freeform else None,
        )

    def option(self, spec: Json) -> Any:
        fields: Json = {"read_only": spec.get("readOnly", False)}
        if "type" in spec:
            fields["type"] = annotation(spec["type"], self.module)
        if "default" in spec:
            fields["default"] = tree(spec["default"], self.module)
        return m.option(**fields)

    def definition(self, item: Json) -> Any:
        value = tree(item["value"], self.module)
        if "order" in item:
            value = m.order(item["order"], value)
        if "priority" in item:
            value = m.override(item["priority"], value)
        return m.when(condition(item["when"]), value) if "when" in item else value

    def imported(self, entry: Any) -> Any:
        if isinstance(entry, str):
            return m.later(lambda: self.named(entry))  # imports may go in a ring
        if "$root" in entry:
            return m.later(lambda view: follow(entry["$root"], m.root_of(view)))
        if "$alias" in entry:
            return m.alias(tuple(entry["$alias"]["from"]), tuple(entry["$alias"]["to"]))
        if "$rename" in entry:
            return m.renamed(tuple(entry["$rename"]["from"]), tuple(entry["$rename"]["to"]))
        if "$removed" in entry:
            return m.removed(tuple(entry["$removed"]["path"]), entry["$removed"]["message"])
        return self.module(entry)


Make = Callable[[Json], Any]


def condition(spec: Any) -> Any:
    """A condition: as it stands, or computed when it is asked for."""
    return m.later(lambda self: compute(spec, self)) if isinstance(spec, (dict, list)) else spec


def tree(spec: Any, make: Make) -> Any:
    """A vector's value, its markers as properties."""
    if isinstance(spec, list):
        return [tree(item, make) for item in spec]
    if not isinstance(spec, dict):
        return spec
    marker = next(iter(spec)) if len(spec) == 1 else ""
    if marker in _PROPERTIES:
        return _PROPERTIES[marker](spec[marker], make)
    if marker == "$module":
        return make(spec[marker])
    if marker in EXPRESSIONS:
        return m.later(lambda self: compute(spec, self))
    return {key: tree(item, make) for key, item in spec.items()}


_PROPERTIES: dict[str, Callable[[Any, Make], Any]] = {
    "$force": lambda content, make: m.force(tree(content, make)),
    "$default": lambda content, make: m.default(tree(content, make)),
    "$override": lambda content, make: m.override(content[0], tree(content[1], make)),
    "$before": lambda content, make: m.before(tree(content, make)),
    "$after": lambda content, make: m.after(tree(content, make)),
    "$order": lambda content, make: m.order(content[0], tree(content[1], make)),
    "$if": lambda content, make: m.when(condition(content[0]), tree(content[1], make)),
    "$merge": lambda content, make: m.merged(*(tree(item, make) for item in content)),
}


def compute(spec: Any, view: Any) -> Any:
    """A vector's expression, in the evaluation that `view` shows."""
    if isinstance(spec, list):
        return [compute(item, view) for item in spec]
    if not isinstance(spec, dict):
        return spec
    marker = next(iter(spec)) if len(spec) == 1 else ""
    if marker in EXPRESSIONS:
        return EXPRESSIONS[marker](spec[marker], view)
    return {key: compute(item, view) for key, item in spec.items()}


def follow(path: list[Any], view: Any) -> Any:
    """The value at a path."""
    for step in path:
        view = view[step]
    return m.data(view) if isinstance(view, m.Module) else view


def boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"{value!r} is no boolean")
    return value


def throw(message: Any) -> Any:
    raise Thrown(message)


def text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise TypeError(f"{value!r} has no text")
    return str(value)


EXPRESSIONS: dict[str, Callable[[Any, Any], Any]] = {
    "$ref": follow,
    "$root": lambda path, view: follow(path, m.root_of(view)),
    "$arg": lambda name, view: m.argument(view, name),
    "$isDefined": lambda path, view: m.is_defined(view, tuple(path)),
    "$hasOption": lambda path, view: m.has_option(view, tuple(path)),
    "$not": lambda item, view: not boolean(compute(item, view)),
    "$and": lambda items, view: all(boolean(compute(item, view)) for item in items),
    "$or": lambda items, view: any(boolean(compute(item, view)) for item in items),
    "$eq": lambda pair, view: compute(pair[0], view) == compute(pair[1], view),
    "$select": lambda spec, view: compute(
        spec[1] if boolean(compute(spec[0], view)) else spec[2], view
    ),
    "$add": lambda items, view: sum(compute(item, view) for item in items),
    "$concat": lambda items, view: "".join(text(compute(item, view)) for item in items),
    "$names": lambda item, view: sorted(compute(item, view)),
    "$throw": lambda message, view: throw(message),
    "$lit": lambda value, view: value,
}


def answer(result: Any, query: Json) -> Any:
    """The answer to one query about an option."""
    path, what = tuple(query["option"]), query["get"]
    if what == "exists":
        return m.has_option(result, path)
    return ANSWERS[what](m.option_facts(result, path))


ANSWERS: dict[str, Callable[[m.OptionFacts], Any]] = {
    "isDefined": lambda facts: facts.is_defined,
    "highestPrio": lambda facts: facts.priority,
    "files": lambda facts: list(facts.files),
    "definitionFiles": lambda facts: [name for name, _ in facts.definitions],
    "definitions": lambda facts: [m.data(value) for _, value in facts.definitions],
    "declarations": lambda facts: [name for name, _ in facts.declarations],
    "loc": lambda facts: ".".join(map(str, facts.path)),
    "hasDefault": lambda facts: facts.has_default,
}


def outcome(vector: Json) -> Json:
    """The result line of one vector."""
    try:
        result = Vector(vector).evaluate()
        part = result
        for step in vector.get("select", ()):
            part = part[step]
            part = m.data(part) if not isinstance(part, (m.Module, dict, list)) else part
        if "select" not in vector:
            m.check(result)
        elif isinstance(part, m.Module):
            m.check(part)
        line: Json = {"id": vector["id"], "ok": m.json_data(part)}
        if "queries" in vector:
            line["queries"] = [answer(result, query) for query in vector["queries"]]
        return line
    except (m.Mistake, m.Mistakes) as error:
        first = m.flatten(error)[0]
        return {"id": vector["id"], "error": first.category, "message": str(first)}
    except NotImplementedError as error:
        return {"id": vector["id"], "unsupported": str(error)}
