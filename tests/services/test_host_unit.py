"""Units that a host has already, where a reference to a service may stand."""

from __future__ import annotations

from typing import Any

from modsvc_dsl import (
    Host,
    Process,
    Ref,
    Relations,
    Service,
    check,
    define,
    evaluate,
    host_unit,
    json_data,
    option,
)
from modsvc_dsl.services.host_unit import HostUnit
from tests.services.saying import ARGV, said


def test_a_unit_of_the_host_is_its_own_target() -> None:
    """The reference is the name, also as data, and needs no place in the tree."""
    network = host_unit("network-online.target")
    service = Service(process=Process(argv=ARGV), relations=Relations(after=[network]))
    reference: Any = check(evaluate(service)).relations.after[0]
    assert reference.__reference_path__() == ("network-online.target",)
    assert isinstance(reference.__referred__(), HostUnit)
    assert json_data(evaluate(service).relations.after) == [show(network)]


def show(unit: Service) -> str:
    """A reference as data: a path with one step."""
    return f'["{unit.__reference_target__[0]}"]'  # type: ignore[attr-defined]  # pyright: ignore


def test_it_says_what_it_is() -> None:
    """In messages and in a debugger."""
    assert repr(host_unit("a.target")) == "host_unit('a.target')"


class Database(Service):
    """A service with an option of its own."""

    process = Process(argv=ARGV)
    port: int = option(default=5432)


class Client(Service):
    """Needs a database of ours, and anything else."""

    database: Ref[Database] = option()
    other: Ref[Service] = option()
    process = Process(argv=ARGV)


def test_it_stands_for_no_particular_service() -> None:
    """Nothing is known of it that a service of a class would have."""
    unit: Any = host_unit("postgresql.service")
    client = Client(database=unit, other=host_unit("redis.service"))
    assert said(lambda: check(evaluate(client))) == [
        "`database` expects a Database that is placed in the tree\n"
        "  found host_unit('postgresql.service') (a unit of the host)\n"
        "  defined at test_host_unit.py\n"
        '      client = Client(database=unit, other=host_unit("redis.service"))\n'
        "  to fix: it stands for a Service and no more: refer to an instance in the tree"
    ]


def test_only_its_name_is_known() -> None:
    """Reading an option of it says so."""

    class Curious(Client):
        @define(Process.environment["A"])
        def _a(self) -> str:
            return str(self.other.enable)

    host = Host(
        services={"db": (db := Database()), "it": Curious(database=db, other=host_unit("a.b"))}
    )
    (message,) = said(lambda: check(evaluate(host)))
    assert (
        "AttributeError: host_unit('a.b') is a unit of the host, of which only the name is known"
    ) in message
