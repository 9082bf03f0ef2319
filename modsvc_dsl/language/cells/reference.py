"""References to modules placed elsewhere in the tree.

In: an instance, a result, or something that is its own target. Out: `Reference`, which
knows the path once somebody asks. Refuses to look further than it has to: the nearest
ancestor of the reader in whose subtree the instance is placed decides. What is being computed
while somebody asks cannot be looked into: the answer is asked for again when it can be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from weakref import WeakKeyDictionary

from ..closure.shape import Shape
from ..definition import Definition
from ..errors import Cycle, Mistake, Mistakes, NoSinglePlace
from ..frozen import PendingDict
from ..properties import PROPERTIES, Located, Ordered, Override
from ..unready import Unready
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

    __slots__ = ("_reader", "_reading", "_value", "_definition", "_path", "_node", "_whole")

    def __init__(
        self, reader: Evaluated, reading: Path, value: Any, definition: Definition
    ) -> None:
        self._reader = reader
        self._reading = reading
        self._value = value
        self._definition = definition
        self._path: Path | None = None
        self._node: Evaluated | None = None
        self._whole = True

    def __reference_path__(self) -> Path:
        """The path of the module referred to. Raises NoSinglePlace."""
        if self._path is not None:
            return self._path
        if hasattr(self._value, "__reference_target__"):
            self._path = tuple(self._value.__reference_target__)
            return self._path
        before, self._whole = self._node, True
        node = self._found()
        if before is not None and node.path != before.path:
            raise self._no_single([before.path, node.path])
        self._node = node
        if self._whole:
            self._path = node.path
        return node.path

    def _found(self) -> Evaluated:
        node: Evaluated | None = getattr(self._value, "__node__", None)
        if node is not None:
            return node
        record: Record = self._value.__module_record__
        if _modules_are_made(self._reader):
            found = _nearest(self._reader, record, Look(calls=False))
            if len(found) == 1:
                self._whole = False
                return found[0]
        look = Look(calls=True)
        found = _nearest(self._reader, record, look)
        self._whole = not look.hidden
        if len(found) == 1:
            return found[0]
        if not found and look.cycle is not None:
            raise look.cycle
        raise self._no_single([node.path for node in found])

    def _no_single(self, paths: list[Path]) -> NoSinglePlace:
        record: Record = self._value.__module_record__
        place = self._definition.place
        return NoSinglePlace(self._reading, record.name, paths, [place], [record.place])

    def __referred__(self) -> Any:
        """The result referred to, or the target that is its own."""
        if self._node is None:
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


class Look:
    """One look at the places of modules.

    `calls` says whether functions of the user's are run to see what they make. They are not while one
    of them asks: they may read what it makes. `hidden` says that something was not looked into.
    """

    def __init__(self, calls: bool) -> None:
        self.calls = calls
        self.hidden = False
        self.cycle: Cycle | None = None

    def passes(self, definitions: Iterable[Definition]) -> bool:
        """May one look into what these definitions are of, which is not made yet?"""
        if self.calls or not any(_computes(definition.value) for definition in definitions):
            return True
        self.hidden = True
        return False

    def met(self, cycle: Cycle) -> None:
        """Take note of what is being computed by whoever looks."""
        self.hidden = True
        self.cycle = self.cycle or cycle


def _computes(value: Any) -> bool:
    """Does a value take a function to be known?"""
    while value.__class__ in (Override, Ordered, Located):
        value = value.content
    return value.__class__ in PROPERTIES


def _modules_are_made(reader: Evaluated) -> bool:
    """Is somebody computing a module, or several, just now?"""
    for task in reader.evaluation.stack.tasks:
        slot = getattr(task, "slot", None)
        type_ = getattr(task, "type", None) if slot is None else slot.type
        if type_ is not None and _has_modules(type_):
            return True
    return False


def _nearest(reader: Evaluated, record: Record, look: Look) -> list[Evaluated]:
    """The places of a module below the nearest ancestor of the reader that has any."""
    ancestor: Evaluated | None = reader
    while ancestor is not None:
        seen = None if look.calls else ancestor.noted.get((Look, record))
        found = seen or _placed_below(ancestor, record, look)
        if found:
            if not look.calls:
                ancestor.noted[Look, record] = found  # such a look is not kept as a whole
            return found
        ancestor = ancestor.parent
    return []


def _placed_below(node: Evaluated, record: Record, look: Look) -> list[Evaluated]:
    """The nodes below one whose module is `record`."""
    places = node.places
    if places is None:
        places = {}
        here = Look(look.calls)
        for child in _walk(node, here):
            for placed in child.placed:
                places.setdefault(placed, []).append(child)
        if not here.hidden:
            node.places = places
        look.hidden |= here.hidden
        look.cycle = look.cycle or here.cycle
    return places.get(record, [])


def _walk(node: Evaluated, look: Look) -> Iterator[Evaluated]:
    for slot in _module_slots(node.shape):
        try:
            made = node.cells[slot.index].__class__ is not Unready
            if not made and not look.passes(node.definitions_of(slot)):
                continue
            value = node.cell(slot)
        except Cycle as cycle:
            look.met(cycle)
            continue
        except (Mistake, Mistakes):
            continue  # reported where it is: it is a mistake of that option, not of a reference
        for child in _nodes(value, look):
            yield child
            yield from _walk(child, look)


_slots: WeakKeyDictionary[Shape, list[Slot]] = WeakKeyDictionary()


def _module_slots(shape: Shape) -> list[Slot]:
    """The options of a shape whose values can hold modules of a kind."""
    found = _slots.get(shape)
    if found is None:
        found = _slots[shape] = [slot for slot in shape.slots if _has_modules(slot.type)]
    return found


def _has_modules(type_: OptionType) -> bool:
    """Can values of a type be modules of a kind, which others may refer to?"""
    todo: list[OptionType] = [type_]
    while todo:
        type_ = todo.pop()
        if isinstance(type_, Submodule) and _has_kind(type_):
            return True
        if not isinstance(type_, ReferenceType):
            todo.extend(type_.below())
    return False


def _has_kind(type_: Submodule) -> bool:
    return any(module.__module_record__.kind is not None for module in type_.modules)


def _nodes(value: Any, look: Look) -> Iterator[Evaluated]:
    node = getattr(value, "__node__", None)
    if node is not None:
        yield node
    elif isinstance(value, dict):
        for key in list(dict.__iter__(value)):  # names, of which no entry is made by this
            unmade = value.unmade(key) if isinstance(value, PendingDict) else None
            if unmade is not None and not look.passes(getattr(unmade, "definitions", ())):
                continue
            try:
                item = value.get(key)
            except Cycle as cycle:
                look.met(cycle)
                continue
            yield from _nodes(item, look)
    elif isinstance(value, list):
        for item in value:
            yield from _nodes(item, look)
