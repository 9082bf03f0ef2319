"""When a service starts, what counts as started, and whether it starts again."""

from __future__ import annotations

from typing import Any

import pytest

from modsvc_dsl import (
    Lifecycle,
    NotificationProtocol,
    Process,
    Service,
    check,
    evaluate,
    history,
    json_data,
)
from modsvc_dsl.services.lifecycle import LONG_RUNNING
from tests.services.saying import ARGV, running, said_of


def living(**options: Any) -> Service:
    """A service with some options of its lifecycle."""
    return Service(process=Process(argv=ARGV), lifecycle=Lifecycle(**options))


def test_the_defaults() -> None:
    """It runs, starts at boot, and starts again five seconds after it has ended."""
    assert json_data(check(evaluate(running())).lifecycle) == {
        "type": "simple",
        "start_at_boot": True,
        "restart": "always",
        "restart_delay": 5,
    }


@pytest.mark.parametrize(
    ("type_", "restart"),
    [
        ("simple", "always"),
        ("exec", "always"),
        ("forking", "always"),
        ("notify", "always"),
        ("oneshot", "no"),
    ],
)
def test_the_restart_default_depends_on_the_type(type_: str, restart: str) -> None:
    """What is meant to stay starts again; what is meant to end does not."""
    assert (type_ in LONG_RUNNING) == (restart == "always")
    assert check(evaluate(living(type=type_))).lifecycle.restart == restart


def test_a_restart_that_is_said_wins_over_the_type() -> None:
    """In both directions."""
    assert evaluate(living(type="oneshot", restart="on-failure")).lifecycle.restart == "on-failure"
    assert evaluate(living(restart="no")).lifecycle.restart == "no"


def test_a_program_that_says_when_it_is_ready_is_waited_for() -> None:
    """The type follows the protocol, weaker than a definition."""
    ready = NotificationProtocol(systemd=True)
    service = Service(process=Process(argv=ARGV), notification_protocol=ready)
    assert check(evaluate(service)).lifecycle.type == "notify"
    told = Service(
        process=Process(argv=ARGV), notification_protocol=ready, lifecycle=Lifecycle(type="exec")
    )
    assert check(evaluate(told)).lifecycle.type == "exec"
    won, lost = history(evaluate(told), "lifecycle.type")[:2]
    assert (won.value, won.priority, lost.value, lost.priority) == ("exec", 100, "notify", 1000)


def test_wrong_words_are_refused() -> None:
    """With the words there are, and the nearest one."""
    wrong = living(type="onshot", restart="never", restart_delay=-1)
    heads = [message.split("\n")[0] for message in said_of(web=wrong)]
    types = "'simple', 'exec', 'oneshot', 'forking' or 'notify'"
    assert heads == [
        f"`services.web.lifecycle.type` expects one of {types}",
        "`services.web.lifecycle.restart` expects one of 'always', 'on-failure' or 'no'",
        "`services.web.lifecycle.restart_delay` expects an integer of at least 0",
    ]
    assert said_of(web=wrong)[0].endswith("\n  to fix: did you mean 'oneshot'?")


def test_a_boolean_is_no_delay() -> None:
    """And no restart policy."""
    (message,) = said_of(web=living(restart_delay=True))
    assert message.endswith("\n  to fix: a boolean is no number")
    (message,) = said_of(web=living(restart=True))
    assert message.startswith("`services.web.lifecycle.restart` expects one of ")
