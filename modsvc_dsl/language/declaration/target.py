"""`Owner.option` as a reference.

In: a class and the names and keys written behind it. Out: `Target`, which a definition names, and which
stands for the option's value among values. Refuses to be one: truth, comparison, text and others raise.
"""

from __future__ import annotations

from typing import Any

from ..words import Path, show_path
from .no_value import NoValue

NO_VALUE_OF_OPTION = "an option of a class has no value: read it from self, in a function"
"""What to do where an option of a class stands for what it holds."""


class Target(NoValue):
    """A reference to an option of a class, extended by attribute and by key."""

    __in_words__ = "an option of a class"
    __no_value__ = NO_VALUE_OF_OPTION

    __slots__ = ("__owner__", "__steps__")

    __owner__: Any
    __steps__: Path

    def __init__(self, owner: Any, steps: Path) -> None:
        object.__setattr__(self, "__owner__", owner)
        object.__setattr__(self, "__steps__", steps)

    def __getattr__(self, name: str) -> Target:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return Target(self.__owner__, (*self.__steps__, name))

    def __getitem__(self, key: Any) -> Target:
        return Target(self.__owner__, (*self.__steps__, key))

    def __repr__(self) -> str:
        return f"<{written(self)}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return Target, (self.__owner__, self.__steps__)

    def __copy__(self) -> Target:
        return self  # nothing of it changes

    def __deepcopy__(self, memo: object) -> Target:
        return self

    def __named__(self) -> str:
        return written(self)

    def __instead__(self) -> str:
        return f"read it from self in a function, or use it as a target: @define({written(self)})"

    __setattr__ = __delattr__ = NoValue._refuse  # as all of it, but those that have fields to set


def owner_of(target: Target) -> Any:
    """The class that a target starts at."""
    return target.__owner__


def steps_of(target: Target) -> Path:
    """The names and keys of a target."""
    return target.__steps__


def written(target: Target) -> str:
    """A target as source text: `Service.config_data["a"]`."""
    text = show_path(steps_of(target))
    return f"{owner_of(target).__name__}{'' if text.startswith('[') else '.'}{text}"
