"""Values of which one key says what they are.

In: definitions that are dicts of one key. Out: a frozen dict of one key. Refuses to merge
different tags. What stands behind a tag may be an option in full, with a default and all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ..definition import Definition
from ..errors import Conflict, ReadOnlyDefined, Undefined
from ..frozen import NOTHING, FrozenDict
from ..properties import OPTION_DEFAULT, Override
from ..provenance import Place
from ..words import all_of, did_you_mean, one_of, show_value
from .option_type import Compound, Misfit, OptionType, Spot, valued
from .wrappers import Wrapper


class Tag(Wrapper):
    """What is declared of the value behind a tag, besides its type."""

    def __init__(
        self,
        item: OptionType,
        place: Place,
        default: Any = NOTHING,
        apply: Callable[[Any], Any] | None = None,
        read_only: bool = False,
    ) -> None:
        super().__init__(item)
        self.place = place
        self.default = default
        self.apply = apply
        self.read_only = read_only

    def counting(self, spot: Spot, definitions: Sequence[Definition]) -> list[Definition]:
        """The definitions that count, the default among them. Raises ReadOnlyDefined."""
        every = list(definitions)
        if self.default is not NOTHING:
            every.insert(0, spot.own(Override(OPTION_DEFAULT, self.default), self.place))
        if self.read_only and len(every) > 1:
            values = [(getattr(d.value, "content", d.value), d.place) for d in every]
            raise ReadOnlyDefined(spot.path, values)
        found = spot.survivors(definitions)
        if found and found[0].priority < OPTION_DEFAULT:
            return found  # so that a default which nobody needs does not run
        return spot.survivors(every)

    def joined(self, other: OptionType) -> OptionType | None:
        if other is self:
            return self
        own = other if isinstance(other, Tag) else Tag(other, self.place)
        item = self.item.joined(own.item)
        twice = self.default is not NOTHING and own.default is not NOTHING
        if item is None or twice or (self.apply and own.apply):
            return None
        default = own.default if self.default is NOTHING else self.default
        place = own.place if self.default is NOTHING else self.place
        read_only = self.read_only or own.read_only
        return Tag(item, place, default, self.apply or own.apply, read_only)


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
        type_, said = self.tags[tag], [d.holding(d.value[tag]) for d in definitions]
        option = type_ if isinstance(type_, Tag) else None
        found = option.counting(here, said) if option else here.survivors(said)
        made = type_.merge(here, found) if found else type_.empty(here)
        if made is NOTHING:
            places = [definition.place for definition in definitions]
            raise Undefined(here.path, type_.describe(), places[0], places)
        if option and option.apply is not None:
            made = spot.call(option.apply, made)
        return FrozenDict({tag: made})

    def joined(self, other: OptionType) -> OptionType | None:
        if not isinstance(other, Tagged):
            return None
        tags = dict(self.tags)
        for tag, type_ in other.tags.items():
            both = _both(tags[tag], type_) if tag in tags else type_
            if both is None:
                return None
            tags[tag] = both
        return Tagged(tags)

    def below(self) -> Sequence[OptionType]:
        return tuple(self.tags.values())


def _both(one: OptionType, other: OptionType) -> OptionType | None:
    """The type of a tag declared as both, of which one may be an option in full."""
    return other.joined(one) if isinstance(other, Tag) else one.joined(other)
