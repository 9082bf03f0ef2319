"""`no-instance`: a specifier that stands for nothing.

In: a service. Out: a finding for each `%i` and `%I` in a unit that is no template, and no instance of
one. Refuses to look at other specifiers: those are never empty.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..managers.systemd.look_alikes import instances_of_none, of_instance
from ..services.service import Service
from .rule import Finding, Rule
from .units import COMMAND, is_template, said_command, units_of

_ADVICE = "name the unit with an @ at its end, and say its instances; or write what is meant"


class NoInstance(Rule):
    """A unit that is no template has `%i` or `%I` in it, which stand for its instance."""

    name = "no-instance"

    def find(self, service: Service) -> Iterator[Finding]:
        for path, name, unit in units_of(service):
            for each in instances_of_none(name, unit):
                what = f"is {each.value!r}, and {each.found} is empty: {name} is no template"
                yield self.finding(service, (*path, *each.option), what, _ADVICE)
        command = said_command(service)
        found = "" if is_template(service) else of_instance(command)
        if found:
            what = f"is {command!r}, and {found} is empty: the service's unit is no template"
            yield self.finding(service, COMMAND, what, _ADVICE)
