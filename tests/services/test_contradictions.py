"""What is said of a life and does not go together, beyond one group: see test_lifecycle, too."""

from __future__ import annotations

from typing import Any

from modsvc_dsl import (
    Lifecycle,
    NotificationProtocol,
    Process,
    Relations,
    Service,
    host_unit,
)
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


def watched(says: bool = False, **options: Any) -> list[str]:
    """What is said of a service that has to say that it is alive."""
    lifecycle = Lifecycle(watchdog="30s", **options)
    protocol = NotificationProtocol(systemd=says)
    process = Process(argv=ARGV)
    service = Service(process=process, lifecycle=lifecycle, notification_protocol=protocol)
    return said_of(web=service)


def test_only_who_speaks_can_be_watched() -> None:
    """By its protocol, or a type that is one of speaking."""
    (message,) = watched()
    assert message == (
        "`services.web.lifecycle` has a watchdog, and nothing says that its program tells that it "
        "is alive\n"
        "  `watchdog` defined at test_contradictions.py\n"
        '      lifecycle = Lifecycle(watchdog="30s", **options)\n'
        "  to fix: write notification_protocol=NotificationProtocol(systemd=True) in the service"
    )
    assert watched(says=True) == watched(type="notify") == watched(type="notify-reload") == []
    assert watched(says=True, type="simple") == []
    assert len(watched(type="simple")) == 1


def test_a_program_that_has_ended_is_not_watched() -> None:
    """Of a oneshot, the start is all there is."""
    (message,) = watched(says=True, type="oneshot")
    assert "has a watchdog, which watches what has started, and a oneshot has then ended" in message
    assert message.endswith("to fix: write a start_timeout, or take the watchdog away")


def test_what_is_started_with_a_service_does_not_conflict_with_it() -> None:
    """The lines of both are shown; units of the host are services, too."""
    other = Service(process=Process(argv=ARGV))
    related = Relations(
        requires=[other],
        conflicts=[other],
    )
    assert said_of(other=other, web=Service(process=Process(argv=ARGV), relations=related)) == [
        "`services.web.relations` has `services.other` started with it, and does not run beside it\n"
        "  `requires` defined at test_contradictions.py\n"
        "      requires=[other],\n"
        "  `conflicts` defined at test_contradictions.py\n"
        "      conflicts=[other],\n"
        "  to fix: take it out of requires, or out of conflicts"
    ]
    unit = host_unit("a.service")
    (message,) = said_of(
        web=Service(process=Process(argv=ARGV), relations=Relations(wants=[unit], conflicts=[unit]))
    )
    assert "has `a.service` started with it" in message


def test_what_is_only_ordered_may_conflict() -> None:
    """As those do that replace one another; or one that conflicts with others."""
    other, third = (Service(process=Process(argv=ARGV)) for _ in range(2))
    related = Relations(after=[other], wants=[third], conflicts=[other])
    web = Service(process=Process(argv=ARGV), relations=related)
    assert said_of(other=other, third=third, web=web) == []
