"""A service's place in the tree of services.

In: the view of something evaluated. Out: names. Refuses to join them: that is a manager's.
"""

from __future__ import annotations

import re
from typing import Any

KIND = "service"
"""The kind of modules that count as services."""


def service_path(view: Any) -> tuple[str, ...]:
    """The names of the services around a view, outermost first, its own included.

    A service that was evaluated alone has the name of its class, in small letters with dashes.
    """
    names: list[str] = []
    node = view.__node__
    while node is not None:
        if node.kind == KIND:
            alone = node.parent is None
            names.append(_dashed(node.cls.__name__) if alone else str(node.path[-1]))
        node = node.parent
    return tuple(reversed(names))


def _dashed(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()
