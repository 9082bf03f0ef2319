"""When a service starts, what counts as started, and what happens when it ends, as directives.

In: the result of `lifecycle`. Out: directives of [Service]. Refuses to know what is run: that is
`process`'s. Whether it starts at boot is [Install]'s, where sockets and timers have a say too.
"""

from __future__ import annotations

from typing import Any

from ....language.history import strength
from ....language.properties import DEFAULT
from ....services.service import Service
from .translation import Directives, Translation


class LifecycleTranslation(Translation):
    """Type and restart."""

    group = "lifecycle"
    made_from = {
        "Type": ("lifecycle", "type"),
        "Restart": ("lifecycle", "restart"),
        "RestartSec": ("lifecycle", "restart_delay"),
        "WantedBy": ("lifecycle", "start_at_boot"),
    }
    speaks_unasked = True

    def service(self, service: Service) -> Directives:
        lifecycle = service.lifecycle
        found: dict[str, Any] = {"Type": lifecycle.type}
        if lifecycle.restart != "no":
            found["Restart"] = lifecycle.restart
            found["RestartSec"] = lifecycle.restart_delay
        elif strength(service, self.made_from["Restart"]) < DEFAULT:
            found["Restart"] = "no"
        return found
