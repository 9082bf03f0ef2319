"""Definitions that a user may write: properties, targets by key, groups, other modules' options."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Literal, assert_type

from modsvc_dsl import (
    Assertion,
    Between,
    Commas,
    ConfigFile,
    Hardening,
    Identity,
    Lifecycle,
    Lines,
    Matching,
    Meta,
    Module,
    NonEmptyStr,
    Port,
    Process,
    Ref,
    Relations,
    Service,
    ServiceSection,
    SubmoduleOf,
    Systemd,
    Unit,
    UnitSection,
    after,
    default,
    define,
    force,
    host_unit,
    later,
    merged,
    module,
    option,
    order,
    override,
    read_only,
    systemd,
    when,
)


class Level(Enum):
    LOW = "low"
    HIGH = "high"


class Limits(Module):
    """A group of options, or a submodule, by how it is used."""

    memory: int = option(default=64, description="MiB.")
    names: list[str] = option(default=[])


class Every(Service):
    """One option of each kind of type."""

    count: int = option(default=1, example=2)
    ratio: float = option(default=1)
    name: str = option(default="x", internal=True)
    flag: bool = option(default=False)
    port: Port = option(default=80)
    percent: Annotated[int, Between(0, 100)] = option(default=5)
    word: Annotated[str, Matching("[a-z]+")] = option(default="a")
    text: Lines = option(default="")
    tags: Commas = option(default="")
    label: NonEmptyStr = option(default="a")
    level: Level = option(default=Level.LOW)
    mode: Literal["a", "b"] | None = option(default=None)
    either: int | str = option(default="auto")
    paths: list[Path] = option(default=[Path("/srv")])
    table: dict[str, list[int]] = option(default={})
    anything: dict[str, Any] = option(default={"deep": {"er": [1]}})
    limits: Limits = option()
    one: SubmoduleOf[Limits] = option(default=Limits(memory=3))
    maybe: Limits | None = option(default=None)
    many: dict[str, Limits] = option(default={"a": Limits(memory=1)})
    listed: list[Limits] = option()
    peer: Ref[Service] | None = option(default=None)
    peers: list[Ref[Service]] = option()
    derived: str = option(compute=lambda self: f"{self.name}-{self.count}")

    @option
    def sum(self) -> int:
        """All together."""
        assert_type(self.port, int)
        assert_type(self.limits.names, list[str])
        assert_type(self.many["a"].memory, int)
        assert_type(self.mode, Literal["a", "b"] | None)
        return self.count + self.port + len(self.tags) + self.limits.memory

    @read_only
    @option
    def fixed(self) -> list[int]:
        """Nobody changes it."""
        return [self.count]

    process = Process(argv=["/bin/true"], environment={"A": "1", "B": None})


class Defined(Every):
    count = override(80, 3)
    ratio = default(2.5)
    level = Level.HIGH
    either = 4
    paths = merged([Path("/a")], after([Path("/b")]), order(10, [Path("/c")]))
    table = {"a": [1], "b": when(True, [2])}
    limits = Limits(memory=128, names=["a"])
    many = {"a": Limits(memory=force(2)), "b": Limits()}
    listed = [Limits(), Limits(memory=3)]
    sum = 12
    identity = Identity(user="root", group=None)
    hardening = Hardening(enable=False)
    lifecycle = Lifecycle(type="oneshot", restart=force("no"), restart_delay=10)
    meta = Meta(description="x", documentation=["https://example.org"], maintainers=["a"])

    @define(Every.derived)
    def _derived(self) -> str:
        return default("text")

    @define(Limits.names)
    def _names(self) -> list[str]:
        return later(lambda: [self.name])

    @define(Every.many["c"])
    def _entry(self) -> Limits:
        return Limits(memory=5)

    @define(Every.many["c"].memory)
    def _entry_option(self) -> int:
        return force(7)

    @define(Every.limits.memory)
    def _nested(self) -> int:
        return when(self.flag, 256)

    @define(Service.config_data["a.conf"].text)
    def _text(self) -> str:
        return "text"

    @define(Service.config_data)
    def _files(self) -> dict[str, ConfigFile]:
        return {
            "b.conf": ConfigFile(source=Path("b.conf"), enable=False),
            "c.conf": ConfigFile(text=after("x"), name="d/c.conf"),
        }

    @define(Service.assertions)
    def _assertions(self) -> list[Assertion]:
        return [Assertion(self.count > 0, "too few")]

    @define(Service.relations.after)
    def _after(self) -> list[Service]:
        return [host_unit("network-online.target")]

    @define(Systemd.service.service, optional=True)
    def _hidden(self) -> Any:
        return {"PrivateNetwork": True}

    @define(Systemd.services["cleanup"], optional=True)
    def _cleanup(self) -> Unit:
        return Unit(service={"ExecStart": ["/bin/true"], "Type": "oneshot"})


def programs(names: Sequence[str]) -> dict[str, Service]:
    """A dict made in a loop, of one class, where any service may stand."""
    return {name: Every(name=name, count=number) for number, name in enumerate(names)}


variables = {"A": "1", "B": "2"}
owners = {"Service": {"X-Owner": "docs"}}
apart = Unit(extra=owners)
peers = [Every(name="a"), Every(name="b")]
later_on = Every(
    process=Process(argv=["/bin/true"], environment=variables),
    relations=Relations(after=peers, wants=(peers[0],)),
    config_data={"a": ConfigFile(text="x")},
)


def confined(level: int) -> ServiceSection:
    """Directives made apart from a unit."""
    section: ServiceSection = {"Nice": level, "ProtectSystem": "strict"}
    section["UMask"] = 0o77
    return section


first: UnitSection = {"After": ["network-online.target"]}
with_sections = Unit(service=confined(5), unit=first)
short = Every(imports=[systemd(service=confined(3), timer={"OnCalendar": "daily"})])


class Variables(Service):
    @define(Process.environment)
    def _environment(self) -> dict[str, str]:
        return {"A": "1"}

    @define(Process.argv)
    def _argv(self) -> list[str]:
        return ["/bin/true", *self.process.environment]


class Related(Service):
    @define(Service.services)
    def _all(self) -> dict[str, Service]:
        return programs(["a", "b"])

    @define(Relations.requires)
    def _requires(self) -> list[Service]:
        return [self.services["a"], *self.services.values()]


generated = module(
    "generated",
    definitions={"process.argv": ["/bin/true"], Every.count: 3},
    imports=[Every],
    kind="service",
)
