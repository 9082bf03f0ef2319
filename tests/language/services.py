"""Small services for tests of the language, which knows no services itself.

In: nothing. Out: module classes of two kinds, with groups, submodules and references.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import modsvc_dsl as m
from modsvc_dsl import Module, define, option


class Process(Module):
    argv: list[str] = option()
    flags: dict[str, str] = option()


class Service(Module, kind="service"):
    imports: Sequence[Service] = ()

    process: Process = option()
    services: dict[str, Service] = option()
    notes: list[str] = option()


class Tls(Service):
    certificate: Path = option(default=Path("/etc/ssl/default.pem"))


class Web(Service):
    port: int = option(default=8000)
    host: str = option(compute=lambda self: f"host{self.port}")

    @define(Process.argv)
    def _argv(self) -> list[str]:
        return ["web", str(self.port)]


class Unit(Service):
    after: list[m.Ref[Service]] = option()


class Host(Module, kind="machine"):
    services: Mapping[str, Service] = option()


class Fleet(Module):
    hosts: dict[str, Host] = option()
