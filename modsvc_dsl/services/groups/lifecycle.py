"""When a service starts, what counts as started, and what happens when it ends.

In: nothing. Out: the group `lifecycle`. Refuses to know units.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

from ...language.errors import Mistake
from ...language.function import reads
from ...language.declaration.module import Module
from ...language.declaration.option import option
from ...language.types.refinements import Positive
from .. import contradictions
from .network import accepted_by_manager
from ..values.exit_status import ExitStatus
from ..values.command import Run, Runs
from ..values.quantities import DurationOption, PauseOption, TimeLimitOption, default_of, unset
from ..values.signals import Signal
from ..values.spelling import BusName, HostPath

ServiceType: TypeAlias = Literal[
    "simple", "exec", "oneshot", "forking", "notify", "notify-reload", "dbus"
]

LONG_RUNNING = frozenset({"simple", "exec", "notify", "notify-reload", "forking", "dbus"})
"""The types whose process is meant to stay."""


class RestartLimit(Module):
    """How often a service may be started before the manager gives it up as failed."""

    starts: Positive = option(description="How many starts there may be.")
    within: DurationOption = option(description="The time in which they are counted.")

    @staticmethod
    def __instead__(value: object) -> str:
        """What to write for a plain number of starts."""
        return f'RestartLimit(starts={value}, within="1min")' if type(value) is int else ""


class Lifecycle(Module):
    """Start, readiness, stop and restart."""

    type: ServiceType = option(
        compute=reads()(lambda self: "simple"),
        description=(
            "What counts as started: simple when the process is made, exec when its program runs, "
            "oneshot when it has ended, forking when its parent has ended, notify when it says so, "
            "notify-reload likewise, also after a reload, dbus when it has its name on the bus. "
            "Unset: notify where notification_protocol.systemd is on, else simple."
        ),
    )
    pid_file: HostPath | None = option(
        default=None,
        description="Where a forking program writes the number of its main process.",
    )
    bus_name: BusName | None = option(
        default=None, description="The name that a dbus service takes on the system bus."
    )
    remain_after_exit: bool = option(
        default=False,
        description=(
            "Whether a oneshot counts as running once its program has ended, until it is stopped."
        ),
    )
    start_at_boot: bool = option(
        default=True, description="Whether the service starts with the host."
    )
    before_first_start: Runs = option(
        description=(
            "Commands that run once, in order, before the first start: all of them again until all "
            "have succeeded. A marker in directories.state says that they have."
        )
    )
    before_start: Runs = option(
        description="Commands that run in order before each start; one that fails, fails it."
    )
    after_start: Runs = option(
        description="Commands that run in order once it has started, and belong to the start."
    )
    after_stop: Runs = option(
        description="Commands that run in order after each end, also of a start that failed."
    )
    start_timeout: TimeLimitOption = option(
        default=unset(),
        description=(
            'How long a start may take, with its commands, before it has failed; or "never". '
            "None: the manager's own choice."
        ),
    )
    stop_timeout: TimeLimitOption = option(
        default=unset(),
        description=(
            'How long a stop may take before the processes are killed; or "never". None: the '
            "manager's own choice."
        ),
    )
    watchdog: PauseOption = option(
        default=unset(),
        description=(
            "How long the process may say nothing (WATCHDOG=1, to the socket in NOTIFY_SOCKET) before "
            "it counts as hung: it is then aborted, and has failed. None: nobody watches."
        ),
    )
    stop_signal: Signal | None = option(
        default=None, description="Signal that asks the process to end. None: SIGTERM."
    )
    stop_command: Run | None = option(
        default=None,
        description=(
            "Command that asks the service to end; the signal goes to what is left after it. None: "
            "the signal alone."
        ),
    )
    stop_processes: Literal["all", "main-first", "main-only"] = option(
        default="all",
        description=(
            "Whom stop_signal goes to: all processes of the service; the main one, and what it leaves "
            "behind is killed; or the main one only, and the others go on."
        ),
    )
    success_exit_status: Sequence[ExitStatus] = option(
        description="Ends that are good ones, beside the status 0."
    )
    restart: Literal["always", "on-failure", "on-abnormal", "no"] = option(
        compute=reads("type", "/network")(lambda self: _restart(self)),
        description=(
            "Whether it starts again when it ends; on-abnormal: after a signal or a timeout, and not "
            "after a status of its own choice. Unset: always, but not a oneshot, nor what is started "
            "for each connection."
        ),
    )
    restart_prevent_exit_status: Sequence[ExitStatus] = option(
        description="Ends after which it stays ended, whatever `restart` says."
    )
    restart_delay: DurationOption = option(
        default=default_of("5s"), description="Time between an end and the next start."
    )
    restart_limit: Literal["unlimited"] | RestartLimit | None = option(
        default=None,
        description=(
            "How many starts there may be in how long, before the service is left failed; or "
            '"unlimited". None: the manager\'s own choice.'
        ),
    )

    def __validate__(self) -> Iterator[Mistake]:
        """What is said of a life goes together."""
        yield from contradictions.of_type(self)
        yield from contradictions.of_reload(self)
        yield from contradictions.of_restart(self)
        yield from contradictions.of_remaining(self)
        yield from contradictions.of_first_start(self)
        yield from contradictions.of_watchdog(self)


def _restart(lifecycle: Lifecycle) -> Literal["always", "no"]:
    """Whether a service is meant to stay: neither one that is done, nor one for each connection."""
    if lifecycle.type not in LONG_RUNNING:
        return "no"
    service = lifecycle.__node__.main()
    return "always" if accepted_by_manager(service) is None else "no"
