"""What only one service of a host can have: directories and users that are made."""

from __future__ import annotations

import pytest

from modsvc_dsl import (
    Directories,
    Directory,
    Fleet,
    Host,
    Identity,
    Lifecycle,
    Process,
    Service,
    check,
    evaluate,
)
from tests.services.saying import ARGV, said_of

RUN = Process(argv=ARGV)


def keeping(name: str | None, identity: Identity | None = None, enable: bool = True) -> Service:
    """A service with a state directory."""
    kept = Directories(state=Directory(name=name))
    return Service(process=RUN, directories=kept, identity=identity or Identity(), enable=enable)


def test_one_directory_is_one_service_s() -> None:
    """Both are told, with both lines, and the two ways out."""
    (message,) = said_of(web=keeping("shop"), cron=keeping("shop"))
    assert message == (
        "`services.web.directories.state` and `services.cron.directories.state` both take the state"
        " directory 'shop' for their own\n"
        "  `services.web.directories.state` defined at test_claims.py\n"
        "      kept = Directories(state=Directory(name=name))\n"
        "  `services.cron.directories.state` defined at test_claims.py\n"
        "      kept = Directories(state=Directory(name=name))\n"
        "  to fix: give one of them another name=, or let both run as one user:"
        " identity=Identity(same_as=...)"
    )


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ("a", "a", True),
        ("a", "a/b", True),
        ("a/b/c", "a", True),
        ("a/b", "a/c", False),
        ("a", "ab", False),
        ("cron", None, True),
        (None, None, False),
    ],
)
def test_a_directory_in_another_one_s_is_that_one_s(
    one: str | None, other: str | None, meet: bool
) -> None:
    """Names are compared step by step; unset is the service's own."""
    assert bool(said_of(web=keeping(one), cron=keeping(other))) == meet


def test_kinds_and_hosts_are_apart_and_what_is_off_has_nothing() -> None:
    """Only what is made on one host can meet."""
    logs = Service(process=RUN, directories=Directories(logs=Directory(name="shop")))
    assert said_of(web=keeping("shop"), cron=logs) == []
    assert said_of(web=keeping("shop"), cron=keeping("shop", enable=False)) == []
    hosts = {name: Host(services={"web": keeping("shop")}) for name in ("a", "b")}
    check(evaluate(Fleet(hosts=hosts)))


def test_who_shares_a_user_shares_its_directories() -> None:
    """By reference, over several steps; two that name one user by hand do not say so."""
    web = keeping("shop")
    cron = keeping("shop", Identity(same_as=web))
    other = keeping("shop/cache", Identity(same_as=cron))
    assert said_of(web=web, cron=cron, other=other) == []
    named = Identity(user="www-data")
    assert len(said_of(web=keeping("shop", named), cron=keeping("shop", named))) == 1


def test_each_is_told_once_with_the_first() -> None:
    """Three that meet are two mistakes, and not three pairs: of a hundred there would be thousands."""
    told = said_of(a=keeping("x"), b=keeping("x"), c=keeping("x/y"))
    assert [text.partition(" both")[0] for text in told] == [
        f"`services.a.directories.state` and `services.{name}.directories.state`" for name in "bc"
    ]


def test_one_user_is_made_once() -> None:
    """Two services that make one user did not say that they share it."""
    made = Identity(user="shop", create=True)
    services = {name: Service(process=RUN, identity=made) for name in ("web", "cron")}
    (message,) = said_of(**services)
    assert message.startswith(
        "`services.web.identity` and `services.cron.identity` both make the user 'shop'\n"
    )
    web = Service(process=RUN, identity=Identity(create=True))
    assert (
        len(said_of(web=web, cron=Service(process=RUN, identity=Identity(user="web", create=True))))
        == 1
    )
    assert said_of(web=web, cron=Service(process=RUN, identity=Identity(same_as=web))) == []
    assert said_of(web=web, cron=Service(process=RUN, identity=Identity(user="web"))) == []


def test_one_name_on_the_bus_is_one_service_s() -> None:
    """Of two that take it, systemd would start neither; on two hosts there are two buses."""
    greets = Lifecycle(type="dbus", bus_name="org.example.Greeter")
    one, other = (Service(process=RUN, lifecycle=greets) for _ in range(2))
    (message,) = said_of(web=one, cron=other)
    assert message.startswith(
        "`services.web.lifecycle.bus_name` and `services.cron.lifecycle.bus_name` both are "
        "'org.example.Greeter', a name that one service can have\n"
    )
    assert said_of(web=one, cron=Service(process=RUN, lifecycle=greets, enable=False)) == []
    named = Lifecycle(type="dbus", bus_name="org.example.Other")
    assert said_of(web=one, cron=Service(process=RUN, lifecycle=named)) == []
    check(evaluate(Fleet(hosts={name: Host(services={"web": one}) for name in ("a", "b")})))
