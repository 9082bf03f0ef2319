"""Whether systemd runs for the whole system or for each user, and what differs.

In: nothing. Out: `SYSTEM` and `USER`, by name in `SCOPES`. Refuses to emit, and to know what a user's
manager cannot do: `user_scope` does.
"""

from __future__ import annotations

from typing import NamedTuple

UNITS = "etc/systemd/system"
"""Where units of the administrator lie, for the whole system (systemd.unit(5))."""


class Scope(NamedTuple):
    """One of the two. `units` is the folder of its units (systemd.unit(5)), `target` is what it
    starts by itself (systemd.special(7))."""

    name: str
    units: str
    target: str


SYSTEM = Scope("system", UNITS, "multi-user.target")
USER = Scope("user", "etc/systemd/user", "default.target")

SCOPES = {each.name: each for each in (SYSTEM, USER)}
