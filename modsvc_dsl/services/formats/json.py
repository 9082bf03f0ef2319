"""JSON.

In: settings. Out: their text as in RFC 8259. Refuses what is no JSON: infinite numbers, dates.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from .format import Format, Problem, Settings, no_value, tree_problems


@dataclass(frozen=True)
class Json(Format):
    """JSON, indented by two blanks."""

    title: ClassVar[str] = "JSON"

    def problems(self, settings: Settings) -> Iterator[Problem]:
        yield from tree_problems(settings, _judge)

    def text(self, settings: Settings) -> str:
        return json.dumps(settings, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _judge(value: Any) -> tuple[str, str] | None:
    if isinstance(value, float) and not math.isfinite(value):
        return f"is {value}, and JSON has finite numbers only", "write a finite number, or a text"
    if value is None or isinstance(value, (bool, int, float)):
        return None
    return no_value(value, Json.title)
