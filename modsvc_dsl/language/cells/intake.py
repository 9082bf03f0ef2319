"""What is defined at one place alone, besides what its shape holds.

In: records that belong to this place: instances, values. Out: their definitions by option,
and those that no option takes. Refuses to run what is still a function.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .calls import Calls
from ..closure.constants import Touch
from ..definition import Definition
from ..errors import Mistake
from .evaluated import Positioned, Renames, Strays
from ..provenance import Argument
from ..declaration.record import Declared, Record
from ..closure.routing import Moved, Sink, route
from ..closure.shape import Shape
from ..declaration.tree import Alias, Group, Slot, Source
from ..words import Path


class Intake(Calls):
    """The definitions that are no class's: `extra` by slot, `dynamic` those of whole groups.

    `unknown`, `renames` and `skipped` are the shape's own lists until this place adds to them.
    """

    __slots__ = (
        "shape",
        "extra",
        "dynamic",
        "unknown",
        "renames",
        "skipped",
        "problems",
        "position",
        "touch",
    )

    shape: Shape
    extra: dict[int, Positioned]
    dynamic: dict[Group, Positioned]
    unknown: Strays
    renames: Renames
    skipped: list[tuple[str, Declared]]
    problems: list[Mistake]
    position: float
    touch: Touch

    def start(self, shape: Shape) -> None:
        """Begin with what the shape holds."""
        self.shape = shape
        self.extra = {}
        self.dynamic = {}
        self.unknown = shape.unknown
        self.renames = shape.renames
        self.skipped = shape.skipped
        self.problems = list(shape.problems) if shape.problems else []
        self.position = 0.0

    def add(self, record: Record, position: float) -> None:
        """Route what a record defines that no shape holds."""
        self.position = position
        own = Source(record, self.shape.root)
        if record.values:
            self._add_values(record.values, record.place, own)
        for declared in record.stated:
            source = declared.source or own
            target = declared.target
            found = (self.shape.root, target) if isinstance(target, tuple) else None
            found = found or self.shape.aim(declared, own, self)
            if found is not None:
                definition = Definition(declared.value, declared.place, source, declared.scope)
                route(self.shape.root, *found, definition, self)

    def _add_values(self, values: Mapping[str, Any], site: Any, own: Source) -> None:
        """Route the keywords of an instance, most of which name options."""
        root, extra, position = self.shape.root, self.extra, self.position
        for name, value in values.items():
            definition = Definition(value, Argument(site, name), own)
            slot = root.children.get(name)
            if isinstance(slot, Slot) and slot.index not in extra:  # as `route` would find out
                extra[slot.index] = [(position, definition)]
            else:
                route(root, root, (name,), definition, self)

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

    def skip(self, module: str, declared: Declared) -> None:
        if self.skipped is self.shape.skipped:
            self.skipped = list(self.skipped)
        self.skipped.append((module, declared))

    def renamed(self, alias: Alias, definition: Definition) -> Sink:
        if self.renames is self.shape.renames:
            self.renames = list(self.renames)
            self.touch = self.shape.constants.touch(None)  # a function may use an old name late
        self.renames.append((self.position, alias, definition))
        return Moved(self, alias)
