"""The option type of command lines in systemd's own syntax.

In: strings with variables, or texts with specifiers. Out: the same. Refuses what `ExecStart=` would
not take or could not hold on its line; whether its quotes are closed is systemd's to say.
"""

from __future__ import annotations

from typing import Any

from ...language.types.text import Text
from .section import problem_of
from .specifiers import Specifiers, raw


class CommandLine(Text):
    """One command line as in systemd.service(5)."""

    def describe(self) -> str:
        return "a command line in systemd's syntax"

    def accepts(self, value: Any) -> bool:
        return isinstance(value, (str, Specifiers)) and not _problem(value)

    def hint(self, value: Any) -> str:
        return _problem(value) if isinstance(value, (str, Specifiers)) else super().hint(value)


def _problem(line: str | Specifiers) -> str:
    why = problem_of("Service", "ExecStart", line)
    return why or ("" if raw(line).strip() else "write a command")
