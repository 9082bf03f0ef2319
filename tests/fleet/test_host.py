"""Hosts and fleets: services in their places, and names of hosts."""

from __future__ import annotations

import pytest

from modsvc_dsl import (
    Assertion,
    Fleet,
    Host,
    Service,
    SystemdManager,
    build,
    check,
    define,
    evaluate,
    find_warnings,
    imports,
    option,
)
from tests.services.saying import running, said


def test_a_host_alone_is_called_host() -> None:
    """In a fleet it has the name of its key, and its own name before both."""
    assert evaluate(Host()).name == "host"
    fleet = evaluate(Fleet(hosts={"a": Host(), "b": Host(name="beta")}))
    assert {key: host.name for key, host in fleet.hosts.items()} == {"a": "a", "b": "beta"}


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "is empty"),
        ("a/b", "has a / in it"),
        ("..", "stands for a folder"),
        ("a\n", "has a control character in it (U+000A)"),
        ("\ud800", "has half of a character in it (U+D800)"),
    ],
)
def test_the_name_of_a_host_is_that_of_a_folder(name: str, why: str) -> None:
    """Said or given as a key; both are refused before anything is built."""
    host = Host(name=name)
    assert said(lambda: build(evaluate(host))) == [
        f"the host has the name {name!r}, which {why}\n"
        "  written at test_host.py\n"
        "      host = Host(name=name)\n"
        "  to fix: name it with letters, digits, dots and -"
    ]
    (message,) = said(lambda: build(evaluate(Fleet(hosts={name: Host()}))))
    assert message.split("\n")[0].endswith(f" has the name {name!r}, which {why}")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        (
            "manifest.json",
            "is that of the manifest, which lies beside the folders of the hosts",
        ),
        ("web" * 100, "has more than 255 bytes"),
    ],
)
def test_a_name_that_no_folder_of_a_build_can_have(name: str, why: str) -> None:
    """It is known when the host is evaluated, with the line that gives the name."""
    host = Host(name=name)
    (message,) = said(lambda: check(evaluate(host)))
    assert message.split("\n")[0].endswith(f"', which {why}")
    assert message.split("\n")[1:] == [
        "  written at test_host.py",
        "      host = Host(name=name)",
        "  to fix: give it another name",
    ]


def test_hosts_have_options_of_their_own() -> None:
    """A class of hosts places services by an option; modules of hosts join it."""

    class Monitored(Host):
        @define(Host.services["exporter"])
        def _exporter(self) -> Service:
            return running(["/bin/exporter", self.name])

    @imports(Monitored)
    class Located(Host):
        region: str = option(default="eu")

        @define(Host.services["web"])
        def _web(self) -> Service:
            return running(["/bin/web", self.region])

    fleet = check(evaluate(Fleet(hosts={"a": Located(region="us"), "b": Located()})))
    argv = {
        key: [s.process.argv for s in host.services.values()] for key, host in fleet.hosts.items()
    }
    assert argv == {
        "a": [["/bin/exporter", "a"], ["/bin/web", "us"]],
        "b": [["/bin/exporter", "b"], ["/bin/web", "eu"]],
    }


def test_each_host_has_its_manager() -> None:
    """Versions differ from host to host."""
    fleet = evaluate(Fleet(hosts={"a": Host(manager=SystemdManager(version=252)), "b": Host()}))
    assert [host.manager.version for host in fleet.hosts.values()] == [252, 257]  # type: ignore[attr-defined]  # pyright: ignore


def test_a_manager_is_an_instance() -> None:
    """A name of one is told."""
    wrong = Host(manager="systemd")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    (message,) = said(lambda: check(evaluate(wrong)))
    assert message.startswith("`manager` expects a Manager\n  found 'systemd' (a string)\n")


class Careful(Host):
    @define(Host.assertions)
    def _assertions(self) -> list[Assertion]:
        return [Assertion(len(self.services) > 0, "has nothing to run")]

    @define(Host.warnings)
    def _warnings(self) -> list[str]:
        return ["is old"]


class Watched(Fleet):
    @define(Fleet.assertions)
    def _assertions(self) -> list[Assertion]:
        return [Assertion(len(self.hosts) < 2, "has too many hosts")]


def test_assertions_and_warnings_of_hosts_and_fleets() -> None:
    """They carry the path of what makes them."""
    fleet = Watched(hosts={"a": Careful(), "b": Careful(services={"x": running()})})
    heads = [message.split("\n")[0] for message in said(lambda: check(evaluate(fleet)))]
    assert heads == ["has too many hosts", "hosts.a: has nothing to run"]
    fine = Fleet(hosts={"b": Careful(services={"x": running()})})
    assert find_warnings(check(evaluate(fine))) == [(("hosts", "b"), "is old")]


def test_kinds_do_not_mix() -> None:
    """A fleet is no host, and a host no fleet."""
    (message,) = said(lambda: check(evaluate(Fleet(hosts={"a": Fleet()}))))  # type: ignore[dict-item]  # pyright: ignore[reportArgumentType]
    assert message.startswith("`hosts.a` takes modules of kind host, and Fleet is of kind fleet\n")
