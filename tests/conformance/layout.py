"""Python source put on lines: flat where it fits, one part a line where it does not.

In: text, and calls or literals made of parts. Out: source text. Refuses to know what it says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH = 96
"""Longest line, in characters, before a part is broken up."""


@dataclass(frozen=True)
class Parts:
    """`opening`, parts with commas between them, `closing`: a call, a list, a dict."""

    opening: str
    parts: Sequence[Doc]
    closing: str


@dataclass(frozen=True)
class Led:
    """Something behind a lead: `key=`, `"name": `, `lambda self: `."""

    lead: str
    doc: Doc


Doc = str | Parts | Led


def call(name: str, *parts: Doc) -> Doc:
    """`name(part, part)`."""
    return Parts(f"{name}(", parts, ")")


def listing(parts: Iterable[Doc]) -> Doc:
    """`[part, part]`."""
    return Parts("[", tuple(parts), "]")


def mapping(pairs: Iterable[tuple[str, Doc]]) -> Doc:
    """`{key: part}`, its keys given as source."""
    return Parts("{", tuple(Led(f"{key}: ", doc) for key, doc in pairs), "}")


def flat(doc: Doc) -> str:
    """All on one line."""
    if isinstance(doc, str):
        return doc
    if isinstance(doc, Led):
        return doc.lead + flat(doc.doc)
    return doc.opening + ", ".join(map(flat, doc.parts)) + doc.closing


def literal(value: Any) -> str:
    """Plain data as source, in double quotes where that takes no escape."""
    if isinstance(value, dict):
        return flat(mapping((literal(key), literal(item)) for key, item in value.items()))
    if isinstance(value, list):
        return flat(listing(map(literal, value)))
    text = repr(value)
    return f'"{text[1:-1]}"' if text[0] == "'" and '"' not in text else text


def laid_out(doc: Doc, indent: int = 0, before: int = 0) -> str:
    """On as many lines as it takes; `before` characters stand on the first one already."""
    text = flat(doc)
    if isinstance(doc, str) or indent + before + len(text) <= WIDTH:
        return text
    if isinstance(doc, Led):
        return doc.lead + laid_out(doc.doc, indent, before + len(doc.lead))
    if not doc.parts:
        return text
    inner = indent + 4
    lines = [f"{' ' * inner}{laid_out(part, inner)},\n" for part in doc.parts]
    return f"{doc.opening}\n{''.join(lines)}{' ' * indent}{doc.closing}"
