"""What can go wrong with a machine, as data.

In: nothing. Out: one exception class per mistake or mishap; its fields say what was found, its
`__str__` lays it out together with what to do instead. Refuses to know how a machine works.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from shlex import join

_KEPT_LINES = 60
"""Lines of output an error shows, counted from the end, where the reason usually stands."""

_TERMINAL_CODE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[@-Z\\-_])|\r")


def tail(text: str, lines: int = _KEPT_LINES) -> str:
    """Return the last `lines` lines of `text` without terminal control codes, indented by two."""
    kept = _TERMINAL_CODE.sub("", text).rstrip("\n").split("\n")
    dropped = len(kept) - lines
    shown = [f"({dropped} lines before)", *kept[dropped:]] if dropped > 0 else kept
    return "\n".join("  " + line for line in shown)


class MachineError(Exception):
    """Anything that a `Machine` raises."""


@dataclass(eq=False)
class Unsupported(MachineError):
    """This host cannot boot a machine; `reason` is the sentence of `requirements.missing()`."""

    reason: str

    def __str__(self) -> str:
        return f"no machine can be booted here: {self.reason}"


@dataclass(eq=False)
class Busy(MachineError):
    """Another process has machines and kept them for longer than `waited` seconds."""

    lock: str
    holder: str
    waited: float

    def __str__(self) -> str:
        return (
            f"process {self.holder} still has machines after {self.waited:g} s (it holds "
            f"{self.lock}): let it end, or give Machine a longer lock_timeout"
        )


@dataclass(eq=False)
class NotRunning(MachineError):
    """The machine was asked for something while it was not running."""

    name: str
    console: str = ""

    def __str__(self) -> str:
        if not self.console:
            return f"machine {self.name} is not running: call start(), or use it in a with block"
        return f"machine {self.name} ended by itself; its console said:\n{tail(self.console)}"


@dataclass(eq=False)
class AlreadyStarted(MachineError):
    """A machine was started a second time without being stopped."""

    name: str

    def __str__(self) -> str:
        return f"machine {self.name} was started already: stop() it first, or reboot() it"


@dataclass(eq=False)
class HostCommandFailed(MachineError):
    """A command on the host, such as mount, did not work while a machine was made or removed."""

    argv: Sequence[str]
    status: int
    stderr: str

    def __str__(self) -> str:
        return f"on the host, `{join(self.argv)}` ended with {self.status}:\n{tail(self.stderr)}"


@dataclass(eq=False)
class UnsafePath(MachineError):
    """A file of the machine would have been written outside its root, through a link."""

    path: str
    root: str

    def __str__(self) -> str:
        return f"{self.path} leads out of the machine's root {self.root}: nothing was written"


@dataclass(eq=False)
class BootFailed(MachineError):
    """systemd did not come up; `found` says how far it got."""

    name: str
    found: str
    console: str

    def __str__(self) -> str:
        return f"machine {self.name} did not boot: {self.found}; its console said:\n" + tail(
            self.console
        )


@dataclass(eq=False)
class CommandFailed(MachineError):
    """A command that had to succeed did not; a negative `status` is the signal that ended it."""

    argv: Sequence[str]
    status: int
    stdout: str
    stderr: str

    def __str__(self) -> str:
        ended = f"by signal {-self.status}" if self.status < 0 else f"with status {self.status}"
        parts = [f"`{join(self.argv)}` ended {ended}"]
        for label, text in (("standard output", self.stdout), ("standard error", self.stderr)):
            if text:
                parts.append(f"{label}:\n{tail(text)}")
        return "\n".join(parts)


@dataclass(eq=False)
class CommandTimedOut(MachineError):
    """A command ran longer than its timeout (seconds) and was killed."""

    argv: Sequence[str]
    timeout: float
    stdout: str
    stderr: str

    def __str__(self) -> str:
        parts = [
            f"`{join(self.argv)}` was still running after {self.timeout:g} s and was killed (a "
            "background process keeps a command open until it closes its output: redirect it)"
        ]
        for label, text in (("standard output", self.stdout), ("standard error", self.stderr)):
            if text:
                parts.append(f"{label}:\n{tail(text)}")
        return "\n".join(parts)


@dataclass(eq=False)
class UnitNotReached(MachineError):
    """A unit is not, and by `reason` will not be by waiting, in the state that was wanted."""

    unit: str
    wanted: str
    reason: str
    status: str
    journal: str

    def __str__(self) -> str:
        return (
            f"unit {self.unit} did not become {self.wanted}: {self.reason}\n"
            f"systemctl status:\n{tail(self.status)}\njournal:\n{tail(self.journal)}"
        )


@dataclass(eq=False)
class WaitTimedOut(MachineError):
    """Something that was waited for did not come about within `timeout` seconds."""

    awaited: str
    timeout: float
    found: str

    def __str__(self) -> str:
        return f"{self.awaited} did not come about within {self.timeout:g} s: {self.found}"
