"""Results read whole, to be kept: what a pickle of a result holds.

In: a result. Out: `Snapshot`, its values and histories as data. Refuses to keep functions and
modules: it lists them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..arguments import refuses_others
from .configuration import data, is_data, is_result, items
from ..frozen import FrozenDict, FrozenList
from .history import Told, history
from ..properties import PROPERTIES
from ..declaration.tree import Group, Slot
from ..words import Path, show_path, show_value

Histories = Mapping[Path, tuple[Told, ...]]


class Snapshot(Mapping[str, Any]):
    """A result read back from a pickle: its values by key and by attribute, and their histories.

    A key that is also a method of mappings, such as `items`, is read by key alone.
    """

    __slots__ = ("__name__", "__place__", "__values__", "__histories__", "__left_out__")

    def __init__(
        self,
        name: str,
        place: Path,
        values: dict[str, Any],
        histories: Histories,
        left_out: tuple[Path, ...],
    ) -> None:
        for slot, value in zip(self.__slots__, (name, place, values, histories, left_out)):
            object.__setattr__(self, slot, value)

    def __getitem__(self, key: str) -> Any:
        return self.__values__[key]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name not in self.__values__:
            raise AttributeError(f"{self!r} has no value {name!r}")
        return self.__values__[name]

    def __setattr__(self, name: str, value: Any) -> None:
        raise TypeError("results read back are immutable, as results are")

    def __iter__(self) -> Iterator[str]:
        return iter(self.__values__)

    def __len__(self) -> int:
        return len(self.__values__)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Snapshot) and other.__place__ != self.__place__:
            return False
        return bool(data(self.__values__) == data(other))

    def __hash__(self) -> int:
        return hash((self.__name__, self.__place__))

    def __repr__(self) -> str:
        where = f" {show_path(self.__place__)}" if self.__place__ else ""
        return f"<{self.__name__}{where}, read back>"

    def __reduce__(self) -> Any:
        return Snapshot, tuple(getattr(self, slot) for slot in self.__slots__)

    def __told__(self, steps: Path) -> tuple[Told, ...]:
        """The history that the result had. Raises KeyError where it had no such option."""
        histories: Histories = self.__histories__
        if steps in histories:
            return histories[steps]
        options = [path for path in histories if path[:-1] not in histories]
        below = [path for path in options if path[: len(steps)] == steps]
        if below:
            return tuple(told for path in below for told in histories[path])
        value: Any = self
        for depth, step in enumerate(steps):
            value = value[step]
            if isinstance(value, Snapshot) and steps[depth + 1 :]:
                return value.__told__(steps[depth + 1 :])
        raise KeyError(f"{self!r} has no history of {show_path(steps)}")


@refuses_others
def left_out(value: Any) -> tuple[Path, ...]:
    """The paths in a result, or in a part of one, of what is no data: functions and modules."""
    if isinstance(value, Snapshot):
        kept: tuple[Path, ...] = value.__left_out__
        return kept
    return tuple(_no_data(value, ()))


def _no_data(value: Any, path: Path) -> Iterator[Path]:
    if is_result(value):
        inner: Any = items(value)
    elif isinstance(value, Mapping):
        inner = value.items()
    else:
        inner = enumerate(value) if isinstance(value, (list, tuple)) else ()
    for step, item in inner:
        if is_data(item):
            yield from _no_data(item, (*path, step))
        else:
            yield (*path, step)


def reduced(view: Any) -> Any:
    """How a result is pickled: as a snapshot of it, read whole."""
    place: Path = (*view.__node__.path, *view.__group__.path)
    values = {name: _kept(value) for name, value in items(view) if is_data(value)}
    histories = dict(_histories(view, view.__group__, ()))
    return Snapshot, (type(view).__name__, place, values, histories, left_out(view))


def _kept(value: Any) -> Any:
    """A value as a snapshot keeps it; results in it are pickled by their own `__reduce__`."""
    if is_result(value):
        return value
    if isinstance(value, Mapping):
        return FrozenDict({key: _kept(item) for key, item in value.items() if is_data(item)})
    if isinstance(value, (list, tuple)):
        made = [_kept(item) for item in value if is_data(item)]
        return FrozenList(made) if isinstance(value, list) else tuple(made)
    return value


def _histories(view: Any, group: Group, path: Path) -> Iterator[tuple[Path, tuple[Told, ...]]]:
    """The history of each option of a result and of each entry of its dicts, by path."""
    for name, child in group.children.items():
        here = (*path, name)
        if isinstance(child, Slot):
            yield from _told_below(view, here, view.__node__.cells[child.index])
        elif isinstance(child, Group) and name != "_module":
            yield from _histories(view, child, here)


def _told_below(view: Any, path: Path, value: Any) -> Iterator[tuple[Path, tuple[Told, ...]]]:
    told = history(view, path)
    yield path, tuple(t._replace(value=_worded(t.value)) for t in told)
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _told_below(view, (*path, key), item)


def _worded(value: Any) -> Any:
    """What a definition says, with that which is no data put into words."""
    if value.__class__ in PROPERTIES or not is_data(value) or hasattr(value, "__module_record__"):
        return show_value(value)
    if isinstance(value, Mapping):
        return {key: _worded(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_worded(item) for item in value]
    return value
