"""The option type of command lines.

In: lists of strings. Out: one argument vector, joined in order, whose first element is the
absolute path of a program. Refuses shells: nothing is split, quoted or expanded.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...language.definition import Definition
from ...language.errors import Conflict
from ...language.frozen import NOTHING
from ...language.types.containers import ListOf
from ...language.properties import ANY_ORDER
from ...language.types.option_type import OptionType, Spot, valued
from ...language.types.text import Text
from .command_words import in_words
from ..mistakes.services import BadCharacter, BadProgram

LONGEST_ARGUMENT = 128 * 1024 - 1
"""Bytes of one argument or `NAME=value`: Linux MAX_ARG_STRLEN (32 pages of 4 KiB) less its NUL."""


class ArgumentVector(ListOf):
    """A non-empty list of strings; the first is an absolute path, none holds a NUL."""

    def __init__(self) -> None:
        super().__init__(Text(), non_empty=False)

    def describe(self) -> str:
        return "a list of strings that starts with the absolute path of a program"

    def hint(self, value: Any) -> str:
        if isinstance(value, str) and len(value.split()) > 1:
            return in_words(value)
        return super().hint(value)

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        if len(definitions) > 1:
            self._demand_one_program(spot, definitions)
        argv = super().merge(spot, definitions)
        if not argv or not argv[0].startswith("/"):
            raise BadProgram(spot.path, argv, [each.place for each in definitions])
        if "\0" in "".join(argv):
            index = next(number for number, argument in enumerate(argv) if "\0" in argument)
            where, places = spot.nested(index).path, [each.place for each in definitions]
            raise BadCharacter(where, argv[index], "holds a NUL, which ends a string", places)
        return argv

    @staticmethod
    def _demand_one_program(spot: Spot, definitions: Sequence[Definition]) -> None:
        """Two whole command lines are not joined to one by accident of nobody ordering them."""
        whole = [d for d in definitions if d.order == ANY_ORDER and _starts_a_command(d.value)]
        if len(whole) > 1:
            why = "has several command lines, which would be joined to one"
            advice = "replace the others with force([...]), or add arguments with after([...])"
            raise Conflict(spot.path, valued(whole), why, advice)

    def empty(self, spot: Spot) -> Any:
        return NOTHING

    def joined(self, other: OptionType) -> OptionType | None:
        return self if isinstance(other, (ArgumentVector, ListOf)) else None


def _starts_a_command(value: Any) -> bool:
    """Does a definition begin with the absolute path of a program?"""
    first = value[0] if isinstance(value, list) and value else None
    return isinstance(first, str) and first.startswith("/")
