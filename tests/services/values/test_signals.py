"""Names of signals."""

from __future__ import annotations

import signal
from typing import Any, get_args

from modsvc_dsl.language.types.annotation import option_type
from modsvc_dsl.services.values.signals import HandledSignal, Signal


def names(annotation: Any) -> set[str]:
    """What a checker allows, which is what a run allows."""
    literals = get_args(get_args(annotation)[0])
    found = {name for literal in literals for name in get_args(literal) or (literal,)}
    assert all(option_type(annotation).accepts(name) for name in found)
    return found


def test_every_signal_is_one_of_the_system() -> None:
    """Realtime ones are counted from the first."""
    for name in names(Signal) | names(HandledSignal):
        first, _, number = name.partition("+")
        assert signal.Signals[first] + int(number or 0) <= signal.SIGRTMAX


def test_what_no_process_can_handle_reloads_none() -> None:
    """SIGKILL ends a process, SIGSTOP does neither."""
    assert names(Signal) - names(HandledSignal) == {"SIGKILL", "SIGABRT"}
    assert not option_type(Signal).accepts("SIGSTOP")
