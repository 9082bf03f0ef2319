"""The protocol of process managers, and what every manager is helped with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest

from modsvc_dsl import (
    Host,
    Manager,
    Process,
    Service,
    Systemd,
    SystemdService,
    Unit,
    build,
    check,
    define,
    evaluate,
    option,
    systemd,
)
from modsvc_dsl.managers.manager import (
    Emitted,
    Source,
    enabled,
    foreign_options,
    origin,
    skipped,
    written_at,
)
from modsvc_dsl.managers.tree import File, Link, Origin
from tests.services.saying import ARGV, running, said


class InitService(Service):
    """What a service can say to the manager below."""

    _managed_by: ClassVar[str] = "init"
    runlevel: int = option(default=3)


@dataclass(frozen=True)
class Init(Manager):
    """A manager of somebody else's: one line for each service that runs."""

    name = "init"

    def modules(self) -> Sequence[type[Service]]:
        return (InitService,)

    def emit(self, services: Mapping[str, Service]) -> Emitted:
        lines = [
            f"{service[InitService].runlevel}:{' '.join(service.process.argv)}"
            for service in enabled(services)
        ]
        file = File("\n".join([*lines, ""]).encode())
        return Emitted({"etc/inittab": file}, notes=("restarts nothing",))


def test_a_manager_is_one_class() -> None:
    """A host chooses it; its module joins every service; its files and notes are built."""
    loud = Service(process=Process(argv=["/bin/b"]), imports=[InitService(runlevel=5)])
    built = build(evaluate(Host(manager=Init(), services={"a": running(["/bin/a"]), "b": loud})))
    assert built.trees == {"host": {"etc/inittab": File(b"3:/bin/a\n5:/bin/b\n")}}
    assert built.notes == {"host": ("restarts nothing",)}


def test_a_manager_that_emits_nothing_says_so() -> None:
    """The protocol itself brings no module and makes no file."""
    assert tuple(Manager().modules()) == ()
    with pytest.raises(NotImplementedError):
        Manager().emit({})


def test_enabled_services_come_parents_first() -> None:
    """What is switched off is left out with all below it."""
    host = evaluate(
        Host(
            services={
                "a": Service(
                    services={"b": running(), "c": Service(enable=False, services={"d": running()})}
                ),
                "e": running(),
            }
        )
    )
    assert [service.__node__.path[-1] for service in enabled(host.services)] == ["a", "b", "e"]


def test_where_a_result_was_written() -> None:
    """Its instance; an origin has the file and the line."""
    service = running()
    result = evaluate(Host(services={"a": service})).services["a"]
    (place,) = written_at(result)
    assert place is service.__module_record__.place
    location = place.locate()
    assert origin(place) == Origin(location.file, location.line)
    assert str(origin(place)) == f"{location.file}:{location.line}"


def test_trees_are_words() -> None:
    """Files and links compare as data."""
    assert File(b"x") == File(b"x", (), (), {}, 0o644) != File(b"y")
    assert Link("../a") == Link("../a", ()) != Link("../b")
    place = Host().__module_record__.place
    assert Source("a", "b", ("c",), place) == Source("a", "b", ("c",), place)
    assert Emitted() == Emitted({}, (), (), ())


class Portable(Service):
    process = Process(argv=ARGV)

    @define(Systemd.service, optional=True)
    def _unit(self) -> Unit:
        return Unit(service={"Nice": 5})


def test_optional_parts_of_another_manager_are_listed() -> None:
    """A note with the line of the definition, for each service."""
    host = check(evaluate(Host(manager=Init(), services={"a": Portable()})))
    (note,) = skipped(host.services, Init())
    assert note.startswith(f"`services.a`: what Portable at {__file__}:")
    assert note.endswith(
        " defines of Systemd.service is skipped: it is optional, and nothing declares it under init"
    )
    assert list(skipped(evaluate(Host(services={"a": Portable()})).services, Init())) == []


def test_options_of_another_manager_are_refused() -> None:
    """Imported, they are there, and nobody reads them."""
    bound = Service(process=Process(argv=ARGV), imports=[systemd(service={"Nice": 5})])
    host = Host(manager=Init(), services={"a": bound})
    assert said(lambda: build(evaluate(host))) == [
        "`services.a.systemd` sets options of systemd, but init manages this host\n"
        "  defined at test_manager.py\n"
        '      bound = Service(process=Process(argv=ARGV), imports=[systemd(service={"Nice": 5})])\n'
        "  to fix: take them away, or say them where systemd is in charge only: "
        "@define(..., optional=True) instead of an import"
    ]


def test_a_module_of_another_manager_that_says_nothing_is_no_harm() -> None:
    """Only what is set is refused."""
    quiet: Any = Service(process=Process(argv=ARGV), imports=[SystemdService()])
    host = check(evaluate(Host(manager=Init(), services={"a": quiet})))
    assert list(foreign_options(host.services, Init())) == []
