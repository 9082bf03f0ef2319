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


class UserPlacement(Placement):
    """The places of a user's services: below a home, or a folder for the time they are logged in.

    Config files come with the tree, as units do, and lie beside those of the system's services.
    """

    files = "/etc/user-services"

    def directory(self, kind: str) -> str | Unplaced:
        return _BELOW_HOME

    def credential(self, service: Sequence[str], name: str) -> str | Unplaced:
        return _BELOW_HOME


_BELOW_HOME = Unplaced(
    "a user's manager keeps it in a folder of that user, who is not known",
    "let the program read the variables that systemd passes, or write %S, %C, %L, %t or %d in a Unit",
)
"""Why a user's service has no path of its own that could be written down (systemd.unit(5))."""
