"""Who a service runs as, in directives.

In: the result of `identity`. Out: directives of [Service]. Names and meanings are those of
systemd.exec(5).
"""

from __future__ import annotations

from typing import Any

from ....services.service import Service
from .translation import Directives, Translation


class IdentityTranslation(Translation):
    """User and group, or a user made by systemd."""

    group = "identity"
    made_from = {
        "User": ("identity", "user"),
        "DynamicUser": ("identity", "user"),
        "Group": ("identity", "group"),
    }
    speaks_unasked = True
    same_unasked = True

    def confinement(self, service: Service) -> Directives:
        identity = service.identity
        found: dict[str, Any] = {}
        if identity.user is None:
            found["DynamicUser"] = True
        else:
            found["User"] = identity.user
        if identity.group is not None:
            found["Group"] = identity.group
        return found
