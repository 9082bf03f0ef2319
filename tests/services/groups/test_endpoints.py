"""Endpoints: who wants one reads it, starts after who provides it, and is told what is wrong on both sides."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest

from modsvc_dsl import (
    Endpoint,
    Endpoints,
    Fleet,
    Host,
    HttpEndpoint,
    Identity,
    Process,
    Service,
    SocketEndpoint,
    TcpEndpoint,
    Wants,
    check,
    define,
    endpoint,
    evaluate,
    host_unit,
    json_data,
    later,
    option,
    secret_file,
)
from modsvc_dsl.services.order import edges
from modsvc_dsl.services.service import enabled, runs
from tests.services.saying import ARGV, running, said, said_of


class Sql(TcpEndpoint):
    """A kind of one's own."""

    database: str = option(default="app")


class Database(Service):
    address: str = option(default="127.0.0.1")
    process = Process(argv=ARGV)

    @define(Endpoints.provides["sql"])
    def _sql(self) -> Endpoint:
        return Sql(address=self.address, port=5432)


class App(Service):
    database: Wants[Sql] = option()

    @define(Process.argv)
    def _argv(self) -> list[str]:
        return ["/bin/app", self.database.authority, self.database.database]


def found(services: dict[str, Service]) -> Any:
    return check(evaluate(Host(services=services))).services


def order(services: dict[str, Service]) -> list[tuple[str, str]]:
    every = filter(runs, enabled(found(services)))
    return [(e.first.__node__.path[-1], e.then.__node__.path[-1]) for e in edges(every)]


def test_a_want_reads_as_the_endpoint() -> None:
    """By its options, as its kind, and as a path where data is."""
    db = Database()
    services = found({"db": db, "app": App(database=endpoint(db, Sql))})
    app = services["app"]
    assert app.process.argv == ["/bin/app", "127.0.0.1:5432", "app"]
    assert app.database[TcpEndpoint].port == 5432
    assert json_data(app)["database"] == "services.db.endpoints.provides.sql"
    assert order({"db": db, "app": App(database=endpoint(db, Sql))}) == [("db", "app")]


def test_no_option_of_an_endpoint_is_taken_for_something_else() -> None:
    """Whatever it is called: a reference has no names of its own that options can have."""

    class Odd(Endpoint):
        name: str = option(default="n")
        kind: str = option(default="k")
        ordered: str = option(default="o")
        provider: str = option(default="p")

    class Wanting(Service):
        odd: Wants[Odd] = option()

        @define(Process.argv)
        def _run(self) -> list[str]:
            return ["/bin/a", self.odd.name, self.odd.kind, self.odd.ordered, self.odd.provider]

    giver = Service(process=Process(argv=["/bin/b"]), endpoints=Endpoints(provides={"o": Odd()}))
    app = found({"giver": giver, "app": Wanting(odd=endpoint(giver, Odd))})["app"]
    assert app.process.argv[1:] == ["n", "k", "o", "p"]


def test_a_result_with_wants_can_be_sent_to_another_process() -> None:
    """Its references are paths there, and its histories tell what was written."""
    db = Database()
    result = evaluate(Host(services={"db": db, "app": App(database=endpoint(db, Sql))}))
    back = pickle.loads(pickle.dumps(check(result)))
    assert json_data(back) == json_data(result)


def test_one_may_be_written_out() -> None:
    """As an instance or as a dict of its options; nobody is waited for."""
    far = Sql(address="db.example.org", port=5432, database="x")
    assert found({"app": App(database=far)})["app"].process.argv[1:] == ["db.example.org:5432", "x"]
    plain: Any = {"address": "::1", "port": 1}
    assert found({"app": App(database=plain)})["app"].process.argv[1] == "[::1]:1"
    assert order({"app": App(database=far)}) == []


def test_one_may_be_read_from_a_result_and_handed_on() -> None:
    """In a composition, by the service, by its endpoint, and from a want to another."""

    class Shop(Service):
        sql: Wants[Sql] = option()

        @define(Service.services["db"])
        def _db(self) -> Service:
            return Database()

        @define(Service.services["one"])
        def _one(self) -> Service:
            return App(database=endpoint(self.services["db"], Sql))

        @define(Service.services["two"])
        def _two(self) -> Service:
            return App(database=self.services["db"].endpoints.provides["sql"][Sql])

        @define(Service.services["three"])
        def _three(self) -> Service:
            return App(database=self.sql)

    db = Database(address="10.0.0.1")
    shop = Shop(sql=endpoint(db, Sql))
    services = found({"shop": shop, "outer": db})["shop"].services
    assert [services[name].process.argv[1] for name in ("one", "two", "three")] == [
        "127.0.0.1:5432",
        "127.0.0.1:5432",
        "10.0.0.1:5432",
    ]
    assert sorted(order({"shop": shop, "outer": db})) == [
        ("db", "one"),
        ("db", "two"),
        ("outer", "three"),
    ]


