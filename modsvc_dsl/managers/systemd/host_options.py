"""What a host can say to systemd beside its services.

In: nothing. Out: the group of options that `SystemdHost` gives to a host, and what becomes of those
that are no units. Refuses to know hosts, which are made of managers and services.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...language.errors import Mistake
from ...language.evaluation.history import places
from ...language.declaration.module import Module
from ...language.declaration.option import option
from ...language.declaration.tree import Group
from ...language.words import Path
from ...services.values.spelling import VariableName
from .escaping import BadValue, environment_assignment
from .mistakes import BadDirective
from .names import systemd_of
from .scope import Scope
from .text import section_lines
from .unit import ExtraSection
from .units import Units


class HostSystemd(Units):
    """Units of a host that belong to no service, and settings for all of them.

    A key is the name of its unit without the suffix: `targets={"shop": Unit()}` is shop.target.
    Such a service unit runs as systemd runs it: as root, unless it says otherwise.
    """

    environment: Mapping[VariableName, str] = option(
        description=(
            "Variables for all service units that are made here, as plain text; a unit's own word "
            "for a variable counts more."
        )
    )
    settings: ExtraSection = option(
        description=(
            "Directives of [Manager] for the manager itself, such as DefaultTimeoutStopSec "
            "(systemd-system.conf(5))."
        )
    )


def with_options(host: Module | None) -> Module | None:
    """The host, if it has options of systemd."""
    if host is None:
        return None
    group = host.__node__.shape.root.children.get("systemd")
    return host if isinstance(group, Group) and issubclass(group.cls, HostSystemd) else None


def host_mistakes(host: Module | None) -> Iterator[Mistake]:
    """What no line of a unit or of a file of settings could hold."""
    if host is None:
        return
    systemd = systemd_of(host)
    for name, value in systemd.environment.items():
        yield from _unwritable(
            host, ("systemd", "environment", name), environment_assignment, value
        )
    for name, value in systemd.settings.items():
        yield from _unwritable(host, ("systemd", "settings", name), _setting, value)


def _unwritable(host: Module, path: Path, write: Any, value: Any) -> Iterator[Mistake]:
    try:
        write(path[-1], value)
    except BadValue as bad:
        yield BadDirective((*host.__node__.path, *path), str(bad), places(host, path[:2]))


def _setting(name: str, value: Any) -> None:
    section_lines("Manager", {name: value})


def environment_lines(host: Module | None) -> tuple[str, ...]:
    """The values of Environment= that a host gives to all services."""
    if host is None:
        return ()
    variables: Mapping[str, str] = systemd_of(host).environment
    return tuple(environment_assignment(*each) for each in sorted(variables.items()))


def host_files(host: Module, scope: Scope) -> dict[str, str]:
    """Files of a host that are no units, as text by path."""
    settings: Mapping[str, Any] = systemd_of(host).settings
    lines = section_lines("Manager", settings)
    if not lines:
        return {}
    text = "".join(f"{line}\n" for line in ["[Manager]", *lines])
    return {f"etc/systemd/{scope.name}.conf.d/50-modsvc.conf": text}
