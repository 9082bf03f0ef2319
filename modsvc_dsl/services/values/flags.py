"""Flags, and the command line that they share with plain arguments.

In: definitions of `flags` and of `argv`. Out: the flags by name; one argument vector of both, in one
order. Refuses to know how a flag is spelt: `flag_format` does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any

from ...language.definition import Definition
from ...language.errors import Mistakes
from ...language.frozen import FrozenList, PendingDict
from ...language.properties import ANY_ORDER, order
from ...language.provenance import Place
from ...language.types.containers import DictOf, ListOf
from ...language.types.option_type import OptionType, Refinement, Spot
from ...language.words import show_value
from .argument_vector import ArgumentVector
from .flag_format import FlagFormat, spelled
from ..mistakes.services import BadCharacter, BadFlagName, FlagBeforeProgram
from .spelling import Spelt

FLAG_ORDER = 1250
"""Where flags stand that no order is said of: behind plain arguments (1000), before `after` (1500).

As upstream's flags.
"""

FlagName = Annotated[
    str, Spelt('the name of a flag, such as "port": no blank, no =', r"[^\s=\x00-\x1f\x7f]+")
]


class Flags(PendingDict[str, Any]):
    """Flags by name, in the order in which they were first written, with where each is to stand."""

    __slots__ = ("spot", "entries")

    def __init__(self, spot: Spot, type_: OptionType, entries: dict[str, list[Definition]]) -> None:
        pending = {name: spot.nested(name).lazily(type_, each) for name, each in entries.items()}
        super().__init__({}, pending)
        self.spot = spot
        self.entries = entries

    def standing(self, name: str) -> int:
        """The order of a flag: that of the first of the definitions of it that count."""
        found = self.spot.nested(name).survivors(self.entries[name])
        numbers = (FLAG_ORDER if each.order == ANY_ORDER else each.order for each in found)
        return min(numbers, default=FLAG_ORDER)

    def places(self, name: str) -> list[Place]:
        """Where the definitions of a flag that count were written."""
        return [each.place for each in self.spot.nested(name).survivors(self.entries[name])]


class FlagsType(DictOf):
    """A dict of flags; an order on the whole is one on each of them."""

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        self.demand(spot, definitions)
        self._demand_keys(spot, definitions)
        entries: dict[str, list[Definition]] = {}
        for definition in definitions:
            for name, value in definition.value.items():
                placed = value if definition.order == ANY_ORDER else order(definition.order, value)
                entries.setdefault(name, []).append(definition.holding(placed))
        return Flags(spot, self.item, entries)

    def hint(self, value: Any) -> str:
        if isinstance(value, (list, tuple)) and all(isinstance(each, str) for each in value):
            parts = [each.lstrip("-").partition("=") for each in value]
            said = {name: text if equals else True for name, equals, text in parts}
            return f"write them by name, without dashes: {show_value(said)}"
        return super().hint(value)


class ByName(Refinement):
    """A dict whose entries are flags."""

    def refine(self, plain: OptionType) -> OptionType:
        if not isinstance(plain, DictOf):
            raise TypeError(f"flags are a dict, not {plain.describe()}")
        return FlagsType(plain.item, plain.key_type, kind=plain.kind, key_name="flag")


class MainCommand(ArgumentVector):
    """The command line of a service: its argument vector with the flags of the option beside it."""

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        flags = spot.beside("flags")
        if not isinstance(flags, Flags):
            return super().merge(spot, definitions)
        super().merge(spot, definitions)  # a command line by themselves, program first
        plain = list(self._plain_pieces(spot, definitions))
        pieces = list(_flag_pieces(flags, spot))
        first = min(number for number, arguments in plain if arguments)
        early = [name for number, name, arguments in pieces if arguments and number < first]
        if early:
            places = [*flags.places(early[0]), *(each.place for each in definitions)]
            raise FlagBeforeProgram(spot.path, early[0], places)
        every = [*plain, *((number, arguments) for number, _, arguments in pieces)]
        every.sort(key=lambda piece: piece[0])
        return FrozenList(argument for _, arguments in every for argument in arguments)

    def _plain_pieces(
        self, spot: Spot, definitions: Sequence[Definition]
    ) -> Iterator[tuple[int, Sequence[str]]]:
        """The plain arguments, by order."""
        for number in dict.fromkeys(each.order for each in definitions):
            group = [each for each in definitions if each.order == number]
            yield number, ListOf.merge(self, spot, group)


def _flag_pieces(flags: Flags, spot: Spot) -> Iterator[tuple[int, str, Sequence[str]]]:
    """The order, the name and the arguments of each flag. Raises all mistakes in their names and values."""
    form: FlagFormat = spot.beside("flag_format")
    found: list[BadFlagName | BadCharacter] = []
    for name, value in flags.items():
        arguments = list(spelled(name, value, form))
        path = flags.spot.nested(name).path
        bare = name.lstrip("-")
        if bare != name and form.prefix(bare):
            found.append(BadFlagName(path, bare, form.prefix(bare), flags.places(name)))
        elif any("\0" in argument for argument in arguments):
            what = "holds a NUL, which ends a string"
            found.append(BadCharacter(path, value, what, flags.places(name)))
        yield flags.standing(name), name, arguments
    if found:
        raise found[0] if len(found) == 1 else Mistakes(found)
