"""What a function sees that chooses imports: arguments fixed from outside, and what lies around.

In: the place around, if there is one, and fixed arguments. Out: the view. Refuses to read
options of the evaluation whose modules are being chosen: they do not exist yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..cells.calls import users_frames
from ..errors import ArgumentOfImports, BadModule, FunctionFailed, Mistake, Mistakes
from ..cells.evaluated import Evaluated, Evaluating
from ..properties import Later
from ..declaration.record import Record
from .provided import NAME, OWN_NAME
from ..words import Path


class ImportView:
    """`self` of `imports=[later(lambda self: ...)]`; its own names are not those of options.

    In a submodule it reads as the evaluation that the submodule is part of.
    """

    __slots__ = ("__parent__", "__arguments__", "__path__", "__kind__", "__record__")

    __parent__: Evaluated | None
    __arguments__: Mapping[str, Any]
    __path__: Path
    __kind__: str | None
    __record__: Record

    def __init__(
        self,
        parent: Evaluated | None,
        arguments: Mapping[str, Any],
        path: Path,
        kind: str | None,
        record: Record,
    ) -> None:
        self.__parent__ = parent
        self.__arguments__ = arguments
        self.__path__ = path
        self.__kind__ = kind
        self.__record__ = record

    @property
    def __node__(self) -> ImportView:
        """What `argument` and `root_of` ask."""
        return self

    @property
    def evaluation(self) -> Evaluating:
        """The evaluation of the whole. Raises BadModule at its root."""
        return self.__around__("the whole").evaluation

    def argument(self, name: str) -> Any:
        """A fixed argument, or one of the evaluation around. Raises ArgumentOfImports."""
        if name in self.__arguments__:
            return self.__arguments__[name]
        if name == NAME and OWN_NAME in self.__arguments__:
            return self.__arguments__[OWN_NAME]
        if name in ("kind", "path"):
            return self.__kind__ if name == "kind" else self.__path__
        if self.__parent__ is not None:
            return self.__parent__.argument(name)
        record = self.__record__
        raise ArgumentOfImports(self.__path__, name, record.name, record.place)

    def __around__(self, what: str) -> Evaluated:
        if self.__parent__ is None:
            record = self.__record__
            headline = f"an import of {record.name} is chosen by {what}"
            found = "which modules there are decides which options there are, and not the reverse"
            advice = "import both, and let a condition choose: when(self.x, ...) in definitions"
            raise BadModule(headline, record.place, advice, found)
        return self.__parent__

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return getattr(self.__around__(f"the option `{name}`").main(), name)

    def __getitem__(self, name: Any) -> Any:
        return self.__around__(f"the option `{name}`").main()[name]


class Importing:
    """Computes imports that are written as functions, at one place."""

    def __init__(
        self,
        parent: Evaluated | None,
        arguments: Mapping[str, Any],
        path: Path,
        kind: str | None,
    ) -> None:
        self.parent = parent
        self.arguments = arguments
        self.path = path
        self.kind = kind

    def __call__(self, later: Later, record: Record) -> Any:
        """The module that a function gives. Raises what is wrong with reading there."""
        view = ImportView(self.parent, self.arguments, self.path, self.kind, record)
        try:
            return later.content(view) if later.wants_view else later.content()
        except (Mistake, Mistakes):
            raise
        except Exception as error:
            name = f"an import of {record.name}"
            raise FunctionFailed(self.path, name, error, users_frames(error)) from error
