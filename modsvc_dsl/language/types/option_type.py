"""The protocol of option types.

In: definitions without properties, strongest only, in order. Out: one value. Refuses to
know the evaluator: what a type needs of it comes through `Spot`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from ..arguments import refuses_others
from ..definition import Definition
from ..errors import Conflict, WrongType
from ..frozen import NOTHING
from ..merge import same
from ..provenance import Place
from ..properties import PROPERTIES, Later, Located, Merged, Ordered, Override, When
from ..words import Path

MOST_SHOWN = 8
"""How many wrong values of one option, or items of one value, a mistake shows."""


class Spot(Protocol):
    """The place in an evaluation at which a type merges."""

    @property
    def path(self) -> Path:
        """The place in words of the user: option names, keys and indices."""
        ...

    @property
    def result(self) -> Any:
        """The result of the module in which it merges; for what a value has to know of its place."""
        ...

    def nested(self, step: Any) -> Spot:
        """The place of a key or an index below this one."""
        ...

    def beside(self, name: str) -> Any:
        """The value of another option of the group that this one is in."""
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

    def own(self, value: Any, place: Place) -> Definition:
        """A definition by the module that declares the option here: a default, say."""
        ...

    def call(self, function: Callable[..., Any], value: Any) -> Any:
        """What a function of the user's makes of a value. Raises FunctionFailed."""
        ...

    def note_idle(self, value: Any, place: Place) -> None:
        """Take note of a property that says nothing here, for a warning."""
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

    `simple` says that values are single things without options or properties inside,
    `confidential` that `demand` never shows what does not fit, for it may be a secret, `leaf` that
    no value has results, references or anything to be made later in it. `exact` are classes of which
    every value fits, and a single one is held as it is.
    """

    simple: bool = True
    confidential: bool = False
    leaf: bool = False
    exact: frozenset[type[Any]] = frozenset()

    def describe(self) -> str:
        """What fits, as the object of "expects": `an integer between 0 and 65535`."""
        raise NotImplementedError

    def describe_many(self) -> str:
        """The same for the items of a container, as what follows "a list of"."""
        return plural(self.describe())

    def accepts(self, value: Any) -> bool:
        """Is the value of the right sort? Containers look at themselves, not at their items."""
        raise NotImplementedError

    def fits(self, value: Any) -> bool:
        """Is the value right in depth? Properties inside it count as what they hold."""
        return self.accepts(value)

    def misfits(self, value: Any, path: Path = ()) -> Iterator[Misfit]:
        """The innermost parts that make the value not fit; none exactly where it fits."""
        if not self.accepts(value):
            yield path, self, value

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

    def takes_one(self) -> bool:
        """Is the value where there is one definition that definition's, converted?

        So it is where nothing is merged in a way of its own.
        """
        return type(self).merge is OptionType.merge and "merge" not in vars(self)

    def demand(self, spot: Spot, definitions: Sequence[Definition]) -> None:
        """Raise WrongType with the definitions that are not of the right sort."""
        if len(definitions) == 1 and self.accepts(definitions[0].value):
            return  # as most options have it
        wrong = [d for d in definitions if not self.accepts(d.value)]
        if wrong:
            for inner in confidential_below(self):
                inner.demand(spot, wrong)
            found = valued(wrong[:MOST_SHOWN])
            raise WrongType(spot.path, self.describe(), found, advice(self, wrong[0].value))

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
        return type(self), tuple(sorted((name, _key(value)) for name, value in vars(self).items()))

    def below(self) -> Sequence[OptionType]:
        """The types of the items, for walks through declarations."""
        return ()


def confidential_below(type_: OptionType) -> Iterator[OptionType]:
    """The types inside one whose values are not shown where they do not fit."""
    todo, seen = list(type_.below()), {id(type_)}
    while todo:
        inner = todo.pop()
        if id(inner) not in seen:
            seen.add(id(inner))
            todo.extend(inner.below())
            if inner.confidential:
                yield inner


Misfit = tuple[Path, OptionType, Any]
"""A part of a value that does not fit: its path in the value, the type it should have, the part."""


class Compound(OptionType):
    """A type whose values have parts with types of their own."""

    simple = False

    def parts(self, value: Any) -> Iterator[Misfit]:
        """The parts of an accepted value: the step to each, its type, and the part."""
        raise NotImplementedError

    def fits(self, value: Any) -> bool:
        return next(self.misfits(value), None) is None

    def misfits(self, value: Any, path: Path = ()) -> Iterator[Misfit]:
        if not self.accepts(value):
            yield path, self, value
            return
        for step, type_, part in self.parts(value):
            for bare in without_properties(part):
                yield from type_.misfits(bare, (*path, *step))


class Absent(OptionType):
    """The type of what stands under a name that there is not."""

    def __init__(self, owner: str) -> None:
        self.owner = owner

    def describe(self) -> str:
        return f"nothing: {self.owner} has no such name"

    def accepts(self, value: Any) -> bool:
        return False


class Refinement:
    """Something in `Annotated[...]` that narrows or changes the plain option type.

    Two of a class with the same fields are equal, as annotations that hold them have to be.
    """

    @refuses_others
    def __init__(self) -> None:
        pass

    def __init_subclass__(cls) -> None:
        if "__init__" in vars(cls):
            refuses_others(cls)

    def refine(self, plain: OptionType) -> OptionType:
        """The refined type. Raises TypeError where it does not go with the plain one."""
        raise NotImplementedError

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash((type(self), *vars(self)))

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
        return f"{type(self).__name__}({fields})"


def advice(type_: OptionType, value: Any) -> str:
    """The hint of a type for a value; a value that cannot even be looked at gets none.

    Classes whose instances are no values at all say in `__no_value__` what to do.
    """
    instead: str | None = getattr(type(value), "__no_value__", None)
    if instead:
        return instead
    try:
        return type_.hint(value)
    except Exception as error:  # its own mistake must not hide that it is the wrong one
        return f"it is odd, too: looking at it raised {type(error).__name__}"


def without_properties(value: Any) -> Iterator[Any]:
    """What a value is without the properties it wears; none where only time can tell."""
    kind = value.__class__
    if kind not in PROPERTIES:
        yield value
    elif kind is Merged:
        for item in value.content:
            yield from without_properties(item)
    elif kind is not Later:
        yield from without_properties(value.content)


_BEHIND = frozenset("above as at between from in matching of on with".split())
"""Words that end what English inflects."""


def plural(words: str) -> str:
    """`a string` as `strings`; where English has no simple way, `items, each ...`."""
    article, *rest = words.split(" ")
    ends = (i for i, word in enumerate(rest) if word in _BEHIND or word.startswith("("))
    end = next(ends, len(rest))
    noun = rest[end - 1] if end else ""
    if article not in ("a", "an") or not noun.isalpha() or " or " in words or " that " in words:
        return f"items, each {words}"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        noun = noun[:-1] + "ie"
    noun += "es" if noun.endswith(("s", "x", "ch", "sh")) else "s"
    return " ".join([*rest[: end - 1], noun, *rest[end:]])


def _key(value: Any) -> object:
    """A field of a type as something to compare: types in it by their own keys."""
    if isinstance(value, OptionType):
        return value.key()
    if isinstance(value, tuple):
        return tuple(map(_key, value))
    if isinstance(value, Mapping):
        return tuple((name, _key(item)) for name, item in value.items())
    return value


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
    if definition.value.__class__ in PROPERTIES:
        _note_idle(spot, definition)
    found = spot.survivors([definition])
    return type_.merge(spot, found) if found else NOTHING


def _note_idle(spot: Spot, definition: Definition) -> None:
    """Note that an item wears a priority or an order, under a condition or not.

    It stands alone, so that they say nothing. In `merged(...)` they choose among what is merged
    into the item.
    """
    value = definition.value
    while value.__class__ in (When, Located):
        value = value.content
    if value.__class__ in (Override, Ordered):
        spot.note_idle(value, definition.place)
