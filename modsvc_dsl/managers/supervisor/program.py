"""A service as a section of supervisor's configuration.

In: the result of a service that runs, its user and its priority. Out: settings, and their text
with the lines at which each stands. Refuses to judge: `refusals` did. Names and meanings are
those of the chapter on [program:x] sections in supervisor's manual.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from ...language.words import Path
from ...services.groups.lifecycle import Lifecycle
from ...services.service import Service
from .lifecycle import started_as
from .names import program_name
from .output import streams
from .text import RETURN_SECTION_LINE, command_line, comment, setting

WITHOUT_END = 2**31 - 1
"""Starts that are tried before supervisor gives up, or seconds until it kills what shall stop: no
number would be right, there is no such word."""

_RESTARTS = {"always": "true", "on-failure": "unexpected", "no": "false"}
"""What `restart` is here; the words that are not in it are refused before anything is written."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting as the process shall see it, and the option of the service that decides it."""

    key: str
    text: str
    option: Path


def settings(service: Service, user: str, priority: int) -> Iterator[Setting]:
    """The settings of a service's program, in the order in which they are written."""
    process, lifecycle = service.process, service.lifecycle
    command, assignments = command_line(process.argv, process.environment)
    yield Setting("command", command, ("process", "argv"))
    if process.working_directory is not None:
        directory = str(process.working_directory)
        yield Setting("directory", directory, ("process", "working_directory"))
    if assignments:
        environment = ",\n".join(assignments.values())
        yield Setting("environment", environment, ("process", "environment"))
    yield Setting("user", user, ("identity", "user"))
    if process.umask is not None:
        yield Setting("umask", f"{process.umask:03o}", ("process", "umask"))
    elif service.hardening.enable:
        yield Setting("umask", "077", ("hardening", "enable"))
    yield Setting("priority", str(priority), ("relations", "after"))
    starts = str(lifecycle.start_at_boot).lower()
    yield Setting("autostart", starts, ("lifecycle", "start_at_boot"))
    yield Setting("autorestart", _RESTARTS[lifecycle.restart], ("lifecycle", "restart"))
    # a oneshot may end at once; anything else that ends within a second has not started
    stays = "0" if started_as(service) == "oneshot" else "1"
    yield Setting("startsecs", stays, ("lifecycle", "type"))
    yield _retries(lifecycle)
    yield Setting("exitcodes", _good_ends(lifecycle), ("lifecycle", "success_exit_status"))
    yield from _stop(lifecycle)
    for key, text, option in streams(service):
        yield Setting(key, text, option)
    yield from _stopped(lifecycle)


def _good_ends(lifecycle: Lifecycle) -> str:
    """The statuses after which a program is not started again that is restarted on failure."""
    said = [*lifecycle.success_exit_status, *lifecycle.restart_prevent_exit_status]
    return ",".join(map(str, sorted({0, *(each for each in said if isinstance(each, int))})))


def _stopped(lifecycle: Lifecycle) -> Iterator[Setting]:
    """Which of its processes are stopped; all, unless said: no child outlives its service."""
    option = ("lifecycle", "stop_processes")
    if lifecycle.stop_processes == "all":
        yield Setting("stopasgroup", "true", ())
    elif lifecycle.stop_processes == "main-first":
        yield Setting("killasgroup", "true", option)


def _retries(lifecycle: Lifecycle) -> Setting:
    """How often a start is tried again that ended too soon."""
    limit: Any = lifecycle.restart_limit
    if lifecycle.restart == "no":
        return Setting("startretries", "0", ("lifecycle", "restart"))
    if limit is None or limit == "unlimited":
        return Setting("startretries", str(WITHOUT_END), ("lifecycle", "restart"))
    return Setting("startretries", str(limit.starts - 1), ("lifecycle", "restart_limit"))


def _stop(lifecycle: Lifecycle) -> Iterator[Setting]:
    """How it is asked to end, and how long it may take."""
    if lifecycle.stop_signal is not None:
        signal = lifecycle.stop_signal.removeprefix("SIG")
        yield Setting("stopsignal", signal, ("lifecycle", "stop_signal"))
    if lifecycle.stop_timeout is not None:
        seconds = stop_seconds(lifecycle.stop_timeout)
        yield Setting("stopwaitsecs", str(seconds), ("lifecycle", "stop_timeout"))


def stop_seconds(timeout: timedelta | str) -> int:
    """The whole seconds that a stop may take; supervisor counts no others, and has no "never"."""
    if not isinstance(timeout, timedelta):
        return WITHOUT_END
    return -(-timeout // timedelta(seconds=1))


def section(service: Service, given: Iterable[Setting]) -> tuple[str, dict[int, Path]]:
    """The text of a service's file, and the option behind each line, counted from 1."""
    lines = [comment(line) for line in _title(service)]
    lines += ["", f"[program:{program_name(service)}]"]
    options: dict[int, Path] = {}
    has_return = False
    for each in given:
        has_return = has_return or "\r" in each.text
        for line in f"{each.key}={setting(each.text)}".split("\n"):
            lines.append(line)
            if each.option:
                options[len(lines)] = each.option
    if has_return:
        lines.append("=".join(RETURN_SECTION_LINE))
    return "\n".join([*lines, ""]), options


def _title(service: Service) -> Iterator[str]:
    name = program_name(service)
    yield f"Made by modsvc for the service {name}. Changes here are lost."
    if service.meta.description:
        yield service.meta.description
    for address in service.meta.documentation:
        yield f"See {address}"
