"""When a service starts, what counts as started, and what happens when it ends, as directives.

In: the result of `lifecycle`. Out: directives of [Service]. Refuses to know what is run: that is
`process`'s. Whether it starts at boot is [Install]'s, where sockets and timers have a say too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from ....language.evaluation.configuration import once_per_touch, touched_names
from ....language.evaluation.history import strength
from ....language.properties import DEFAULT
from ....services.values.command import Command, as_command
from ....services.groups.lifecycle import Lifecycle
from ....services.placement import Unplaced, placement_of
from ....services.service import Service
from ....services.values.time_limit import NEVER
from ..escaping import untrimmed
from ..specifiers import Specifiers, specifiers
from .translation import Directives, Translation, command_line, written

_HOOKS = {
    "ExecStartPre": "before_start",
    "ExecStartPost": "after_start",
    "ExecStopPost": "after_stop",
}
"""Directive -> the option with the commands that it runs (systemd.service(5))."""

MARKER = ".first-start-done"
"""The file in the state directory that says that the commands before the first start have run."""

_UNLESS = '[ -e "$0" ] || exec "$@"'
_MARK = '[ -e "$0" ] || : > "$0"'
# What sh is given: `$0` is the marker and `$@` the command, which stay arguments and are never read
# as a script. systemd has conditions for units only, and a unit of its own for these commands would
# have another dynamic user, for whom the state directory would change hands.

_KILL_MODES = {"all": "control-group", "main-first": "mixed", "main-only": "process"}
"""Whom the stop signal goes to, in systemd.kill(5)'s words."""

_ENDS = {
    "SuccessExitStatus": "success_exit_status",
    "RestartPreventExitStatus": "restart_prevent_exit_status",
}
"""Directive -> the option with the statuses and signals that it lists."""

_PLAIN = {
    "BusName": "bus_name",
    "TimeoutStartSec": "start_timeout",
    "TimeoutStopSec": "stop_timeout",
    "WatchdogSec": "watchdog",
    "KillSignal": "stop_signal",
}
"""Directive -> the option with its value."""


class LifecycleTranslation(Translation):
    """Type, restart, limits in time, stop and hooks."""

    group = "lifecycle"
    made_from = {
        "Type": ("lifecycle", "type"),
        **{name: ("lifecycle", option) for name, option in (_PLAIN | _HOOKS | _ENDS).items()},
        "RemainAfterExit": ("lifecycle", "remain_after_exit"),
        "KillMode": ("lifecycle", "stop_processes"),
        "PIDFile": ("lifecycle", "pid_file"),
        "ExecStop": ("lifecycle", "stop_command"),
        "Restart": ("lifecycle", "restart"),
        "RestartSec": ("lifecycle", "restart_delay"),
        "StartLimitBurst": ("lifecycle", "restart_limit"),
        "StartLimitIntervalSec": ("lifecycle", "restart_limit"),
        "WantedBy": ("lifecycle", "start_at_boot"),
    }
    or_from = {"ExecStartPre": [("lifecycle", "before_first_start")]}
    speaks_unasked = True
    same_unasked = True

    def unit(self, service: Service) -> Directives:
        limit: Any = service.lifecycle.restart_limit
        if limit is None:
            return {}
        if limit == "unlimited":
            return {"StartLimitIntervalSec": 0}
        return {"StartLimitIntervalSec": _seconds(limit.within), "StartLimitBurst": limit.starts}

    def service(self, service: Service) -> Directives:
        lifecycle = service.lifecycle
        found: dict[str, Any] = {"Type": lifecycle.type}
        for directive, name in once_per_touch(lifecycle, _telling):
            value = getattr(lifecycle, name)
            if value is not None:
                found[directive] = _seconds(value)
        if lifecycle.pid_file is not None:
            path = self.made_from["PIDFile"]
            found["PIDFile"] = written(service, path, untrimmed, str(lifecycle.pid_file))
        for directive, name in once_per_touch(lifecycle, _hooking):
            lines = list(_lines(service, name, getattr(lifecycle, name)))
            if lines:
                found[directive] = lines
        if lifecycle.before_first_start:
            first = _first_start(service, lifecycle.before_first_start)
            found["ExecStartPre"] = [*first, *found.get("ExecStartPre", ())]
        if lifecycle.stop_command is not None:
            path = self.made_from["ExecStop"]
            found["ExecStop"] = [command_line(service, path, lifecycle.stop_command)]
        for directive, name in once_per_touch(lifecycle, _ending):
            ends: Any = getattr(lifecycle, name)
            if ends:
                found[directive] = [" ".join(map(str, ends))]
        if lifecycle.stop_processes != "all":
            found["KillMode"] = _KILL_MODES[lifecycle.stop_processes]
        if lifecycle.remain_after_exit:
            found["RemainAfterExit"] = True
        found.update(self._restart(service, lifecycle))
        return found

    def _restart(self, service: Service, lifecycle: Lifecycle) -> Directives:
        if lifecycle.restart != "no":
            return {"Restart": lifecycle.restart, "RestartSec": _seconds(lifecycle.restart_delay)}
        if strength(service, self.made_from["Restart"]) < DEFAULT:
            return {"Restart": "no"}
        return {}


def _telling(lifecycle: Lifecycle) -> list[tuple[str, str]]:
    """The directives with options that may have a value: the others are None for all services."""
    touched = touched_names(lifecycle)
    return [(d, n) for d, n in _PLAIN.items() if n in touched or getattr(lifecycle, n) is not None]


def _hooking(lifecycle: Lifecycle) -> list[tuple[str, str]]:
    """The directives with options that may have commands."""
    touched = touched_names(lifecycle)
    return [(d, n) for d, n in _HOOKS.items() if n in touched or getattr(lifecycle, n)]


def _ending(lifecycle: Lifecycle) -> list[tuple[str, str]]:
    """The directives with options that may list ends."""
    touched = touched_names(lifecycle)
    return [(d, n) for d, n in _ENDS.items() if n in touched or getattr(lifecycle, n)]


def _lines(
    service: Service, name: str, runs: Iterable[list[str] | Command]
) -> Iterable[str | Specifiers]:
    return (command_line(service, ("lifecycle", name), run) for run in runs)


def _first_start(
    service: Service, runs: Sequence[list[str] | Command]
) -> Iterator[str | Specifiers]:
    """Each command unless the marker is there, and last the marker."""
    path = ("lifecycle", "before_first_start")
    if not service.directories.state.enable:
        return  # which is a mistake of the service's, told there
    marker = written(service, ("directories", "state", "name"), _marker, service)
    for run in map(as_command, runs):
        yield command_line(
            service, path, replace(run, argv=["/bin/sh", "-c", _UNLESS, marker, *run.argv])
        )
    yield command_line(service, path, ["/bin/sh", "-c", _MARK, marker])


def _marker(service: Service) -> str | Specifiers:
    """The marker; where only systemd knows the folder, it puts that in."""
    state = service.directories.state
    folder = placement_of(service).directory("state")
    at = specifiers("%S") if isinstance(folder, Unplaced) else folder
    return at + f"/{state.called}/{MARKER}"


# Any: values of all sorts pass through
def _seconds(value: Any) -> Any:
    """A span of time as systemd's own units have it: a bare number where it is whole seconds."""
    if value == NEVER:
        return "infinity"
    if isinstance(value, timedelta) and not value % timedelta(seconds=1):
        return value // timedelta(seconds=1)
    return value
