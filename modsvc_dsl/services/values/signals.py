"""Names of signals.

In: nothing. Out: annotations of options that take one. Refuses to send any. The names are those of
signal(7) that a service can be sent to some purpose; a realtime one is counted from SIGRTMIN, which
differs between C libraries.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal, get_args

from ...language.types.choices import Choice

_Realtime = Literal[
    "SIGRTMIN",
    "SIGRTMIN+1",
    "SIGRTMIN+2",
    "SIGRTMIN+3",
    "SIGRTMIN+4",
    "SIGRTMIN+5",
    "SIGRTMIN+6",
    "SIGRTMIN+7",
    "SIGRTMIN+8",
    "SIGRTMIN+9",
    "SIGRTMIN+10",
    "SIGRTMIN+11",
    "SIGRTMIN+12",
    "SIGRTMIN+13",
    "SIGRTMIN+14",
    "SIGRTMIN+15",
]
_Handled = Literal[
    "SIGHUP",
    "SIGINT",
    "SIGQUIT",
    "SIGUSR1",
    "SIGUSR2",
    "SIGALRM",
    "SIGTERM",
    "SIGCONT",
    "SIGURG",
    "SIGWINCH",
    "SIGIO",
    "SIGPWR",
]


class SignalName(Choice):
    """The name of a signal, one of those given."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(names)

    def describe(self) -> str:
        return f"the name of a signal, such as {self.values[0]!r}"

    def hint(self, value: Any) -> str:
        if isinstance(value, str):
            named = f"SIG{value.strip().upper().removeprefix('SIG')}"
            if self.accepts(named):
                return f"write {named!r}"
            if named in ("SIGKILL", "SIGSTOP"):
                return "no process can handle that one"
        return super().hint(value)


Signal = Annotated[
    _Handled | Literal["SIGABRT", "SIGKILL"] | _Realtime,
    SignalName((*get_args(_Handled), "SIGABRT", "SIGKILL", *get_args(_Realtime))),
]
"""A signal that asks a process to end."""

HandledSignal = Annotated[
    _Handled | _Realtime, SignalName((*get_args(_Handled), *get_args(_Realtime)))
]
"""A signal that a process can handle and go on."""
