"""What a host can say to systemd beside its services.

In: nothing. Out: the group of options that `SystemdHost` gives to a host, and what becomes of those
that are no units. Refuses to know hosts, which are made of managers and services.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any

from ...language.errors import Mistake
from ...language.evaluation.history import history, places
from ...language.declaration.module import Module
from ...language.declaration.option import option
from ...language.declaration.tree import Group
from ...language.provenance import is_ours
from ...language.words import Path
from ...services.values.spelling import VariableName
from .escaping import BadValue, environment_assignment
from .inspection import line_problem
from .mistakes import BadDirective, BadLine
from .names import systemd_of
from .scope import USER, Scope
from .section import Section
from .specifiers import Specifiers
from .text import section_lines
from .unit import ExtraSection
from .units import Units

if TYPE_CHECKING:
    from .directives.sections import ManagerSection as ManagerSection
else:
    ManagerSection = Annotated[dict[str, Any], Section("Manager")]


class HostSystemd(Units):
    """Units of a host that belong to no service, and settings for all of them.

    A key is the name of its unit without the suffix: `targets={"shop": Unit()}` is shop.target.
    Such a service unit runs as systemd runs it: as root, unless it says otherwise.
    """

    environment: Mapping[VariableName, str | Specifiers] = option(
        description=(
            "Variables for all service units that are made here, as plain text or specifiers(...); a "
            "unit's own word for a variable counts more."
        )
    )
    settings: ManagerSection = option(
        description=(
            "Directives of [Manager] for the manager itself, such as DefaultTimeoutStopSec "
            "(systemd-system.conf(5))."
        )
    )
    extra_settings: ExtraSection = option(
        description="Directives of [Manager] that are newer than the library."
    )


def with_options(host: Module | None) -> Module | None:
    """The host, if it has options of systemd."""
    if host is None:
        return None
    group = host.__node__.shape.root.children.get("systemd")
    return host if isinstance(group, Group) and issubclass(group.cls, HostSystemd) else None


def host_mistakes(host: Module | None, version: int, scope: Scope) -> Iterator[Mistake]:
    """What systemd would ignore or refuse of what the host says beside units."""
    if host is None:
        return
    systemd = systemd_of(host)
    for name, value in systemd.environment.items():
        try:
            environment_assignment(name, value)
        except BadValue as bad:
            option = ("systemd", "environment")
            path = (*host.__node__.path, *option, name)
            yield BadDirective(path, str(bad), places(host, option))
    for name, value in systemd.settings.items():
        why = line_problem("Manager", name, value, version, False) or _of_system(name, scope)
        if why:
            yield _mistake(host, ("systemd", "settings", name), why)
    for name, value in systemd.extra_settings.items():
        why = line_problem("Manager", name, value, version, True) or _of_system(name, scope)
        if name in systemd.settings:
            why = "is said here and in settings; keep one of them"
        if why:
            yield _mistake(host, ("systemd", "extra_settings", name), why)


def _of_system(name: str, scope: Scope) -> str:
    """Why a setting has no effect on a user's manager, empty if it has, or is for the system's."""
    if scope is USER and name in OF_SYSTEM:
        return f"a user's manager has no use for {name}=; leave it out"
    return ""


OF_SYSTEM = frozenset(
    "CapabilityBoundingSet CrashAction CrashChVT CrashChangeVT CrashReboot CrashShell"
    " CtrlAltDelBurstAction DumpCore KExecWatchdogSec NoNewPrivileges ProtectSystem"
    " RebootWatchdogSec RuntimeWatchdogPreGovernor RuntimeWatchdogPreSec RuntimeWatchdogSec"
    " ShutdownWatchdogSec WatchdogDevice".split()
)
"""Settings of which only the system's manager makes use (initialize_runtime, install_crash_handler and
manager_set_watchdog in systemd's sources, 252 and 257)."""


def _mistake(host: Module, path: Path, why: str) -> Mistake:
    told = (each.location for each in history(host, path) if each.fate == "won")
    users = dict.fromkeys(each for each in told if not is_ours(each.file))
    return BadLine((*host.__node__.path, *path), why, tuple(("defined", each) for each in users))


def environment_lines(host: Module | None) -> tuple[str | Specifiers, ...]:
    """The values of Environment= that a host gives to all services."""
    if host is None:
        return ()
    variables: Mapping[str, str | Specifiers] = systemd_of(host).environment
    return tuple(environment_assignment(*each) for each in sorted(variables.items()))


def host_files(host: Module, scope: Scope) -> dict[str, str]:
    """Files of a host that are no units, as text by path."""
    systemd = systemd_of(host)
    lines = section_lines("Manager", {**systemd.settings, **systemd.extra_settings})
    if not lines:
        return {}
    text = "".join(f"{line}\n" for line in ["[Manager]", *lines])
    return {f"etc/systemd/{scope.name}.conf.d/50-modsvc.conf": text}
