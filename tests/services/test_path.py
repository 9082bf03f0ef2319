"""Where a service is in the tree, and which names it can have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modsvc_dsl import Fleet, Host, Process, Service, evaluate
from modsvc_dsl.services.path import host_of, service_name_problem, service_path, text_problem
from tests.services.saying import ARGV, running, said_of


class HttpServer2Proxy(Service):
    process = Process(argv=ARGV)


def test_a_path_has_the_names_of_the_services_around() -> None:
    """Hosts and fleets are no services."""
    host = Host(services={"web": Service(services={"db": running()})})
    inner = evaluate(Fleet(hosts={"a": host})).hosts["a"].services["web"].services["db"]
    assert service_path(inner) == ("web", "db")


def test_a_service_alone_has_the_name_of_its_class() -> None:
    """In small letters, with a dash where a word begins."""
    assert service_path(evaluate(HttpServer2Proxy())) == ("http-server2-proxy",)


def test_the_host_is_what_stands_around_all_services() -> None:
    """The same for all services of a host, and another for each host."""
    web = Service(services={"db": running()})
    fleet = evaluate(
        Fleet(hosts={"a": Host(services={"web": web}), "b": Host(services={"web": web})})
    )
    one, other = (fleet.hosts[name].services["web"] for name in "ab")
    assert host_of(one) is host_of(one.services["db"]) is fleet.hosts["a"].__node__
    assert host_of(other) is fleet.hosts["b"].__node__
    alone = evaluate(running())
    assert host_of(alone) is alone.__node__


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "is empty"),
        (".", "stands for a folder"),
        ("..", "stands for a folder"),
        ("a/b", "has a / in it"),
        ("/", "has a / in it"),
        ("a\0", "has a control character in it (U+0000)"),
        ("a\n", "has a control character in it (U+000A)"),
        ("\x7f", "has a control character in it (U+007F)"),
        ("\x9b", "has a control character in it (U+009B)"),
        ("\u2029", "has a line break in it (U+2029)"),
        ("\udc80", "has half of a character in it (U+DC80)"),
        ("\ufdd0", "has U+FDD0 in it, which is no character"),
        ("\U0010ffff", "has U+10FFFF in it, which is no character"),
    ],
)
def test_names_that_no_service_can_have(name: str, why: str) -> None:
    """Whoever manages it; the message names the place, and one that only groups is no exception."""
    assert service_name_problem(name) == why
    for service in (Service(process=Process(argv=ARGV)), Service(services={"a": running()})):
        (message,) = said_of(**{name: service})
        assert message.split("\n")[0].endswith(f" is a service with a name that {why}")
        assert message.split("\n")[1] == "  placed at test_path.py"
        assert message.split("\n")[-1] == "  to fix: name it with letters, digits, - and _"


def test_a_service_that_is_switched_off_may_have_any_name() -> None:
    """Nothing is made of it, nor of what is below it."""
    off = Service(enable=False, services={"..": running(), "a": Service()})
    assert said_of(**{"a/b": off, "web": running()}) == []


@given(st.text())
def test_what_passes_is_one_step_of_a_path_on_one_line(name: str) -> None:
    """Its bytes exist, and it neither ends a line nor leaves its folder."""
    if service_name_problem(name) == "":
        assert name.encode() and len(name.splitlines()) == 1
        assert "/" not in name and name not in (".", "..") and text_problem(name) == ""
