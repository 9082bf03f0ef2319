"""What people write plainly where options stand, and what they are told to write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from modsvc_dsl import (
    Command,
    ConfigFile,
    Directories,
    Directory,
    Endpoints,
    Fleet,
    Host,
    HttpEndpoint,
    Lifecycle,
    Network,
    Networked,
    Process,
    Schedule,
    Service,
    Settings,
    TcpEndpoint,
    Wants,
    check,
    define,
    endpoint,
    evaluate,
    option,
    settings,
)
from tests.services.saying import ARGV, said

ANY: Any = None
"""Checkers refuse every value below; people without them write it."""


class Database(Service):
    """Provides what App wants."""

    process = Process(argv=ARGV)

    @define(Endpoints.provides["sql"])
    def _sql(self) -> TcpEndpoint:
        return TcpEndpoint(port=5432)


class App(Service):
    """Wants what Database provides."""

    database: Wants[TcpEndpoint] = option(description="Where it keeps things.")
    process = Process(argv=ARGV)


DATABASE = Database()
anything: Any = Service
app: Any = App
host: Any = Host


def service(**values: Any) -> Any:
    """A host of one service with a value."""
    return Host(services={"a": anything(**{"process": Process(argv=ARGV), **values})})


def wanting(value: Any) -> Any:
    """A host of one who wants, and one who provides."""
    return Host(services={"db": DATABASE, "app": app(database=value)})


def of(group: Any, **values: Any) -> Any:
    """A group of options with values of any sort."""
    return group(**values)


PLAIN: dict[str, tuple[Any, str]] = {
    "a command": (lambda: service(process=["/bin/x"]), "write Process(argv=['/bin/x'])"),
    "a command line": (
        lambda: service(process="/bin/x -y 'a b'"),
        "write Process(argv=['/bin/x', '-y', 'a b'])",
    ),
    "a user": (lambda: service(identity="www"), "write Identity(user='www')"),
    "a time": (lambda: service(schedule="daily"), "write Schedule(calendar='daily')"),
    "a service that is needed": (
        lambda: service(relations=[DATABASE]),
        "write needs(Database()), or uses(Database()) where it can do without",
    ),
    "a profile": (
        lambda: service(hardening=Networked),
        "write imports=[Networked()] beside it: a profile is a module of a service",
    ),
    "True for a directory": (
        lambda: service(directories=of(Directories, state=True)),
        "write Directory()",
    ),
    "the path of a directory": (
        lambda: service(directories=of(Directories, state="/var/lib/shop")),
        "write Directory(name='shop'): where it lies, the host says",
    ),
    "a port": (lambda: service(network=of(Network, ports={"sql": 5432})), "write tcp(5432)"),
    "a port with a protocol": (
        lambda: service(network=of(Network, ports={"dns": "53/udp"})),
        "write udp(53)",
    ),
    "a directory for a port": (
        lambda: service(network=of(Network, ports={"sql": Directory()})),
        "write ListenPort(...), or a dict of its options",
    ),
    "a port of a socket": (
        lambda: service(network=of(Network, sockets={"web": 80})),
        "write Socket(listen=[80])",
    ),
    "a path of a socket": (
        lambda: service(network=of(Network, sockets={"web": "/run/web"})),
        "write Socket(listen=[Path('/run/web')])",
    ),
    "a text of a file": (
        lambda: service(config_data={"a.conf": "a=b"}),
        "write ConfigFile(text='a=b')",
    ),
    "settings of a file": (
        lambda: service(config_data={"a.toml": of(Settings, port=80)}),
        "write ConfigFile(settings=Settings(...))",
    ),
    "settings by keys": (
        lambda: service(config_data={"a.toml": settings({"port": 80})}),
        "write ConfigFile(settings=settings(...))",
    ),
    "a number of starts": (
        lambda: service(lifecycle=of(Lifecycle, restart_limit=5)),
        'write RestartLimit(starts=5, within="1min")',
    ),
    "a command as a list of commands": (
        lambda: service(lifecycle=of(Lifecycle, before_start=["/bin/x", "-y"])),
        "a command is a list, and these are several: write [['/bin/x', '-y']]",
    ),
    "command lines": (
        lambda: service(lifecycle=of(Lifecycle, after_stop=["/bin/x -y", "/bin/z"])),
        "write a list for each command: [['/bin/x', '-y'], ['/bin/z']]",
    ),
    "one command line": (
        lambda: service(lifecycle=of(Lifecycle, after_start="/bin/x -y")),
        "write a list for each command: [['/bin/x', '-y']]",
    ),
    "one command": (
        lambda: service(lifecycle=of(Lifecycle, before_first_start=Command(["/bin/x"]))),
        "write it in square brackets: "
        "[Command(argv=['/bin/x'], privileged=False, may_fail=False)]",
    ),
    "a command line that stops": (
        lambda: service(lifecycle=of(Lifecycle, stop_command="/bin/x -y")),
        "no shell splits it: write each argument by itself, as in ['/bin/x', '-y']",
    ),
    "a line of a crontab": (
        lambda: service(schedule=Schedule(calendar="0 3 * * 1-5")),
        "that is a crontab's: write 'Mon..Fri *-*-* 03:00:00'",
    ),
    "a line of a crontab that means two": (
        lambda: service(schedule=Schedule(calendar=["0 0 1 * 1"])),
        "that is a crontab's: write ['*-*-01 00:00:00', 'Mon *-*-* 00:00:00']",
    ),
    "a word of a crontab": (
        lambda: service(schedule=Schedule(calendar="@daily")),
        "that is a crontab's: write 'daily'",
    ),
    "the other word of a crontab": (
        lambda: service(schedule=Schedule(calendar="@reboot")),
        'that is a crontab\'s: write after_boot="0s" in place of a calendar',
    ),
    "flags in a list": (
        lambda: service(process=of(Process, argv=ARGV, flags=["-v", "--port=80"])),
        "write them by name, without dashes: {'port': '80', 'v': True}",
    ),
    "variables in a list": (
        lambda: service(process=of(Process, argv=ARGV, environment=["A=b"])),
        "write it in braces, as in {'A': 'b'}",
    ),
    "a service for an endpoint": (
        lambda: wanting(DATABASE),
        "write endpoint(service, TcpEndpoint): the endpoint, not the service",
    ),
    "a class for an endpoint": (
        lambda: wanting(Database),
        "write endpoint(database, TcpEndpoint): the endpoint, not the service, with "
        "database = Database(...) placed in the tree",
    ),
    "an address for an endpoint": (
        lambda: wanting("[::1]:5432"),
        "write endpoint(service, TcpEndpoint), or TcpEndpoint(address='::1', port=5432) for one "
        "that no service provides",
    ),
    "a manager by its name": (
        lambda: host(manager="supervisor", services={}),
        "write SupervisorManager()",
    ),
    "services in a list": (
        lambda: host(services=[DATABASE]),
        'write it in braces, each under a name of its own: {"name": Database()}',
    ),
    "a service alone": (
        lambda: host(services=DATABASE),
        'write it in braces, under a name: {"name": Database()}',
    ),
    "a command for a service": (
        lambda: host(services={"a": ["/bin/x"]}),
        "write Service(process=Process(argv=['/bin/x']))",
    ),
    "a part of a service": (
        lambda: host(services={"a": Process(argv=ARGV)}),
        "write Service(process=Process(...))",
    ),
}


@pytest.mark.parametrize("case", PLAIN)
def test_it_is_told_with_what_it_means(case: str) -> None:
    """Once, with the line, as source text."""
    make, advice = PLAIN[case]
    (message,) = said(lambda: check(evaluate(make())))
    assert message.splitlines()[-1] == f"  to fix: {advice}"
    assert f" at {Path(__file__).name}" in message


def test_an_offer_of_another_kind_says_which_it_is() -> None:
    """The kind that is wanted, and that which is offered."""

    class Page(App):
        page: Wants[HttpEndpoint] = option(description="What it shows.")

    page: Any = Page
    services = {"db": DATABASE, "app": page(page=endpoint(DATABASE, TcpEndpoint), database=ANY)}
    told = said(lambda: check(evaluate(Host(services=services))))
    assert any("it is a TcpEndpoint: write endpoint(service, HttpEndpoint)" in m for m in told)


def test_a_class_where_endpoint_takes_an_instance() -> None:
    """The call says so at once."""
    anyhow: Any = endpoint
    (message,) = said(lambda: anyhow(Database, TcpEndpoint))
    assert "and this is Database (a class)" in message
    assert "database = Database(...)" in message


def test_a_module_without_a_class_may_add_to_any() -> None:
    """As one that a function returns; only a class of something else is refused."""
    made = check(evaluate(service(config_data={"a": {"text": "x"}, "b": ConfigFile(text="y")})))
    assert made.services["a"].config_data["b"].text == "y"
    assert not said(lambda: check(evaluate(Fleet(hosts={"h": service()}))))


def test_a_part_in_a_list_is_told_as_if_it_were_alone() -> None:
    """And never as a command line."""
    process: Any = [Process(argv=["/usr/bin/id"])]
    (message,) = said(lambda: check(evaluate(Host(services={"a": process}))))
    assert message.endswith("to fix: write Service(process=Process(...))")
    (message,) = said(lambda: check(evaluate(Host(services={"a": process * 2}))))
    assert message.endswith("to fix: write Service(...), or a dict of its options")
