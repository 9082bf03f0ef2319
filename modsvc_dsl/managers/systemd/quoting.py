"""What users write lines of units with by hand.

In: argument vectors, names and values of variables. Out: what `escaping` makes of them. Refuses what no
line could hold with the line of who calls, where `escaping` leaves that to those who know an option.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, overload

from ...language.arguments import demand, refuses_others
from ...language.provenance import users_line
from . import escaping
from .mistakes import Unquotable
from .specifiers import Specifiers


@overload
def exec_line(argv: Sequence[str]) -> str: ...
@overload
def exec_line(argv: Sequence[str | Specifiers]) -> str | Specifiers: ...
@refuses_others
def exec_line(argv: Sequence[str | Specifiers]) -> str | Specifiers:
    """An argument vector as the value of `ExecStart=` and its kin, every plain character literal.

    The process is `argv[0]`, an absolute path, and gets exactly these arguments; specifiers only where
    an argument is `specifiers(...)`. Raises Unquotable for what no unit file can express.
    """
    advice = 'write a list such as ["/usr/bin/app", "--flag"]'
    demand(_is_argv(argv), "exec_line", "a list of strings", argv, advice)
    return _quoted("exec_line", escaping.exec_line, argv)


@overload
def environment_assignment(name: str, value: str) -> str: ...
@overload
def environment_assignment(name: str, value: str | Specifiers) -> str | Specifiers: ...
@refuses_others
def environment_assignment(name: str, value: str | Specifiers) -> str | Specifiers:
    """A variable as one line of `Environment=`; a plain value is literal.

    Raises Unquotable for a name that systemd refuses (letters, digits and `_`, no digit in front) and
    for a value that cannot be in an environment.
    """
    advice = 'write environment_assignment("RATE", "100%")'
    for each, kinds in ((name, str), (value, (str, Specifiers))):
        demand(isinstance(each, kinds), "environment_assignment", "two texts", each, advice)
    return _quoted("environment_assignment", escaping.environment_assignment, name, value)


def _is_argv(argv: object) -> bool:
    if not isinstance(argv, Sequence) or isinstance(argv, (str, bytes)):
        return False
    return all(isinstance(each, (str, Specifiers)) for each in argv)


def _quoted(function: str, quote: Callable[..., str | Specifiers], *what: Any) -> str | Specifiers:
    try:
        return quote(*what)
    except escaping.BadValue as bad:
        raise Unquotable(function, str(bad), users_line()) from None
