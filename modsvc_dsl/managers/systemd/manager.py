"""systemd as a manager of hosts.

In: a version. Out: the modules it brings and the units it emits. Refuses versions older
than every table of directives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from ...language.arguments import refuses_others
from ...language.provenance import call_site
from ...services.service import Service
from ..manager import Emitted, Manager
from .mistakes import BadScope, BadVersion
from .places import SystemPlacement, UserPlacement
from .scope import SCOPES
from .versions import NEWEST, OLDEST


@refuses_others
@dataclass(frozen=True)
class SystemdManager(Manager):
    """systemd. `version` is that of the host: what `systemctl --version` says first. `scope` says
    whether units are for the whole system or for the manager that each user has.

    Directives are judged by the newest table up to it, and by the version in which the manual says
    that each came. Raises BadVersion for one that is older than all tables, and BadScope.
    """

    version: int = NEWEST
    scope: Literal["system", "user"] = "system"
    name = "systemd"
    placement = SystemPlacement()

    def __post_init__(self) -> None:
        if type(self.version) is not int or self.version < OLDEST:
            raise BadVersion(self.version, OLDEST, call_site(3))
        scope: object = self.scope
        if not isinstance(scope, str) or scope not in SCOPES:
            raise BadScope(self.scope, call_site(3))
        if self.scope == "user":
            object.__setattr__(self, "placement", UserPlacement())

    def modules(self) -> Sequence[type[Service]]:
        return _modules()

    def emit(self, services: Mapping[str, Service]) -> Emitted:
        from .emit import emit

        return emit(services, self.version, SCOPES[self.scope])

    def emit_host(self, host: Any, contents: Mapping[str, bytes]) -> Emitted:
        from .emit import emit

        scope = SCOPES[self.scope]
        return emit(host.services, self.version, scope, host, contents)


@cache  # to ask for an import once more, for each service, takes longer than to make a place for it
def _modules() -> Sequence[type[Service]]:
    from .systemd import SystemdService

    return (SystemdService,)
