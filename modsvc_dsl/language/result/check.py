"""Force everything, and report everything that is wrong.

In: a result. Out: the same result, or `Mistakes` with every single one. Refuses to print.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import PosixPath, PurePosixPath
from typing import Any, TypeVar

from ..arguments import refuses_others
from ..evaluation.configuration import held, is_result, node_of
from ..definition import Definition
from ..errors import (
    AssertionFailed,
    Cycle,
    Mistake,
    Mistakes,
    TooDeep,
    Undefined,
    UnknownOption,
    flatten,
)
from ..cells.cell import Cell, has_value
from ..cells.evaluated import Evaluated
from ..cells.whereabouts import told_within
from ..frozen import FrozenDict, FrozenList
from ..function import read_by
from ..properties import Override
from ..provenance import Place, users_line
from ..evaluation.provided import refuse_misdefined
from ..evaluation.renaming import Assertion, unanswered
from ..declaration.tree import ASSERTIONS, WARNINGS, Group, Slot
from ..unready import UNREAD, Unready
from ..words import Path, show_path, show_value

M = TypeVar("M")
Warned = tuple[Path, str]
"""The path of a module, and what it warns of."""
Note = Callable[..., Any]
"""Calls a function with arguments; what is wrong there is kept, and the result is None."""


_ATOMS = frozenset({str, int, bool, float, type(None), PosixPath, PurePosixPath, timedelta})
"""Classes of values with nothing in them, for a fast test."""


@refuses_others
def check(result: M) -> M:
    """The result, with every option computed. Raises Mistakes with all that is wrong.

    Failed assertions count as mistakes; each carries the path of the module that made it.
    Results do not change, so one that was found right is not looked through again.
    """
    node = node_of(result, "check")
    if not node.evaluation.checked:
        mistakes = find_mistakes(result)
        if mistakes:
            raise Mistakes(mistakes)
        node.evaluation.checked = node is node.evaluation.root
    return result


@refuses_others
def find_mistakes(result: Any) -> list[Mistake]:
    """Everything that is wrong with a result and all results in it, each once."""
    node_of(result, "find_mistakes")
    return mistakes_beside(result, ())


def mistakes_beside(result: Any, apart: Collection[Any]) -> list[Mistake]:
    """The same, but for what is wrong in results in it that are `apart`: somebody else looks there."""
    try:
        return _mistakes(result, apart)
    except RecursionError as error:  # of what goes down through the services of services
        deepest = max(_nodes(result, _Notes().of), key=lambda node: len(node.path))
        written = [record.place for record in deepest.placed]
        raise TooDeep(deepest.path, 0, written[0] if written else users_line()) from error


def _mistakes(result: Any, apart: Collection[Any]) -> list[Mistake]:
    notes = _Notes()
    left_out = {view.__node__ for view in apart}
    with held(result):
        # every option before what places say as a whole: that reads options of others too
        whole: list[Evaluated] = []
        for node in _nodes(result, notes.of, left_out):
            if not node.problems and node not in left_out:
                whole.append(node)
            if notes.endless:
                break
        for node in whole:
            if node.shape.constants.old:
                notes.add(*_used_late(node, notes.of))
            if node.shape.args.index in node.touch.numbers:
                notes.of(refuse_misdefined, node)
            asserting, judges = _asked(node)
            if asserting is not None:
                notes.add(*_failed(node, asserting, notes.of))
            if judges and not notes.endless:
                notes.add(*_invalid(node, judges))
        if whole and whole[0] is whole[0].evaluation.root:
            notes.add(*_wrong_as_a_whole(whole[0], notes.of))
    return _distinct(_without_consequences(notes.found))


class _Notes:
    """The mistakes found so far. `endless` says that results lie in results without a bottom."""

    def __init__(self) -> None:
        self.found: list[Mistake] = []
        self.endless = False
        self._seen: set[int] = set()

    def add(self, *mistakes: Mistake) -> None:
        """Note mistakes, each once."""
        for mistake in mistakes:
            if id(mistake) not in self._seen:
                self._seen.add(id(mistake))
                self.found.append(mistake)
                self.endless |= mistake.endless

    def of(self, work: Callable[..., Any], *arguments: Any) -> Any:
        """The result of a function, or None if it has a mistake, which is noted.

        Nothing is asked any more behind what has no bottom: there may be ever more of it.
        """
        if self.endless:
            return None
        try:
            return work(*arguments)
        except (Mistake, Mistakes) as error:
            self.add(*flatten(error))
            return None


def _without_consequences(mistakes: list[Mistake]) -> list[Mistake]:
    """Mistakes but for missing values whose name was misspelt, or whose option is wrong itself."""
    known = {mistake.path for mistake in mistakes if not isinstance(mistake, Undefined)}
    for mistake in mistakes:
        if isinstance(mistake, UnknownOption):
            known.update((*mistake.path[:-1], name) for name in mistake.suggestions)
    return [m for m in mistakes if not (isinstance(m, Undefined) and m.path in known)]


def _distinct(mistakes: Any) -> list[Mistake]:
    """Mistakes without those that say exactly the same."""
    return list({str(mistake): mistake for mistake in mistakes}.values())


def _nodes(result: Any, note: Note, apart: Container[Evaluated] = ()) -> Iterator[Evaluated]:
    """The nodes of a result and of everything in it, each computed whole before it is given.

    Those `apart` are given as they are, and without what is in them.
    """
    todo = [result.__node__]
    seen: set[int] = set()
    while todo:
        node: Evaluated = todo.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if node in apart:
            yield node
            continue
        inner: list[Evaluated] = []
        if node.problems:
            note(_demand_no_problems, node)
        cells, run = node.cells, node.evaluation.stack.run
        for slot in node.touch.slots:  # a constant was found right once
            value = cells[slot.index]
            if value.__class__ is Unready:
                cell = Cell((node, slot))
                try:  # at once, as `node.cell` would
                    value = run(cell, cell.compute) if value is UNREAD else node.cell(slot)
                except (Mistake, Mistakes):
                    if not has_value(node, slot):
                        continue
                    value = note(node.cell, slot)  # it fails again, and is noted
            kind = value.__class__
            if slot.leaf or kind in _ATOMS:
                continue
            if kind is FrozenList and _ATOMS.issuperset(map(type, value)):
                continue
            if kind is FrozenDict and _ATOMS.issuperset(map(type, value.values())):
                continue
            if is_result(value):
                inner.append(value.__node__)
            elif _collect(value, inner, note):
                note(_demand_end, value, node, slot)
        for group in node.shape.freeforms:
            _collect(note(node.freeform, group), inner, note)
        yield node
        todo.extend(reversed(inner))


def _demand_no_problems(node: Evaluated) -> None:
    """Raise what is wrong with a place as a whole: it comes before what is wrong in it."""
    if node.problems:
        raise Mistakes(node.problems)


def _demand_end(value: Any, node: Evaluated, slot: Slot) -> None:
    """Raise Cycle for a list or dict that lies in itself."""
    around: set[int] = set()
    known: set[int] = set()
    todo: list[tuple[Any, bool]] = [(value, True)]
    while todo:
        item, enters = todo.pop()
        if not enters:
            around.discard(id(item))
        elif id(item) in around:
            places = [definition.place for definition in node.definitions_of(slot)]
            raise Cycle([((*node.path, *slot.path), places or [slot.place])])
        elif id(item) not in known:
            around.add(id(item))
            known.add(id(item))
            parts = dict.values(item) if isinstance(item, dict) else item
            todo.append((item, False))
            todo += [(part, True) for part in parts if isinstance(part, _CONTAINERS)]


_CONTAINERS: Any = (dict, list, tuple, frozenset)


def _collect(value: Any, nodes: list[Evaluated], note: Note) -> bool:
    """Add the nodes in a value, in order; lazy entries are made on the way.

    Is one of its lists and dicts in several places of it, and so perhaps in itself?
    """
    todo, again = [value], False
    seen: set[int] = set()
    while todo:
        item = todo.pop()
        kind = item.__class__
        if isinstance(item, _CONTAINERS):
            if id(item) in seen:
                again = True
                continue
            seen.add(id(item))
        if kind is FrozenList or kind is FrozenDict:  # the commonest, often of atoms alone
            parts = item if kind is FrozenList else item.values()
            if not _ATOMS.issuperset(map(type, parts)):
                todo += [part for part in reversed([*parts]) if part.__class__ not in _ATOMS]
        elif isinstance(item, dict):
            todo += reversed(_made(item, note))
        elif is_result(item):
            nodes.append(item.__node__)
        elif isinstance(item, (list, tuple, frozenset)):
            todo += reversed([*item])
        elif hasattr(item, "__reference_path__"):
            note(item.__reference_path__)
    return again


def _made(entries: dict[Any, Any], note: Note) -> list[Any]:
    """The values of a dict, all made; one by one where some cannot be, for each is a mistake."""
    try:
        return [*entries.values()]
    except (Mistake, Mistakes):  # they fail again, and are noted
        return [note(entries.get, key) for key in list(dict.keys(entries))]


Judge = tuple[Any, Group, Any]
"""A `__validate__`, the group whose view it takes, and the class of that view."""


def _asked(node: Evaluated) -> tuple[Slot | None, Sequence[Judge]]:
    """The option with the assertions of a place, if anybody makes any, and who judges the place.

    They are the same for all places that touch the same options.
    """
    derived, key = node.touch.derived, (_asked, node.cls)
    if key not in derived:
        slot = node.shape.root.children.get(ASSERTIONS[0])
        made = isinstance(slot, Slot) and slot.index in node.touch.numbers
        derived[key] = slot if made else None, list(_judges(node))
    found: tuple[Slot | None, Sequence[Judge]] = derived[key]
    return found


def _failed(node: Evaluated, slot: Slot, note: Note) -> list[Mistake]:
    """The assertions of an option that do not hold."""
    return [
        AssertionFailed(
            node.path,
            assertion.message,
            [d.place for d in _makers(node, slot, assertion)],
            [record.place for record in node.placed],
        )
        for assertion in note(node.cell, slot) or ()
        if isinstance(assertion, Assertion) and not assertion.assertion
    ]


def _makers(node: Evaluated, slot: Slot, item: Any) -> list[Definition]:
    """The definitions of a list that have an item, all where that cannot be told."""
    every = node.counting(slot, node.definitions_of(slot))
    return [d for d in every if any(each is item for each in d.value)] or every


def _invalid(node: Evaluated, judges: Sequence[Judge]) -> list[Mistake]:
    """What classes find wrong: the `__validate__(self)` of each in the place gives mistakes.

    They are those of its modules and of its groups; a method does not replace that of a base. A
    group whose options nobody defines has defaults only, and nothing wrong with it.
    """
    found: list[Mistake] = []
    for judge, group, cls in judges:
        try:
            found += judge(node.view(group, cls))
        except (Mistake, Mistakes) as error:
            found += flatten(error)
    for mistake in found:
        told_within(mistake, node)
    return found


def _used_late(node: Evaluated, note: Note) -> list[Mistake]:
    """Removed options that functions define, some of which give nothing but old names."""
    for group in (*node.shape.computed, *node.dynamic):
        note(node.expanded, group)
    return unanswered(node, late=True)


def _wrong_as_a_whole(node: Evaluated, note: Note) -> Sequence[Mistake]:
    """What those who bring modules find wrong with a whole: `mistakes(node)` of `bring`, if it has that."""
    judge = getattr(node.evaluation.bring, "mistakes", None)
    return note(lambda: list(judge(node))) or () if judge is not None else ()


def _judges(node: Evaluated) -> Iterator[Judge]:
    """The methods to ask at all places that touch the same options, each with its view."""
    for cls, groups in node.shape.owners.items():
        judge = vars(cls).get("__validate__") if cls is not None else None
        if cls is None or judge is None:
            continue
        for group in groups:
            if group.parent is None:  # as the most derived class that has the methods of `cls`
                yield judge, group, node.cls if issubclass(node.cls, cls) else cls
            elif group in node.touch.groups and _may_differ(node, judge, group):
                yield judge, group, group.cls


def _may_differ(node: Evaluated, judge: Any, group: Group) -> bool:
    """Does somebody define any of the options of a group that a method says it reads?"""
    names = read_by(judge)
    return names is None or any(
        child in node.touch.varying or child in node.touch.groups
        for child in map(group.children.get, names)
    )


def places_in(result: Any) -> Iterator[Evaluated]:
    """The places of a result and of all results in it, each computed whole before it is given.

    Raises the first mistake that is met.
    """
    return _nodes(result, _raising)


def _raising(work: Callable[..., Any], *arguments: Any) -> Any:
    """Notes nothing: what is wrong is raised."""
    return work(*arguments)


@refuses_others
def find_warnings(result: Any) -> list[Warned]:
    """The warnings of a result and all results in it, each with the path of its module."""
    node_of(result, "find_warnings")
    return said_warnings(result) + idle_warnings(result)


def said_warnings(result: Any, known: Mapping[Evaluated, Sequence[Warned]] = {}) -> list[Warned]:
    """What modules say in `warnings`; `known` has it for places that are not looked into."""
    found: list[Warned] = []
    for node in _nodes(result, _raising, known):
        slot = node.shape.root.children.get(WARNINGS[0])
        if node in known:
            found += known[node]
        elif isinstance(slot, Slot):
            found.extend((node.path, text) for text in node.cell(slot))
    return found


def idle_warnings(result: Any) -> list[Warned]:
    """The properties that say nothing where they stand, of all that was computed so far."""
    return [(module, _idle(*rest)) for module, *rest in result.__node__.evaluation.idle]


def _idle(path: Path, value: Any, place: Place) -> str:
    """What to say of a priority or an order that an item wears."""
    about = "stronger than" if isinstance(value, Override) else "sorted among"
    around = show_value(value.around(["..."])).replace("'...'", "...")
    return (
        f"`{show_path(path)}` at {place.locate()} is written {show_value(value)}, and an item has "
        f"nothing to be {about}: write {around}, around the whole of `{show_path(path[:-1])}`"
    )
