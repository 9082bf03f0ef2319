"""The option type of limits in time.

In: spans of time, or "never". Out: a `timedelta`, or "never". Refuses a limit of nothing, which
managers take for no limit at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from ...language.definition import Definition
from ...language.errors import Conflict
from ...language.types.duration import DurationType, as_duration
from ...language.types.option_type import Spot, valued

NEVER = "never"
"""What stands for a limit that is never reached."""

_ENDLESS = frozenset({"infinity", "infinite", "inf", "none", "no", "off", "unlimited", "forever"})
_SHORTEST = timedelta(microseconds=1)


class TimeLimitType(DurationType):
    """A span of time above zero, or "never"."""

    def __init__(self) -> None:
        super().__init__(_SHORTEST)

    def describe(self) -> str:
        return "a duration above zero or 'never'"

    def json_schema(self) -> dict[str, Any]:
        """Seconds, or the word."""
        return {"anyOf": [{"type": "number", "exclusiveMinimum": 0}, {"const": NEVER}]}

    def accepts(self, value: Any) -> bool:
        return (isinstance(value, str) and value == NEVER) or super().accepts(value)

    def convert(self, value: Any) -> Any:
        return value if value == NEVER else as_duration(value)

    def hint(self, value: Any) -> str:
        if isinstance(value, str) and value.strip().lower() in {*_ENDLESS, NEVER}:
            return f'write "{NEVER}" for no limit'
        if DurationType().accepts(value) and as_duration(value) < _SHORTEST:
            return f'write "{NEVER}" for no limit, or a short time such as "1s"'
        return super().hint(value)

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        self.demand(spot, definitions)
        made = [self.convert(definition.value) for definition in definitions]
        if any(other != made[0] for other in made[1:]):
            raise Conflict(spot.path, valued(definitions))
        return made[0]
