"""Hosts that supervisor manages, and what comes of them.

In: services. Out: what a build makes of them. Refuses to know what is right.
"""

from __future__ import annotations

from collections.abc import Mapping

from modsvc_dsl import (
    Built,
    Host,
    Mistakes,
    Process,
    Service,
    SupervisorManager,
    build,
    check,
    evaluate,
)
from modsvc_dsl.managers.tree import File, Tree
from tests.managers.supervisor.reader import Program, read

PROGRAMS = "etc/supervisor/conf.d/"


class Plain(Service):
    """A service that says as little as it may."""

    process = Process(argv=["/bin/plain"])


def built(services: Mapping[str, Service], user: str | None = "nobody") -> Built:
    """A host's tree and notes."""
    return build(check(evaluate(Host(manager=SupervisorManager(user), services=services))))


def tree(services: Mapping[str, Service], user: str | None = "nobody") -> Tree:
    """A host's tree."""
    return built(services, user).trees["host"]


def notes(services: Mapping[str, Service], user: str | None = "nobody") -> list[str]:
    """What the build says of a host."""
    return list(built(services, user).notes["host"])


def content(found: Tree, path: str) -> str:
    """The text of a file in a tree."""
    entry = found[path]
    assert isinstance(entry, File)
    return entry.content.decode()


def program(service: Service, name: str = "it") -> Program:
    """A service's program, as supervisor would read it."""
    return read(content(tree({name: service}), f"{PROGRAMS}{name}.conf").encode())


def refused(services: Mapping[str, Service], user: str | None = "nobody") -> list[str]:
    """The mistakes of a host that supervisor cannot run, each as text without source lines."""
    try:
        built(services, user)
    except Mistakes as found:
        return [_without_source(str(mistake)) for mistake in found.mistakes]
    raise AssertionError("nothing was refused")


def _without_source(text: str) -> str:
    """A message without the lines of source, and with the names of files only."""
    lines = [line for line in text.split("\n") if not line.startswith("      ")]
    return "\n".join(line.partition(" at /")[0] for line in lines)
