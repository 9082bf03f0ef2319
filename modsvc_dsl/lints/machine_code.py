"""`machine-code`: a program that compiles while it runs, where memory may not be executed.

In: a service. Out: a finding where the program is one that is known to, and nothing tells it not to.
Refuses to look into programs: those that start another one are not found out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..language.evaluation.history import has_option
from ..services.service import Service, runs
from .rule import Finding, Rule, command_of

_COMPILES = re.compile(
    r"java|node|nodejs|deno|bun|luajit[\d.-]*|postgres|dotnet|mono|julia|pypy[\d.]*|erl|beam\.smp"
    r"|php-fpm[\d.]*"
)
"""Programs that write machine code: virtual machines, PostgreSQL for expensive queries (LLVM), PHP for
regular expressions (PCRE)."""

_OFF = re.compile(
    r"--jitless\b|-Xint\b|\bjit\s*=\s*'?(?:off|false|no|0)\b|\bpcre\.jit\]?\s*=\s*(?:off|0)\b",
    re.IGNORECASE,
)
"""What tells them not to, as an argument or in a config file."""


class MachineCode(Rule):
    """A program compiles while it runs, and its memory may not be executed."""

    name = "machine-code"

    def find(self, service: Service) -> Iterator[Finding]:
        command = command_of(service) if runs(service) else []
        program = command[0].rpartition("/")[2] if command else ""
        if (
            not _COMPILES.fullmatch(program)
            or _may(service)
            or any(map(_OFF.search, _said(service)))
        ):
            return
        what = f"is {program}, which writes machine code and runs it, and the service may not"
        advice = "import JustInTime, or tell the program not to"
        yield self.finding(service, ("process", "argv", 0), what, advice)


# Any: what a manager's own module adds to services, which this room need not load
def _may(service: Any) -> bool:
    """Does nothing keep the process from it, as far as its manager is told?"""
    if not has_option(service, ("systemd", "service")):
        return True
    denied = service["systemd"].service.service.get("MemoryDenyWriteExecute")
    return denied not in (True, "1", "yes", "y", "true", "t", "on")


def _said(service: Service) -> Iterator[str]:
    """Arguments, and the contents of config files as far as they are known before a build."""
    yield " ".join(command_of(service))
    for file in service.config_data.values():
        if file.enable and file.content is not None:
            yield file.content
