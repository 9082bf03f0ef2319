"""When a service starts, what counts as started, and what happens when it ends.

In: nothing. Out: the group `lifecycle`. Refuses to know units.
"""

from __future__ import annotations

from typing import Annotated, Literal

from ..language.module import Module
from ..language.option import option
from ..language.types.refinements import Between

LONG_RUNNING = frozenset({"simple", "exec", "notify", "forking"})
"""The types whose process is meant to stay."""


class Lifecycle(Module):
    """Start, readiness and restart."""

    type: Literal["simple", "exec", "oneshot", "forking", "notify"] = option(
        compute=lambda self: "simple",
        description=(
            "What counts as started: simple and exec when the process runs, oneshot when it "
            "has ended, forking when its parent has ended, notify when it says so. Unset: "
            "notify where notification_protocol.systemd is on, else simple."
        ),
    )
    start_at_boot: bool = option(
        default=True, description="Whether the service starts with the host."
    )
    restart: Literal["always", "on-failure", "no"] = option(
        compute=lambda self: "always" if self.type in LONG_RUNNING else "no",
        description="Whether it starts again when it ends. Unset: always, but not a oneshot.",
    )
    restart_delay: Annotated[int, Between(0)] = option(
        default=5, description="Seconds between an end and the next start."
    )
