"""Vector options -> declarations, as source: of modules, and of the tags of a type.

In: an option as JSON. Out: the source of `option(...)`. Refuses to know its path.
"""

from __future__ import annotations

from .expressions import value
from .layout import Doc, call, literal
from .types import COERCIONS, Json, ModuleSource, annotation, keyword

WORDS = (("readOnly", "read_only"), ("internal", "internal"))


def declaration(spec: Json, module: ModuleSource) -> Doc:
    """The declaration of an option; `apply` is a conversion by its name."""
    parts: list[Doc] = []
    if "type" in spec:
        parts.append(keyword("type", annotation(spec["type"], module)))
    if "default" in spec:
        parts.append(keyword("default", value(spec["default"], module)))
    if "apply" in spec:
        parts.append(f"apply={COERCIONS[spec['apply']]}")
    for key, word in WORDS:
        parts += [f"{word}={literal(spec[key])}"] if spec.get(key) else []
    if spec.get("description"):
        parts.append(f"description={literal(spec['description'])}")
    return call("option", *parts)
