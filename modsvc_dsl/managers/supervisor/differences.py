"""What supervisor does otherwise than it is asked.

In: the result of a service. Out: a line for each difference that its user should know. Refuses
to judge whether a service can live with it; what none could live with is in `refusals`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from ...language.evaluation.configuration import is_untouched
from ...language.evaluation.history import strength
from ...language.properties import DEFAULT, OPTION_DEFAULT
from ...language.types.duration import spelled
from ...language.words import all_of, show_path
from ...services.groups.lifecycle import Lifecycle
from ...services.groups.directories import asked_for
from ...services.groups.identity import user_name
from ...services.groups.network import privileged_ports
from ...services.service import Service, runs
from ..unused import unused_options
from .lifecycle import started_as
from .names import program_name
from .program import stop_seconds


def differences(service: Service, user: str | None, directories_exist: bool) -> Iterator[str]:
    """What is different for one service.

    `user` is the manager's for services that name none; `directories_exist` says that the host has
    the directories of services.
    """
    if not runs(service):
        yield from unused_options(service)
        return
    for text in (
        *_of_process(service, user),
        *(_needed(service, user) if directories_exist else ()),
    ):
        yield f"`{show_path(service.__node__.path)}`: {text}"


def _of_process(service: Service, user: str | None) -> Iterator[str]:
    lifecycle = service.lifecycle
    if user_name(service) is None and user is not None:
        yield f"runs as {user}, and not as a user of its own: supervisor makes none"
    if service.hardening.enable:
        said = [f"hardening.{name}" for name in _said(service, "hardening") if name != "enable"]
        which = f", so {_in_vain_are(said)}" if said else ""
        yield f"is not confined: supervisor has no hardening beyond the umask 077{which}"
    yield from _in_vain(service)
    numbers = [str(port.number) for port in privileged_ports(service)]
    if numbers and service.identity.user not in ("root", "0"):
        yield (
            f"listens on port {all_of(numbers)}, and supervisor gives it no capability for that: "
            "the host has to, by its file's or by net.ipv4.ip_unprivileged_port_start"
        )
    if not is_untouched(service.network) and service.network.wait_online:
        yield "does not wait until the host is online: supervisor knows nothing of networks"
    if service.lifecycle.type != started_as(service):
        yield "counts as started when its process runs: supervisor hears nothing from READY=1"
    elif _says_s6_only(service):
        yield "counts as started when its process runs: supervisor does not read s6's line"
    yield from _reloading(service)
    for key, file in service.config_data.items():
        if file.on_change != "nothing" and strength(file, "on_change") < DEFAULT:
            where = show_path(("config_data", key, "on_change"))
            yield f"is not changed by {where}: supervisor looks at its own files only"
    if lifecycle.remain_after_exit:
        yield "counts as ended when its program has: lifecycle.remain_after_exit has no effect"
    if lifecycle.stop_processes == "main-first":
        yield "what its main process leaves behind goes on, if that ends within its stop_timeout"
    yield from _limits(lifecycle)
    if lifecycle.restart == "no":
        return
    if lifecycle.restart_delay:
        pause = f"lifecycle.restart_delay of {spelled(lifecycle.restart_delay)} is not kept"
        yield f"{pause}: {_pause(service)}"
    if lifecycle.restart == "on-failure" and started_as(service) != "oneshot":
        yield "an end within its first second counts as a failure, even with exit status 0"


def _says_s6_only(service: Service) -> bool:
    protocols = service.notification_protocol
    return protocols.s6 and not protocols.systemd


def _limits(lifecycle: Lifecycle) -> Iterator[str]:
    """Limits in time and number that are kept otherwise, or not at all."""
    if lifecycle.start_timeout is not None:
        why = "supervisor gives a start all the time it takes"
        yield f"lifecycle.start_timeout is not kept: {why}"
    timeout = lifecycle.stop_timeout
    if isinstance(timeout, timedelta) and timeout % timedelta(seconds=1):
        given = f"{stop_seconds(timeout)}s, as supervisor counts whole seconds"
        yield f"lifecycle.stop_timeout of {spelled(timeout)} is {given}"
    elif timeout is not None and not isinstance(timeout, timedelta):
        days = timedelta(seconds=stop_seconds(timeout)).days
        yield f"lifecycle.stop_timeout is {days} days, as supervisor always kills in the end"
    limit: Any = lifecycle.restart_limit
    if limit is not None and limit != "unlimited" and lifecycle.restart != "no":
        what = f"{limit.starts} starts in a row that ended within their first second"
        yield f"lifecycle.restart_limit counts otherwise: supervisor gives it up after {what}"


def _in_vain_are(said: list[str]) -> str:
    return f"{all_of(said)} {'has' if len(said) == 1 else 'have'} no effect"


def _reloading(service: Service) -> Iterator[str]:
    """What people do by hand where nobody does it for them."""
    process, name = service.process, program_name(service)
    if process.before_reload:
        yield "runs nothing of process.before_reload: supervisor reloads nothing"
    if process.reload_signal is not None:
        signal = process.reload_signal.removeprefix("SIG")
        by_hand = f"`supervisorctl signal {signal} {name}` does it by hand"
        yield f"is not reloaded by process.reload_signal, as supervisor reloads nothing: {by_hand}"
    if process.reload_command is not None:
        why = "supervisor reloads nothing: run the command by hand"
        yield f"is not reloaded by process.reload_command, as {why}"


_IN_VAIN = {
    "resources": ("", "supervisor limits nothing"),
    "logging": (
        ("identifier", "level_max", "rate_burst", "rate_interval"),
        "supervisor takes its log as it comes",
    ),
}
"""Group -> which of its options supervisor has nothing for (none: all of them), and why."""


def _in_vain(service: Service) -> Iterator[str]:
    for group, (names, why) in _IN_VAIN.items():
        if is_untouched(getattr(service, group)):
            continue
        said = [f"{group}.{name}" for name in _said(service, group) if not names or name in names]
        if said:
            yield f"{why}, so {_in_vain_are(said)}"


def _needed(service: Service, user: str | None) -> Iterator[str]:
    """The directories that the host has to have, as the service expects them."""
    if is_untouched(service.directories):
        return
    owner = user_name(service) or user
    for _, directory in asked_for(service.directories):
        for name in directory.names:
            path = f"{directory.path.removesuffix(directory.called)}{name}"
            yield f"{path} has to be there, owned by {owner}, with the mode {directory.permissions:o}"


def _pause(service: Service) -> str:
    if started_as(service) == "oneshot":
        return "after a failure it starts again at once"
    return "it starts again at once, or after 1, 2, 3, ... s while it ends within its first second"


def _said(service: Service, group: str) -> list[str]:
    """The options of a group that somebody defines."""
    names = getattr(service, group).__group__.children
    return [name for name in names if strength(service, (group, name)) < OPTION_DEFAULT]
