"""One evaluation of some modules at one place: a memoised cell for each option.

In: a shape, and definitions that belong to this place alone. Out: values, when read.
Refuses to compute what nobody reads.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

from . import configuration, misplaced, provided, snapshot, views
from ..cells import undeclared
from ..cells.cell import Cell, failed_again
from ..definition import Definition, discharge
from ..errors import (
    Mistake,
    Mistakes,
    NoSuchArgument,
    NoSuchName,
    ReadOnlyDefined,
    RemovedOption,
)
from ..cells.evaluated import Evaluated, Evaluating
from ..cells.freeform import Free, undeclared_in
from ..cells.intake import Intake
from ..merge import ranked
from ..declaration.module import Module, make_view
from ..properties import OPTION_DEFAULT
from ..provenance import Line, users_line
from ..declaration.record import Record
from .outline import Outline, filled
from .provided import NAME, OWN_NAME
from .renaming import assertions, unanswered, warnings
from ..cells.spot import DONE, Expansion
from ..declaration.tree import Alias, Group, Slot, Source
from ..unready import Unready
from ..words import Path, show_path

_position, _definition = itemgetter(0), itemgetter(1)


class Node(Intake):
    """The evaluation of a module at a path of the tree.

    `cells` has the values by slot, `problems` the mistakes that any read reports, `views` what
    the place was seen as, `noted` what others made of it, by the functions that did.
    """

    __slots__ = (
        "parent",
        "outline",
        "gaps",
        "cls",
        "arguments",
        "cells",
        "noted",
        "_expansions",
        "kind",
        "free",
        "bare",
        "places",
        "_main",
    )

    cells: list[Any]

    def __init__(
        self,
        evaluation: Evaluating,
        parent: Evaluated | None,
        path: Path,
        outline: Outline,
        gaps: Sequence[Record],
        kind: str | None,
        arguments: Mapping[str, Any],
    ) -> None:
        self.evaluation = evaluation
        self.path = path
        self.memo = {}
        self.start(outline.shape)
        self.parent = parent
        self.outline = outline
        self.gaps = gaps
        self.cls = outline.cls
        self.arguments = arguments
        self.views: dict[Any, Any] = {}
        self.noted: dict[Any, Any] = {}
        self._expansions: dict[Group, Expansion] | None = None
        self.kind = kind
        self.free: dict[Group, Free] | None = None
        self.bare: tuple[Any, ...] | None = None
        self.places: dict[Record, list[Evaluated]] | None = None
        self._main: Any = None

    @property
    def records(self) -> Sequence[Record]:
        """The modules of this place, in the order in which they count."""
        return filled(self.outline.order, self.gaps)

    @property
    def placed(self) -> Sequence[Record]:
        """Those of them that were placed here: instances, and the dicts that define it."""
        return filled(self.outline.placed, self.gaps)

    # -- definitions of this place

    def settle(self) -> None:
        """After the last record: names that nothing declares are problems, unless allowed."""
        anything = self.dynamic or self.renames or self.unknown
        slot = self.shape.args
        if anything or not slot.quiet or slot.index in self.extra:
            if OWN_NAME in self.arguments:
                self.extra.setdefault(slot.index, []).insert(0, (-1.0, provided.own_name(self)))
        self.touch = self.shape.constants.touch(None if anything else tuple(self.extra))
        self.cells = self.touch.cells.copy()
        for slot in self.touch.said:
            own = self.extra[slot.index]
            value = own[0][1].value
            if len(own) == 1 and value.__class__ in slot.exact:
                self.cells[slot.index] = value
        if self.problems or self.shape.doubled:
            self.problems = misplaced.explained(self, self.problems)
        if self.renames:
            self.problems += unanswered(self)
        if self.unknown and self.checks():
            self.problems += undeclared.mistakes(self)

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
        child: Any = group.children.get(name)
        if child.__class__ is Slot:
            value = self.cells[child.index]
            return self.cell(child) if value.__class__ is Unready else value
        if child.__class__ is Group:
            return self.below(child)
        return self.other(group, name, child)

    def problem(self) -> Mistake | Mistakes:
        """What is wrong with this place as a whole."""
        return self.problems[0] if len(self.problems) == 1 else Mistakes(self.problems)

    def other(self, group: Group, name: Any, child: Any) -> Any:
        """The value of a name that is neither option nor group."""
        if isinstance(child, Alias):
            if child.option.removed is not None:
                path = (*self.path, *child.path)
                raise RemovedOption(path, child.option.removed, child.place, [users_line()])
            assert child.target is not None
            return self.at(child.target)
        free = undeclared_in(self, group)
        if name in free:
            return free[name]
        path = (*self.path, *group.path, name)
        known = undeclared.names_in(group)
        owner = undeclared.owner_name(self, group)
        advice = undeclared.meant(group, name)
        raise NoSuchName(path, [users_line()], known, owner, advice=advice)

    def at(self, path: Path) -> Any:
        """The value at a path of options from this place's root, and of items behind them."""
        group: Any = self.shape.root
        for depth, step in enumerate(path):
            child = group.children.get(step)
            if not isinstance(child, Group):
                value = self.read(group, step)
                return self._behind(value, path, depth + 1) if path[depth + 1 :] else value
            group = child
        return self.view(group, group.cls or Module)

    def _behind(self, value: Any, path: Path, depth: int) -> Any:
        """What a value holds at the steps of a path from `depth` on. Raises NoSuchName."""
        for at, key in enumerate(path[depth:], depth + 1):
            try:
                value = value[key]
            except (KeyError, IndexError, TypeError):
                known = value if isinstance(value, Mapping) else ()
                owner = f"`{show_path((*self.path, *path[: at - 1]))}`"
                full = (*self.path, *path[:at])
                raise NoSuchName(full, [users_line()], known, owner, "is nothing") from None
        return value

    def cell(self, slot: Slot) -> Any:
        """The value of an option, computed if it has not been."""
        value = self.cells[slot.index]
        if value.__class__ is not Unready:
            return value
        if value.error is not None:
            raise failed_again(self, slot, value.error)
        task = Cell((self, slot))
        return self.evaluation.stack.run(task, task.compute)

    def spare(self, expansion: Expansion) -> None:
        """Take the values of options of which a computed definition of their group says nothing."""
        if self.dynamic or self.renames:
            return  # others may define them
        cells, defined = self.cells, frozenset([*expansion.found, *self.extra])
        for index, value in self.shape.constants.beside(expansion.group, defined):
            cells[index] = value  # which nothing else can make of it

    def counting(self, slot: Slot, definitions: list[Definition]) -> list[Definition]:
        """The definitions that count, the default among them where nothing is stronger."""
        if slot.read_only:
            self._single(slot, definitions)
        found = discharge(definitions, self) if definitions else definitions
        if slot.default is not None:
            for definition in found:
                if definition.priority < OPTION_DEFAULT:
                    break
            else:
                found = discharge([slot.default], self) + found
        return ranked(found) if len(found) > 1 else found

    def _single(self, slot: Slot, definitions: list[Definition]) -> None:
        every = ([slot.default] if slot.default else []) + definitions
        if len(every) > 1:
            values = [(getattr(d.value, "content", d.value), d.place) for d in every]
            raise ReadOnlyDefined((*self.path, *slot.path), values)

    def definitions_of(self, slot: Slot) -> list[Definition]:
        """All definitions of an option, in order, with the properties that they wear."""
        own = self.extra.get(slot.index)
        found = slot.definitions
        if slot.calm and not self.dynamic and not self.renames:
            if own is None:
                return slot.plain
            if not found and len(own) == 1:
                return [own[0][1]]
        for group in self._computed_around(slot) if self.dynamic else slot.computed_in:
            found = [*found, *self.expanded(group).found.get(slot.index, ())]
        if self.renames:
            made = warnings(self, slot) or assertions(self, slot)
            found = [*found, *((0.0, definition) for definition in made)]
        if own:
            found = sorted([*found, *own], key=_position) if found or len(own) > 1 else own
        elif found is not slot.definitions:
            found = sorted(found, key=_position)
        return list(map(_definition, found))

    def _computed_around(self, slot: Slot) -> Iterator[Group]:
        """The groups that may define an option by functions, of classes or at this place."""
        return (group for group in slot.around if group.dynamic or group in self.dynamic)

    def expanded(self, group: Group) -> Expansion:
        """The computed definitions of a whole group, spread over its options."""
        if self._expansions is None:
            self._expansions = {}
        expansion = self._expansions.get(group)
        if expansion is None:
            expansion = self._expansions[group] = Expansion(self, group)
        if expansion.state is not DONE:
            self.evaluation.stack.run(expansion, expansion.fill)
            self.spare(expansion)
        return expansion

    def freeform(self, group: Group) -> Any:
        """The values of the undeclared names that a group takes, those of groups in it nested."""
        if self.free is None:
            self.free = {}
        free = self.free.get(group)
        if free is None:
            free = self.free[group] = Free(self, group)
        if free.state is not DONE:
            self.evaluation.stack.run(free, free.merge)
        return free.value

    # -- views

    def below(self, group: Group) -> Any:
        """The view of a group as an instance of the class that declares it."""
        view = self.views.get(group)
        if view is None:
            view = self.views[group] = make_view(group.cls or Module, self, group)
        return view

    def view(self, group: Group, cls: Any) -> Any:
        """The view of a group as an instance of a class."""
        key = group, cls
        view = self.views.get(key)
        if view is None:
            view = self.views[key] = make_view(cls, self, group)
        return view

    def main(self) -> Any:
        """The view of the whole, as its most derived class."""
        view = self._main
        if view is None:
            view = self._main = self.view(self.shape.root, self.cls)
        return view

    def view_for(self, source: Source) -> Any:
        """What `self` is to functions of a record: the most derived class that has its methods."""
        view = self.views.get(source)
        if view is None:
            cls = views.class_for(self, source)
            view = self.views[source] = self.view(source.group, cls)
        return view

    def seen_as(self, view: Any, module: Any) -> Any:
        """The view as another of its modules. Raises NotImported."""
        return views.seen_as(self, view, module)

    def contains(self, group: Group, module: Any) -> bool:
        """Is a class in the module closure? A string: is there such an option?"""
        return views.contains(self, group, module)

    def argument(self, name: str) -> Any:
        """A module argument. Raises NoSuchArgument."""
        if name in self.arguments:
            return self.arguments[name]
        slot = self.shape.args
        if name == NAME and OWN_NAME in self.arguments and slot.index not in self.touch.numbers:
            return self.arguments[OWN_NAME]
        defined = self.cell(slot)
        if name in defined:
            return defined[name]
        if name in provided.NAMES:
            return provided.argument(self, name)
        given = [each for each in self.arguments if each != OWN_NAME]
        known = [*given, *defined, *provided.NAMES]
        raise NoSuchArgument(self.reading(), name, known)

    def as_record(self) -> Record:
        """A result as a module: the modules that it was evaluated from."""
        name = undeclared.module_name(self)
        return Record(name, Line("", 0), kind=self.kind, imports=self.records)

    # -- what views delegate

    def same_data(self, one: Any, other: Any) -> bool:
        """Do two results have equal data?"""
        return configuration.same_data(one, other)

    def shown(self, view: Any) -> str:
        """A result in a repr."""
        return configuration.shown(view)

    def reduced(self, view: Any) -> Any:
        """How a result is pickled."""
        return snapshot.reduced(view)
