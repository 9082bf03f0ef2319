"""What a service says of itself to people.

In: nothing. Out: the groups `meta` and `notification_protocol`. Refuses to know
what managers make of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from ...language.declaration.module import Module
from ...language.declaration.option import option
from ...language.types.refinements import LineOfText, NonEmpty, SingleLine
from ..values.rule_name import RuleName
from ..values.spelling import Address

ManagerName = Literal["systemd", "supervisor"]
"""The word for a manager in messages, `Manager.name`."""

Reason = Annotated[str, SingleLine(), NonEmpty()]
"""A line for people that says something."""


class Meta(Module):
    """Description, documentation, maintainers; where it runs, and what is known of it."""

    description: LineOfText | None = option(
        default=None, description="One line for people. Unset: the path of the service."
    )
    documentation: list[Address] = option(description="Addresses of documentation.")
    maintainers: list[str] = option(description="Who looks after this module.")
    unsupported: Mapping[ManagerName, Reason] = option(
        description=(
            "Managers that cannot run this service, each with the reason. It is a mistake to place it "
            "on a host with one of them. Unset: none."
        )
    )
    silenced: Mapping[RuleName, Reason] = option(
        description=(
            "Rules of `modsvc check` that are not to speak of this service, each with the reason. "
            "Unset: none."
        )
    )


class NotificationProtocol(Module):
    """How the program says that it is ready."""

    systemd: bool = option(
        default=False, description="Whether it can send READY=1 to the socket in NOTIFY_SOCKET."
    )
    s6: bool = option(
        default=False, description="Whether it can write a line to a file descriptor it is given."
    )
