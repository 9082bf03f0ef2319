"""Types that mention themselves: `Json = None | str | list["Json"]`.

In: a name, and later the type that it stands for. Out: what that type makes. Refuses to be
walked through: `below` ends here, and so do descriptions, with the name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..definition import Definition
from ..words import Path
from .option_type import Misfit, OptionType, Spot


class Recursive(OptionType):
    """A type by its name. `source` is what the name means: two of one source are one type.

    `type` is set once it has been compiled, which is after its own parts have been.
    """

    simple = False
    type: OptionType

    def __init__(self, name: str, source: Any) -> None:
        self.name = name
        self.source = source
        self.is_mentioned = False

    def mentioned(self) -> Recursive:
        """The type, for where it stands among its own parts."""
        self.is_mentioned = True
        return self

    def describe(self) -> str:
        return f"{self.name} data"

    def describe_many(self) -> str:
        return f"{self.name} data"

    def accepts(self, value: Any) -> bool:
        return self.type.accepts(value)

    def fits(self, value: Any) -> bool:
        return self.type.fits(value)

    def misfits(self, value: Any, path: Path = ()) -> Iterator[Misfit]:
        yield from self.type.misfits(value, path)

    def convert(self, value: Any) -> Any:
        return self.type.convert(value)

    def hint(self, value: Any) -> str:
        return self.type.hint(value)

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        return self.type.merge(spot, definitions)

    def empty(self, spot: Spot) -> Any:
        return self.type.empty(spot)

    def key(self) -> object:
        return Recursive, self.name

    def joined(self, other: OptionType) -> OptionType | None:
        if not isinstance(other, Recursive) or other.name != self.name:
            return None
        return self if self.source == other.source else None
