"""Services that cannot be on one host together, with a host around them and without."""

from __future__ import annotations

import pytest

from modsvc_dsl import (
    Directories,
    Directory,
    Host,
    Identity,
    Manager,
    Network,
    Process,
    Relations,
    Service,
    SupervisorManager,
    SystemdManager,
    check,
    evaluate,
    needs,
    tcp,
)
from tests.services.saying import ARGV, said

FIRST = Service(
    process=Process(argv=ARGV),
    network=Network(ports={"web": tcp(80)}),
    directories=Directories(state=Directory(name="shop")),
    identity=Identity(user="shop", create=True),
)
SECOND = Service(
    process=Process(argv=ARGV),
    relations=needs(FIRST),
    network=Network(ports={"web": tcp(80)}),
    directories=Directories(state=Directory(name="shop")),
    identity=Identity(user="shop", create=True),
)


class Shop(Service):
    """Two services that are in each other's way, and both in its own."""

    process = Process(argv=ARGV)
    services = {"first": FIRST, "second": SECOND}
    relations = Relations(before=[FIRST], after=[SECOND])


def headlines(messages: list[str], within: str) -> list[str]:
    """The first lines of messages, as a service says them that is in nothing."""
    lines = [message.splitlines()[0] for message in messages]
    return [
        line.replace(f"`{within}.", "`").replace(f"`{within}`", "`(the whole)`") for line in lines
    ]


TOGETHER = [
    "`(the whole)` is to start before itself",
    "`services.first.directories.state` and `services.second.directories.state` both take the state "
    "directory 'shop' for their own",
    "`services.first.identity` and `services.second.identity` both make the user 'shop'",
    "`services.first.network.ports.web` and `services.second.network.ports.web` both listen on TCP "
    "port 80",
]


@pytest.mark.parametrize("manager", [None, SystemdManager(), SupervisorManager()])
def test_a_service_that_is_evaluated_alone_is_told_the_same(manager: Manager | None) -> None:
    """With a manager and without: rings, directories, users and ports of all services below it."""
    messages = said(lambda: check(evaluate(Shop(), manager=manager)))
    assert headlines(messages, "-") == TOGETHER


def test_on_a_host_they_are_told_once() -> None:
    """By the host, which knows those beside them."""
    messages = said(lambda: check(evaluate(Host(services={"shop": Shop()}))))
    assert headlines(messages, "services.shop") == TOGETHER


def test_a_part_of_a_host_is_no_service_alone() -> None:
    """What is wrong among the services of a host is nothing to be told of one of them."""
    result = evaluate(Host(services={"shop": Shop()}))
    assert said(lambda: check(result.services["shop"])) == []
