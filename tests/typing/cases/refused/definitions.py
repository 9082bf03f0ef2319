"""Values that checkers must refuse. Every line marked so has an error, and no other line."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Literal

from modsvc_dsl import (
    Assertion,
    ConfigFile,
    Hardening,
    Identity,
    Lifecycle,
    Module,
    Port,
    Process,
    Ref,
    Relations,
    Service,
    ServiceSection,
    Systemd,
    SystemdManager,
    Unit,
    after,
    default,
    define,
    force,
    later,
    merged,
    option,
    order,
    override,
    when,
)


class Level(Enum):
    LOW = "low"


class Limits(Module):
    memory: int = option(default=64)
    names: list[str] = option(default=[])


class Base(Service):
    count: int = option(default=1)
    port: Port = option(default=80)
    level: Level = option(default=Level.LOW)
    either: int | str = option(default="auto")
    mode: Literal["a", "b"] = option(default="a")
    paths: list[Path] = option(default=[])
    table: dict[str, list[int]] = option(default={})
    limits: Limits = option()
    many: dict[str, Limits] = option(default={})
    peers: list[Ref[Service]] = option()

    @option
    def sum(self) -> int:
        """All together."""
        return self.count


class WrongDefaults(Service):
    one: Port = option(default="80")  # refused
    two: list[Path] = option(default=["/srv"])  # refused
    three: dict[str, int] = option(default={"a": "1"})  # refused
    four: Literal["a", "b"] = option(default="c")  # refused
    five: Limits = option(default=3)  # refused
    six: Level = option(default="low")  # refused
    seven: int | None = option(default="x")  # refused


class WrongPlain(Base):
    count = 1.5  # refused
    level = "low"  # refused
    either = 2.5  # refused
    paths = ["/srv"]  # refused
    table = {"a": ["1"]}  # refused
    limits = Limits(memory="64")  # refused
    sum = "12"  # refused


class WrongProperties(Base):
    count = default("1")  # refused
    port = override(60, "80")  # refused
    mode = force("c")  # refused
    paths = merged([Path("/a")], ["/b"])  # refused
    table = after({"a": "b"})  # refused


class WrongOrder(Base):
    paths = order(10, "/srv")  # refused
    count = later(lambda: "three")  # refused
    either = when(True, 2.5)  # refused
    limits = when(True, 3)  # refused


class WrongFunctions(Base):
    @define(Base.count)  # refused
    def _count(self) -> str:
        return "1"

    @define(Service.config_data["a"])  # refused
    def _file(self) -> str:
        return "text"

    @define(Service.config_data["a"].text)  # refused
    def _text(self) -> int:
        return 3

    @define(Base.many["a"].memory)  # refused
    def _memory(self) -> str:
        return "3"

    @define(Base.limits.names)  # refused
    def _names(self) -> list[int]:
        return [3]

    @define(Base.limits.memroy)  # refused
    def _misspelt(self) -> int:
        return 3

    @define(Systemd.service.service)  # refused
    def _section(self) -> str:
        return "x"

    @define(Service.services["db"])  # refused
    def _db(self) -> Limits:
        return Limits()

    @define(Service.relations.after)  # refused
    def _after(self) -> list[str]:
        return ["db.service"]

    @define(Process.environment)  # refused
    def _environment(self) -> dict[str, int]:
        return {"A": 1}

    @define(Process.argv)
    def _argv(self) -> list[str]:
        return ["/bin/true", self.count]  # refused

    @define(Service.warnings)
    def _warnings(self) -> list[str]:
        return when(self.count > 1, "many")  # refused


ConfigFile(text=3)  # refused
ConfigFile(source="a.conf")  # refused
ConfigFile(path="/etc/a.conf")  # refused
ConfigFile(txt="a")  # refused
ConfigFile(text="a", enable="yes")  # refused
Relations(after=["db"])  # refused
Relations(after=[Limits()])  # refused
Relations(after=Base())  # refused
Relations(behind=[Base()])  # refused
Relations(on_failure=["mail"])  # refused
Relations(on_failure=Base())  # refused
Relations(requires_mounts_for=["/srv"])  # refused
Relations(requires_mounts_for=Path("/srv"))  # refused
Process(environment={"A": 1})  # refused
Process(argv=["/bin/sleep", 3])  # refused
Process(working_directory="/srv")  # refused
Identity(user=0)  # refused
Hardening(capabilities="CAP_NET_RAW")  # refused
Hardening(writable_paths=["/srv"])  # refused
Lifecycle(type="one-shot")  # refused
Lifecycle(restart=True)  # refused
Assertion(assertion="no", message="x")  # refused
SystemdManager(version="252")  # refused
Unit(service={"Descripton": "x"})  # refused
Unit(service={"Documentation": ["https://example.org"]})  # refused
Unit(unit={"ExecStart": "/bin/true"})  # refused
Unit(timer={"ListenStream": 80})  # refused
Unit(service={"Restart": "allways"})  # refused
Unit(service={"ProtectHome": "hidden"})  # refused
Unit(serivce={"Restart": "no"})  # refused
Unit(extra={"X-Owner": "docs"})  # refused
Base(limits=Base())  # refused
Base(peers=["a"])  # refused
Base(many={"a": Base()})  # refused
Base(table={"a": "b"})  # refused
Base(mode=default("c"))  # refused
Base(paths=[Path("/a"), "/b"])  # refused
Base(unknown=3)  # refused
Base(imports=["Hardened"])  # refused
section: ServiceSection = {"Nice": "5"}  # refused
other: ServiceSection = {"ListenStream": 80}  # refused
Unit(unit=section)  # refused
