"""What every evaluation provides by itself: two arguments, and two options of its own.

In: a place. Out: its kind, its path and its name, as module arguments; and the targets of the options
that hold arguments and switch off a check. Refuses to be declared by users.
"""

from __future__ import annotations

from typing import Any

from ..cells.evaluated import Evaluated
from ..cells.spot import Here
from ..declaration.module import Module
from ..declaration.option import MODULE
from ..declaration.record import Record
from ..declaration.target import Target
from ..declaration.tree import Source
from ..definition import Definition
from ..properties import OPTION_DEFAULT, Override
from ..provenance import users_line
from ..types.option_type import without_properties

NAMES = ("kind", "path")
"""Arguments that every module has: the kind of its evaluation (None without one) and the path
of its place, a tuple. A submodule has `name` besides, the last step of the path."""

NAME = "name"
OWN_NAME: Any = (NAME,)
"""What stands in the arguments of a submodule for the name of its place. Arguments are called by texts, so
that it is none of them: what is given from outside is stronger, and what modules define may be."""

module_arguments: Any = Target(Module, (MODULE, "args"))
"""The target of module arguments: `@define(module_arguments["port"])` gives the argument `port`
to all modules of one evaluation, and `argument(self, "port")` reads it."""

undeclared_refused: Any = Target(Module, (MODULE, "check"))
"""The target of a switch: where it is False, names that nobody declares are no mistake."""


def own_name(node: Evaluated, undefined: bool = False) -> Definition:
    """The name of a submodule's place as a definition of the argument, which another one may contradict.

    Of a submodule that nobody defines it is as weak as an option's own default.
    """
    written = node.placed or node.records
    place = written[-1].place if written else users_line()
    source = Source(Record("the name of its place", place), node.shape.root)
    name = node.arguments[OWN_NAME]
    said = Override(OPTION_DEFAULT, name) if undefined else name
    return Definition({NAME: said}, place, source, node)


def refuse_misdefined(node: Evaluated) -> None:
    """Raise WrongType for arguments that are no dict. Computes none: nobody may need it."""
    slot = node.shape.args
    given = [
        definition.holding(value)
        for definition in node.definitions_of(slot)
        for value in without_properties(definition.value)
    ]
    slot.type.demand(Here(node, slot.path), given)


def argument(node: Evaluated, name: str) -> Any:
    """One of the arguments in `NAMES`."""
    return node.kind if name == "kind" else node.path
