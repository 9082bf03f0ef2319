"""Relations beside order and requirement: who is started on a failure, and what has to be mounted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from modsvc_dsl import (
    Lifecycle,
    Network,
    Process,
    Relations,
    Schedule,
    Service,
    Socket,
    host_unit,
)
from tests.services.saying import ARGV, on_host, running, said_of

RUN = Process(argv=ARGV)
QUIET = Lifecycle(type="oneshot", start_at_boot=False)


def failing(*handlers: Any) -> Service:
    """A service that has others started when it has failed."""
    return Service(process=RUN, relations=Relations(on_failure=[*handlers]))


def test_nothing_is_started_on_a_failure_unless_said() -> None:
    relations = on_host(running()).relations
    assert (relations.on_failure, relations.requires_mounts_for) == ([], [])


def test_a_handler_is_a_service_that_starts_on_that_account() -> None:
    """Or by a schedule or a socket beside it, or a unit of the host; or with the host, if that is said."""
    socket = Network(sockets={"a": Socket(listen=[8080])})
    for handler in (
        Service(process=RUN, lifecycle=QUIET),
        Service(process=RUN, schedule=Schedule(calendar="daily")),
        Service(process=RUN, network=socket),
        Service(process=RUN, lifecycle=Lifecycle(start_at_boot=True)),
    ):
        assert said_of(web=failing(handler), mail=handler) == []
    assert said_of(web=failing(host_unit("mail.service"))) == []


def test_a_handler_that_starts_with_the_host_is_told() -> None:
    """Most often it was forgotten: a mail at each boot."""
    mail = Service(process=RUN, lifecycle=Lifecycle(type="oneshot"))
    web = failing(mail)
    assert said_of(web=web, mail=mail) == [
        "`services.web.relations.on_failure` refers to `services.mail`, which starts with the host, "
        "whether this one fails or not\n"
        "  defined at test_relations.py\n"
        "      return Service(process=RUN, relations=Relations(on_failure=[*handlers]))\n"
        "  to fix: write lifecycle=Lifecycle(start_at_boot=False) in it"
    ]


def test_a_handler_has_to_be_there() -> None:
    """As what is required has; one that only groups others is all of them."""
    off = Service(enable=False, process=RUN, lifecycle=QUIET)
    (message,) = said_of(web=failing(off), mail=off)
    assert "which is switched off" in message
    assert message.endswith("to fix: switch it on, or take it out of on_failure")
    group = Service(services={"x": Service(process=RUN, lifecycle=QUIET)})
    assert said_of(web=failing(group), mail=group) == []


def test_two_may_be_each_other_s_handlers() -> None:
    """Nothing waits for anything here."""
    one = Service(process=RUN, lifecycle=QUIET)
    other = Service(process=RUN, lifecycle=QUIET, relations=Relations(on_failure=[one]))
    again = Service(imports=[one], relations=Relations(on_failure=[other]))
    assert said_of(other=other, one=one, again=again) == []


def test_paths_of_mounts_are_absolute() -> None:
    wrong: Any = [Path("srv"), "/srv"]
    service = Service(process=RUN, relations=Relations(requires_mounts_for=wrong))
    assert len(said_of(web=service)) == 2
    right = [Path("/srv/data"), Path("/var/lib/50% of it")]
    service = Service(process=RUN, relations=Relations(requires_mounts_for=right))
    assert on_host(service).relations.requires_mounts_for == right
