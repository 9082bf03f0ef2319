"""What all evaluations of the same modules share: the tree of options, with the definitions
of classes already routed to them.

In: records in order. Out: `Shape`, a tree of `Group` and `Slot`, made once for each tuple of
records. Refuses to run anything of the user's: values stay as written.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from .constants import Constants, paths_read
from ..definition import Definition
from ..errors import (
    BadModule,
    Cycle,
    DuplicateDeclaration,
    EndlessModule,
    Mistake,
    NoTarget,
    OptionAndGroup,
)
from ..frozen import NOTHING
from .declarations import as_one, joined_type, old_name, refused_of_group
from .graph import close
from .old_names import find_makers
from ..declaration.option import MODULE, Option, draft
from ..properties import OPTION_DEFAULT, Later, Override
from ..provenance import Line
from ..declaration.record import Declared, Record
from .routing import Moved, Sink, route
from ..declaration.target import Target, owner_of, steps_of, written
from ..declaration.tree import Alias, Group, Slot, Source, rings
from ..types.containers import DictOf
from ..types.plain import Raw
from ..types.submodule import Submodule
from ..types.text import Text
from ..words import Path, show_path


class Skipping(Sink, Protocol):
    """A sink that notes definitions whose target does not exist here, and need not."""

    def skip(self, module: str, declared: Declared) -> None:
        """A definition of a module that applies elsewhere."""
        ...


class Shape(Skipping):
    """The options of some modules and what their classes define.

    `selves` keeps what `self` is to functions of a class in a group; `positions` has the place of each record in the order; `unknown` the definitions that
    no option takes; `problems` what is wrong with the modules themselves. It is `doubled` where the
    options of a module are in two groups.
    """

    def __init__(self, records: Sequence[Record]) -> None:
        self.records = tuple(records)
        self.root = Group((), None, None)
        self.slots: list[Slot] = []
        self.positions: dict[Record, int] = {}
        self.sources: dict[Record, Source] = {}
        self.owners: dict[Any, list[Group]] = {}
        self.selves: dict[Any, Any] = {}
        self.unknown: list[tuple[float, Path, Definition]] = []
        self.problems: list[Mistake] = []
        self.refused: set[Path] = set()
        self.skipped: list[tuple[str, Declared]] = []
        self.freeforms: list[Group] = []
        self.computed: list[Group] = []
        self.renames: list[tuple[float, Alias, Definition]] = []
        self.doubled = False
        self._aliases: list[tuple[Alias, Group]] = []
        self._declared: dict[Path, list[tuple[Option, Source]]] = {}
        self._order: list[tuple[Record, Source]] = []
        self.position = 0.0
        self._build()

    def _build(self) -> None:
        for record in self.records:
            self._mount(record, self.root)
        for name, type_ in _BUILT_IN.items():
            option = _built_in(name, type_)
            self._declared[MODULE, name] = [(option, Source(_MODULE_RECORD, self.root))]
        for path in sorted(self._declared, key=len):
            self._place(path, self._declared[path])
        self._refuse_rings()
        self.check = self._slot_of((MODULE, "check"))
        self.args = self._slot_of((MODULE, "args"))
        self.positions = {record: index for index, (record, _) in enumerate(self._order)}
        for alias, _ in self._aliases:
            alias.position = float(self.positions[alias.option.owner])
        for position, (record, source) in enumerate(self._order):
            self.position = float(position)
            for declared in record.definitions:
                self._route(declared, source)
        for slot in self.slots:
            find_makers(slot, self._aliases)
            slot.calm = not slot.computed_in
            slot.quiet = slot.calm and not slot.definitions
            slot.plain = [definition for _, definition in slot.definitions]
            slot.lone = slot.type.takes_one() and slot.option.apply is None
            if slot.option.apply is None:
                slot.exact, slot.leaf = slot.type.exact, slot.type.leaf
            slot.reads = paths_read(slot)
        self.doubled = any(len(each) > 1 and self.root in each for each in self.owners.values())
        never = (*self.computed, *(group for _, group in self._aliases))
        self.constants = Constants(self.slots, never, bool(self._aliases))

    def _slot_of(self, path: Path) -> Slot:
        child: Any = self.root
        for step in path:
            child = child.children[step]
        assert isinstance(child, Slot)
        return child

    # -- declarations

    def _mount(self, record: Record, group: Group) -> None:
        """Take in the options of a record below a group, and of the groups it names."""
        source = Source(record, group)
        self.owners.setdefault(record.owner, []).append(group)
        group.records.add(record.key)
        for path, option in record.options.items():
            try:
                module = option.group()
            except Mistake as mistake:
                self._refuse((*group.path, *path), mistake)
                continue
            if module is None:
                self._declared.setdefault((*group.path, *path), []).append((option, source))
            else:
                self._mount_group(module, group, path, option)
        if record.freeform is not None:
            self._add_freeform(record, group)
        self._order.append((record, source))
        self.sources.setdefault(record, source)

    def _mount_group(self, module: Any, group: Group, path: Path, option: Option) -> None:
        inner = self._group_at(group, path, option)
        if inner is None:
            return
        if inner.cls is not None:
            places = [(inner.cls.__name__, inner.place), (option.owner.name, option.place)]
            self.problems.append(DuplicateDeclaration(inner.path, places, ""))
            return
        if any(outer.cls is module for outer in group.ancestors()):
            self.problems.append(EndlessModule(inner.path, module.__name__, option.place))
            return
        self.problems += refused_of_group(module, inner.path, option)
        inner.cls = module
        inner.place = option.place
        for record in close([module]).records:
            self._mount(record, inner)

    def _group_at(self, group: Group, path: Path, option: Option) -> Group | None:
        for step in path:
            child = group.children.get(step)
            if child is None:
                child = Group((*group.path, step), group, None)
                group.children[step] = child
            if not isinstance(child, Group):
                self.problems.append(
                    OptionAndGroup(child.path, child.place, (*group.path, *path), option.place)
                )
                return None
            group = child
        return group

    def _add_freeform(self, record: Record, group: Group) -> None:
        names = (f"freeform of {record.name}",)
        option = Option(
            names, record.freeform, ({}, {}), draft(None, record.place), record.place, record
        )
        made = option.type()
        if not made.accepts({}):
            headline = f"the freeform of {record.name} is {made.describe()}, and has to be a dict"
            advice = "write the type of all undeclared names together: freeform=dict[str, ...]"
            self.problems.append(BadModule(headline, record.place, advice))
            made = DictOf(Raw(), Text())  # so that what is undeclared is no mistake as well
        if group.freeform is None:
            self.freeforms.append(group)
        joined = made if group.freeform is None else group.freeform.joined(made)
        if joined is None:
            headline = f"{record.name} has a freeform type that differs from another module's"
            others = [(f"freeform of {r.name}", r.place) for r, _ in self._order if r.freeform]
            advice = "let both say the same type"
            self.problems.append(BadModule(headline, record.place, advice, others=others))
        group.freeform = joined or made

    def _place(self, path: Path, found: list[tuple[Option, Source]]) -> None:
        """Put the declarations of one path into the tree."""
        group = self.root
        for depth, step in enumerate(path[:-1]):
            child = group.children.get(step)
            if child is None:
                child = group.children[step] = Group((*group.path, step), group, None)
            if not isinstance(child, Group):
                self._below(child, path[depth + 1 :], found)
                return
            group = child
        existing = group.children.get(path[-1])
        option = found[0][0]
        if isinstance(existing, Group):
            self.problems.append(OptionAndGroup(path, option.place, path, existing.place))
            return
        try:
            old = old_name(path, found)
            type_ = joined_type(path, found) if old is None else None
        except Mistake as mistake:
            self._refuse(path, mistake)
            return
        if type_ is None:
            group.children[path[-1]] = alias = Alias(path, option.alias, option)
            self._aliases.append((alias, group))
            return
        chosen, chosen_source = as_one(found)
        slot = Slot(len(self.slots), path, group, chosen, type_, chosen_source)
        slot.declarations = tuple(option for option, _ in found)
        slot.read_only = any(option.read_only for option, _ in found)
        slot.default = _default(chosen, chosen_source)
        self.slots.append(slot)
        group.children[path[-1]] = slot

    def _refuse(self, path: Path, mistake: Mistake) -> None:
        """Leave out an option that cannot be: its definitions are no mistakes as well."""
        self.problems.append(mistake)
        self.refused.add(path)

    def _refuse_rings(self) -> None:
        """Aliases that lead to each other and to no option: a mistake for each ring."""
        groups = dict(self._aliases)
        for ring in rings(groups):
            self._refuse(ring[0].path, Cycle([(each.path, [each.place]) for each in ring]))
            for each in ring:
                self.refused.add(each.path)
                del groups[each].children[each.path[-1]]

    def _below(self, slot: Slot | Alias, rest: Path, found: list[tuple[Option, Source]]) -> None:
        """Options below an option: further modules of its submodule, or a mistake."""
        option = found[0][0]
        if isinstance(slot, Alias) or not isinstance(slot.type, Submodule):
            self.problems.append(
                OptionAndGroup(slot.path, slot.place, (*slot.path, *rest), option.place)
            )
            return
        extra = [
            Record(source.record.name, option.place, options={rest: option})
            for option, source in found
        ]
        slot.type = slot.type.with_modules(extra)

    # -- definitions

    def _route(self, declared: Declared, source: Source) -> None:
        found = self.aim(declared, source, self)
        if found is not None:
            group, path = found
            definition = Definition(declared.value, declared.place, source, declared.scope)
            route(self.root, group, path, definition, self)

    def aim(self, declared: Declared, source: Source, sink: Skipping) -> tuple[Group, Path] | None:
        """The group and path that a target means, seen from the module that names it.

        Where there is none `sink` is told, and the result is None.
        """
        target = declared.target
        if not isinstance(target, Target):
            there = not declared.optional or target[0] in source.group.children
            return (source.group, target) if there else None
        if steps_of(target)[0] == MODULE:
            return self.root, steps_of(target)
        owner = owner_of(target)
        groups = self.owners.get(owner, [])
        for group in (source.group, self.root):
            if group in groups:
                return group, steps_of(target)
        if len(groups) == 1:
            return groups[0], steps_of(target)
        if not groups and declared.optional:
            sink.skip(source.record.name, declared)
        else:
            sink.wrong(_no_target(declared, target, groups))
        return None

    def skip(self, module: str, declared: Declared) -> None:
        self.skipped.append((module, declared))

    def leaf(self, slot: Slot, definition: Definition) -> None:
        slot.definitions.append((self.position, definition))

    def whole(self, group: Group, definition: Definition) -> None:
        group.dynamic.append((self.position, definition))
        self.computed.append(group)

    def stray(self, path: Path, definition: Definition) -> None:
        self.unknown.append((self.position, path, definition))

    def wrong(self, mistake: Mistake) -> None:
        self.problems.append(mistake)

    def renamed(self, alias: Alias, definition: Definition) -> Sink:
        self.renames.append((self.position, alias, definition))
        return Moved(self, alias)


def _no_target(declared: Declared, target: Target, groups: Sequence[Group]) -> Mistake:
    name = owner_of(target).__name__
    if groups:
        paths = ", ".join(show_path((*group.path, *steps_of(target))) for group in groups)
        headline = f"{written(target)} could be several options: {paths}"
        advice = "start the target at the module that has the option, as in Outer.inner.name"
        return NoTarget(headline, declared.place, advice, str(steps_of(target)[-1]))
    headline = f"{written(target)} is defined, but {name} is no part of this evaluation"
    advice = getattr(owner_of(target), "_if_absent", f"import {name}")
    advice += ", or skip the definition where it is absent: optional=True"
    return NoTarget(headline, declared.place, advice, str(steps_of(target)[-1]))


def _default(option: Option, source: Source) -> Definition | None:
    """An option's own default as a definition of its weakest priority."""
    if option.compute is not None:
        value: Any = Later(option.compute, wants_view=True)
    elif option.default is not NOTHING:
        value = option.default
    else:
        return None
    return Definition(Override(OPTION_DEFAULT, value), option.place, source)


_MODULE_RECORD = Record("the module system", Line("<modsvc_dsl>", 0))
_BUILT_IN: dict[str, tuple[Any, Any]] = {
    "args": (DictOf(Raw(), Text(), lazy=True), NOTHING),
    "check": (bool, True),
}


def _built_in(name: str, declaration: tuple[Any, Any]) -> Option:
    annotation, default = declaration
    place = _MODULE_RECORD.place
    made = draft(annotation, place, internal=True, default=default)
    return Option((MODULE, name), annotation, ({}, {}), made, place, _MODULE_RECORD)


def shape_of(records: tuple[Record, ...]) -> Shape:
    """The shape of records that declare or belong to classes, made once.

    It is kept with the first record, so that it goes when that does.
    """
    if not records:
        return Shape(())
    cache = records[0].cache
    shape: Shape | None = cache.get(records)
    if shape is None:
        shape = cache[records] = Shape(records)
    return shape
