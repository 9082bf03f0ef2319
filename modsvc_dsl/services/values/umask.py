"""The option type of file mode creation masks.

In: numbers such as 0o077, or texts of octal digits such as "0077". Out: the number. Refuses what has
bits beyond the nine permissions, and 22 where 0o22 is meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...language.pattern import pattern
from ...language.definition import Definition
from ...language.errors import Conflict
from ...language.types.option_type import OptionType, Spot, valued
from .octal import mask_lacks_prefix

_ALL = 0o777
"""The nine permissions of a mode; umask(2) knows no others."""

_OCTAL = pattern(r"(?:0o?)?[0-7]{3}")


class Umask(OptionType):
    """A mask of permissions, as umask(2) takes it."""

    def describe(self) -> str:
        return 'a mask of permissions, such as 0o077 or "0077"'

    def accepts(self, value: Any) -> bool:
        if isinstance(value, str):
            return _OCTAL.fullmatch(value) is not None
        return type(value) is int and 0 <= value <= _ALL and not mask_lacks_prefix(value)

    def convert(self, value: Any) -> Any:
        return int(value, 8) if isinstance(value, str) else value

    def hint(self, value: Any) -> str:
        if isinstance(value, str):
            return "write three octal digits, perhaps with a 0 before them"
        if isinstance(value, bool) or not isinstance(value, int):
            return ""
        if mask_lacks_prefix(value):
            return f"write 0o{value}: the number {value} is 0o{value:o}"
        return "it has nine bits at the most: 0o777" if value > _ALL else "it is not negative"

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        self.demand(spot, definitions)
        made = [self.convert(definition.value) for definition in definitions]
        if any(other != made[0] for other in made[1:]):
            raise Conflict(spot.path, valued(definitions))
        return made[0]
