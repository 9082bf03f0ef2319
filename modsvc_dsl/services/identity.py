"""Who a service runs as.

In: nothing. Out: the group `identity`. Refuses root by omission: it is written out, or it
is not.
"""

from __future__ import annotations

from ..language.module import Module
from ..language.option import option
from .spelling import GroupName, UserName


class Identity(Module):
    """User and group of the process."""

    user: UserName | None = option(
        default=None,
        description=(
            "A user that exists on the host; root has to be written out. Unset: a user made "
            "for this service alone while it runs."
        ),
    )
    group: GroupName | None = option(
        default=None, description="A group that exists on the host. Unset: the user's own."
    )
