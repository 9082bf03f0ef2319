"""One evaluation of some modules at one place: a memoised cell for each option.

In: a shape, and definitions that belong to this place alone. Out: values, when read.
Refuses to compute what nobody reads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .definition import Definition, discharge
from .errors import (
    BadCondition,
    FunctionFailed,
    Mistake,
    Mistakes,
    NoSuchArgument,
    NoSuchName,
    NotImported,
    ReadOnlyDefined,
    RemovedOption,
    TooDeep,
    Undefined,
    UnknownOption,
)
from .frozen import NOTHING, FrozenDict, FrozenList
from .merge import ranked
from .module import Module, make_view
from .properties import OPTION_DEFAULT, PROPERTIES, Later
from .provenance import Line, Place
from .record import Record
from .renaming import assertions, unanswered, warnings
from .routing import Moved, Sink, nest, route
from .shape import Shape
from .spot import Entry, Here
from .stack import Stack, is_ours, users_line
from .tree import Alias, Group, Slot, Source
from .words import Path, show_path

if TYPE_CHECKING:
    from .evaluate import Evaluation


class Unready:
    """A cell without a value: not computed yet, being computed, or failed with `error`."""

    __slots__ = ("error",)

    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error


UNREAD = Unready()
RUNNING = Unready()


class Node:
    """The evaluation of a module at a path of the tree.

    `extra` holds the definitions that are no class's, by slot; `memo` the results of
    functions, each run at most once; `problems` the mistakes that any read reports.
    """

    __slots__ = (
        "evaluation",
        "parent",
        "path",
        "shape",
        "records",
        "cls",
        "arguments",
        "cells",
        "extra",
        "dynamic",
        "memo",
        "views",
        "problems",
        "unknown",
        "renames",
        "expanded",
        "kind",
        "_freeform",
        "position",
        "_tasks",
        "placed",
        "places",
    )

    def __init__(
        self,
        evaluation: Evaluation,
        parent: Node | None,
        path: Path,
        shape: Shape,
        records: Sequence[Record],
        cls: Any,
        arguments: Mapping[str, Any],
    ) -> None:
        self.evaluation = evaluation
        self.parent = parent
        self.path = path
        self.shape = shape
        self.records = records
        self.cls = cls
        self.arguments = arguments
        self.cells: list[Any] = [UNREAD] * len(shape.slots)
        self.extra: dict[int, list[tuple[float, Definition]]] = {}
        self.dynamic: dict[Group, list[tuple[float, Definition]]] = {}
        self.memo: dict[Later, Any] = {}
        self.views: dict[Any, Any] = {}
        self.unknown = shape.unknown
        self.renames = shape.renames
        self.problems: list[Mistake] = list(shape.problems) if shape.problems else []
        self.expanded: dict[Group, dict[int, list[tuple[float, Definition]]]] | None = None
        self.kind: str | None = None
        self._freeform: Any = UNREAD
        self.position = 0.0
        self._tasks: dict[int, Cell] = {}
        self.placed: Sequence[Record] = ()
        self.places: dict[Record, list[Node]] | None = None

    # -- definitions of this place

    def add(self, record: Record, position: float) -> None:
        """Route what a record defines that no shape holds."""
        self.position = position
        own = Source(record, self.shape.root)
        for declared in record.definitions:
            source = declared.source or own
            if declared.target.__class__ is not tuple:
                found = self.shape.aim(declared, own)
                if found is None:
                    continue
                group, path = found
            else:
                group, path = self.shape.root, declared.target
            definition = Definition(declared.value, declared.place, source, declared.scope)
            route(self.shape.root, group, path, definition, self)

    def leaf(self, slot: Slot, definition: Definition) -> None:
        self.extra.setdefault(slot.index, []).append((self.position, definition))

    def whole(self, group: Group, definition: Definition) -> None:
        self.dynamic.setdefault(group, []).append((self.position, definition))

    def stray(self, path: Path, definition: Definition) -> None:
        if self.unknown is self.shape.unknown:
            self.unknown = list(self.unknown)
        self.unknown.append((self.position, path, definition))

    def wrong(self, mistake: Mistake) -> None:
        mistake.path = (*self.path, *mistake.path)
        self.problems.append(mistake)

    def renamed(self, alias: Alias, definition: Definition) -> Sink:
        if self.renames is self.shape.renames:
            self.renames = list(self.renames)
        self.renames.append((alias, definition))
        return Moved(self, alias)

    def settle(self) -> None:
        """After the last record: names that nothing declares are problems, unless allowed."""
        if self.renames:
            self.problems += unanswered(self)
        if self.unknown and self.shape.freeform is None and self.checks():
            for path, places in self._undeclared().items():
                group = self._deepest(path)
                full = (*self.path, *path)
                self.problems.append(UnknownOption(full, places, _shown(group), self._owner(group)))

    def _undeclared(self) -> dict[Path, list[Place]]:
        found: dict[Path, list[Place]] = {}
        for _, path, definition in self.unknown:
            depth = len(self._deepest(path).path) + 1
            found.setdefault(path[:depth], []).append(definition.place)
        return found

    def _deepest(self, path: Path) -> Group:
        group = self.shape.root
        for step in path:
            child = group.children.get(step)
            if not isinstance(child, Group):
                return group
            group = child
        return group

    def _owner(self, group: Group) -> str:
        if group.cls is not None:
            return str(group.cls.__name__)
        return self.name() if not group.path else f"`{show_path(group.path)}`"

    def name(self) -> str:
        """The module's name for messages."""
        if self.cls is not Module:
            return str(self.cls.__name__)
        names = [record.name for record in self.records]
        return names[0] if len(names) == 1 else "these modules"

    def checks(self) -> bool:
        """Are undeclared names mistakes here?"""
        slot = self.shape.check
        if not slot.definitions and slot.index not in self.extra:
            return True
        return bool(self.cell(slot))

    # -- reading

    def read(self, group: Group, name: Any) -> Any:
        """The value of a name in a group. Raises what is wrong with it."""
        if self.problems:
            raise self.problem()
        child = group.children.get(name)
        if child.__class__ is Slot:
            value = self.cells[child.index]  # type: ignore[union-attr]
            return self.cell(child) if value.__class__ is Unready else value  # type: ignore[arg-type]
        return self.other(group, name, child)

    def problem(self) -> Mistake | Mistakes:
        """What is wrong with this place as a whole."""
        return self.problems[0] if len(self.problems) == 1 else Mistakes(self.problems)

    def other(self, group: Group, name: Any, child: Any) -> Any:
        """The value of a name that is no plain option."""
        if isinstance(child, Group):
            return self.view(child, child.cls or Module)
        if isinstance(child, Alias):
            if child.option.removed is not None:
                path = (*self.path, *child.path)
                raise RemovedOption(path, child.option.removed, child.place)
            assert child.target is not None
            return self.at(child.target)
        if self.shape.freeform is not None:
            value = self.freeform()
            for step in group.path:
                value = value.get(step, FrozenDict())
            if name in value:
                return value[name]
        path = (*self.path, *group.path, name)
        known = _shown(group)
        raise NoSuchName(path, [users_line()], known, self._owner(group))

    def at(self, path: Path) -> Any:
        """The value at a path of options from this place's root, and of items behind them."""
        group: Any = self.shape.root
        for depth, step in enumerate(path):
            child = group.children.get(step)
            if not isinstance(child, Group):
                value = self.read(group, step)
                for key in path[depth + 1 :]:
                    value = value[key]
                return value
            group = child
        return self.view(group, group.cls or Module)

    def cell(self, slot: Slot) -> Any:
        """The value of an option, computed if it has not been."""
        value = self.cells[slot.index]
        if value.__class__ is not Unready:
            return value
        if value.error is not None:
            raise value.error
        task = self._tasks.get(slot.index)
        if task is None:
            task = self._tasks[slot.index] = Cell(self, slot)
        return self.evaluation.stack.run(task, task.compute)

    def value_of(self, slot: Slot) -> Any:
        """Merge what is defined for an option."""
        definitions = self.definitions_of(slot)
        if not definitions and slot.constant is not NOTHING:
            return slot.constant
        found = self.counting(slot, definitions)
        spot = Here(self, slot.path)
        if found:
            value = slot.type.merge(spot, found)
        else:
            value = slot.type.empty(spot)
            if value is NOTHING:
                places = [definition.place for definition in definitions]
                raise Undefined(spot.path, slot.type.describe(), slot.place, places)
        if slot.option.apply is not None:
            value = self.applied(slot, value)
        elif not definitions and _shareable(slot, value):
            slot.constant = value
        return value

    def counting(self, slot: Slot, definitions: list[Definition]) -> list[Definition]:
        """The definitions that count, the default among them where nothing is stronger."""
        if slot.read_only:
            self._single(slot, definitions)
        found = discharge(definitions, self) if definitions else definitions
        if slot.default is not None and all(d.priority >= OPTION_DEFAULT for d in found):
            found = discharge([slot.default], self) + found
        return ranked(found)

    def _single(self, slot: Slot, definitions: list[Definition]) -> None:
        every = ([slot.default] if slot.default else []) + definitions
        if len(every) > 1:
            values = [(getattr(d.value, "content", d.value), d.place) for d in every]
            raise ReadOnlyDefined((*self.path, *slot.path), values)

    def definitions_of(self, slot: Slot) -> list[Definition]:
        """All definitions of an option, in order, with the properties that they wear."""
        own = self.extra.get(slot.index)
        found = slot.definitions
        if self.shape.dynamic or self.dynamic:
            found = [*found, *self._from_groups(slot)]
        if self.renames:
            made = warnings(self, slot) or assertions(self, slot)
            found = [*found, *((0.0, definition) for definition in made)]
        if own:
            found = sorted([*found, *own], key=_position) if found or len(own) > 1 else own
        elif found is not slot.definitions:
            found = sorted(found, key=_position)
        return [definition for _, definition in found]

    def _from_groups(self, slot: Slot) -> list[tuple[float, Definition]]:
        """Definitions of the option that come out of computed definitions of a group."""
        found: list[tuple[float, Definition]] = []
        group: Group | None = slot.group
        while group is not None:
            if group.dynamic or group in self.dynamic:
                found += self._expansion(group).get(slot.index, [])
            group = group.parent
        return found

    def _expansion(self, group: Group) -> dict[int, list[tuple[float, Definition]]]:
        if self.expanded is None:
            self.expanded = {}
        if group not in self.expanded:
            from .spot import Expansion

            expansion = Expansion(self, group)
            self.evaluation.stack.run(expansion, expansion.fill)
            self.expanded[group] = expansion.found
        return self.expanded[group]

    def applied(self, slot: Slot, value: Any) -> Any:
        """The value changed by the option's `apply`."""
        function = slot.option.apply
        assert function is not None
        return self.call(lambda: function(value), function)

    def freeform(self) -> Any:
        """The values of undeclared names, merged by the freeform type."""
        if self._freeform is UNREAD:
            if self.shape.freeform is None:
                self._freeform = FrozenDict()
            else:
                spot = Here(self, ())
                found = [
                    definition.holding(nest(path, definition.value))
                    for _, path, definition in sorted(self.unknown, key=_position)
                ]
                counting = ranked(discharge(found, self))
                type_ = self.shape.freeform
                self._freeform = type_.merge(spot, counting) if counting else FrozenDict()
        return self._freeform

    # -- scope of definitions

    def force(self, later: Later, definition: Definition) -> Any:
        """The result of a later value; a second read does not run it again."""
        try:
            return self.memo[later]
        except KeyError:
            pass
        function = later.content
        if later.wants_view:
            view = self.view_for(definition.source)
            value = self.call(lambda: function(view), function)
        else:
            value = self.call(function, function)
        self.memo[later] = value
        return value

    def call(self, work: Callable[[], Any], function: Any) -> Any:
        """Run a function of the user's. Raises FunctionFailed with the frames of theirs."""
        try:
            return work()
        except (Mistake, Mistakes):
            raise
        except RecursionError as error:
            raise TooDeep(self.reading(), 0) from error
        except Exception as error:
            name = getattr(function, "__qualname__", repr(function))
            frames = _frames(error)
            raise FunctionFailed(self.reading(), name, error, frames) from error

    def condition(self, value: Any, definition: Definition) -> bool:
        """A condition as a boolean."""
        while value.__class__ is Later:
            value = self.force(value, definition)
        if value is True or value is False:
            return bool(value)
        raise BadCondition(self.reading(), value, definition.place)

    def reading(self) -> Path:
        """The path of what is being computed, for messages."""
        tasks = self.evaluation.stack.tasks
        return tasks[-1].path if tasks else self.path

    # -- views

    def view(self, group: Group, cls: Any) -> Any:
        """The view of a group as an instance of a class."""
        key = group, cls
        view = self.views.get(key)
        if view is None:
            view = self.views[key] = make_view(cls, self, group)
        return view

    def main(self) -> Any:
        """The view of the whole, as its most derived class."""
        return self.view(self.shape.root, self.cls)

    def view_for(self, source: Source) -> Any:
        """What `self` is to functions of a record: the most derived class that has its methods."""
        view = self.views.get(source)
        if view is None:
            view = self.views[source] = self._view_for(source)
        return view

    def _view_for(self, source: Source) -> Any:
        owner = source.record.owner
        group = source.group
        if owner is None:
            return self.view(group, self.cls if group.parent is None else Module)
        candidates = [group.cls] if group.parent is not None else [self.cls]
        candidates += [record.owner for record in reversed(self.shape.records)]
        for cls in candidates:
            if cls is not None and issubclass(cls, owner):
                return self.view(group, cls)
        return self.view(group, owner)

    def seen_as(self, view: Any, module: Any) -> Any:
        """The view as another of its modules. A string is the name of an option."""
        if isinstance(module, str):
            return self.read(view.__group__, module)
        group: Group = view.__group__
        if isinstance(view, module):
            return view
        if group.parent is None:
            for record in reversed(self.shape.records):
                if record.owner is not None and issubclass(record.owner, module):
                    return self.view(group, record.owner)
        groups = self.shape.owners.get(module, [])
        if len(groups) == 1:
            return self.view(groups[0], groups[0].cls)
        present = dict.fromkeys(r.owner.__name__ for r in self.shape.records if r.owner is not None)
        raise NotImported(
            self.path, getattr(module, "__name__", repr(module)), present, [users_line()]
        )

    def contains(self, group: Group, module: Any) -> bool:
        """Is a class in the module closure? A string: is there such an option?"""
        if isinstance(module, str):
            return module in group.children or module in self.freeform()
        return any(
            record.owner is not None and issubclass(record.owner, module)
            for record in self.shape.records
        )

    def argument(self, name: str) -> Any:
        """A module argument. Raises NoSuchArgument."""
        if name in self.arguments:
            return self.arguments[name]
        defined = self.cell(self.shape.args)
        if name in defined:
            return defined[name]
        raise NoSuchArgument(self.reading(), name, [*self.arguments, *defined])

    def as_record(self) -> Record:
        """A result as a module: the modules that it was evaluated from."""
        record = Record(self.name(), Line("", 0), kind=self.kind, imports=self.records)
        return record

    # -- what views delegate

    def same_data(self, one: Any, other: Any) -> bool:
        from .configuration import same_data

        return same_data(one, other)

    def shown(self, view: Any) -> str:
        from .configuration import shown

        return shown(view)

    def reduced(self, view: Any) -> Any:
        from .configuration import reduced

        return reduced(view)


