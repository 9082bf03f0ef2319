"""systemd as a manager of hosts.

In: a version. Out: the modules it brings and the units it emits. Refuses versions that there
is no table of directives for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...services.service import Service
from ..manager import Emitted, Manager

NEWEST = 257
"""The newest version of systemd that there is a table of directives for."""


@dataclass(frozen=True)
class SystemdManager(Manager):
    """systemd, system scope. `version` is that of the host."""

    version: int = NEWEST
    name = "systemd"

    def modules(self) -> Sequence[type[Service]]:
        from .systemd import SystemdService

        return (SystemdService,)

    def emit(self, services: Mapping[str, Service]) -> Emitted:
        from .emit import emit

        return emit(services)
