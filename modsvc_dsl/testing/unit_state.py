"""What systemd says of a unit, and whether waiting for a state of it has a point.

In: the text of `systemctl show`. Out: its properties, `UnitState`, and `hopeless`. Refuses to know
how the text was got.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_PROPERTY = re.compile(r"([A-Z][A-Za-z0-9]*)=(.*)", re.DOTALL)

SHOWN = ("LoadState", "ActiveState", "SubState", "Result", "Job", "LoadError")
"""The properties that a `UnitState` is read from."""


def parse_properties(text: str) -> dict[str, str]:
    """Return name -> value for the output of `systemctl show`.

    A value may go over several lines; a property that is printed several times, such as ExecStart
    with several commands, has its values joined by newlines.
    """
    properties: dict[str, str] = {}
    name = ""
    for line in text.splitlines():
        match = _PROPERTY.fullmatch(line)
        if match is None:
            if name:
                properties[name] += "\n" + line
            continue
        name, value = match.groups()
        properties[name] = f"{properties[name]}\n{value}" if name in properties else value
    return properties


@dataclass(frozen=True, slots=True)
class UnitState:
    """A moment in the life of a unit, in systemd's own words, systemctl(1) and systemd(1)."""

    load: str
    active: str
    sub: str
    result: str = ""
    load_error: str = ""
    has_job: bool = False

    @classmethod
    def of(cls, properties: Mapping[str, str]) -> UnitState:
        """Read it from the properties that `SHOWN` names; those that are missing are empty."""
        return cls(
            load=properties.get("LoadState", ""),
            active=properties.get("ActiveState", ""),
            sub=properties.get("SubState", ""),
            result=properties.get("Result", ""),
            load_error=properties.get("LoadError", ""),
            has_job=bool(properties.get("Job", "")),
        )

    def __str__(self) -> str:
        return f"{self.active} ({self.sub})"


def hopeless(state: UnitState, wanted: str, idle: bool) -> str | None:
    """Return why a unit in `state` will not become `wanted` by itself; None while it may.

    `idle` says that the manager has no job queued at all. As in the NixOS test driver, a unit that
    is inactive then is not waited for: a unit that something else shall trigger later (a timer, a
    connection) is a case for `Machine.wait_until`.
    """
    if state.active == wanted:
        return None
    if state.load in ("not-found", "masked", "bad-setting", "error"):
        detail = state.load_error.partition(" ")[2].strip('"')
        return f"systemd could not load it ({state.load}{': ' + detail if detail else ''})"
    if state.active == "failed" and not state.has_job:
        return f"it failed, with result {state.result!r}"
    if state.active == "inactive" and not state.has_job and idle:
        return f"it is {state} and no job is queued that would change it"
    return None
