"""`SystemdHost`: what a host says to systemd that belongs to no service.

In: options of systemd. Out: a host that has them. Refuses to emit: the host's manager does.
"""

from __future__ import annotations

from typing import ClassVar

from ..language.declaration.option import option
from ..managers.systemd.host_options import HostSystemd
from .host import Host


class SystemdHost(Host):
    """A host with units and settings of its own for systemd, as a class or in `imports`.

    Where another manager is in charge, setting them is a mistake.
    """

    _managed_by: ClassVar[str] = "systemd"
    systemd: HostSystemd = option()
