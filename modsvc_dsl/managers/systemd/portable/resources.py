"""How much of its host a service may use, as directives.

In: the result of `resources`. Out: directives of [Service]. Names and meanings are those of
systemd.resource-control(5) and systemd.exec(5).
"""

from __future__ import annotations

from typing import Any

from ....services.service import Service
from .translation import Directives, Translation

_OPTIONS = {
    "MemoryMax": "memory_max",
    "MemoryHigh": "memory_high",
    "MemoryLow": "memory_low",
    "MemorySwapMax": "swap_max",
    "CPUQuota": "cpu_quota",
    "CPUWeight": "cpu_weight",
    "IOWeight": "io_weight",
    "IOSchedulingClass": "io_class",
    "Nice": "nice",
    "OOMScoreAdjust": "oom_score",
    "TasksMax": "tasks_max",
    "LimitNOFILE": "open_files",
    "LimitMEMLOCK": "locked_memory",
    "LimitCORE": "core_dumps",
}
"""Directive -> option."""


class ResourcesTranslation(Translation):
    """Limits and shares; what is unset is not said."""

    group = "resources"
    made_from = {directive: ("resources", name) for directive, name in _OPTIONS.items()}

    def service(self, service: Service) -> Directives:
        said = (
            (directive, getattr(service.resources, _OPTIONS[directive])) for directive in _OPTIONS
        )
        return {
            directive: _value(directive, value) for directive, value in said if value is not None
        }


def _value(directive: str, value: Any) -> Any:
    """A value in systemd's words."""
    if directive == "CPUQuota":
        return f"{value:.2f}".rstrip("0").rstrip(".") + "%"
    if directive == "LimitCORE":
        return "infinity" if value else 0
    return "infinity" if value == "unlimited" else value
