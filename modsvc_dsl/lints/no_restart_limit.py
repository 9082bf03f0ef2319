"""`no-restart-limit`: a service that starts again and again, and never counts as failed.

In: a service. Out: a finding where nothing says how often. Refuses to choose a limit.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..services.service import Service, runs
from .rule import Finding, Rule


class NoRestartLimit(Rule):
    """`lifecycle.restart` is on, and `lifecycle.restart_limit` is not said."""

    name = "no-restart-limit"
    severity = "note"

    def find(self, service: Service) -> Iterator[Finding]:
        lifecycle = service.lifecycle
        if runs(service) and lifecycle.restart != "no" and lifecycle.restart_limit is None:
            what = "starts again however often it ends, and so never counts as failed"
            advice = (
                'write lifecycle.restart_limit: RestartLimit(...), or "unlimited" if it is meant'
            )
            yield self.finding(service, (), what, advice)
