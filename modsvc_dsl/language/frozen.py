"""Lists and dicts of results: equal to plain ones, refusing every change.

In: items, or for dicts entries that are still to be made. Out: `FrozenList`, `FrozenDict`, and
`PendingDict`; and copies of what somebody could change later.
Refuses to know where items come from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NoReturn, TypeVar

from .errors import ImmutableItems

T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")


CHANGEABLE = frozenset({list, dict, set})
"""Classes of values that whoever wrote them can change afterwards."""


_DEEPEST_COPY = 50
"""Lists in lists beyond this depth are left as they are."""


def kept(value: T) -> T:
    """A value that later changes of its lists and dicts do not reach."""
    kind: Any = value.__class__
    copy: T = _copied(value, {}, 0) if kind in CHANGEABLE else value
    return copy


def _copied(value: Any, copies: dict[int, Any], depth: int) -> Any:
    """A copy; what lies in several places of a value, or in itself, does so in the copy."""
    if id(value) in copies:
        return copies[id(value)]
    kind = value.__class__
    items = value.values() if kind is dict else value
    if kind is set or depth >= _DEEPEST_COPY or CHANGEABLE.isdisjoint(map(type, items)):
        copies[id(value)] = value.copy()
        return copies[id(value)]
    copy = copies[id(value)] = value.copy()
    for key, item in value.items() if kind is dict else enumerate(value):
        if item.__class__ in CHANGEABLE:
            copy[key] = _copied(item, copies, depth + 1)
    return copy


class Nothing:
    """The absence of a value, where None is one."""

    def __repr__(self) -> str:
        return "nothing"

    def __reduce__(self) -> str:
        return "NOTHING"


NOTHING = Nothing()


_MOST_SHOWN = 8
"""How many keys a message shows."""


class NoSuchKey(KeyError):
    """A key that a result does not have; its text has the keys that are like it, or those there are."""

    def __init__(self, key: object, known: tuple[object, ...]) -> None:
        super().__init__(key)
        self.known = known

    def __str__(self) -> str:
        return f"there is no {self.args[0]!r}; {self.advice()}"

    def advice(self) -> str:
        """What may have been meant."""
        from .words import did_you_mean, show_value

        near = did_you_mean(str(self.args[0]), map(str, self.known))
        if near or not self.known:
            return near or "there are no keys at all"
        more = ", ..." if len(self.known) > _MOST_SHOWN else ""
        return f"there is {', '.join(map(show_value, self.known[:_MOST_SHOWN]))}{more}"


def _refuse(self: object, *_args: object, **_keywords: object) -> NoReturn:
    raise ImmutableItems("list" if isinstance(self, list) else "dict")


class FrozenList(list[T]):
    """A list that cannot be changed."""

    __slots__ = ()

    append = extend = insert = remove = pop = clear = sort = reverse = _refuse
    __setitem__ = __delitem__ = __iadd__ = __imul__ = _refuse

    def __hash__(self) -> int:  # type: ignore[override] # pyright: ignore[reportIncompatibleVariableOverride]
        return hash(tuple(self))

    def __reduce__(self) -> tuple[Any, ...]:
        return FrozenList, (list(self),)


class FrozenDict(dict[K, V]):
    """A dict that cannot be changed."""

    __slots__ = ()

    def __missing__(self, key: object) -> NoReturn:
        raise NoSuchKey(key, tuple(super().keys())) from None

    def is_settled(self) -> bool:
        """Has every entry been made?"""
        return True

    def copy(self) -> dict[K, V]:
        return dict(self)

    def __or__(self, other: Any) -> Any:
        return self.copy() | other

    def __ror__(self, other: Any) -> Any:
        return other | self.copy()

    def __hash__(self) -> int:  # type: ignore[override] # pyright: ignore[reportIncompatibleVariableOverride]
        return hash(frozenset(self))

    def __reduce__(self) -> tuple[Any, ...]:
        return FrozenDict, (self.copy(),)

    __setitem__ = __delitem__ = __ior__ = _refuse
    pop = popitem = clear = update = setdefault = _refuse


_UNMADE: Any = NOTHING
"""What stands for an entry that is not made."""


class PendingDict(FrozenDict[K, V]):
    """A frozen dict whose entries are made when they are first read.

    `pending` maps a key to the function that makes its value, or NOTHING if it turns out
    that there is no such entry. Where it has None, `entry` gives that function when it is needed.
    """

    __slots__ = ("_pending", "_entry")

    def __init__(
        self,
        items: Mapping[K, V],
        pending: Mapping[K, Callable[[], V] | None],
        entry: Callable[[K], Callable[[], V]] | None = None,
    ) -> None:
        dict.__init__(self, items)
        self._pending = dict(pending) or None
        self._entry = entry
        # the C encoder of json asks for the raw size, so every key has to be there
        dict.update(self, dict.fromkeys(pending, _UNMADE))

    def _settle(self, key: Any) -> None:
        pending = self._pending
        if pending is None or key not in pending:
            return
        entry = pending[key]
        if entry is None:
            assert self._entry is not None
            entry = pending[key] = self._entry(key)
        value = entry()  # may raise; then the entry stays pending and raises again
        if key not in pending:
            return  # a read of this very entry, by another thread, came first
        if value is NOTHING:
            dict.__delitem__(self, key)
        else:
            dict.__setitem__(self, key, value)
        del pending[key]
        if not pending:
            self._pending = None

    def is_settled(self) -> bool:
        return self._pending is None

    def unmade(self, key: Any) -> Callable[[], V] | None:
        """What makes an entry that is not made yet, None for one that is."""
        pending = self._pending
        if pending is None or key not in pending:
            return None
        if pending[key] is None and self._entry is not None:
            pending[key] = self._entry(key)
        return pending[key]

    def _settle_all(self) -> None:
        for key in list(self._pending or ()):
            self._settle(key)

    def __getitem__(self, key: K) -> V:
        if self._pending is not None:
            self._settle(key)
        return super().__getitem__(key)

    def get(self, key: K, default: Any = None) -> Any:
        if self._pending is not None:
            self._settle(key)
        return dict.get(self, key, default)

    def __contains__(self, key: object) -> bool:
        if self._pending is not None:
            self._settle(key)
        return dict.__contains__(self, key)

    def __iter__(self) -> Iterator[K]:
        if self._pending is not None:
            self._settle_all()
        return dict.__iter__(self)

    def __reversed__(self) -> Iterator[K]:
        if self._pending is not None:
            self._settle_all()
        return dict.__reversed__(self)

    def __len__(self) -> int:
        if self._pending is not None:
            self._settle_all()
        return dict.__len__(self)

    def keys(self) -> Any:
        if self._pending is not None:
            self._settle_all()
        return dict.keys(self)

    def values(self) -> Any:
        if self._pending is not None:
            self._settle_all()
        return dict.values(self)

    def items(self) -> Any:
        if self._pending is not None:
            self._settle_all()
        return dict.items(self)

    def copy(self) -> dict[K, V]:
        if self._pending is not None:
            self._settle_all()
        return dict(dict.items(self))

    def __eq__(self, other: object) -> bool:
        self._settle_all()
        if isinstance(other, PendingDict):
            other._settle_all()
        return dict.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = FrozenDict.__hash__

    def __repr__(self) -> str:
        pending = self._pending or {}
        shown = (
            f"{key!r}: ..." if key in pending else f"{key!r}: {value!r}"
            for key, value in dict.items(self)
        )
        return "{" + ", ".join(shown) + "}"


class LazyDict(PendingDict[K, V]):
    """A frozen dict whose keys are known before any of its entries is made, and stay."""

    __slots__ = ()

    def __contains__(self, key: object) -> bool:
        return dict.__contains__(self, key)

    def __iter__(self) -> Iterator[K]:
        return dict.__iter__(self)

    def __reversed__(self) -> Iterator[K]:
        return dict.__reversed__(self)

    def __len__(self) -> int:
        return dict.__len__(self)

    def keys(self) -> Any:
        return dict.keys(self)


def freeze(value: Any) -> Any:
    """Plain data with its lists, dicts and sets frozen in depth; other values as they are."""
    kind = value.__class__
    if kind is list or kind is FrozenList:
        return FrozenList(map(freeze, value))
    if kind is dict:
        return FrozenDict({key: freeze(item) for key, item in value.items()})
    if kind is set:
        return frozenset(value)
    if kind is tuple:
        return tuple(map(freeze, value))
    return value


_ATOMS = frozenset({str, int, bool, float, type(None)})
"""Classes of values with nothing in them."""


def is_plain(value: Any) -> bool:
    """Is a value plain data in depth, frozen, and all of it made?"""
    kind = value.__class__
    if kind is FrozenList:
        return all(map(is_plain, value))
    if isinstance(value, FrozenDict):
        return value.is_settled() and all(map(is_plain, value.values()))
    return kind in _ATOMS
