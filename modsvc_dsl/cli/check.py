"""`modsvc check`: evaluate everything, and let systemd look at the units.

In: FILE. Out: nothing but whether all is well. Refuses to write anything anywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from .commands import on_file
from .exits import Exit
from .terminal import Terminal, prints_aside
from .validation import with_validate

if TYPE_CHECKING:
    from ..fleet.build import Built
    from ..lints.rule import Finding
    from ..managers.systemd.findings import UnitFinding
    from .verification import Verifications


def _refuse_nan(
    _ctx: click.Context, _parameter: click.Parameter, most: float | None
) -> float | None:
    if most is not None and most != most:  # nothing would be more than that
        raise click.BadParameter("nan is no number")
    return most


@click.command("check")
@on_file
@with_validate
@click.option("--strict", is_flag=True, help="Fail on what the rules of docs/lints warn of.")
@click.option(
    "--security",
    type=click.FloatRange(0, 10),
    callback=_refuse_nan,
    metavar="N",
    help="Fail on units that systemd-analyze security finds more exposed than N, from 0 to 10.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@click.pass_obj
def command(
    terminal: Terminal,
    file: str,
    validate: bool,
    strict: bool,
    security: float | None,
    as_json: bool,
) -> None:
    """Evaluate everything, build in memory, lint, and ask systemd-analyze about the units.

    What only this machine lacks, such as a program that is not installed here, is a note.
    """
    from ..fleet.build import build
    from ..fleet.linting import lint
    from ..language.result.check import find_warnings
    from ..output.contents import refuse_unsafe
    from ..report import findings_json, show_checked
    from . import validation
    from .announcement import announce
    from .evaluation import evaluated, folder_of
    from .verification import Verifications

    folder = folder_of(file)
    with prints_aside():
        result = evaluated(file)
        built = build(result)
        refuse_unsafe(built.trees, folder)
        announce(terminal, find_warnings(result), built)
        validation.validate(terminal, result, built, validate)
        with Verifications(built.trees, _verifiable(result)) as verifications:
            linted = [finding for found in lint(result).values() for finding in found]
            if not as_json:
                _tell(terminal, linted)
            findings = _verified(terminal, result, built, verifications)
        findings += [] if security is None else _exposed(result, built, security)
    if as_json:
        terminal.data(findings_json(linted, findings))
    else:
        _tell(terminal, findings)
    if findings or (strict and any(each.severity == "warning" for each in linted)):
        click.get_current_context().exit(Exit.FINDINGS)
    if not as_json:
        terminal.data(show_checked(file, built.trees, verifications.version))


def _tell(terminal: Terminal, found: Sequence[Finding] | Sequence[UnitFinding]) -> None:
    """Tell people what the rules, or systemd-analyze, found."""
    from ..lints.rule import Finding
    from ..report import show_findings, show_mistakes

    linted = [each for each in found if isinstance(each, Finding)]
    if linted:
        terminal.tell(show_findings(linted, terminal.err_style))
    units = [each for each in found if not isinstance(each, Finding)]
    if units:
        terminal.tell(show_mistakes(units, terminal.err_style, "finding"))


# Any: the result of a fleet or a host, whose class a verb need not know
def _verifiable(result: Any) -> dict[str, Any]:
    """The hosts whose units systemd-analyze can look at."""
    from ..fleet.build import hosts_of
    from ..managers.systemd.manager import SystemdManager

    return {
        name: host for name, host in hosts_of(result) if isinstance(host.manager, SystemdManager)
    }


def _verified(
    terminal: Terminal, result: Any, built: Built, verifications: Verifications
) -> list[UnitFinding]:
    """What systemd-analyze finds wrong, over all hosts."""
    from ..fleet.build import hosts_of
    from ..managers.systemd.scope import SCOPES
    from ..report import same_once, show_note
    from . import verification
    from .systemd_analyze import PROGRAM

    def note(text: str) -> None:
        terminal.tell(show_note(text, terminal.err_style))

    hosts, able = dict(hosts_of(result)), _verifiable(result)
    for name in [each for each in hosts if each not in able]:
        note(f"{name}: {hosts[name].manager.name} has no program that verifies its files")
    if able and verifications.version is None:
        note(f"{PROGRAM} is not installed here: no unit was verified")
    findings: list[UnitFinding] = []
    for name, judged in verifications.judgements():
        findings += (each.on(name) if len(hosts) > 1 else each for each in judged.findings)
        others = verification.replaced(built.trees[name], SCOPES[able[name].manager.scope])
        for text in (*same_once(judged.lacking), *judged.other, *others):
            note(f"{name}: {text}")
    return findings


def _exposed(result: Any, built: Built, most: float) -> list[UnitFinding]:
    """The units of all hosts that are more exposed than they may be."""
    from . import exposure

    hosts = _verifiable(result)
    return [
        finding.on(name) if len(hosts) > 1 else finding
        for name, host in hosts.items()
        for finding in exposure.judge(built.trees[name], host, most)
    ]
