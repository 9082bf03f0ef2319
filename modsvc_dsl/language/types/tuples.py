"""Types of tuples: with a type for each place, or of any length.

In: definitions that are tuples. Out: one tuple. Those with places have to be equal, those of
any length join in order, as lists do. Refuses to know what items are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..definition import Definition
from ..errors import Conflict, Mistake, Mistakes, WrongType
from ..frozen import NOTHING
from ..merge import same
from .containers import ListOf
from .gathering import Gathering
from .option_type import Compound, Misfit, OptionType, Spot, joined_all, merge_item, valued


class TupleOf(Compound):
    """A tuple with a type for each place; several definitions have to be equal."""

    def __init__(self, items: Sequence[OptionType]) -> None:
        self.items = tuple(items)

    def describe(self) -> str:
        if not self.items:
            return "the empty tuple"
        return f"a tuple of ({', '.join(item.describe() for item in self.items)})"

    def describe_many(self) -> str:
        return f"items, each {self.describe()}"

    def accepts(self, value: Any) -> bool:
        return isinstance(value, tuple) and len(value) == len(self.items)

    def parts(self, value: Any) -> Iterator[Misfit]:
        return (((i,), type_, item) for i, (type_, item) in enumerate(zip(self.items, value)))

    def hint(self, value: Any) -> str:
        if isinstance(value, tuple):
            return f"it has {len(value)} of {len(self.items)} items"
        return "write it in parentheses, as in (..., ...)" if isinstance(value, list) else ""

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        self.demand(spot, definitions)
        gathering = Gathering(spot, self)
        made = [self._merged(spot, definition, gathering) for definition in definitions]
        gathering.close()
        if any(other != made[0] for other in made[1:]) or not same(definitions):
            raise Conflict(spot.path, valued(definitions))
        return made[0]

    def _merged(self, spot: Spot, definition: Definition, gathering: Gathering) -> tuple[Any, ...]:
        items = []
        for index, (type_, item) in enumerate(zip(self.items, definition.value)):
            here = spot.nested(index)
            try:
                made = merge_item(type_, here, definition.holding(item))
            except (Mistake, Mistakes) as error:
                gathering.add(error)
                continue
            if made is NOTHING:
                why = "leave no place of a tuple out: choose between values with `a if ... else b`"
                wrong = [(item, definition.place)]
                gathering.add(WrongType(here.path, type_.describe(), wrong, why))
            items.append(made)
        return tuple(items)

    def joined(self, other: OptionType) -> OptionType | None:
        items = joined_all(self.items, other.items) if isinstance(other, TupleOf) else None
        return TupleOf(items) if items is not None else None

    def below(self) -> Sequence[OptionType]:
        return self.items


class TupleOfMany(ListOf):
    """A tuple of any length; several definitions are joined, as those of a list are."""

    def __init__(self, item: OptionType, non_empty: bool = False, kind: type[Any] = tuple) -> None:
        super().__init__(item, non_empty, kind)

    def describe(self) -> str:
        return f"a {'non-empty ' if self.non_empty else ''}tuple of {self.item.describe_many()}"

    def made(self, items: list[Any]) -> Any:
        return tuple(items)

    def hint(self, value: Any) -> str:
        if isinstance(value, tuple):
            return "it takes at least one item"
        if isinstance(value, list):
            return "write it in parentheses, as in (..., ...)"
        return "write it in parentheses, with a comma: (..., )" if self.item.accepts(value) else ""
