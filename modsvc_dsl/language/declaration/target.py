"""`Owner.option` as a reference.

In: a class and the names and keys written behind it. Out: `Target`, which a definition
names. Refuses to be a value: truth, iteration, comparison, arithmetic and text raise.
"""

from __future__ import annotations

from typing import Any, NoReturn

from ..errors import BadModule
from ..provenance import call_site
from ..words import Path, show_path


class Target:
    """A reference to an option of a class, extended by attribute and by key."""

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

    def _refuse(self, *_others: Any) -> NoReturn:
        raise BadModule(
            f"{written(self)} is an option of a class, and has no value here",
            call_site(1),
            f"read it from self in a function, or use it as a target: @define({written(self)})",
        )

    __bool__ = __iter__ = __len__ = __contains__ = _refuse
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _refuse
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _refuse
    __truediv__ = __rtruediv__ = __mod__ = __rmod__ = __or__ = __ror__ = _refuse
    __int__ = __float__ = __index__ = __str__ = __format__ = __fspath__ = _refuse
    __call__ = __setattr__ = __setitem__ = __delattr__ = __delitem__ = _refuse
    __hash__ = object.__hash__


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
