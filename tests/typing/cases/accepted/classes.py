"""Shapes of classes: chains, mixins, diamonds, classes in functions, helpers, constants."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import ClassVar, TypeVar, assert_type

from modsvc_dsl import (
    Fleet,
    Host,
    Port,
    Process,
    Service,
    Systemd,
    SystemdManager,
    SystemdService,
    check,
    define,
    evaluate,
    force,
    imports,
    option,
    systemd,
)

T = TypeVar("T", bound=Service)


class Base(Service):
    DEFAULT_PORT: ClassVar[int] = 80
    _shared = ["/usr/bin/server"]

    port: Port = option(default=DEFAULT_PORT)
    directory: Path = option()

    def arguments(self) -> list[str]:
        """A plain method, overridden as in any class."""
        return [str(self.port)]

    @property
    def is_privileged(self) -> bool:
        return self.port < 1024

    @staticmethod
    def double(number: int) -> int:
        return 2 * number

    @define(Process.argv)
    def _argv(self) -> list[str]:
        return [*self._shared, *self.arguments()]


class Middle(Base):
    port = 81

    def arguments(self) -> list[str]:
        return ["--middle", *super().arguments()]


class Leaf(Middle):
    port = force(82)
    directory = Path("/srv/leaf")

    class Notes:
        """A nested class that is no module."""

        text = "x"


class Left(Service):
    left: int = option(default=1)


class Right(Service):
    right: str = option(default="r")


class Both(Left, Right):
    left = 2

    @define(Process.argv)
    def _argv(self) -> list[str]:
        assert_type(self.right, str)
        return ["/bin/true", self.right]


@imports(Left)
@imports(Right)
class Imported(Service):
    process = Process(argv=["/bin/true"])

    @option
    def seen(self) -> int:
        """Read through the import."""
        assert_type(self[Left], Left)
        return self[Left].left + len(self[Right].right)


class OnlyHost(Host):
    region: str = option(default="eu")

    @define(Host.services["web"])
    def _web(self) -> Service:
        return Leaf()


@imports(OnlyHost)
class Located(Host):
    manager = SystemdManager(version=252)


class OnlyFleet(Fleet):
    @define(Fleet.hosts["a"])
    def _a(self) -> Host:
        return Located(name="alpha")


def make(word: str) -> Service:
    class Local(Base):
        """A class of a function, under postponed annotations."""

        extra: list[str] = option(default=[word])
        directory = Path("/srv") / word

    return Local(port=90, extra=["a"], imports=[Left(left=3), systemd(service={"Nice": 5})])


def factory(kind: Callable[[], T]) -> T:
    return kind()


def counted(services: Mapping[str, Service]) -> int:
    return len(services)


leaf = Leaf(port=force(1), imports=[Right(), Left(left=4)])
assert_type(leaf, Leaf)
webs: dict[str, Leaf] = {"a": Leaf(), "b": Leaf()}
host = Host(services=webs, name="h", warnings=[])
assert_type(evaluate(host), Host)
assert_type(evaluate(Leaf()), Leaf)
assert_type(evaluate(Leaf(), manager=SystemdManager())[SystemdService].systemd, Systemd)
assert_type(check(evaluate(Fleet(hosts={"h": host}))).hosts["h"].services["a"], Service)
total = counted(evaluate(host).services)
