"""The option type of command lines.

In: lists of strings. Out: one argument vector, joined in order, whose first element is the
absolute path of a program. Refuses shells: nothing is split, quoted or expanded.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..language.definition import Definition
from ..language.frozen import NOTHING
from ..language.types.containers import ListOf
from ..language.types.option_type import OptionType, Spot
from ..language.types.text import Text
from .mistakes import BadCharacter, BadProgram


class ArgumentVector(ListOf):
    """A non-empty list of strings; the first is an absolute path, none holds a NUL."""

    def __init__(self) -> None:
        super().__init__(Text(), non_empty=False)

    def describe(self) -> str:
        return "a list of strings that starts with the absolute path of a program"

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        argv = super().merge(spot, definitions)
        places = [definition.place for definition in definitions]
        if not argv or not argv[0].startswith("/"):
            raise BadProgram(spot.path, argv, places)
        for index, argument in enumerate(argv):
            if "\0" in argument:
                path = spot.nested(index).path
                raise BadCharacter(path, argument, "holds a NUL, which ends a string", places)
        return argv

    def empty(self, spot: Spot) -> Any:
        return NOTHING

    def joined(self, other: OptionType) -> OptionType | None:
        return self if isinstance(other, (ArgumentVector, ListOf)) else None
