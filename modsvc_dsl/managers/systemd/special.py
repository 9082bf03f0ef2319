"""Names that units of systemd itself have on every host.

In: one unit. Out: a note where it takes the place of such a one. Refuses to know what a host has
besides: which packages are installed there is known to the host alone, and `modsvc check` looks at
the machine that it runs on.
"""

from __future__ import annotations

from ...language.declaration.module import Module
from .assembly import Draft
from .names import called

SPECIAL = frozenset(
    "autovt@ console-getty container-getty@ dbus dbus-broker debug-shell display-manager emergency"
    " getty@ halt-local initrd-cleanup initrd-parse-etc initrd-switch-root initrd-udevadm-cleanup-db"
    " ldconfig modprobe@ quotaon rc-local rescue serial-getty@ syslog user-runtime-dir@ user@".split()
)
"""Services that systemd brings or waits for by name (systemd.special(7), its units in Debian 12)."""


def takes_the_place(owner: Module, draft: Draft) -> str:
    """The note that a unit replaces one of systemd's own, empty if it does not."""
    stem, _, suffix = draft.name.rpartition(".")
    own = stem.startswith("systemd-") or (suffix == "service" and stem in SPECIAL)
    if not own or draft.manner.drop_in or not draft.manner.enable:
        return ""
    return (
        f"{called(owner)}: {draft.name} takes the place of the unit of that name that systemd has"
        " itself; drop_in=True adds to it instead"
    )
