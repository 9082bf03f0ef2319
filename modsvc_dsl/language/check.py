"""Force everything, and report everything that is wrong.

In: a result. Out: the same result, or `Mistakes` with every single one. Refuses to print.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from .configuration import has_value, is_result
from .errors import AssertionFailed, Mistake, Mistakes, flatten
from .evaluated import Evaluated
from .frozen import FrozenDict
from .renaming import ASSERTIONS, WARNINGS, Assertion
from .tree import Slot
from .words import Path

M = TypeVar("M")
Note = Callable[..., Any]
"""Calls a function with arguments; what is wrong there is kept, and the result is None."""


_ATOMS = frozenset({str, int, bool, float, type(None)})
"""Values with nothing in them, for a fast test."""


def check(result: M) -> M:
    """The result, with every option computed. Raises Mistakes with all that is wrong.

    Failed assertions count as mistakes; each carries the path of the module that made it.
    """
    mistakes = find_mistakes(result)
    if mistakes:
        raise Mistakes(mistakes)
    return result


def find_mistakes(result: Any) -> list[Mistake]:
    """Everything that is wrong with a result and all results in it, each once."""
    found: dict[int, Mistake] = {}

    def note(work: Callable[..., Any], *arguments: Any) -> Any:
        try:
            return work(*arguments)
        except (Mistake, Mistakes) as error:
            for mistake in flatten(error):
                found.setdefault(id(mistake), mistake)
            return None

    with result.__node__.evaluation.stack.held():
        for node in _nodes(result, note):
            for mistake in node.problems:
                found.setdefault(id(mistake), mistake)
            if not node.problems:
                for failed in (*_failed(node, note), *_invalid(node, note)):
                    found.setdefault(id(failed), failed)
    return _distinct(found.values())


def _distinct(mistakes: Any) -> list[Mistake]:
    """Mistakes without those that say exactly the same."""
    return list({str(mistake): mistake for mistake in mistakes}.values())


def _nodes(result: Any, note: Note) -> Iterator[Evaluated]:
    """The nodes of a result and of everything in it, each computed whole before it is given."""
    todo = [result.__node__]
    seen: set[int] = set()
    while todo:
        node: Evaluated = todo.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        inner: list[Evaluated] = []
        if not node.problems:
            for slot in node.shape.slots:
                if node.is_untouched(slot) or not has_value(node, slot):
                    continue  # what nobody touched was checked when it became known
                value = note(node.cell, slot)
                if value.__class__ not in _ATOMS:
                    _collect(value, inner, note)
            _collect(note(node.freeform), inner, note)
        yield node
        todo.extend(reversed(inner))


def _collect(value: Any, nodes: list[Evaluated], note: Note) -> None:
    """The nodes in a value, in order; lazy entries are made on the way."""
    todo = [value]
    while todo:
        item = todo.pop()
        if is_result(item):
            nodes.append(item.__node__)
        elif isinstance(item, FrozenDict) and item.is_settled():
            todo.extend(v for v in reversed(dict.values(item)) if v.__class__ not in _ATOMS)
        elif isinstance(item, dict):
            made = [note(item.get, key) for key in list(dict.keys(item))]
            todo.extend(reversed(made))
        elif isinstance(item, (list, tuple, frozenset)):
            todo.extend(v for v in reversed([*item]) if v.__class__ not in _ATOMS)
        elif hasattr(item, "__reference_path__"):
            note(item.__reference_path__)


def _failed(node: Evaluated, note: Note) -> Iterator[Mistake]:
    slot = node.shape.root.children.get(ASSERTIONS[0])
    if not isinstance(slot, Slot):
        return
    for assertion in note(lambda: node.cell(slot)) or ():
        if isinstance(assertion, Assertion) and not assertion.assertion:
            places = [d.place for d in node.definitions_of(slot)]
            yield AssertionFailed(node.path, assertion.message, places)


def _invalid(node: Evaluated, note: Note) -> Iterable[Mistake]:
    """What the module's own class finds wrong: its `__validate__(self)` gives mistakes."""
    validate = getattr(node.cls, "__validate__", None)
    if validate is None:
        return ()
    return note(lambda: list(validate(node.main()))) or ()


def _raising(work: Callable[..., Any], *arguments: Any) -> Any:
    """Notes nothing: what is wrong is raised."""
    return work(*arguments)


def find_warnings(result: Any) -> list[tuple[Path, str]]:
    """The warnings of a result and all results in it, each with the path of its module."""
    found: list[tuple[Path, str]] = []
    for node in _nodes(result, _raising):
        slot = node.shape.root.children.get(WARNINGS[0])
        if isinstance(slot, Slot):
            found.extend((node.path, text) for text in node.cell(slot))
    return found
