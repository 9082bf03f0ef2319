"""`specifier-in-text`: a percent sign that was meant for more than one.

In: a service. Out: a finding for each plain text with something that would be a specifier in a unit's
file: of directives, and of the command and the variables of a template. Refuses to guess which is meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..language.words import Path, show_value
from ..managers.systemd.look_alikes import OF_INSTANCES, in_command, plain_look_alikes
from ..services.service import Service
from .rule import Finding, Rule, command_of
from .units import COMMAND, is_template, said_command, units_of

_WRITE = (
    "write specifiers({}) for what systemd puts there; silence the rule if it is meant as it is"
)
_SAY = "say it to systemd, where specifiers(...) has one: systemd.main_exec_start, or Environment="


class SpecifierInText(Rule):
    """A plain text for systemd has `%i` or the like in it, where a `%` is a percent sign."""

    name = "specifier-in-text"

    def find(self, service: Service) -> Iterator[Finding]:
        for path, _, unit in units_of(service):
            for each in plain_look_alikes(unit):
                advice = _WRITE.format(repr(str(each.value)))
                what = _what(each.value, each.found)
                yield self.finding(service, (*path, *each.option), what, advice)
        command = said_command(service)
        found = in_command(command)
        if found:
            yield self.finding(
                service, COMMAND, _what(command, found), _WRITE.format(repr(command))
            )
        for option, text in _portable(service) if is_template(service) else ():
            instance = next((each for each in OF_INSTANCES if each in text), "")
            if instance:
                yield self.finding(service, option, _what(text, instance), _SAY)


def _what(value: object, found: str) -> str:
    meant = "two percent signs" if found == "%%" else "no specifier"
    return f"is {show_value(value)}, and {found} in plain text is {meant}"


def _portable(service: Service) -> Iterator[tuple[Path, str]]:
    """What every manager reads, and where it stands."""
    for index, argument in enumerate(command_of(service)):
        yield ("process", "argv", index), argument
    for name, value in service.process.environment.items():
        if value is not None:
            yield ("process", "environment", name), value