def test_lists_and_dicts_hold_wants() -> None:
    """Each of which is an edge, unless it is to be none."""

    class Front(Service):
        behind: list[Wants[HttpEndpoint]] = option()
        named: dict[str, Wants[TcpEndpoint]] = option()
        process = Process(argv=ARGV)

    def server(port: int) -> Service:
        provides: dict[str, Endpoint] = {"http": HttpEndpoint(port=port)}
        return Service(process=Process(argv=ARGV), endpoints=Endpoints(provides=provides))

    a, b, c = server(1), server(2), server(3)
    front = Front(
        behind=[endpoint(a, HttpEndpoint), endpoint(b, HttpEndpoint, ordered=False)],
        named={"c": endpoint(c, HttpEndpoint)},
    )
    services = {"a": a, "b": b, "c": c, "front": front}
    view = found(services)["front"][Front]
    assert [each.url for each in view.behind] == ["http://127.0.0.1:1/", "http://127.0.0.1:2/"]
    assert view.named["c"].port == 3
    assert order(services) == [("a", "front"), ("c", "front")]


def test_a_group_that_provides_means_all_that_runs_of_it() -> None:
    """As in relations."""
    group = Service(
        services={"x": running(), "y": running()},
        endpoints=Endpoints(provides={"sql": Sql(port=1)}),
    )
    assert order({"group": group, "app": App(database=endpoint(group, Sql))}) == [
        ("x", "app"),
        ("y", "app"),
    ]


def test_a_secret_of_an_endpoint_is_handed_on_as_a_reference() -> None:
    """Who wants it says under which name the process finds it."""

    class Client(Service):
        queue: Wants[TcpEndpoint] = option()
        identity = Identity()
        process = Process(argv=ARGV)

        @define(Service.credentials)
        def _credentials(self) -> Any:
            return {"queue": self.queue.password}

    provided = TcpEndpoint(port=1, password=secret_file("/etc/keys/queue"))
    server = Service(process=Process(argv=ARGV), endpoints=Endpoints(provides={"q": provided}))
    client = found({"s": server, "c": Client(queue=endpoint(server, TcpEndpoint))})["c"]
    assert client.credentials["queue"].source == "/etc/keys/queue"


def test_rings_of_wants_are_told() -> None:
    """With the options that say them."""
    services: dict[str, Service] = {}
    services["a"] = Service(
        process=Process(argv=ARGV),
        endpoints=Endpoints(
            provides={"x": TcpEndpoint(port=1)},
            wants={"y": later(lambda: endpoint(services["b"], TcpEndpoint))},
        ),
    )
    services["b"] = Service(
        process=Process(argv=ARGV),
        endpoints=Endpoints(
            provides={"y": TcpEndpoint(port=2)}, wants={"x": endpoint(services["a"], TcpEndpoint)}
        ),
    )
    (message,) = said_of(**services)
    assert " is to start before itself\n" in message
    assert "`services.a.endpoints.wants` defined at test_endpoints.py\n" in message


WEB = Service(
    process=Process(argv=ARGV), endpoints=Endpoints(provides={"http": HttpEndpoint(port=80)})
)
TWO = Service(
    process=Process(argv=ARGV),
    endpoints=Endpoints(provides={"a": Sql(port=1), "b": Sql(port=2), "w": HttpEndpoint(port=3)}),
)
OFF = Database(enable=False)
PLACED = {"web": WEB, "two": TWO, "off": OFF, "none": Service(process=Process(argv=ARGV))}
UNMET: list[tuple[Any, str, str]] = [
    (
        endpoint(WEB, Sql),
        "a Sql of `services.web`, which provides none",
        "let it provide one: endpoints.provides[...] = Sql(...); it provides 'http', a HttpEndpoint",
    ),
    (
        endpoint(PLACED["none"], Sql),
        "a Sql of `services.none`, which provides none",
        "let it provide one: endpoints.provides[...] = Sql(...)",
    ),
    (
        endpoint(TWO, Sql),
        "a Sql of `services.two`, which provides 2: 'a' and 'b'",
        "say which one: endpoint(..., name=...)",
    ),
    (
        endpoint(TWO, Sql, "aa"),
        "the endpoint 'aa' of `services.two`, which provides no such one",
        "did you mean `a`?",
    ),
    (
        endpoint(TWO, Sql, "w"),
        "a Sql, and `services.two.endpoints.provides.w` is a HttpEndpoint",
        "want a HttpEndpoint, or name another endpoint",
    ),
    (
        endpoint(OFF, Sql),
        "`services.off.endpoints.provides.sql`, whose service is switched off",
        "switch it on, or want another one",
    ),
]


