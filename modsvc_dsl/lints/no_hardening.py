"""`no-hardening`: a process that may touch everything its user may.

In: a service. Out: a finding where the profile is switched off as a whole. Refuses to judge profiles
that are relaxed one thing at a time.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..language.evaluation.configuration import is_untouched
from ..services.service import Service, runs
from .rule import Finding, Rule


class NoHardening(Rule):
    """`hardening.enable` is False."""

    name = "no-hardening"

    def find(self, service: Service) -> Iterator[Finding]:
        hardening = service.hardening
        if is_untouched(hardening) or hardening.enable or not runs(service):
            return
        what = "is False, so that the service may touch whatever its user may"
        advice = "relax the profile one thing at a time, as in Hardening(devices=True)"
        yield self.finding(service, ("hardening", "enable"), what, advice)
