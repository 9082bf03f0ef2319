"""`unreadable-file`: a config file that its own service cannot read.

In: a service. Out: a finding for each file of root's alone that the command or the variables name, where the
process is somebody else. Refuses to judge files with owners of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from ..language.evaluation.history import has_option
from ..services.service import Service, runs
from .rule import Finding, Rule, command_of

_ROOT = ("root", "0")
_READS_ALL = frozenset({"CAP_DAC_OVERRIDE", "CAP_DAC_READ_SEARCH"})
"""With either of these a process reads every file (capabilities(7))."""

_OF_ALL = 0o004
"""The bit of a file's mode that lets everybody read it."""


class UnreadableFile(Rule):
    """A config file is root's alone, and the process that is told of it runs as somebody else."""

    name = "unreadable-file"

    def find(self, service: Service) -> Iterator[Finding]:
        for key, file in service.config_data.items() if runs(service) else ():
            if not file.enable or file.mode & _OF_ALL or file.user or file.group:
                continue
            if not _is_told(service, file.path) or _reads_all(service):
                continue
            what = f"is {file.mode:#o}, and root's: the process that is told of the file is somebody else"
            advice = "write mode=0o644; or group= with one of the service's groups; hand secrets over as credentials"
            yield self.finding(service, ("config_data", key, "mode"), what, advice)


def _is_told(service: Service, path: str) -> bool:
    """Is the process told of a path? What its manager reads for it, root reads."""
    variables = map(str, service.process.environment.values())
    return any(path in each for each in chain(command_of(service), variables))


# Any: what a manager's own module adds to services, which this room need not load
def _reads_all(service: Any) -> bool:
    """May the process read whatever there is?"""
    if service.identity.user in _ROOT or _READS_ALL & set(service.hardening.capabilities):
        return True
    if not has_option(service, ("systemd", "service")):
        return False
    return service["systemd"].service.service.get("User") in _ROOT
