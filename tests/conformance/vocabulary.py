"""Words of the vectors that Python has no word for; a printed vector holds those it uses.

In: plain values. Out: plain values. Each function stands alone, since its text is copied.
"""

from __future__ import annotations

from typing import Any

from modsvc_dsl import Assertion, Module, check, data


def boolean(value: object) -> bool:
    """A condition, which has to be a boolean."""
    if not isinstance(value, bool):
        raise TypeError(f"{value!r} is no boolean")
    return value


def text(value: object) -> str:
    """A string, or an integer in decimal."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise TypeError(f"{value!r} has no text")
    return str(value)


def throw(message: object) -> Any:
    """An error when it is read."""
    raise RuntimeError(message)


def plain(value: Any) -> Any:
    """A result as the dict of its values; anything else as it is."""
    return data(value) if isinstance(value, Module) else value


def at(value: Any, path: tuple[Any, ...]) -> Any:
    """The part of a result at a path; what is a result itself is checked."""
    for step in path:
        value = getattr(value, step) if isinstance(value, Assertion) else value[step]
    return check(value) if isinstance(value, Module) else value


def equal(one: Any, other: Any) -> bool:
    """Are two values the same in depth? A boolean is no number."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(equal, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(equal(one[key], other[key]) for key in one)
    return bool(one == other)


def bool_to_str(value: bool) -> str:
    return "true" if value else "false"


def singleton(value: Any) -> list[Any]:
    return [value]


def wrap_value(value: Any) -> dict[str, Any]:
    return {"value": value}


def split_comma(value: str) -> list[str]:
    return value.split(",")


def list_to_flags(names: list[str]) -> dict[str, bool]:
    return dict.fromkeys(names, True)


def negate(value: bool) -> bool:
    return not value


def even(value: int) -> bool:
    return value % 2 == 0


def non_zero(value: float) -> bool:
    return value != 0


def lowercase(value: str) -> bool:
    return value == value.lower()


def shorter_than_4(value: list[Any]) -> bool:
    return len(value) < 4
