"""Option types as values of options.

In: definitions that are annotations or option types. Out: one option type, which all of them
join to. Refuses to use it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..definition import Definition
from ..errors import Conflict
from .annotation import option_type
from .option_type import OptionType, Spot, valued


class HeldType(OptionType):
    """An annotation, such as `list[str]`, or an option type."""

    def describe(self) -> str:
        return "an annotation, such as list[str]"

    def describe_many(self) -> str:
        return "annotations"

    def accepts(self, value: Any) -> bool:
        try:
            option_type(value)
        except TypeError:
            return False  # `hint` says why
        return True

    def hint(self, value: Any) -> str:
        try:
            option_type(value)
        except TypeError as error:
            return str(error)
        return ""

    def convert(self, value: Any) -> Any:
        return option_type(value)

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        self.demand(spot, definitions)
        made = option_type(definitions[0].value)
        for definition in definitions[1:]:
            both = made.joined(option_type(definition.value))
            if both is None:
                why = "is defined with annotations that contradict each other"
                raise Conflict(spot.path, valued(definitions), why)
            made = both
        return made
