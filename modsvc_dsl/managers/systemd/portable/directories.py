"""The directories that a service has for itself, as directives.

In: the result of `directories`. Out: directives of [Service], after systemd.exec(5). systemd makes
the directories and gives them to the user of the service; one for configuration that is there
already keeps its owner and mode. So does 252, though systemd.exec(5) says that none of that kind is given away.
"""

from __future__ import annotations

from typing import Any

from ....services.groups.directories import KINDS, asked_for
from ....services.service import Service
from .translation import Directives, Translation

DIRECTIVES: dict[str, str] = dict(
    zip(
        KINDS,
        (
            *("StateDirectory", "CacheDirectory", "LogsDirectory"),
            *("RuntimeDirectory", "ConfigurationDirectory"),
        ),
    )
)
"""Kind of directory -> directive."""


_PRESERVE: dict[str, Any] = {"over-restarts": "restart", "until-shutdown": True}
"""How long the runtime directory stays -> RuntimeDirectoryPreserve=, where that is not its default."""


class DirectoriesTranslation(Translation):
    """Names and modes; and how long a runtime directory stays."""

    group = "directories"
    made_from = {
        **{each: ("directories", kind, "enable") for kind, each in DIRECTIVES.items()},
        **{f"{each}Mode": ("directories", kind, "mode") for kind, each in DIRECTIVES.items()},
        "RuntimeDirectoryPreserve": ("directories", "runtime_stays"),
    }

    def service(self, service: Service) -> Directives:
        found: dict[str, Any] = {}
        for kind, directory in asked_for(service.directories):
            directive = DIRECTIVES[kind]
            found[directive] = directory.names
            found[f"{directive}Mode"] = f"{directory.permissions:04o}"
        stays = service.directories.runtime_stays
        if stays in _PRESERVE and "RuntimeDirectory" in found:
            found["RuntimeDirectoryPreserve"] = _PRESERVE[stays]
        return found
