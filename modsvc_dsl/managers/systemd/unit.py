"""`Unit`: the sections of one unit, under systemd's own names.

In: nothing. Out: the module of all options that hold units. Refuses to render.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

from ...language.module import Module
from ...language.option import option
from .section import Section

if TYPE_CHECKING:
    from .directives.sections import (
        InstallSection,
        ServiceSection,
        SocketSection,
        TimerSection,
        UnitSection,
    )
else:
    # the typed sections are for checkers; at run time the tables of directives decide
    UnitSection = Annotated[dict[str, Any], Section("Unit")]
    ServiceSection = Annotated[dict[str, Any], Section("Service")]
    SocketSection = Annotated[dict[str, Any], Section("Socket")]
    TimerSection = Annotated[dict[str, Any], Section("Timer")]
    InstallSection = Annotated[dict[str, Any], Section("Install")]

SECTIONS = {
    "unit": "Unit",
    "service": "Service",
    "socket": "Socket",
    "timer": "Timer",
    "install": "Install",
}
"""Option -> section, in the order in which they are written."""


class Unit(Module):
    """One unit. Values are systemd's syntax: specifiers and variables in them are live."""

    unit: UnitSection = option(description="Directives of [Unit].")
    service: ServiceSection = option(description="Directives of [Service].")
    socket: SocketSection = option(description="Directives of [Socket].")
    timer: TimerSection = option(description="Directives of [Timer].")
    install: InstallSection = option(description="Directives of [Install].")
    extra: Mapping[str, Mapping[str, Any]] = option(
        description="Section -> directives that systemd leaves to others, such as X-Owner."
    )
