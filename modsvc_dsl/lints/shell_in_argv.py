"""`shell-in-argv`: a command line inside of a command line.

In: a service. Out: a finding where a shell is given a script as an argument. Refuses to read it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from posixpath import basename

from ..services.service import Service
from .rule import Finding, Rule, command_of

SHELLS = frozenset("sh ash bash dash zsh ksh mksh fish".split())


class ShellInArgv(Rule):
    """`process.argv` is `sh -c ...`."""

    name = "shell-in-argv"

    def find(self, service: Service) -> Iterator[Finding]:
        if _is_script(command_of(service)):
            what = "has a shell read a script: quoting and failures are the script's own to handle"
            advice = (
                "write the program and its arguments as a list; steps before and after it are "
                "commands of their own, and a longer script is a file"
            )
            yield self.finding(service, ("process", "argv"), what, advice)


def _is_script(argv: Sequence[str]) -> bool:
    shell = next((each for each in argv if basename(each) not in ("env", "busybox")), "")
    rest = argv[argv.index(shell) + 1 :] if shell else ()
    return basename(shell) in SHELLS and any(re.fullmatch("-[a-z]*c[a-z]*", each) for each in rest)
