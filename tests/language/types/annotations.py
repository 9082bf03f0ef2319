"""Annotations and values at random: what they are made of, and how they are put together.

In: nothing. Out: strategies. Refuses to know which value fits which annotation.
"""

from __future__ import annotations

import collections
import collections.abc as abc
import enum
import types
import typing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path, PurePath, PurePosixPath
from typing import Any, Literal, NamedTuple, NewType, Protocol, TypedDict, TypeVar
from uuid import UUID

from hypothesis import strategies as st

from modsvc_dsl.language.types.authority import agrees


class Color(enum.Enum):
    RED = "red"
    BLUE = "blue"


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 2


class Keys(TypedDict):
    name: str
    count: typing.NotRequired[int]


class LooseKeys(TypedDict, total=False):
    name: typing.Required[str]
    inner: Keys


class Point(NamedTuple):
    x: int
    y: list[str]


@dataclass
class Backend:
    host: str
    ports: list[int]


class Greets(Protocol):
    def greet(self, name: str) -> str: ...


class Greeter:
    def greet(self, name: str) -> str:
        return name


class Silent:
    def greet(self) -> None: ...


UserId = NewType("UserId", int)
Bound = TypeVar("Bound", bound=str)
Either = TypeVar("Either", int, str)
Free = TypeVar("Free")

WRONG: Any = object()
"""What fits nothing, for the parts of values that checkers would not let be wrong."""

LEAVES: list[Any] = [
    *(int, float, complex, bool, str, bytes, None, Any, object, Path, PurePath, timedelta),
    *(list, dict, set, frozenset, tuple, type, type[int], type[int | str], abc.Sequence),
    *(date, Decimal, UUID, collections.Counter, abc.Reversible, collections.OrderedDict),
    *(Color, Level, Keys, LooseKeys, Point, Backend, Greets, UserId, Bound, Either, Free),
    *(Literal["a", 1, None], Literal[True, 0], Literal[b"a", Color.RED], typing.LiteralString),
    *(abc.Callable, abc.Callable[[], int], abc.Callable[[int, str], Any], abc.Callable[..., Any]),
]
KEYS: list[Any] = [str, int, Color, Path, tuple[int, str], Literal["a", 1], Any]

CALLABLES: list[Any] = [
    *(len, print, int, Greeter, dict.get, lambda: 1, lambda a: 1, lambda a, b: 1, lambda *a: 1),
    *(lambda a, b, c=1: 1, lambda *, k: 1, lambda *, k=1: 1, lambda a, *rest: 1, Greeter().greet),
]
SINGLES: list[Any] = [
    *(0, 1, -7, 2**70, True, False, 0.0, 1.5, float("nan"), 1j, "", "a", "name", b"a", None),
    *(bytearray(b"a"), memoryview(b"a"), Path("/a"), PurePosixPath("a"), timedelta(1), ..., Point),
    *(Color.RED, Level.LOW, int, bool, str, Backend, list[int], Greeter(), Silent(), object()),
    *(date(2024, 1, 1), datetime(2024, 1, 1), Decimal("1.5"), UUID(int=1)),
    *(collections.Counter("ab"), collections.Counter({"a": WRONG}), collections.Counter({1: 1})),
    *(Point(1, ["a"]), Point(WRONG, [WRONG]), Backend("a", [1]), Backend("a", [WRONG])),
    *(Backend(WRONG, []), WRONG),
    *({"name": "a"}, {"name": "a", "count": 1}, {"name": "a", "count": "b"}, {"inner": {}}),
    *({"name": "a", "inner": {"name": 1}}, {"name": "a", "x": 1}, range(3), (), [], {}, set()),
]


_counter: Any = collections.Counter
_tuple: Any = tuple
"""The same to Python; to checkers what stands in its brackets is made at run time."""


SEQUENCES: list[Any] = [
    *(list, abc.Sequence, abc.MutableSequence, abc.Iterable, abc.Collection, abc.Reversible),
    collections.deque,
]
MAPPINGS: list[Any] = [
    *(dict, abc.Mapping, abc.MutableMapping, collections.OrderedDict, collections.defaultdict),
]
SETS: list[Any] = [set, frozenset, abc.Set, abc.MutableSet]


def _or(one: Any, other: Any) -> Any:
    """`one | other`, where Python has it."""
    try:
        return one | other
    except TypeError:
        return typing.Union[one, other]


