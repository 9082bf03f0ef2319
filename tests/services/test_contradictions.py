"""What is said of a life and does not go together, beyond one group: see test_lifecycle, too."""

from __future__ import annotations

from modsvc_dsl import Lifecycle, Process, Service
from tests.services.saying import ARGV, said_of


class Reloaded(Service):
    process = Process(argv=ARGV, reload_command=["/usr/bin/reload"])


def test_a_type_that_reloads_by_a_signal_has_no_command() -> None:
    """The lines of both groups are shown."""
    assert said_of(web=Reloaded(lifecycle=Lifecycle(type="notify-reload"))) == [
        "`services.web` is of type notify-reload, which is reloaded by a signal, and has a command "
        "for it\n"
        "  `lifecycle.type` defined at test_contradictions.py\n"
        '      assert said_of(web=Reloaded(lifecycle=Lifecycle(type="notify-reload"))) == [\n'
        "  `process.reload_command` defined at test_contradictions.py\n"
        '      process = Process(argv=ARGV, reload_command=["/usr/bin/reload"])\n'
        '  to fix: write type="notify" to have the command run, or take reload_command away'
    ]
    assert said_of(web=Reloaded(lifecycle=Lifecycle(type="notify"))) == []


def test_what_only_the_library_says_is_not_shown() -> None:
    """A pid file is said, the type that it does not go with is a default."""
    from pathlib import Path

    (message,) = said_of(web=Reloaded(lifecycle=Lifecycle(pid_file=Path("/run/a.pid"))))
    assert "`pid_file` defined" in message and "`type` defined" not in message


def test_several_contradictions_come_at_once() -> None:
    """Each with its own lines."""
    lifecycle = Lifecycle(type="dbus", restart_limit={"starts": 9, "within": "1s"})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert len(said_of(web=Service(process=Process(argv=ARGV), lifecycle=lifecycle))) == 2
