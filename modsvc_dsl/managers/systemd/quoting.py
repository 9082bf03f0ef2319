"""What users write lines of units with by hand.

In: argument vectors, names and values of variables. Out: what `escaping` makes of them. Refuses what no
line could hold with the line of who calls, where `escaping` leaves that to those who know an option.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ...language.arguments import demand, refuses_others
from ...language.provenance import users_line
from . import escaping
from .mistakes import Unquotable


@refuses_others
def exec_line(argv: Sequence[str]) -> str:
    """An argument vector as the value of `ExecStart=` and its kin, every character literal.

    The process is `argv[0]`, an absolute path, and gets exactly these arguments. Raises Unquotable for
    what no unit file can express.
    """
    advice = 'write a list such as ["/usr/bin/app", "--flag"]'
    demand(_is_argv(argv), "exec_line", "a list of strings", argv, advice)
    return _quoted("exec_line", escaping.exec_line, argv)


@refuses_others
def environment_assignment(name: str, value: str) -> str:
    """A variable as one line of `Environment=`; the value is literal.

    Raises Unquotable for a name that systemd refuses (letters, digits and `_`, no digit in front) and
    for a value that cannot be in an environment.
    """
    for each in (name, value):
        advice = 'write environment_assignment("RATE", "100%")'
        demand(isinstance(each, str), "environment_assignment", "two texts", each, advice)
    return _quoted("environment_assignment", escaping.environment_assignment, name, value)


def _is_argv(argv: object) -> bool:
    if not isinstance(argv, Sequence) or isinstance(argv, (str, bytes)):
        return False
    return all(isinstance(each, str) for each in argv)


def _quoted(function: str, quote: Callable[..., str], *what: Any) -> str:
    try:
        return quote(*what)
    except escaping.BadValue as bad:
        raise Unquotable(function, str(bad), users_line()) from None
