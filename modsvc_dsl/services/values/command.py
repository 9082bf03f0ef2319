"""Commands that run beside a service's own process: hooks, and what stops or reloads it.

In: argument vectors, or `Command`s with more to say. Out: the same, checked. Refuses shells, and root
that nobody wrote out: nothing is split or expanded, and a command runs as the service does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, TypeAlias

from ...language.arguments import refuses_others
from ...language.definition import Definition
from ...language.errors import Conflict, WrongType
from ...language.frozen import kept
from ...language.merge import same
from ...language.types.containers import ListOf
from ...language.types.option_type import OptionType, Spot, valued
from ...language.types.refinements import Replaces
from ...language.types.text import Text
from .command_words import commands, in_words
from ..mistakes.services import BadCharacter, BadProgram


@refuses_others
@dataclass(frozen=True, slots=True)
class Command:
    """An argument vector that is run otherwise than a plain list would be.

    `privileged`: as root and not confined, whoever the service runs as. `may_fail`: an end with
    another status than 0 counts as success.
    """

    argv: list[str]
    privileged: bool = False
    may_fail: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "argv", kept(self.argv))


class Words(ListOf):
    """The arguments of a command; a line of a shell is told as what was meant by it."""

    def __init__(self) -> None:
        super().__init__(Text())

    def hint(self, value: Any) -> str:
        if isinstance(value, str) and len(value.split()) > 1:
            return in_words(value)
        return super().hint(value)


class CommandType(OptionType):
    """An argument vector, or a `Command`. Several definitions have to be equal."""

    simple = False
    words = Words()

    def describe(self) -> str:
        return "a list of strings that starts with the absolute path of a program, or a Command"

    def describe_many(self) -> str:
        return (
            "lists of strings, each a program by its absolute path with its arguments, or Commands"
        )

    def accepts(self, value: Any) -> bool:
        return isinstance(value, (list, Command))

    def fits(self, value: Any) -> bool:
        return self.accepts(value) and self.words.fits(_argv(value))

    def hint(self, value: Any) -> str:
        return self.words.hint(value)

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        self.demand(spot, definitions)
        if len(definitions) > 1 and not same(definitions):
            raise Conflict(spot.path, valued(definitions))
        definition = definitions[0]
        value = definition.value
        inner = spot.nested("argv") if isinstance(value, Command) else spot
        argv = self.words.merge(inner, [definition.holding(_argv(value))])
        if not argv or not argv[0].startswith("/"):
            raise BadProgram(inner.path, argv, [definition.place], prefixed=True)
        for index, argument in enumerate(argv):
            if "\0" in argument:
                what = "holds a NUL, which ends a string"
                raise BadCharacter(inner.nested(index).path, argument, what, [definition.place])
        return replace(value, argv=argv) if isinstance(value, Command) else argv

    def key(self) -> object:
        return CommandType


class CommandsType(ListOf):
    """Commands; texts in the place of a command are told as what was meant by them."""

    def __init__(self) -> None:
        super().__init__(CommandType(), kind=Sequence)

    def hint(self, value: Any) -> str:
        if isinstance(value, str):
            return commands([value])
        return super().hint(value)

    def demand(self, spot: Spot, definitions: Sequence[Definition]) -> None:
        super().demand(spot, definitions)
        flat = [d for d in definitions if d.value and all(isinstance(i, str) for i in d.value)]
        if flat:
            meant = commands(flat[0].value)
            raise WrongType(spot.path, self.describe(), valued(flat), meant)

    def joined(self, other: OptionType) -> OptionType | None:
        return self if isinstance(other, CommandsType) else None


def _argv(value: Any) -> Any:
    return value.argv if isinstance(value, Command) else value


Run: TypeAlias = Annotated[list[str] | Command, CommandType()]
"""A program with its arguments; a `Command` where it shall run as root, or may fail."""


Runs: TypeAlias = Annotated[Sequence[list[str] | Command], Replaces(CommandsType())]
"""Programs with their arguments, in order."""


def as_command(run: list[str] | Command) -> Command:
    """What is run, with everything said."""
    return run if isinstance(run, Command) else Command(run)
