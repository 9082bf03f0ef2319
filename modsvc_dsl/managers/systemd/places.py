"""Where systemd puts what belongs to a service.

In: the paths of services. Out: paths of the host. Refuses to know what lies there. By
systemd.exec(5), RuntimeDirectory= and LoadCredential=.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...services.placement import Placement, Unplaced


class SystemPlacement(Placement):
    """The places of services of the whole system."""

    def credential(self, service: Sequence[str], name: str) -> str | Unplaced:
        return f"/run/credentials/{'-'.join(service)}.service/{name}"
