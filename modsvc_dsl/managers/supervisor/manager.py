"""supervisor as a manager of hosts.

In: the user of services that name none. Out: the files it emits. Refuses to bring options of
its own: what supervisor can do, the portable service can say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from ...language.arguments import refuses_others
from ...language.provenance import call_site
from ...services.service import Service
from ...services.values.spelling import Spelt, UserName
from ..manager import Emitted, Manager

_USER: Spelt = get_args(UserName)[1]


@refuses_others
@dataclass(frozen=True)
class SupervisorManager(Manager):
    """supervisor 4, whose supervisord runs as root.

    `user` is a user of the host, by name or number, who runs the services that say no
    `identity.user`: supervisor makes no users, and would run them as root. None: every
    service has to say its own. Raises BadUser for what can be no user's name.

    `directories_exist`: whether the host has the directories that services ask for, since supervisor
    makes none. What each has to be is listed by the build; without this, asking is refused.
    """

    user: str | None = None
    directories_exist: bool = False
    name = "supervisor"

    def __post_init__(self) -> None:
        if self.user is not None and not _USER.accepts(self.user):
            from .mistakes import BadUser

            raise BadUser(self.user, _USER.describe(), [call_site(3)])

    def emit(self, services: Mapping[str, Service]) -> Emitted:
        from .emit import emit

        return emit(services, self.user, self.directories_exist)
