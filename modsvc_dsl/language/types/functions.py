"""Functions as values.

In: definitions that are functions. Out: one function, whose results are the merged results of
all. Refuses to call any of them before somebody calls the one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..definition import Definition
from .option_type import OptionType, Spot

BODY = "<function body>"
"""The step of a path at which results of functions are merged, as upstream calls it."""


class Joined:
    """Several functions as one: its results are the merged results of all."""

    def __init__(self, type_: OptionType, spot: Spot, definitions: Sequence[Definition]) -> None:
        self.type = type_
        self.inside = spot.nested(BODY)  # asked for now: what is nowhere has no inside
        self.definitions = definitions

    def __call__(self, *args: Any, **keywords: Any) -> Any:
        results = [d.holding(d.value(*args, **keywords)) for d in self.definitions]
        return self.type.merge(self.inside, self.inside.survivors(results))

    def __repr__(self) -> str:
        names = (getattr(d.value, "__qualname__", repr(d.value)) for d in self.definitions)
        return f"<function {' and '.join(names)}>"


class FunctionOf(OptionType):
    """A function; several are merged by merging what they return.

    `takes` is how many positional arguments it is called with, None where nobody knows.
    """

    simple = False

    def __init__(self, result: OptionType, takes: int | None = None) -> None:
        self.result = result
        self.takes = takes

    def describe(self) -> str:
        if self.takes is None:
            return f"a function that returns {self.result.describe()}"
        return f"a function of {_arguments(self.takes)} that returns {self.result.describe()}"

    def accepts(self, value: Any) -> bool:
        return callable(value) and not self._objection(value)

    def hint(self, value: Any) -> str:
        if callable(value):
            return self._objection(value)
        names = ", ".join("abcdefgh"[: self.takes or 0])
        return f"write lambda{' ' if names else ''}{names}: ... around it"

    def _objection(self, value: Callable[..., Any]) -> str:
        """Why a function cannot be called with so many arguments, empty where it can."""
        return "" if self.takes is None else refused_call(value, self.takes)

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        self.demand(spot, definitions)
        return Joined(self.result, spot, definitions)

    def joined(self, other: OptionType) -> OptionType | None:
        if not isinstance(other, FunctionOf) or other.takes != self.takes:
            return None
        result = self.result.joined(other.result)
        return FunctionOf(result, self.takes) if result else None

    def below(self) -> Sequence[OptionType]:
        return (self.result,)


def refused_call(function: Callable[..., Any], count: int) -> str:
    """Why a function cannot be called with `count` positional arguments, empty where it can.

    A function whose signature Python does not know can be called.
    """
    import inspect

    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return ""
    positional = [p for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    needed = [p.name for p in positional if p.default is p.empty]
    named = [p.name for p in parameters if p.kind is p.KEYWORD_ONLY and p.default is p.empty]
    if named:
        return f"it needs {', '.join(named)} by name, and is called by position"
    if len(needed) > count:
        return f"it takes {', '.join(needed)}, and is called with {_arguments(count)}"
    if len(positional) < count and all(p.kind is not p.VAR_POSITIONAL for p in parameters):
        return f"it takes {_arguments(len(positional))}, and is called with {_arguments(count)}"
    return ""


def _arguments(count: int) -> str:
    return {0: "no arguments", 1: "1 argument"}.get(count, f"{count} arguments")
