"""`root`: a process that may do everything.

In: a service. Out: a finding where its user is root. Refuses to guess what the user may do otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..services.service import Service, runs
from .rule import Finding, Rule


class Root(Rule):
    """`identity.user` is root, by its name or its number."""

    name = "root"

    def find(self, service: Service) -> Iterator[Finding]:
        user = service.identity.user
        if runs(service) and user in ("root", "0"):
            advice = (
                "leave identity.user away for a user of its own, and give it what it needs: "
                "hardening.capabilities, hardening.writable_paths"
            )
            yield self.finding(service, ("identity", "user"), "is root", advice)
