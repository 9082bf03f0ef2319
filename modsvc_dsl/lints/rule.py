"""What a rule is, and what it finds.

In: results of services. Out: `Finding`s as data. Refuses to judge whether a finding matters: whoever
silences it does. A new rule is a file beside this one with one `Rule`, a line in `every`, its name in
`services/values/rule_name.py`, and a page docs/lints/NAME.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import ClassVar, Literal, NamedTuple

from ..language.errors import Report
from ..language.errors.report import placed
from ..language.evaluation.configuration import once
from ..language.evaluation.history import has_option, history, is_defined
from ..language.provenance import Location, is_ours
from ..language.words import Path, show_path
from ..managers.manager import written_at
from ..services.values.rule_name import RuleName
from ..services.service import Service

Severity = Literal["warning", "note"]
"""A warning is about what somebody wrote; a note about what nobody said, in one line."""


class Finding(NamedTuple):
    """Something that a rule found. `path` is that of the option, or of the service.

    `unused-silence` is about a silence in vain, and nothing silences it.
    """

    rule: RuleName | Literal["unused-silence"]
    severity: Severity
    path: Path
    report: Report

    def hiding(self, locations: Collection[Location]) -> Finding:
        """The same, which shows no source line if one of its places is among `locations`."""
        if not any(location in locations for _, location in self.report.places):
            return self
        return self._replace(report=self.report._replace(unquoted=True))


class Rule:
    """One rule. `find` is asked about every service that is switched on."""

    name: ClassVar[RuleName]
    severity: ClassVar[Severity] = "warning"

    def find(self, service: Service) -> Iterator[Finding]:
        """What is there to find in a service, silenced or not."""
        raise NotImplementedError

    def finding(
        self,
        service: Service,
        option: Path,
        what: str,
        advice: str,
        found: tuple[str, ...] = (),
        shown: bool = True,
    ) -> Finding:
        """A finding at an option of a service: `what` follows its name.

        With `shown=False` the lines that it was written in are named, and not shown.
        """
        path = (*service.__node__.path, *option)
        places = said_at(service, option)
        headline = f"`{show_path(path)}` {what}"
        report = Report(headline, found, places, (advice,), unquoted=not shown)
        return Finding(self.name, self.severity, path, report)


def command_of(service: Service) -> list[str]:
    """The command of a service; nothing where it has none, or one in its manager's words only."""
    return once(service, _command_of)


def _command_of(service: Service) -> list[str]:
    return [*service.process.argv] if is_defined(service, ("process", "argv")) else []


def said_at(service: Service, option: Path) -> tuple[tuple[str, Location], ...]:
    """Where users define an option, or write the service where nobody does."""
    if option and any(has_option(service, option[:end]) for end in (1, 2)):
        told = (each.location for each in history(service, option) if each.fate == "won")
        users = [location for location in told if not is_ours(location.file)]
        if users:
            return tuple(dict.fromkeys(("defined", location) for location in users))
    return placed("service written", written_at(service))