@pytest.mark.parametrize(("offer", "why", "advice"), UNMET)
def test_what_cannot_be_had_is_told_with_both_lines(offer: Any, why: str, advice: str) -> None:
    """Once, whoever reads it."""
    (message,) = said_of(app=App(database=offer), **PLACED)
    headline, *lines = message.split("\n")
    assert headline == f"`services.app.database` wants {why}"
    assert lines[0] == "  wanted at test_endpoints.py"
    assert " at test_endpoints.py" in lines[2] and ("provided" in lines[2] or "written" in lines[2])
    assert lines[-1] == f"  to fix: {advice}"


@pytest.mark.parametrize(
    ("provided", "reaches"),
    [
        (TcpEndpoint(port=1), False),
        (TcpEndpoint(port=1, address="localhost"), False),
        (TcpEndpoint(port=1, address="127.1.2.3"), False),
        (TcpEndpoint(port=1, address="::1"), False),
        (SocketEndpoint(path=Path("/run/a")), False),
        (TcpEndpoint(port=1, address="10.0.0.1"), True),
        (HttpEndpoint(port=1, address="db.example.org"), True),
        (Endpoint(), True),
    ],
)
def test_other_hosts_reach_what_is_not_local(provided: Endpoint, reaches: bool) -> None:
    """And start in no order."""
    server = Service(process=Process(argv=ARGV), endpoints=Endpoints(provides={"x": provided}))
    client = Service(
        process=Process(argv=ARGV), endpoints=Endpoints(wants={"x": endpoint(server, Endpoint)})
    )
    hosts = {"a": Host(services={"c": client}), "b": Host(services={"s": server})}
    messages = said(lambda: check(evaluate(Fleet(hosts=hosts))))
    assert (messages == []) == reaches
    for message in messages:
        assert message.startswith(
            "`hosts.a.services.c.endpoints.wants.x` wants "
            "`hosts.b.services.s.endpoints.provides.x` of another host, and that is "
        )
    assert said_of(c=client, s=server) == []


@pytest.mark.parametrize("address", ["0.0.0.0", "::"])
def test_nobody_connects_to_all_addresses(address: str) -> None:
    """They are for listening."""
    provides = {"x": TcpEndpoint(port=1, address=address)}
    service = Service(process=Process(argv=ARGV), endpoints=Endpoints(provides=provides))
    (message,) = said_of(it=service)
    assert message.startswith(
        f"`services.it.endpoints.provides.x` is on {address}, where services listen and nobody can "
        "connect\n  `address` defined at test_endpoints.py\n"
    )


@pytest.mark.parametrize("address", ["", "a b", "a\nb", "http://x", "a/b", "-x", "a:80:x"])
def test_an_address_is_one(address: str) -> None:
    """And no more than one."""
    provides = {"x": TcpEndpoint(port=1, address=address)}
    service = Service(process=Process(argv=ARGV), endpoints=Endpoints(provides=provides))
    (message,) = said_of(it=service)
    assert " expects an IP address or the name of a host\n" in message


ANYHOW: Any = endpoint

CALLS: list[tuple[Any, str]] = [
    (lambda: ANYHOW(running(), Service), "takes a class of endpoints"),
    (lambda: ANYHOW(running(), TcpEndpoint(port=1)), "takes a class of endpoints"),
    (lambda: ANYHOW(Service, TcpEndpoint), "takes a service that is placed in the tree"),
    (lambda: ANYHOW("db", TcpEndpoint), "takes a service that is placed in the tree"),
    (lambda: ANYHOW(Host(), TcpEndpoint), "takes a service that is placed in the tree"),
    (
        lambda: ANYHOW(host_unit("a.service"), TcpEndpoint),
        "takes a service, and a unit of the host provides nothing that is known here",
    ),
    (lambda: ANYHOW(running(), TcpEndpoint, 3), "takes the name of an endpoint"),
]


@pytest.mark.parametrize(("call", "why"), CALLS)
def test_a_wrong_call_is_told_at_its_line(call: Any, why: str) -> None:
    """When it is made."""
    (message,) = said(call)
    assert message.startswith(f"endpoint(...) {why}")
    assert message.splitlines()[1] == "  written at test_endpoints.py"


@pytest.mark.parametrize(
    "value", ["db", 5, Database(), TcpEndpoint(port=1), endpoint(WEB, HttpEndpoint)]
)
def test_a_want_takes_an_endpoint_of_its_kind(value: Any) -> None:
    """Neither a service, nor a kind that is less."""
    (message,) = said_of(app=App(database=value), **PLACED)
    assert message.startswith("`services.app.database` expects a Sql that a service provides\n")


def test_two_wants_of_one_option_differ() -> None:
    """No definition wins by being last."""
    mixin = module_of(endpoint(WEB, HttpEndpoint))
    other = module_of(endpoint(TWO, HttpEndpoint))
    both = Service(imports=[mixin, other], process=Process(argv=ARGV))
    (message,) = said_of(it=both, **PLACED)
    assert message.startswith("`services.it.endpoints.wants.x` has definitions that differ\n")


def module_of(want: Any) -> Service:
    return Service(endpoints=Endpoints(wants={"x": want}))
