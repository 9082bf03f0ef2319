"""Units by name, and rules beside them: what services and hosts both can say to systemd.

In: nothing. Out: the module of these options, and which type of unit each of them holds. Refuses
to name units (`names`), since that depends on whose they are, and to render.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...language.declaration.module import Module
from ...language.declaration.option import option
from .rules import SysusersRule, TmpfilesRule
from .unit import Unit

FURTHER = {
    "services": "service",
    "sockets": "socket",
    "timers": "timer",
    "paths": "path",
    "targets": "target",
    "slices": "slice",
    "mounts": "mount",
    "automounts": "automount",
    "swaps": "swap",
}
"""Option -> the type of its units, which is the suffix of their names."""

NAMED_BY = {"mount": "Where", "automount": "Where", "swap": "What"}
"""Type -> the directive with the path that the name of such a unit has to be made from."""


class Units(Module):
    """Units by name. A mount, automount or swap is named by its path, whatever its key."""

    services: Mapping[str, Unit] = option(description="Service units, by name.")
    sockets: Mapping[str, Unit] = option(description="Socket units, by name.")
    timers: Mapping[str, Unit] = option(description="Timer units, by name.")
    paths: Mapping[str, Unit] = option(description="Path units, by name.")
    targets: Mapping[str, Unit] = option(description="Targets, by name.")
    slices: Mapping[str, Unit] = option(description="Slices, by name; a - leads into a slice.")
    mounts: Mapping[str, Unit] = option(description="Mounts, by any word; Where= makes the name.")
    automounts: Mapping[str, Unit] = option(
        description="Automounts, by any word; Where= makes the name."
    )
    swaps: Mapping[str, Unit] = option(description="Swaps, by any word; What= makes the name.")
    tmpfiles: list[TmpfilesRule] = option(
        description="Files and folders that are made when the host starts (tmpfiles.d)."
    )
    sysusers: list[SysusersRule] = option(
        description="Users and groups that are made when the host starts (sysusers.d)."
    )
