"""Which services of a host have nothing to do with what is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from modsvc_dsl import Host, Process, Relations, Service, evaluate
from modsvc_dsl.fleet.sound import sound_services
from tests.services.saying import ARGV, running

DB = Service(process=Process(argv=ARGV))
HOST = Host(
    services={
        "alone": running(),
        "db": DB,
        "site": Service(
            services={
                "web": Service(process=Process(argv=ARGV), relations=Relations(requires=[DB]))
            }
        ),
    }
)


def after(other: Service) -> Service:
    """A service behind another one."""
    return Service(process=Process(argv=ARGV), relations=Relations(after=[other]))


@pytest.mark.parametrize(
    ("wrong", "sound"),
    [
        ((), ["alone", "db", "site"]),
        (("services", "alone", "process", "argv"), ["db", "site"]),
        (("services", "db", "process", "argv"), ["alone"]),
        (("services", "site", "services", "web"), ["alone", "db"]),
        (("name",), ["alone", "db", "site"]),
        (("services", "alo"), ["alone", "db", "site"]),
    ],
)
def test_what_refers_to_something_wrong_is_left_out(
    wrong: tuple[str, ...], sound: list[str]
) -> None:
    """Whether it says so itself, or a service below it."""
    assert list(sound_services(evaluate(HOST), [wrong])) == sound


def test_references_are_followed_on() -> None:
    """In a row of services, all behind the wrong one are left out, wherever they stand."""
    one = running()
    two = after(one)
    services = {"three": after(two), "two": two, "one": one, "other": running()}
    host: Any = evaluate(Host(services=services))
    assert list(sound_services(host, [("services", "one")])) == ["other"]
