"""Types around another type: at most one definition, a predicate, a conversion.

In: definitions. Out: what the inner type makes of them. Refuses to know inner types.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ..definition import Definition
from ..errors import Conflict, ConversionFailed, WrongType
from ..words import Path, show_value
from .option_type import Misfit, OptionType, Spot, valued


class Wrapper(OptionType):
    """A type that leaves everything to another one."""

    def __init__(self, item: OptionType) -> None:
        self.item = item
        self.simple = item.simple

    def describe(self) -> str:
        return self.item.describe()

    def describe_many(self) -> str:
        return self.item.describe_many()

    def accepts(self, value: Any) -> bool:
        return self.item.accepts(value)

    def fits(self, value: Any) -> bool:
        return self.item.fits(value)

    def misfits(self, value: Any, path: Path = ()) -> Iterator[Misfit]:
        yield from self.item.misfits(value, path)

    def convert(self, value: Any) -> Any:
        return self.item.convert(value)

    def hint(self, value: Any) -> str:
        return self.item.hint(value)

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        self.demand(spot, definitions)
        return self.item.merge(spot, definitions)

    def empty(self, spot: Spot) -> Any:
        return self.item.empty(spot)

    def below(self) -> Sequence[OptionType]:
        return (self.item,)


class Single(Wrapper):
    """At most one definition of the strongest priority."""

    def __init__(self, item: OptionType, message: str = "") -> None:
        super().__init__(item)
        self.message = message

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        self.demand(spot, definitions)  # what fits nowhere is not one too many
        if len(definitions) > 1:
            why = "takes a single definition" + (f": {self.message}" if self.message else "")
            raise Conflict(spot.path, valued(definitions), why)
        return self.item.merge(spot, definitions)

    def joined(self, other: OptionType) -> OptionType | None:
        if not isinstance(other, Single) or other.message != self.message:
            return None
        item = self.item.joined(other.item)
        return Single(item, self.message) if item else None


class Checked(Wrapper):
    """Values for which a predicate is true; one that raises for a value is not true."""

    def __init__(self, item: OptionType, predicate: Callable[[Any], bool], words: str = "") -> None:
        super().__init__(item)
        self.predicate = predicate
        self.words = words or getattr(predicate, "__name__", "a predicate").replace("_", " ")

    def describe(self) -> str:
        return f"{self.item.describe()} that passes: {self.words}"

    def describe_many(self) -> str:
        return f"items, each {self.describe()}"

    def accepts(self, value: Any) -> bool:
        return self.item.accepts(value) and not self._objection(value)

    def fits(self, value: Any) -> bool:
        return self.item.fits(value) and not self._objection(value)

    def misfits(self, value: Any, path: Path = ()) -> Iterator[Misfit]:
        if self.accepts(value) or not self.item.accepts(value):
            yield from self.item.misfits(value, path)
        else:
            yield path, self, value

    def hint(self, value: Any) -> str:
        if not self.item.accepts(value):
            return self.item.hint(value)
        objection = self._objection(value)
        return "" if objection == _FALSE else objection

    def _objection(self, value: Any) -> str:
        try:
            return "" if self.predicate(value) else _FALSE
        except Exception as error:
            return f"the predicate raised {type(error).__name__}: {error}"

    def joined(self, other: OptionType) -> OptionType | None:
        if not isinstance(other, Checked) or other.predicate is not self.predicate:
            return None
        item = self.item.joined(other.item)
        return Checked(item, self.predicate, self.words) if item else None


_FALSE = "the predicate is false"


class Converted(Wrapper):
    """Values of another type are converted first, those of the final type stay.

    The conversion gets what fits its source in depth, or if it is `shallow` what is of the right sort.
    """

    def __init__(
        self,
        source: OptionType,
        conversion: Callable[[Any], Any],
        item: OptionType,
        shallow: bool = False,
    ) -> None:
        super().__init__(item)
        self.simple = False
        self.source = source
        self.conversion = conversion
        self.shallow = shallow

    def describe(self) -> str:
        return f"{self.item.describe()}, or {self.source.describe()} converted to it"

    def describe_many(self) -> str:
        return f"items, each {self.describe()}"

    def accepts(self, value: Any) -> bool:
        return self.source.accepts(value) or self.item.accepts(value)

    def fits(self, value: Any) -> bool:
        return self._takes(value) or self.item.fits(value)

    def _takes(self, value: Any) -> bool:
        """Is a value one to convert?"""
        return self.source.accepts(value) if self.shallow else self.source.fits(value)

    def misfits(self, value: Any, path: Path = ()) -> Iterator[Misfit]:
        if not self.accepts(value):
            yield path, self, value
        elif not self._takes(value):
            likely = self.item if self.item.accepts(value) else self.source
            yield from likely.misfits(value, path)

    def hint(self, value: Any) -> str:
        return self.item.hint(value) or self.source.hint(value)

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        self.demand(spot, definitions)
        return self.item.merge(spot, [self._converted(spot, d) for d in definitions])

    def _converted(self, spot: Spot, definition: Definition) -> Definition:
        value, place = definition.value, definition.place
        if not self._takes(value):
            if not self.item.accepts(value):
                self._demand_source(spot, definition)
            return definition
        try:
            made = self.conversion(value)
        except Exception as error:
            raise ConversionFailed(spot.path, value, error, place) from error
        if not self.item.accepts(made):
            hint = f"it was converted from {show_value(value)}"
            raise WrongType(spot.path, self.item.describe(), [(made, place)], hint)
        return definition.holding(made)

    def _demand_source(self, spot: Spot, definition: Definition) -> None:
        """Raise WrongType for the part of a value by which it is none to convert."""
        for path, type_, part in self.source.misfits(definition.value):
            for step in path:
                spot = spot.nested(step)
            type_.demand(spot, [definition.holding(part)])

    def joined(self, other: OptionType) -> OptionType | None:
        return None  # two conversions of one option cannot both be the right one
