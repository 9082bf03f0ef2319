"""Whether systemd runs for the whole system or for each user, and what differs.

In: nothing. Out: `SYSTEM` and `USER`. Refuses to emit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...language.errors import Mistake
from ...language.module import Module
from .assembly import Draft


@dataclass(frozen=True)
class Scope:
    """One of the two. `units` is the folder of its units (systemd.unit(5)), `target` is what it
    starts by itself (systemd.special(7))."""

    name: str
    units: str
    target: str

    def mistakes(self, owner: Module, draft: Draft) -> Iterator[Mistake]:
        return iter(())


UNITS = "etc/systemd/system"
"""Where units of the administrator lie, for the whole system."""

SYSTEM = Scope("system", UNITS, "multi-user.target")
USER = Scope("user", "etc/systemd/user", "default.target")
