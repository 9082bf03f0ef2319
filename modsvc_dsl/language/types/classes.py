"""Types of values that the module language knows by their class only.

In: definitions. Out: the one value that all of them have. Refuses to look inside: whether a value
fits an annotation without a type of its own is for typeguard to say.
"""

from __future__ import annotations

from typing import Any

from ..words import one_of, show_value, with_article
from .option_type import OptionType
from .submodule import plainly

_FROM_TEXT = frozenset({"ipaddress", "uuid", "decimal", "fractions", "pathlib"})
"""Modules whose classes are made from a text."""


class Instance(OptionType):
    """An instance of a class."""

    def __init__(self, kind: type[Any]) -> None:
        self.kind = kind

    def describe(self) -> str:
        return _INSTANCES.get(self.kind) or with_article(self.kind.__name__)

    def describe_many(self) -> str:
        return _INSTANCES.get(self.kind) or f"{self.kind.__name__} objects"

    def accepts(self, value: Any) -> bool:
        return isinstance(value, self.kind)

    def hint(self, value: Any) -> str:
        name = self.kind.__name__
        if isinstance(value, type) and issubclass(value, self.kind):
            return f"write {value.__name__}(...): an instance, not the class"
        meant = plainly(self.kind, value)
        if meant:
            return f"write {meant}"
        if self.kind is bytes and isinstance(value, str):
            return f"write b{show_value(value)}, or encode it"
        if self.kind is bytes and isinstance(value, (bytearray, memoryview)):
            return "write bytes(...) around it"
        if isinstance(value, str) and self.kind.__module__ in _FROM_TEXT:
            return f"write {name}({show_value(value)})"
        if isinstance(value, (str, int)) and self.kind.__module__ == "datetime":
            return _DATES.get(name, "")
        return ""


_INSTANCES = {bytes: "bytes", type(None): "None"}
_DATES = {
    "timedelta": 'write duration("5s") or timedelta(seconds=5), or annotate Duration',
    "datetime": "write datetime.fromisoformat(...)",
    "date": "write date.fromisoformat(...)",
    "time": "write time.fromisoformat(...)",
}


class ClassOf(OptionType):
    """A class that is one of some, or a subclass."""

    def __init__(self, bases: tuple[type[Any], ...]) -> None:
        self.bases = bases

    def describe(self) -> str:
        if object in self.bases:
            return "a class"
        return f"the class {one_of(base.__name__ for base in self.bases)}, or one made from it"

    def describe_many(self) -> str:
        return "classes" if object in self.bases else f"items, each {self.describe()}"

    def accepts(self, value: Any) -> bool:
        origin = getattr(value, "__origin__", value)  # list[int] counts as list
        return isinstance(origin, type) and issubclass(origin, self.bases)

    def hint(self, value: Any) -> str:
        if object not in self.bases and isinstance(value, self.bases):
            return f"write the class itself: {type(value).__name__}"
        return ""


class Fitting(OptionType):
    """A value that typeguard finds to fit an annotation, every item of it."""

    def __init__(self, annotation: Any, words: str) -> None:
        self.annotation = annotation
        self.words = words

    def describe(self) -> str:
        return self.words

    def describe_many(self) -> str:
        return f"items, each {self.words}"

    def accepts(self, value: Any) -> bool:
        from .authority import objection

        return not objection(value, self.annotation)

    def hint(self, value: Any) -> str:
        from .authority import objection

        return objection(value, self.annotation)
