"""Places below a node: items of containers, and groups being expanded.

In: a node and the steps to an item. Out: what option types ask of the evaluator. Refuses
to merge by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any

from . import undeclared
from .calls import users_frames
from ..definition import Definition, Scope, discharge, sole
from ..errors import CheckFailed, Conflict, Mistake, Mistakes, TooDeep, Undefined
from .evaluated import Evaluated, Strays
from .whereabouts import told_within
from ..frozen import NOTHING
from ..merge import ranked
from ..properties import FORCE, PROPERTIES, Later
from ..provenance import Place
from ..closure.routing import Moved, Sink, spread
from ..declaration.tree import Alias, Group, Slot, Source
from ..types.option_type import OptionType, SubmoduleOptions
from ..words import Path

DEEPEST_ENTRY = 1000
"""How many keys may lead from an option into its value: a dict that has itself as an entry goes on
for ever."""


class Here:
    """A place at some steps below a node's own path."""

    __slots__ = ("node", "steps")

    def __init__(self, node: Evaluated, steps: Path) -> None:
        self.node = node
        self.steps = steps

    @property
    def path(self) -> Path:
        return (*self.node.path, *self.steps)

    @property
    def result(self) -> Any:
        return self.node.main()

    def nested(self, step: Any) -> Here:
        return Here(self.node, (*self.steps, step))

    def beside(self, name: str) -> Any:
        return self.node.at((*self.steps[:-1], name))

    def survivors(self, definitions: Sequence[Definition]) -> list[Definition]:
        return ranked(discharge(definitions, self.node))

    def lazily(
        self, type_: OptionType, definitions: Sequence[Definition], or_empty: bool = False
    ) -> Callable[[], Any]:
        return Entry(self, type_, definitions, or_empty)

    def submodule(
        self, modules: Sequence[Any], definitions: Sequence[Definition], options: SubmoduleOptions
    ) -> Any:
        node = self.node
        return node.evaluation.child(node, self.steps, modules, definitions, options).main()

    def own(self, value: Any, place: Place) -> Definition:
        child: Any = self.node.shape.root
        for step in self.steps:
            child = child.children.get(step) if isinstance(child, Group) else child
        records = self.node.records
        source = (
            child.source if isinstance(child, Slot) else Source(records[-1], self.node.shape.root)
        )
        return Definition(value, place, source, self.node)

    def call(self, function: Callable[..., Any], value: Any) -> Any:
        return self.node.call(function, value)

    def note_idle(self, value: Any, place: Place) -> None:
        self.node.evaluation.idle.append((self.node.path, self.path, value, place))

    def refer(self, value: Any, definition: Definition) -> Any:
        return self.node.evaluation.refer(self.node, self.path, value, definition)


def among(found: Sequence[Definition], conflict: Conflict, spot: Here) -> Conflict:
    """A conflict of the definitions at a place, told what is stronger than they are."""
    if found[0].priority <= FORCE and conflict.path == spot.path:
        conflict.unbeaten = found[0].priority
    return conflict


