"""Several options of a result, read in one go.

In: names of options of a class, and results of it. Out: their values in the order of the names. Refuses
groups of options: those are no values.
"""

from __future__ import annotations

from operator import itemgetter
from typing import Any

from ..unready import Unready
from .configuration import once_per_touch, values_of


class Several:
    """Options that are read together: called with a result, it gives the value of each."""

    def __init__(self, first: str, second: str, *others: str) -> None:
        self.names = (first, second, *others)

    def __call__(self, view: Any) -> tuple[Any, ...]:
        """The values. Raises what is wrong with them."""
        node = view.__node__
        values: tuple[Any, ...] = once_per_touch(view, self._of_cells)(node.cells)
        if node.problems or Unready in map(type, values):  # something is to be computed, or wrong
            return tuple([value for _, value in values_of(view, self.names)])
        return values

    def _of_cells(self, view: Any) -> itemgetter[tuple[Any, ...]]:
        """What takes the values out of all those of a place."""
        children = view.__group__.children
        first, second, *others = [children[name].index for name in self.names]
        return itemgetter(first, second, *others)