def _annotated(annotation: Any) -> Any:
    """With a note; typeguard cannot check `Annotated[Any, ...]` inside a union."""
    return annotation if annotation is Any else typing.Annotated[annotation, "for somebody else"]


def _wider(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Annotations with others inside."""
    keys = st.sampled_from(KEYS)
    return st.one_of(
        st.builds(lambda made, item: made[item], st.sampled_from(SEQUENCES), inner),
        st.builds(lambda made, k, v: made[k, v], st.sampled_from(MAPPINGS), keys, inner),
        st.builds(lambda made, item: made[item], st.sampled_from(SETS), keys),
        keys.map(lambda key: _counter[key]),
        st.builds(_or, inner, inner),
        inner.map(_annotated),
        st.lists(inner, max_size=3).map(lambda items: _tuple[tuple(items)]),
        inner.map(lambda item: _tuple[item, ...]),
        st.lists(inner, min_size=2, max_size=3).map(lambda every: typing.Union[tuple(every)]),
        inner.map(lambda item: typing.Optional[item]),
    )


def _filled(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Values with others inside."""
    keys = st.sampled_from(["a", "name", 1, Color.RED, Path("a"), (1, "a"), None])
    lists = st.lists(inner, max_size=3)
    dicts = st.dictionaries(keys, inner, max_size=3)
    sets = st.sets(keys, max_size=3)
    return st.one_of(
        lists,
        lists.map(tuple),
        lists.map(collections.deque),
        dicts,
        dicts.map(collections.OrderedDict),
        dicts.map(lambda made: collections.defaultdict(list, made)),
        sets,
        sets.map(frozenset),
    )


some_annotations: st.SearchStrategy[Any] = st.recursive(
    st.sampled_from(LEAVES), _wider, max_leaves=5
)
some_values: st.SearchStrategy[Any] = st.recursive(
    st.sampled_from([*SINGLES, *CALLABLES]), _filled, max_leaves=6
)

_MADE_FROM: dict[Any, Any] = {
    **dict.fromkeys((list, abc.Sequence, abc.MutableSequence), list),
    **dict.fromkeys((abc.Iterable, abc.Collection, abc.Reversible), list),
    **dict.fromkeys((dict, abc.Mapping, abc.MutableMapping), dict),
    **dict.fromkeys((set, abc.Set, abc.MutableSet), set),
    collections.deque: collections.deque,
    collections.OrderedDict: collections.OrderedDict,
    collections.defaultdict: lambda items: collections.defaultdict(list, items),
    frozenset: frozenset,
}


@cache
def values_near(annotation: Any) -> st.SearchStrategy[Any]:
    """Values that mostly fit an annotation, and sometimes fail to in one place."""
    return st.one_of(_built(annotation), _built(annotation), _built(annotation), some_values)


@cache
def _built(annotation: Any) -> st.SearchStrategy[Any]:
    origin, args = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _built(args[0])
    if origin in (typing.Union, types.UnionType):
        return st.one_of(*map(values_near, args))
    if origin is tuple and args[1:] == (...,):
        return st.lists(values_near(args[0]), max_size=3).map(tuple)
    if origin is tuple:
        return st.tuples(*map(values_near, args))
    if origin in _MADE_FROM and args:
        keys = _singles(args[0])
        if len(args) == 2:
            items = st.dictionaries(keys, values_near(args[1]), max_size=3)
            return items.map(_MADE_FROM[origin])
        if issubclass(origin, abc.Set):
            return st.lists(keys, max_size=3).map(_MADE_FROM[origin])
        return st.lists(values_near(args[0]), max_size=3).map(_MADE_FROM[origin])
    return _singles(annotation)


@cache
def _singles(annotation: Any) -> st.SearchStrategy[Any]:
    """The values listed above that typeguard lets pass, the hashable ones of them for keys."""
    fitting = [value for value in [*SINGLES, *CALLABLES] if agrees(value, annotation)]
    if annotation in KEYS:
        fitting = [value for value in fitting if _is_hashable(value)]
    return st.sampled_from(fitting or [(1, "a")])


def _is_hashable(value: Any) -> bool:
    try:
        hash(value)
    except TypeError:
        return False
    return True


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Any, Any]:
    """An annotation and a value near it."""
    annotation = draw(some_annotations)
    return annotation, draw(values_near(annotation))