class Cell:
    """One option being computed."""

    __slots__ = ("node", "slot")

    def __init__(self, node: Node, slot: Slot) -> None:
        self.node = node
        self.slot = slot

    @property
    def path(self) -> Path:
        return (*self.node.path, *self.slot.path)

    def compute(self) -> Any:
        """Compute, and remember the value or the failure."""
        cells, index = self.node.cells, self.slot.index
        state = cells[index]
        if state.__class__ is not Unready:
            return state  # another thread was first
        if state is RUNNING:
            self.node.evaluation.stack.tasks.pop()
            try:
                raise self.node.evaluation.stack.cycle(self)
            finally:
                self.node.evaluation.stack.tasks.append(self)
        cells[index] = RUNNING
        try:
            value = cells[index] = self.node.value_of(self.slot)
        except RecursionError as error:
            failure = TooDeep(self.path, 0)
            cells[index] = Unready(failure)
            raise failure from error
        except (Mistake, Mistakes) as error:
            cells[index] = Unready(error)
            raise
        except BaseException:
            cells[index] = UNREAD
            raise
        self.node._tasks.pop(index, None)
        return value


def _position(item: tuple[Any, ...]) -> float:
    position: float = item[0]
    return position


def _shown(group: Group) -> list[str]:
    return [str(name) for name in group.children if name != "_module"]


def _shareable(slot: Slot, value: Any) -> bool:
    """May all evaluations share the value that the option has where nothing is defined?"""
    if slot.default is not None and slot.default.value.content.__class__ in PROPERTIES:
        return False
    if slot.type.simple or value is None:
        return True
    return value.__class__ in (FrozenList, frozenset, FrozenDict) and not len(value)


def _frames(error: BaseException) -> list[Place]:
    """The frames of the user's in a traceback, innermost first."""
    places: list[Place] = []
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if not is_ours(file):
            places.append(Line(file, trace.tb_lineno))
        trace = trace.tb_next
    return places[::-1]
