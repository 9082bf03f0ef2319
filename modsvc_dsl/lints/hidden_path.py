"""`hidden-path`: a path that the process is told of and does not see.

In: a service. Out: a finding for each path of a home or a device in its commands, variables and settings,
where its unit hides those. Refuses to guess what a program looks for by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..language.evaluation.history import has_option
from ..language.words import Path, show_value
from ..services.groups.config_data import contents
from ..services.service import Service, runs
from ..services.settings import option_steps, plain
from ..services.values.command import as_command
from .rule import Finding, Rule, command_of
from .units import is_of_user

_HOME = re.compile(r"/(?:home|root|run/user)(?:/.*)?", re.DOTALL)
_DEVICE = re.compile(
    r"/dev/(?!(?:null|zero|full|random|urandom|tty|ptmx|log|stdin|stdout|stderr)$|(?:pts|shm|fd|mqueue)\b).+"
)
_ON = frozenset({True, "1", "yes", "y", "true", "t", "on", "tmpfs"})
_HOOKS = ("before_first_start", "before_start", "after_start", "after_stop")


class HiddenPath(Rule):
    """A path of a home or a device, where the process sees none of those."""

    name = "hidden-path"

    def find(self, service: Service) -> Iterator[Finding]:
        if not runs(service):
            return
        hidden = tuple(_hidden(service))
        for option, value in _told(service) if hidden else ():
            path = re.sub(r"^--?[\w.-]+=", "", str(value))
            for pattern, what, advice in hidden:
                if pattern.fullmatch(path):
                    yield self.finding(service, option, f"is {show_value(value)}, {what}", advice)


# Any: what a manager's own module adds to services, which this room need not load
def _hidden(service: Any) -> Iterator[tuple[re.Pattern[str], str, str]]:
    """What a unit hides, with the words for it; a user's manager hides nothing."""
    if not has_option(service, ("systemd", "service")):
        return
    if is_of_user(service):
        return
    unit: Mapping[str, Any] = service["systemd"].service.service
    bound = unit.keys() & {"BindPaths", "BindReadOnlyPaths"}
    if unit.get("ProtectHome") in _ON and not bound:
        advice = 'write Hardening(home="read-only"), or keep it in a folder of the service\'s own'
        yield _HOME, "and homes look empty to it", advice
    if unit.get("PrivateDevices") in _ON and not bound:
        advice = 'write Hardening(devices=[Path("/dev/...")]) with the devices that it may use'
        yield _DEVICE, "a device, and it sees none", advice


def _told(service: Service) -> Iterator[tuple[Path, Any]]:
    """What the process and the commands beside it are told, each with its option."""
    process = service.process
    for index, argument in enumerate(command_of(service)):
        yield ("process", "argv", index), argument
    for name, text in process.environment.items():
        if text is not None:
            yield ("process", "environment", name), text
    if process.working_directory is not None:
        yield ("process", "working_directory"), process.working_directory
    for hook in _HOOKS:
        for run in map(as_command, getattr(service.lifecycle, hook)):
            for argument in () if run.privileged else run.argv:
                yield ("lifecycle", hook), argument
    for key, file in service.config_data.items():
        if file.enable and contents(file) == ["settings"]:
            for steps, value in _texts(plain(file.settings), ()):
                yield ("config_data", key, "settings", *option_steps(file.settings, steps)), value


def _texts(value: Any, steps: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _texts(item, (*steps, key))
    elif isinstance(value, str):
        yield steps, value
