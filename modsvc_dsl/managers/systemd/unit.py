"""`Unit`: the sections of one unit, under systemd's own names.

In: nothing. Out: the module of all options that hold units. Refuses to render.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

from ...language.declaration.module import Module
from ...language.declaration.option import option
from .section import Extra, Section

if TYPE_CHECKING:
    from .directives.sections import (
        AutomountSection as AutomountSection,
        InstallSection as InstallSection,
        MountSection as MountSection,
        PathSection as PathSection,
        ServiceSection as ServiceSection,
        SliceSection as SliceSection,
        SocketSection as SocketSection,
        SwapSection as SwapSection,
        TimerSection as TimerSection,
        UnitSection as UnitSection,
    )

    ExtraSection = dict[str, Any]
else:
    # the typed sections are for checkers; at run time the tables of directives decide
    UnitSection = Annotated[dict[str, Any], Section("Unit")]
    ServiceSection = Annotated[dict[str, Any], Section("Service")]
    SocketSection = Annotated[dict[str, Any], Section("Socket")]
    TimerSection = Annotated[dict[str, Any], Section("Timer")]
    PathSection = Annotated[dict[str, Any], Section("Path")]
    MountSection = Annotated[dict[str, Any], Section("Mount")]
    AutomountSection = Annotated[dict[str, Any], Section("Automount")]
    SwapSection = Annotated[dict[str, Any], Section("Swap")]
    SliceSection = Annotated[dict[str, Any], Section("Slice")]
    InstallSection = Annotated[dict[str, Any], Section("Install")]
    ExtraSection = Annotated[dict[str, Any], Extra()]

SECTIONS = {
    "unit": "Unit",
    "service": "Service",
    "socket": "Socket",
    "timer": "Timer",
    "path": "Path",
    "mount": "Mount",
    "automount": "Automount",
    "swap": "Swap",
    "slice": "Slice",
    "install": "Install",
}
"""Option -> section, in the order in which they are written."""


class Unit(Module):
    """One unit. Values are systemd's syntax, so that variables in them are live; a `%` stands for
    itself, but in `specifiers(...)`."""

    unit: UnitSection = option(description="Directives of [Unit].")
    service: ServiceSection = option(description="Directives of [Service].")
    socket: SocketSection = option(description="Directives of [Socket].")
    timer: TimerSection = option(description="Directives of [Timer].")
    path: PathSection = option(description="Directives of [Path].")
    mount: MountSection = option(description="Directives of [Mount].")
    automount: AutomountSection = option(description="Directives of [Automount].")
    swap: SwapSection = option(description="Directives of [Swap].")
    slice: SliceSection = option(description="Directives of [Slice].")
    install: InstallSection = option(description="Directives of [Install].")
    extra: Mapping[str, ExtraSection] = option(
        description="Section -> directives that systemd leaves to others, such as X-Owner."
    )
    enable: bool = option(
        default=True,
        description="False masks the unit: systemd refuses to start it, whoever asks.",
    )
    drop_in: bool = option(
        default=False,
        description=(
            "True adds to a unit of this name that the host has from elsewhere: a file in "
            "its folder NAME.d. A list there goes on behind the host's own; begin it with an "
            'empty "" to take its place.'
        ),
    )
    judged: bool = option(
        default=True,
        description=(
            "False leaves it to systemd whether it would load the unit as it stands, and what it "
            "makes of the values in extra: for units that the host itself goes on with."
        ),
    )
    instances: list[str] = option(
        description=(
            "Instances of a template (a unit whose name ends in @) that are started, as plain "
            "text: what %I stands for in the unit. They are escaped as systemd-escape(1) does."
        )
    )
