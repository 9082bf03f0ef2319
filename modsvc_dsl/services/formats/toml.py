"""TOML.

In: settings. Out: their text as in TOML 1.0.0, by tomli_w. Refuses what is no TOML: None, numbers of
more than 64 bits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any, ClassVar

from .format import Format, Problem, Settings, no_value, tree_problems

_BITS = 63
"""TOML 1.0.0, "Integer": numbers of 64 bits with a sign, and an error for what is larger."""


@dataclass(frozen=True)
class Toml(Format):
    """TOML 1.0."""

    title: ClassVar[str] = "TOML"

    def problems(self, settings: Settings) -> Iterator[Problem]:
        yield from tree_problems(settings, _judge)

    def text(self, settings: Settings) -> str:
        import tomli_w

        return tomli_w.dumps(settings)


def _judge(value: Any) -> tuple[str, str] | None:
    if isinstance(value, int) and not -(2**_BITS) <= value < 2**_BITS:
        return "is an integer of more than 64 bits, which TOML cannot hold", "write it as a text"
    if isinstance(value, time) and value.tzinfo is not None:
        return "is a time with an offset, which TOML cannot hold", "leave out tzinfo"
    if isinstance(value, (bool, int, float, date, time)):  # a datetime is a date
        return None
    return no_value(value, Toml.title)