class Entry:
    """An entry of a container, merged when it is first read."""

    __slots__ = ("spot", "type", "definitions", "or_empty", "state", "value")

    def __init__(
        self, spot: Here, type_: OptionType, definitions: Sequence[Definition], or_empty: bool
    ) -> None:
        self.spot = spot
        self.type = type_
        self.definitions = definitions
        self.or_empty = or_empty
        self.state: Any = None
        self.value: Any = None

    @property
    def path(self) -> Path:
        return self.spot.path

    def __call__(self) -> Any:
        return self.spot.node.evaluation.stack.run(self, self._compute)

    def _compute(self) -> Any:
        if self.state is not None:
            return self._known()
        if len(self.spot.steps) > DEEPEST_ENTRY:
            raise TooDeep(self.path, 0, self.definitions[-1].place, endless=True)
        self.state = RUNNING
        try:
            self.value = self._merged()
        except (Mistake, Mistakes) as error:
            self.state = error
            told_within(error, self.spot.node)
            raise
        except Exception as error:
            self.state = failure = self._failure(error)
            told_within(failure, self.spot.node)
            raise failure from error
        except BaseException:
            self.state = None  # interrupted: the next read starts again
            raise
        self.state = DONE
        return self.value

    def _known(self) -> Any:
        """The value, made by another thread; or what became of it before."""
        if self.state is DONE:
            return self.value
        if self.state is RUNNING:
            raise self.spot.node.evaluation.stack.cycle(self)
        raise self.state.with_traceback(None)

    def _failure(self, error: Exception) -> Mistake:
        """What a type or a value of the user's raised."""
        place = self.definitions[0].place
        if isinstance(error, RecursionError):
            return TooDeep(self.path, 0, place)
        return CheckFailed(self.path, error, users_frames(error), place)

    def _merged(self) -> Any:
        definitions = self.definitions
        alone = sole(definitions[0], self.spot.node) if len(definitions) == 1 else None
        found = [alone] if alone is not None else self.spot.survivors(definitions)
        if found:
            try:
                return self.type.merge(self.spot, found)
            except Conflict as conflict:
                raise among(found, conflict, self.spot)
        if not self.or_empty:
            return NOTHING
        value = self.type.empty(self.spot)
        if value is NOTHING:
            places = [definition.place for definition in self.definitions]
            raise Undefined(self.path, self.type.describe(), places[0], places)
        return value


RUNNING = object()
DONE = object()


class Expansion:
    """The computed definitions of a whole group, spread over its options.

    `found` has them by option, `strays` those of names that nothing declares; `written` is
    the place of the one being computed.
    """

    __slots__ = ("node", "group", "found", "strays", "position", "state", "written")

    def __init__(self, node: Evaluated, group: Group) -> None:
        self.node = node
        self.group = group
        self.found: dict[int, list[tuple[float, Definition]]] = {}
        self.strays: Strays = []
        self.position = 0.0
        self.state: object = None
        self.written: Place | None = None

    @property
    def path(self) -> Path:
        return (*self.node.path, *self.group.path)

    def fill(self) -> None:
        """Compute the definitions and spread them, once. Raises what is wrong with them."""
        if self.state is DONE:
            return  # another thread was first
        if self.state is RUNNING:
            raise self.node.evaluation.stack.cycle(self)
        if isinstance(self.state, (Mistake, Mistakes)):
            raise self.state.with_traceback(None)
        self.state = RUNNING
        self.found, self.strays = {}, []
        try:
            self._spread()
        except (Mistake, Mistakes) as error:
            self.state = error
            raise
        except BaseException:
            self.state = None  # interrupted: the next read starts again
            raise
        self.state = DONE

    def _spread(self) -> None:
        every, own = self.group.dynamic, self.node.dynamic.get(self.group)
        if own:
            every = sorted([*every, *own], key=itemgetter(0))
        for position, definition in every:
            self.position = position
            self.written = definition.place
            self.whole(self.group, definition)

    def _computed(self, value: Any, definition: Definition, scope: Scope) -> Any:
        """The value with the function in it run, its properties kept around the result."""
        while value.__class__ is Later:
            value = scope.force(value, definition)
        if value.__class__ in PROPERTIES and value.content.__class__ in PROPERTIES:
            return value.around(self._computed(value.content, definition, scope))
        return value

    def leaf(self, slot: Slot, definition: Definition) -> None:
        self.found.setdefault(slot.index, []).append((self.position, definition))

    def whole(self, group: Group, definition: Definition) -> None:
        scope = definition.scope or self.node
        value = self._computed(definition.value, definition, scope)
        computed = Definition(value, definition.place, definition.source, scope)
        spread(self.node.shape.root, group, computed, self)

    def stray(self, path: Path, definition: Definition) -> None:
        node = self.node
        if node.shape.freeforms and undeclared.is_taken(node, path):
            self.strays.append((self.position, path, definition))
        elif node.checks():
            raise undeclared.stray(node, path, definition)

    def wrong(self, mistake: Mistake) -> None:
        mistake.path = (*self.node.path, *mistake.path)
        raise mistake

    def renamed(self, alias: Alias, definition: Definition) -> Sink:
        kept, self.node.position = self.node.position, self.position
        self.node.renamed(alias, definition)
        self.node.position = kept
        return Moved(self, alias)
