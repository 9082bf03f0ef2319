"""`unit-suffix`: a service that is called as its unit is.

In: a service. Out: a finding where its name ends with a kind of unit. Refuses to judge other dots.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..managers.systemd.escaping import UNIT_TYPES
from ..managers.systemd.names import service_unit
from ..services.path import service_path
from ..services.service import Service
from .rule import Finding, Rule


class UnitSuffix(Rule):
    """The name of a service ends as that of a unit does, so that its unit's name has two ends."""

    name = "unit-suffix"

    def find(self, service: Service) -> Iterator[Finding]:
        name, dot, kind = service_path(service)[-1].rpartition(".")
        if dot and kind in UNIT_TYPES:
            what = f"ends with .{kind}, and services have no ending: its unit is {service_unit(service)}"
            advice = f"name it {name!r}" if name else "name it without the ending"
            yield self.finding(service, (), what, advice)
