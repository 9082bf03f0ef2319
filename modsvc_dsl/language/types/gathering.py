"""The mistakes of many items, raised together.

In: mistakes, one item at a time. Out: all of them as one error, or the single one as itself.
Refuses to look at items.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..definition import Definition
from ..errors import Mistake, Mistakes, WrongType, flatten
from ..frozen import NOTHING
from ..provenance import Place
from ..words import Path
from .confidential import HIDDEN
from .option_type import (
    MOST_SHOWN,
    Misfit,
    OptionType,
    Spot,
    advice,
    merge_item,
    without_properties,
)

_AT_ONCE = "infinite-recursion"


class Gathering:
    """The mistakes found so far in the value of one option.

    Those in excess of `MOST_SHOWN` are only counted. A ring of options is raised at once,
    since whatever else would be found hangs on it.
    """

    __slots__ = ("spot", "whole", "found", "excess")

    def __init__(self, spot: Spot, whole: OptionType) -> None:
        self.spot = spot
        self.whole = whole
        self.found: dict[int, Mistake] = {}
        self.excess: list[tuple[object, Place]] = []

    @property
    def full(self) -> bool:
        """Are there as many as one error shows?"""
        return len(self.found) >= MOST_SHOWN

    def add(self, error: Mistake | Mistakes) -> None:
        """Note an error; the same mistake, reached by several items, counts once."""
        for mistake in flatten(error):
            if mistake.category == _AT_ONCE:
                raise error
            self.found.setdefault(id(mistake), mistake)

    def merged(self, type_: OptionType, spot: Spot, definition: Definition, item: Any) -> Any:
        """An item of a definition's value, merged; NOTHING where there is none, or a mistake."""
        if self.full:
            if not all(map(type_.fits, without_properties(item))):
                self.excess.append((item, definition.place))
            return NOTHING
        try:
            return merge_item(type_, spot, definition.holding(item))
        except (Mistake, Mistakes) as error:
            self.add(error)
            return NOTHING

    def add_misfits(self, misfits: Iterable[Misfit], definition: Definition) -> None:
        """Note the parts of a definition's value that do not fit, with their paths."""
        for path, type_, part in misfits:
            if self.full:
                self.excess.append((HIDDEN if type_.confidential else part, definition.place))
            elif type_.confidential:
                self._demand(type_, path, definition.holding(part))
            else:
                where, found = (*self.spot.path, *path), [(part, definition.place)]
                self.add(WrongType(where, type_.describe(), found, advice(type_, part)))

    def _demand(self, type_: OptionType, path: Path, part: Definition) -> None:
        """Note what a type itself says of a part, which it does not show."""
        spot = self.spot
        for step in path:
            spot = spot.nested(step)
        try:
            type_.demand(spot, [part])
        except (Mistake, Mistakes) as error:
            self.add(error)

    def close(self) -> None:
        """Raise what was found, if anything was."""
        found = list(self.found.values())
        if self.excess:
            words = f"{self.whole.describe()}; {len(self.excess):,} more of its items do not fit"
            found.append(WrongType(self.spot.path, words, self.excess[:1]))
        if found:
            raise found[0] if len(found) == 1 else Mistakes(found)
