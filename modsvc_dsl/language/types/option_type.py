"""The protocol of option types.

In: definitions without properties, strongest only, in order. Out: one value. Refuses to
know the evaluator: what a type needs of it comes through `Spot`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Protocol

from ..definition import Definition
from ..errors import Conflict, WrongType
from ..frozen import NOTHING
from ..merge import same
from ..words import Path


class Spot(Protocol):
    """The place in an evaluation at which a type merges."""

    @property
    def path(self) -> Path:
        """The place in words of the user: option names, keys and indices."""
        ...

    def nested(self, step: Any) -> Spot:
        """The place of a key or an index below this one."""
        ...

    def survivors(self, definitions: Sequence[Definition]) -> list[Definition]:
        """The definitions that exist and count, without properties, in order."""
        ...

    def lazily(
        self, type_: OptionType, definitions: Sequence[Definition], or_empty: bool = False
    ) -> Callable[[], Any]:
        """A function that merges the definitions here once.

        Where none exist it makes NOTHING, or with `or_empty` the type's empty value.
        """
        ...

    def submodule(
        self, modules: Sequence[Any], definitions: Sequence[Definition], options: SubmoduleOptions
    ) -> Any:
        """The view of a module evaluated here from modules and from definitions of it."""
        ...

    def refer(self, value: Any, definition: Definition) -> Any:
        """A reference to the module that `value` is or names, as seen from here."""
        ...


class SubmoduleOptions:
    """How a submodule is evaluated: kind, extra arguments, what a plain dict means."""

    __slots__ = ("kind", "arguments", "shorthand", "freeform")

    def __init__(
        self,
        kind: str | None = None,
        arguments: Mapping[str, Any] | None = None,
        shorthand: bool = True,
        freeform: Any = None,
    ) -> None:
        self.kind = kind
        self.arguments = arguments or {}
        self.shorthand = shorthand
        self.freeform = freeform


class OptionType:
    """One option type. A type of your own needs `describe`, `accepts`, and perhaps `merge`.

    `simple` says that values are single things without options or properties inside.
    """

    simple: ClassVar[bool] = True

    def describe(self) -> str:
        """What fits, as the object of "expects": `an integer between 0 and 65535`."""
        raise NotImplementedError

    def accepts(self, value: Any) -> bool:
        """Is the value of the right sort? Containers look at themselves, not at their items."""
        raise NotImplementedError

    def fits(self, value: Any) -> bool:
        """Is the value right in depth? Properties inside it count as right."""
        return self.accepts(value)

    def convert(self, value: Any) -> Any:
        """The value as results hold it."""
        return value

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        """One value from definitions of it. Raises WrongType, Conflict.

        This one lets several definitions stand where all have the same value.
        """
        self.demand(spot, definitions)
        if len(definitions) > 1 and not same(definitions):
            raise Conflict(spot.path, valued(definitions))
        return self.convert(definitions[0].value)

    def demand(self, spot: Spot, definitions: Sequence[Definition]) -> None:
        """Raise WrongType with every definition that is not of the right sort."""
        wrong = [d for d in definitions if not self.accepts(d.value)]
        if wrong:
            raise WrongType(spot.path, self.describe(), valued(wrong), self.hint(wrong[0].value))

    def hint(self, value: Any) -> str:
        """What to write instead of a value that is not accepted, empty where unknown."""
        return ""

    def empty(self, spot: Spot) -> Any:
        """The value where nothing is defined, NOTHING where that is a mistake."""
        return NOTHING

    def joined(self, other: OptionType) -> OptionType | None:
        """The type of an option declared as both, None where they contradict."""
        return self if self.key() == other.key() else None

    def key(self) -> object:
        """What makes two types the same."""
        return type(self), tuple(sorted(vars(self).items(), key=lambda item: item[0]))

    def below(self) -> Sequence[OptionType]:
        """The types of the items, for walks through declarations."""
        return ()


def valued(definitions: Sequence[Definition]) -> list[tuple[Any, Any]]:
    """Values with their places, as messages want them."""
    return [(definition.value, definition.place) for definition in definitions]


def joined_all(one: Sequence[OptionType], other: Sequence[OptionType]) -> list[OptionType] | None:
    """Types joined pair by pair, None where a pair contradicts."""
    if len(one) != len(other):
        return None
    pairs = [a.joined(b) for a, b in zip(one, other)]
    return [pair for pair in pairs if pair is not None] if None not in pairs else None


def merge_item(type_: OptionType, spot: Spot, definition: Definition) -> Any:
    """An item of a definition's value merged by its own type, NOTHING where it does not exist."""
    found = spot.survivors([definition])
    return type_.merge(spot, found) if found else NOTHING
