"""What one place of an evaluation is to the files that serve it.

In: nothing. Out: two protocols, `Evaluated` (a place) and `Evaluating` (the whole tree), by
which items, references, renamings and readers of results know the evaluator. Refuses to say
how it is done: `node` and `evaluate` do it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from ..closure.constants import Touch
from ..definition import Definition, Scope
from ..errors import Mistake
from ..provenance import Place
from ..declaration.record import Declared, Record
from ..closure.routing import Sink
from ..closure.shape import Shape
from .stack import Stack
from ..declaration.tree import Alias, Group, Slot, Source
from ..types.option_type import SubmoduleOptions
from ..words import Path

Positioned = list[tuple[float, Definition]]
"""Definitions, each with its position in the order of modules."""


Strays = list[tuple[float, Path, Definition]]
"""Definitions of undeclared names, each with its position and its path from the place's root."""


Renames = list[tuple[float, Alias, Definition]]
"""Definitions by old names, each with its position and the name as it was declared."""


class Evaluating(Protocol):
    """The evaluation of a whole tree."""

    checked: bool
    idle: list[tuple[Path, Path, Any, Place]]

    @property
    def stack(self) -> Stack: ...
    @property
    def root(self) -> Evaluated | None: ...
    @property
    def roots(self) -> Sequence[Any]: ...
    @property
    def bring(self) -> Callable[[Any, Any], Sequence[Any]] | None: ...

    def child(
        self,
        parent: Any,
        steps: Path,
        modules: Sequence[Any],
        definitions: Sequence[Definition],
        options: SubmoduleOptions,
    ) -> Evaluated:
        """The place of a submodule at some steps below `parent`."""
        ...

    def refer(self, reader: Any, path: Path, value: Any, definition: Definition) -> Any:
        """A reference to a module, as seen from the place `reader` by what is at `path`."""
        ...


class Spread(Protocol):
    """The computed definitions of a whole group; `strays` are those of undeclared names."""

    @property
    def strays(self) -> Strays: ...


class Evaluated(Scope, Protocol):
    """One place: the modules evaluated there, with a cell for each option."""

    cells: list[Any]
    problems: list[Mistake]
    dynamic: dict[Group, Positioned]
    renames: Renames
    position: float
    skipped: list[tuple[str, Declared]]
    unknown: Strays
    views: dict[Any, Any]
    noted: dict[Any, Any]
    touch: Touch
    places: dict[Record, list[Evaluated]] | None

    @property
    def evaluation(self) -> Evaluating: ...
    @property
    def parent(self) -> Evaluated | None: ...
    @property
    def path(self) -> Path: ...
    @property
    def shape(self) -> Shape: ...
    @property
    def records(self) -> Sequence[Record]: ...
    @property
    def placed(self) -> Sequence[Record]: ...
    @property
    def bare(self) -> tuple[Any, ...] | None: ...
    @property
    def cls(self) -> Any: ...
    @property
    def arguments(self) -> Mapping[str, Any]: ...
    @property
    def kind(self) -> str | None: ...

    def argument(self, name: str) -> Any:
        """A module argument. Raises NoSuchArgument."""
        ...

    def call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Run a function of the user's. Raises FunctionFailed."""
        ...

    def renamed(self, alias: Alias, definition: Definition) -> Sink:
        """Note the use of an old name."""
        ...

    def checks(self) -> bool:
        """Are undeclared names mistakes here?"""
        ...

    def at(self, path: Path) -> Any:
        """The value at a path of options from this place's root, and of items behind them."""
        ...

    def read(self, group: Group, name: Any) -> Any:
        """The value of a name in a group."""
        ...

    def cell(self, slot: Slot) -> Any:
        """The value of an option."""
        ...

    def expanded(self, group: Group) -> Spread:
        """The computed definitions of a whole group."""
        ...

    def freeform(self, group: Group) -> Any:
        """The values of the undeclared names that a group takes, those of groups in it nested."""
        ...

    def definitions_of(self, slot: Slot) -> list[Definition]:
        """All definitions of an option, with the properties that they wear."""
        ...

    def counting(self, slot: Slot, definitions: list[Definition]) -> list[Definition]:
        """Those definitions that count, the default among them where nothing is stronger."""
        ...

    def view(self, group: Group, cls: Any) -> Any:
        """The view of a group as an instance of a class."""
        ...

    def view_for(self, source: Source) -> Any:
        """What `self` is to functions of a record."""
        ...

    def main(self) -> Any:
        """The view of the whole place."""
        ...
