"""References to modules placed elsewhere in the tree.

In: an instance, a result, or something that is its own target. Out: `Reference`, which
knows the path once somebody asks. Refuses to look further than it has to: the nearest
ancestor of the reader in whose subtree the instance is placed decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..definition import Definition
from ..errors import Mistake, Mistakes, NoSinglePlace
from .evaluated import Evaluated
from ..declaration.record import Record
from ..declaration.tree import Slot
from ..types.option_type import OptionType
from ..types.submodule import Reference as ReferenceType
from ..types.submodule import Submodule
from ..words import Path, show_path


class Reference:
    """A module elsewhere in the tree; attributes are those of its result.

    In JSON, in comparisons and in a pickle it is a path.
    """

    __slots__ = ("_reader", "_reading", "_value", "_definition", "_path", "_node")

    def __init__(
        self, reader: Evaluated, reading: Path, value: Any, definition: Definition
    ) -> None:
        self._reader = reader
        self._reading = reading
        self._value = value
        self._definition = definition
        self._path: Path | None = None
        self._node: Evaluated | None = None

    def __reference_path__(self) -> Path:
        """The path of the module referred to. Raises NoSinglePlace."""
        if self._path is None:
            if hasattr(self._value, "__reference_target__"):
                self._path = tuple(self._value.__reference_target__)
            else:
                self._node = self._found()
                self._path = self._node.path
        return self._path

    def _found(self) -> Evaluated:
        node: Evaluated | None = getattr(self._value, "__node__", None)
        if node is not None:
            return node
        record: Record = self._value.__module_record__
        found = _nearest(self._reader, record)
        if len(found) == 1:
            return found[0]
        paths = [node.path for node in found]
        place = self._definition.place
        raise NoSinglePlace(self._reading, record.name, paths, [place], [record.place])

    def __referred__(self) -> Any:
        """The result referred to, or the target that is its own."""
        self.__reference_path__()
        return self._value if self._node is None else self._node.main()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return getattr(self.__referred__(), name)

    def __getitem__(self, module: Any) -> Any:
        return self.__referred__()[module]

    def __contains__(self, module: Any) -> bool:
        return module in self.__referred__()

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Reference):
            return self.__reference_path__() == other.__reference_path__()
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self.__reference_path__())

    def __repr__(self) -> str:
        return f"<reference to {show_path(self._path)}>" if self._path else "<reference>"

    def __reduce__(self) -> Any:
        return Placed, (self.__reference_path__(),)


class Placed:
    """A reference read back from a pickle: a path."""

    __slots__ = ("_path",)

    def __init__(self, path: Path) -> None:
        self._path = path

    def __reference_path__(self) -> Path:
        return self._path

    def __eq__(self, other: object) -> bool:
        return bool(getattr(other, "__reference_path__", tuple)() == self._path)

    def __hash__(self) -> int:
        return hash(self._path)

    def __repr__(self) -> str:
        return f"<reference to {show_path(self._path)}>"


def refer(reader: Evaluated, path: Path, value: Any, definition: Definition) -> Any:
    """A reference to `value`, as seen by what is at `path` in the place `reader`."""
    return value if isinstance(value, Reference) else Reference(reader, path, value, definition)


def _nearest(reader: Evaluated, record: Record) -> list[Evaluated]:
    """The places of a module below the nearest ancestor of the reader that has any."""
    ancestor: Evaluated | None = reader
    while ancestor is not None:
        found = _placed_below(ancestor, record)
        if found:
            return found
        ancestor = ancestor.parent
    return []


def _placed_below(node: Evaluated, record: Record) -> list[Evaluated]:
    """The nodes below one whose module is `record`."""
    if node.places is None:
        places: dict[Record, list[Evaluated]] = {}
        for child in _walk(node):
            for placed in child.placed:
                places.setdefault(placed, []).append(child)
        node.places = places
    return node.places.get(record, [])


def _walk(node: Evaluated) -> Iterator[Evaluated]:
    for slot in node.shape.slots:
        if _holds_modules(slot):
            try:
                value = node.cell(slot)
            except (Mistake, Mistakes):
                continue  # reported where it is: it is a mistake of that option, not of a reference
            for child in _nodes(value):
                yield child
                yield from _walk(child)


def _holds_modules(slot: Slot) -> bool:
    """Can values of an option be modules of a kind, which others may refer to?"""
    todo: list[OptionType] = [slot.type]
    while todo:
        type_ = todo.pop()
        if isinstance(type_, Submodule) and _has_kind(type_):
            return True
        if not isinstance(type_, ReferenceType):
            todo.extend(type_.below())
    return False


def _has_kind(type_: Submodule) -> bool:
    return any(module.__module_record__.kind is not None for module in type_.modules)


def _nodes(value: Any) -> Iterator[Evaluated]:
    node = getattr(value, "__node__", None)
    if node is not None:
        yield node
    elif isinstance(value, dict):
        for item in value.values():
            yield from _nodes(item)
    elif isinstance(value, list):
        for item in value:
            yield from _nodes(item)
