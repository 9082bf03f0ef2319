"""The annotations of the fields of classes: TypedDicts, dataclasses, named tuples.

In: a class, perhaps with arguments, and names that its user knows. Out: the annotation of each
field, and the names to read it with. Refuses to make types of them.
"""

from __future__ import annotations

import sys
import typing
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any, get_args, get_origin

Names = tuple[dict[str, Any], dict[str, Any]]
"""The global and local names that an annotation written as text may use."""


def meaning(text: str, names: Names) -> Any:
    """What an annotation written as text means. Raises TypeError where it cannot be read."""
    holder = SimpleNamespace(__annotations__={"it": text})
    try:
        return typing.get_type_hints(holder, names[0], names[1], include_extras=True)["it"]
    except Exception as error:  # whatever the text does when it is evaluated
        raise TypeError(f"the name {text!r} could not be resolved ({error})") from None


def substituted(hint: Any, parameters: Sequence[Any], args: Sequence[Any]) -> Any:
    """An annotation with type variables replaced; those without an argument stay."""
    given = dict(zip(parameters, args))
    if isinstance(hint, typing.TypeVar):
        return given.get(hint, hint)
    inner = getattr(hint, "__parameters__", ())
    return hint[tuple(given.get(each, each) for each in inner)] if inner and given else hint


class FieldHints:
    """The annotations of one class. `whole` is the class with its arguments, if it has any."""

    def __init__(self, cls: Any, whole: Any, names: Names) -> None:
        self.cls = cls
        self.args = get_args(whole)
        module = sys.modules.get(cls.__module__)
        around = names[1] if "<locals>" in cls.__qualname__ else {}
        self.names: Names = (vars(module) if module else {}, {**around, cls.__name__: cls})
        self.required: frozenset[str] = frozenset()

    def _hints(self) -> dict[str, Any]:
        try:
            hints = typing.get_type_hints(self.cls, localns=self.names[1], include_extras=True)
        except Exception as error:  # whatever the text does when it is evaluated
            raise TypeError(
                f"the fields of {self.cls.__name__} cannot be read ({error}): "
                "let them use names of the file, not of a function"
            ) from None
        parameters = getattr(self.cls, "__parameters__", ())
        return {name: substituted(hint, parameters, self.args) for name, hint in hints.items()}

    def keys(self) -> dict[str, Any]:
        """The annotations of a TypedDict's keys; `required` has the names that have to be there."""
        required = set(self.cls.__required_keys__)
        found = {}
        for name, hint in self._hints().items():
            # under postponed annotations the class itself does not see these words
            while (word := getattr(get_origin(hint), "_name", "")) in _WORDS:
                (hint,) = get_args(hint)
                if word == "Required":
                    required.add(name)
                elif word == "NotRequired":
                    required.discard(name)
            found[name] = hint
        self.required = frozenset(required)
        return found

    def fields(self) -> dict[str, Any]:
        """The annotations of the fields of a dataclass or named tuple; Any where there is none."""
        hints = self._hints()
        if hasattr(self.cls, "_fields"):
            return {name: hints.get(name, Any) for name in self.cls._fields}
        import dataclasses

        return {field.name: hints.get(field.name, Any) for field in dataclasses.fields(self.cls)}


_WORDS = ("Required", "NotRequired", "ReadOnly")
