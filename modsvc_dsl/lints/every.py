"""All rules, and what services silence of them.

In: the services of a host. Out: the findings that nobody silences, and a finding for each silence in
vain. Refuses to know a single rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..language.evaluation.configuration import is_untouched
from ..language.errors import Report
from ..language.errors.report import unquoted_in
from ..language.words import show_path
from ..services.service import Service, enabled
from .hidden_path import HiddenPath
from .low_port import LowPort
from .machine_code import MachineCode
from .no_hardening import NoHardening
from .no_instance import NoInstance
from .no_persistence import NoPersistence
from .no_restart_limit import NoRestartLimit
from .no_such_day import NoSuchDay
from .relative_path import RelativePath
from .root import Root
from .rule import Finding, Rule, said_at
from .secret_in_text import SecretInText
from .shell_in_argv import ShellInArgv
from .specifier_in_text import SpecifierInText
from .started_again import StartedAgain
from .unit_suffix import UnitSuffix
from .unreachable_dependency import UnreachableDependency
from .unreadable_file import UnreadableFile

RULES: tuple[Rule, ...] = (
    Root(),
    NoHardening(),
    LowPort(),
    HiddenPath(),
    UnreadableFile(),
    MachineCode(),
    SecretInText(),
    ShellInArgv(),
    RelativePath(),
    SpecifierInText(),
    NoInstance(),
    UnitSuffix(),
    UnreachableDependency(),
    NoPersistence(),
    NoSuchDay(),
    StartedAgain(),
    NoRestartLimit(),
)


def findings(services: Mapping[str, Service]) -> Iterator[Finding]:
    """What all rules find in the services of a host, parents before children."""
    for service in enabled(services):
        silenced = {} if is_untouched(service.meta) else service.meta.silenced
        found = [finding for rule in RULES for finding in rule.find(service)]
        hidden = unquoted_in(each.report for each in found)
        for finding in found:
            if finding.rule not in silenced:
                yield finding.hiding(hidden)
        used = {finding.rule for finding in found}
        for name in silenced:
            if name not in used:
                yield _in_vain(service, name)


def _in_vain(service: Service, name: str) -> Finding:
    option = ("meta", "silenced", name)
    path = (*service.__node__.path, *option)
    headline = f"`{show_path(path)}` silences a rule that finds nothing here"
    report = Report(headline, (), said_at(service, option), ("take it away",))
    return Finding("unused-silence", "warning", path, report)
