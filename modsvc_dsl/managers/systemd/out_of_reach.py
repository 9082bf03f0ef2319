"""Secrets that a command of a service would look for and not find.

In: a service, its unit, the host's version of systemd. Out: a mistake for each command that is given
the path of one, a note where the environment has it. Refuses to know what a program does with a path.

systemd hands the credentials of a unit to what starts it: `ExecStartPre=` and `ExecStart=`, from 254 on
`ExecStartPost=` too. Reloading and stopping it has none (systemd's NEWS, and issue 34805 of its tracker).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...language.declaration.module import Module
from ...language.errors import Mistake
from .assembly import Draft
from .demands import lines
from .mistakes import BadLine
from .names import called
from .specifiers import Specifiers, raw, text_of
from .trace import trace

HANDING = frozenset(
    {"LoadCredential", "LoadCredentialEncrypted", "SetCredential", "SetCredentialEncrypted"}
)
"""Directives by which systemd hands secrets to a unit."""

_WITHOUT = ("ExecReload", "ExecStop", "ExecStopPost")
_AFTER_START = "ExecStartPost"
_SIGNAL = "/bin/kill -"

SINCE = 254
"""The first systemd that hands credentials to `ExecStartPost=`."""


def credentials_out_of_reach(owner: Module, draft: Draft, version: int) -> Iterator[Mistake]:
    """A mistake for each command of a unit with secrets that has the path of one in it, and runs without
    them."""
    for directive, line in _commands(draft, version):
        if _leads_there(line, draft.name):
            found = trace(owner, draft.name, "Service", directive, raw(line))
            yield BadLine(
                found.path, f"{_why(directive, version)}; {_advice(directive)}", found.places
            )


def environment_out_of_reach(owner: Module, draft: Draft, version: int) -> Iterator[str]:
    """A note for each variable of a unit with secrets that leads to one, beside commands that run without.

    Sending a signal takes none.
    """
    commands = [each for each in _commands(draft, version) if not raw(each[1]).startswith(_SIGNAL)]
    without = dict.fromkeys(directive for directive, _ in commands)
    if not without:
        return
    for each in lines(_service(draft).get("Environment", ())):
        if _leads_there(each, draft.name):
            name = raw(each).strip('"').partition("=")[0]
            why = "; ".join(_why(directive, version) for directive in without)
            yield f"{called(owner)}: {draft.name}: the variable {name} leads to a secret, and {why}"


# Any: values of directives are of all sorts
def _service(draft: Draft) -> Mapping[str, Any]:
    return draft.sections.get("Service", {})


def _commands(draft: Draft, version: int) -> Iterator[tuple[str, str | Specifiers]]:
    """The commands of a unit that run without its secrets.

    One that systemd runs with all privileges sees whatever root does.
    """
    service = _service(draft)
    for directive in (*_WITHOUT, *((_AFTER_START,) if version < SINCE else ())):
        for line in lines(service.get(directive, ())):
            if "+" not in raw(line).partition("/")[0]:
                yield directive, line


def _leads_there(line: str | Specifiers, unit: str) -> bool:
    """Does a line have the path of a secret of the unit in it?"""
    if f"/run/credentials/{unit}/" in raw(line):
        return True
    return "%d/" in text_of(line).replace("%%", "")


def _why(directive: str, version: int) -> str:
    if directive == _AFTER_START:
        return f"systemd {version} hands no secret to {directive}=, and from {SINCE} on it does"
    return f"systemd hands no secret to {directive}="


def _advice(directive: str) -> str:
    if directive == _AFTER_START:
        return "have a oneshot service do it that has the secret itself and starts after this one"
    return "have the program do it, which has read the secret when it started"
