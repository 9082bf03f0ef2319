"""A service's place in the tree of services.

In: the view of something evaluated, and texts. Out: the names that lead to a service, and why a text
can be no name. Refuses to know what managers make of names.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from ..language.pattern import pattern

_BREAKING = {
    "Cc": "a control character",
    "Cs": "half of a character",
    "Zl": "a line break",
    "Zp": "a line break",
}
"""Categories of characters that no name can hold."""

_NO_CHARACTER = pattern(
    "[\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
"""The noncharacters of Unicode (3.4, D14), which are for nobody's texts."""

KIND = "service"
"""The kind of modules that count as services."""


def service_path(view: Any) -> tuple[str, ...]:
    """The names of the services around a view, outermost first, its own included.

    A service that was evaluated alone has the name of its class, in small letters with dashes.
    """
    node = view.__node__
    path: tuple[str, ...] | None = node.noted.get(service_path)
    if path is None:
        path = _names_around(node)
    # a module of no kind may import services: what it makes is one by itself
    return path or (_dashed(type(view).__name__),)


# Any: the node behind a view
def _names_around(node: Any) -> tuple[str, ...]:
    """The names of the services around a node; each node on the way has them noted from then on."""
    inner: list[Any] = []
    path: tuple[str, ...] | None = None
    while node is not None and path is None:
        inner.append(node)
        node = node.parent
        path = None if node is None else node.noted.get(service_path)
    path = path or ()
    for node in reversed(inner):
        if node.kind == KIND:
            alone = node.parent is None
            path = (*path, _dashed(node.cls.__name__) if alone else str(node.path[-1]))
        node.noted[service_path] = path
    return path


def service_name_problem(name: str) -> str:
    """Why a service cannot have a name, whoever manages it; empty if it can.

    A name is one step of a path on the host, and part of names that managers make.
    """
    if not name:
        return "is empty"
    if "/" in name:
        return "has a / in it"
    if name in (".", ".."):
        return "stands for a folder"
    return text_problem(name)


def text_problem(text: str) -> str:
    """Why a text can be no name of a file or service; empty if it can."""
    if text.isascii() and text.isprintable():
        return ""  # as most are
    none = _NO_CHARACTER.search(text)
    if none:
        return f"has U+{ord(none[0]):04X} in it, which is no character"
    for character in text:
        what = _BREAKING.get(unicodedata.category(character))
        if what:
            return f"has {what} in it (U+{ord(character):04X})"
    return ""


def host_of(view: Any) -> Any:
    """The node of the host that a service is on, or of whatever stands around all services."""
    node = view.__node__
    while node.parent is not None and node.kind == KIND:
        node = node.parent
    return node


def _dashed(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()
