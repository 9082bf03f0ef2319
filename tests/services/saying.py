"""What the library says of wrong services, for tests that hold it to the word.

In: a function that fails. Out: its mistakes as text, without the folders and line numbers of this
checkout; the source lines below each place show that the numbers were right. Refuses to judge.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from modsvc_dsl import Host, Mistake, Mistakes, Process, Service, check, evaluate, flatten

ARGV = ["/usr/bin/true"]
"""A command line that nothing is wrong with."""


def said(work: Callable[[], object]) -> list[str]:
    """The mistakes that a function raises, each as a whole text; none where it succeeds."""
    try:
        work()
    except (Mistake, Mistakes) as error:
        return [_plain(str(mistake)) for mistake in flatten(error)]
    return []


def said_of(**services: Service) -> list[str]:
    """What is wrong with a host of these services."""
    return said(lambda: check(evaluate(Host(services=services))))


def _plain(text: str) -> str:
    return re.sub(r" at (/\S+):\d+", lambda match: f" at {Path(match[1]).name}", text)


def on_host(service: Service) -> Service:
    """The checked result of a service called `it`, on a host that systemd manages."""
    return check(evaluate(Host(services={"it": service}))).services["it"]


def running(argv: list[str] | None = None) -> Service:
    """A service that runs a command."""
    return Service(process=Process(argv=argv or ARGV))
