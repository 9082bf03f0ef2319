"""Vector values -> source: data, properties around it, and expressions over `self`.

In: a tree of a vector. Out: source. Refuses to compute. A new marker is one row in one of
the two tables.
"""

from __future__ import annotations

from collections.abc import Callable
from keyword import iskeyword
from typing import Any

from modsvc_dsl.managers.systemd.directives.table import known_specifiers
from modsvc_dsl.managers.systemd.specifiers import unknown_specifiers

from .layout import Doc, Led, call, flat, listing, literal, mapping
from .types import ModuleSource


def value(spec: Any, module: ModuleSource) -> Doc:
    """A definition's value; what depends on other values is computed later."""
    marker = marker_of(spec)
    if marker in _PROPERTIES:
        return _PROPERTIES[marker](spec[marker], lambda inner: value(inner, module), later)
    if marker == "$module":
        return module(spec[marker])
    if marker in CALLS and not _has_expressions(spec):
        return CALLS[marker](spec[marker])
    if marker in EXPRESSIONS or marker in CALLS:
        return later(spec)
    if isinstance(spec, dict):
        return mapping((literal(key), value(item, module)) for key, item in spec.items())
    return (
        listing(value(item, module) for item in spec) if isinstance(spec, list) else literal(spec)
    )


def marker_of(spec: Any) -> str:
    """The one key of an object that stands for something else, or nothing."""
    return next(iter(spec)) if isinstance(spec, dict) and len(spec) == 1 else ""


def later(spec: Any) -> Doc:
    """Something computed when it is asked for; plain values stand as they are."""
    if not isinstance(spec, (dict, list)):
        return literal(spec)
    return call("later", Led("lambda self: ", expression(spec)))


def _has_expressions(spec: Any) -> bool:
    """Does a value depend on others somewhere?"""
    if marker_of(spec) in EXPRESSIONS:
        return True
    inner = spec.values() if isinstance(spec, dict) else spec if isinstance(spec, list) else ()
    return any(map(_has_expressions, inner))


def expression(spec: Any) -> Doc:
    """A value inside a function of `self`."""
    marker = marker_of(spec)
    if marker in CALLS:
        return CALLS[marker](spec[marker])
    if marker in EXPRESSIONS:
        return EXPRESSIONS[marker](spec[marker])
    if marker in _PROPERTIES:
        return _PROPERTIES[marker](spec[marker], expression, expression)
    if isinstance(spec, dict):
        return mapping((literal(key), expression(item)) for key, item in spec.items())
    return listing(map(expression, spec)) if isinstance(spec, list) else literal(spec)


Inner = Callable[[Any], Doc]

_PROPERTIES: dict[str, Callable[[Any, Inner, Inner], Doc]] = {
    "$force": lambda content, inner, condition: call("force", inner(content)),
    "$default": lambda content, inner, condition: call("default", inner(content)),
    "$override": lambda content, inner, condition: call(
        "override", literal(content[0]), inner(content[1])
    ),
    "$before": lambda content, inner, condition: call("before", inner(content)),
    "$after": lambda content, inner, condition: call("after", inner(content)),
    "$order": lambda content, inner, condition: call(
        "order", literal(content[0]), inner(content[1])
    ),
    "$if": lambda content, inner, condition: call("when", condition(content[0]), inner(content[1])),
    "$merge": lambda content, inner, condition: call("merged", *map(inner, content)),
}


def reading(path: list[Any], start: str = "self") -> str:
    """`self.a["b"][0]`."""
    text = start
    for depth, step in enumerate(path):
        plain = isinstance(step, str) and step.isidentifier() and not iskeyword(step)
        first = depth == 0 and plain and not step.startswith("__")
        text += f".{step}" if first else f"[{literal(step)}]"
    return text


def steps(path: list[Any]) -> str:
    """A path as the source of a tuple."""
    items = ", ".join(map(literal, path))
    return f"({items},)" if len(path) == 1 else f"({items})"


def _all(items: list[Any], word: str) -> str:
    return f" {word} ".join(flat(call("boolean", expression(item))) for item in items)


def _added(items: list[Any]) -> Doc:
    return call("sum", listing(map(expression, items)))


def _joined(items: list[Any]) -> str:
    return " + ".join(flat(call("text", expression(item))) for item in items) or "''"


def _chosen(spec: list[Any]) -> str:
    condition, yes, no = (flat(expression(item)) for item in spec)
    return f"({yes} if boolean({condition}) else {no})"


EXPRESSIONS: dict[str, Callable[[Any], Doc]] = {
    "$ref": lambda path: f"plain({reading(path)})",
    "$root": lambda path: f"plain({reading(path, 'root_of(self)')})",
    "$arg": lambda name: call("argument", "self", literal(name)),
    "$isDefined": lambda path: call("is_defined", "self", steps(path)),
    "$hasOption": lambda path: call("has_option", "self", steps(path)),
    "$not": lambda item: f"(not {flat(call('boolean', expression(item)))})",
    "$and": lambda items: f"({_all(items, 'and') or 'True'})",
    "$or": lambda items: f"({_all(items, 'or') or 'False'})",
    "$eq": lambda pair: call("equal", expression(pair[0]), expression(pair[1])),
    "$select": _chosen,
    "$add": _added,
    "$concat": lambda items: f"({_joined(items)})",
    "$names": lambda item: call("sorted", expression(item)),
    "$throw": lambda message: call("throw", literal(message)),
    "$lit": literal,
}

CALLS: dict[str, Callable[[Any], Doc]] = {
    "$path": lambda text: (
        call("Path", expression(text)) if isinstance(text, str) else literal(text)
    ),
    "$assertion": lambda item: _assertion(item),
    "$specifiers": lambda text: call(
        "Specifiers" if unknown_specifiers(text, known_specifiers(), alone=True) else "specifiers",
        literal(text),
    ),
}
"""Values that are made by a call, and need no others unless there are expressions in them."""


def _assertion(item: Any) -> Doc:
    if not isinstance(item, dict) or set(item) != {"assertion", "message"}:
        return expression(item)
    return call("Assertion", expression(item["assertion"]), expression(item["message"]))
