"""What every evaluation provides by itself: two arguments, and two options of its own.

In: a place. Out: its kind and its path, as module arguments; and the targets of the options
that hold arguments and switch off a check. Refuses to be declared by users.
"""

from __future__ import annotations

from typing import Any

from ..cells.evaluated import Evaluated
from ..declaration.module import Module
from ..declaration.option import MODULE
from ..declaration.target import Target

NAMES = ("kind", "path")
"""Arguments that every module has: the kind of its evaluation (None without one) and the path
of its place, a tuple. A submodule has `name` besides, the last step of the path."""

module_arguments: Any = Target(Module, (MODULE, "args"))
"""The target of module arguments: `@define(module_arguments["port"])` gives the argument `port`
to all modules of one evaluation, and `argument(self, "port")` reads it."""

undeclared_refused: Any = Target(Module, (MODULE, "check"))
"""The target of a switch: where it is False, names that nobody declares are no mistake."""


def argument(node: Evaluated, name: str) -> Any:
    """One of the arguments in `NAMES`."""
    return node.kind if name == "kind" else node.path
