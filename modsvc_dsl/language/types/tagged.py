"""Values of which one key says what they are.

In: definitions that are dicts of one key. Out: a frozen dict of one key. Refuses to merge
different tags.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..definition import Definition
from ..errors import Conflict, Undefined
from ..frozen import NOTHING, FrozenDict
from ..words import all_of, did_you_mean, one_of, show_value
from .option_type import Compound, Misfit, OptionType, Spot, valued


class Tagged(Compound):
    """A dict with exactly one key, which says the type of its value."""

    def __init__(self, tags: Mapping[str, OptionType]) -> None:
        self.tags = dict(tags)

    def describe(self) -> str:
        return f"a dict with exactly one of the keys {one_of(map(repr, self.tags))}"

    def accepts(self, value: Any) -> bool:
        return isinstance(value, Mapping) and len(value) == 1 and next(iter(value)) in self.tags

    def parts(self, value: Any) -> Iterator[Misfit]:
        return (((tag,), self.tags[tag], item) for tag, item in value.items())

    def hint(self, value: Any) -> str:
        if isinstance(value, str) and value in self.tags:
            return f"write {{{value!r}: ...}}"
        if not isinstance(value, Mapping):
            return ""
        if len(value) != 1:
            found = all_of(map(show_value, value)) or "none"
            return f"keep one key: it has {found}"
        return did_you_mean(str(next(iter(value))), self.tags)

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        self.demand(spot, definitions)
        tags = {next(iter(definition.value)) for definition in definitions}
        if len(tags) > 1:
            why = f"is defined with different tags, {all_of(map(show_value, sorted(tags)))}"
            raise Conflict(spot.path, valued(definitions), why)
        (tag,) = tags
        here = spot.nested(tag)
        found = here.survivors([d.holding(d.value[tag]) for d in definitions])
        made = self.tags[tag].merge(here, found) if found else self.tags[tag].empty(here)
        if made is NOTHING:
            places = [definition.place for definition in definitions]
            raise Undefined(here.path, self.tags[tag].describe(), places[0], places)
        return FrozenDict({tag: made})

    def joined(self, other: OptionType) -> OptionType | None:
        if not isinstance(other, Tagged):
            return None
        tags = dict(self.tags)
        for tag, type_ in other.tags.items():
            both = tags[tag].joined(type_) if tag in tags else type_
            if both is None:
                return None
            tags[tag] = both
        return Tagged(tags)

    def below(self) -> Sequence[OptionType]:
        return tuple(self.tags.values())
