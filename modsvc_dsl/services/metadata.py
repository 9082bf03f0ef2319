"""What a service says of itself to people.

In: nothing. Out: the groups `meta` and `notification_protocol`. Refuses to know
what managers make of them.
"""

from __future__ import annotations

from ..language.module import Module
from ..language.option import option
from ..language.types.refinements import LineOfText
from .spelling import Address


class Meta(Module):
    """Description, documentation, maintainers."""

    description: LineOfText | None = option(
        default=None, description="One line for people. Unset: the path of the service."
    )
    documentation: list[Address] = option(description="Addresses of documentation.")
    maintainers: list[str] = option(description="Who looks after this module.")


class NotificationProtocol(Module):
    """How the program says that it is ready."""

    systemd: bool = option(
        default=False, description="Whether it can send READY=1 to the socket in NOTIFY_SOCKET."
    )
    s6: bool = option(
        default=False, description="Whether it can write a line to a file descriptor it is given."
    )
