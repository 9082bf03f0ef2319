"""Where a manager puts what belongs to a service.

In: nothing. Out: `Placement`, of which each manager has one, and how a result finds that of its own
manager. Refuses to know managers: whoever evaluates hands theirs over.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

FOLDERS = {
    "state": "/var/lib",
    "cache": "/var/cache",
    "logs": "/var/log",
    "runtime": "/run",
    "configuration": "/etc",
}
"""Kind of directory -> the folder that those of all services lie in (FHS 3.0, 3.7, 3.15 and 5)."""


ROOT = "/etc/system-services"
"""Where the config files of services of the whole system lie, a folder for each; as upstream."""


class Unplaced(NamedTuple):
    """Why something has no path that could be known, and what to write instead."""

    why: str
    instead: str


class Placement:
    """The places under a manager that follows the FHS and hands over no secrets.

    `files` is the folder in which the config files of services lie.
    """

    files: str = ROOT

    def directory(self, kind: str) -> str | Unplaced:
        """The folder in which the directories of a kind lie, one of FOLDERS."""
        return FOLDERS[kind]

    def credential(self, service: Sequence[str], name: str) -> str | Unplaced:
        """The file that has a secret for the process of a service, whose path is given."""
        return Unplaced(
            "its manager hands no secrets over", "let the program read a file that the host has"
        )


class Unmanaged(Placement):
    """The places of a service that is on no host, and so under no manager."""

    def credential(self, service: Sequence[str], name: str) -> str | Unplaced:
        return Unplaced(
            "no manager is known that hands it over",
            "place the service on a Host, or evaluate it with evaluate(service, manager=...)",
        )


_UNMANAGED = Unmanaged()


# Any: a result of whatever class
def placement_of(view: Any) -> Placement:
    """The places of the manager that a result is under."""
    find = getattr(view.__node__.evaluation.bring, "placement_of", None)
    found: Placement | None = None if find is None else find(view.__node__)
    return found or _UNMANAGED
