"""An option that stands for its value where it is named among values.

In: values as they are written. Out: the same, with a function where options are named: by their bare
names in the class body that declares them, or as `Owner.option`. Refuses to know what becomes of them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from ..errors import BadModule, Mistake
from ..frozen import CHANGEABLE, NoSuchKey
from ..frozen import kept as copied
from ..properties import PROPERTIES, Later, Merged, Property, When
from ..provenance import Place, stands_for_its_place
from ..words import Path, show_path
from .option import Draft, DraftPart
from .record import Declared
from .target import Target, owner_of, steps_of, written

NAMED: frozenset[Any] = frozenset({Draft, DraftPart, Target})
"""The classes of options that are named."""

_WITHIN: frozenset[Any] = frozenset({list, dict, set, tuple})

LOOKED_INTO: frozenset[Any] = NAMED | PROPERTIES | _WITHIN
"""The classes of values that are, or may hold, an option that is named, or may be changed later."""

_DEEPEST = 50
"""Levels of lists and dicts that are looked into."""


def kept(value: Any, place: Place, depth: int = 0) -> Any:
    """A value of a class in LOOKED_INTO as it is defined.

    An option that is named is read when the value is: keys of a dict by themselves, a list as a whole.
    Later changes of lists and dicts do not reach it.
    """
    cls = value.__class__
    if cls in NAMED:
        return Later(Reading(value, place), wants_view=True) if _has_name(value) else value
    if depth > _DEEPEST:
        return value
    if cls in CHANGEABLE:
        if LOOKED_INTO.isdisjoint(map(type, value.values() if cls is dict else value)):
            return value.copy()  # as most are
        if not _names(value):
            return copied(value)
    if cls is dict:
        return {
            key: kept(item, place, depth + 1) if item.__class__ in LOOKED_INTO else item
            for key, item in value.items()
        }
    if cls in _WITHIN:
        inner = [item for item in value if item.__class__ in LOOKED_INTO]
        if not inner:
            return value if cls is tuple else cls(value)
        if any(map(_names, inner)):
            return Later(_Filled(value, place), wants_view=True)
        return cls(
            kept(item, place, depth + 1) if item.__class__ in _WITHIN else item for item in value
        )
    return _inside(value, lambda inner: _kept(inner, place, depth + 1))


def _kept(value: Any, place: Place, depth: int = 0) -> Any:
    return kept(value, place, depth) if value.__class__ in LOOKED_INTO else value


def declared(target: Any, value: Any, place: Place) -> Declared:
    """A definition as it was written, in which options may be named."""
    return Declared(target, _kept(value, place), place)


def _inside(value: Property, change: Any) -> Property:
    """A property with what it holds changed; the same where nothing does."""
    if value.__class__ is Later:
        return value
    if value.__class__ is Merged:
        return Merged(tuple(map(change, value.content)))
    found = value.around(change(value.content))
    if isinstance(found, When):
        return When(change(found.condition), found.content)
    return found


def _names(value: Any) -> bool:
    """Is an option named in a value, at any depth? A list or dict may lie in itself."""
    todo: list[Any] = [value]
    seen: set[int] = set()
    while todo:
        item = todo.pop()
        cls = item.__class__
        if cls in NAMED:
            if _has_name(item):
                return True
        elif cls is not Later and id(item) not in seen:
            seen.add(id(item))
            if cls is dict:
                parts = item.values()
            else:
                parts = item if cls in _WITHIN else _worn(item)
            if not LOOKED_INTO.isdisjoint(map(type, parts)):  # most hold plain values
                todo += [part for part in parts if part.__class__ in LOOKED_INTO]
    return False


def _worn(value: Property) -> Collection[Any]:
    """What a property holds."""
    if value.__class__ is Merged:
        return value.content  # type: ignore[no-any-return]
    return value.content, getattr(value, "condition", None)


def computed_by_names(draft: Draft, place: Place) -> None:
    """Let a default that names options, alone or in a list, be computed from them."""
    given = draft.__fields__.get("default")
    if given.__class__ in LOOKED_INTO and _names(given):
        made = kept(given, place)
        fields = {name: each for name, each in draft.__fields__.items() if name != "default"}
        own = {"compute": made.content} if made.__class__ is Later else {"default": made}
        draft.__fields__ = {**fields, **own}


def _has_name(value: Draft | DraftPart | Target) -> bool:
    """Is it an option of a class, and no declaration that stands among values?"""
    return isinstance(value, Target) or bool(_of_body(value)[0].__name__)


class Reading:
    """Reads an option from the nearest place around that has it."""

    __slots__ = ("named", "place")

    def __init__(self, named: Draft | DraftPart | Target, place: Place) -> None:
        self.named = named
        self.place = place

    def __str__(self) -> str:
        return said(self.named)

    @stands_for_its_place
    def __call__(self, view: Any) -> Any:
        owner, steps = _meant(self.named)
        node = view.__node__
        while node is not None:
            if owner is not None and node.shape.owners.get(owner):
                return self._walk(node.main()[owner], steps)
            node = node.parent
        headline = f"`{self}` stands for a value where no place around has that option"
        advice = f"write it in a module that imports {getattr(owner, '__name__', 'it')}"
        raise BadModule(headline, self.place, advice)

    def _walk(self, value: Any, steps: Path) -> Any:
        for step in steps:
            by_key = isinstance(value, Mapping) or not isinstance(step, str)
            try:
                value = value[step] if by_key else getattr(value, step)
            except NoSuchKey as error:
                headline = f"`{self}` stands for a value, and there is no {step!r}"
                raise BadModule(headline, self.place, error.advice()) from None
            except (AttributeError, IndexError, TypeError) as error:
                if isinstance(error, Mistake) and error.path[-1:] != (step,):
                    raise  # of what the option is made from, and not of its name
                headline = (
                    f"`{self}` stands for a value, and there is no {show_path((step,))} in it"
                )
                advice = "write what the option has, or read it from self in a function"
                raise BadModule(headline, self.place, advice) from None
        return value


class _Filled:
    """Makes a list in which options are named."""

    __slots__ = ("items", "place")

    def __init__(self, items: Any, place: Place) -> None:
        self.items = items.__class__(items)
        self.place = place

    def __str__(self) -> str:
        return repr(self.items)

    def __call__(self, view: Any) -> Any:
        return self._filled(self.items, view)

    def _filled(self, value: Any, view: Any) -> Any:
        cls = value.__class__
        if cls in NAMED:
            return Reading(value, self.place)(view)
        if cls is dict:
            return {key: self._filled(item, view) for key, item in value.items()}
        if cls in _WITHIN:
            return cls(self._filled(item, view) for item in value)
        if cls in PROPERTIES:
            return _inside(value, lambda inner: self._filled(inner, view))
        return value


def said(named: Draft | DraftPart | Target) -> str:
    """An option as it is named."""
    if isinstance(named, Target):
        return written(named)
    draft, steps = _of_body(named)
    return show_path((draft.__name__ or "option(...)", *steps))


def _meant(named: Draft | DraftPart | Target) -> tuple[Any, Path]:
    """The class that has the option, None where it never came to be, and the steps to its value."""
    if isinstance(named, Target):
        return owner_of(named), steps_of(named)
    draft, steps = _of_body(named)
    return draft.__owner__, (draft.__name__, *steps)


def _of_body(named: Draft | DraftPart) -> tuple[Draft, Path]:
    if isinstance(named, DraftPart):
        return named.__draft__, named.__steps__
    return named, ()
