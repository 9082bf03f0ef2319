"""References to modules placed elsewhere."""

from __future__ import annotations

from typing import Any

import modsvc_dsl as m
from modsvc_dsl import Module, check, define, option
from modsvc_dsl.language.evaluation.evaluate import evaluate, root_of

from tests.language.mistakes import mistake_of
from tests.language.services import Fleet, Host, Service, Unit, Web

ONE = Web()


class HostUnit:
    """Something that is its own target, as a unit of the host's is."""

    def __reference_target__(self) -> tuple[str, ...]:
        return ("host", "network.target")


def after(result: Any, name: str = "app") -> Any:
    """What a service of a host refers to."""
    return result.services[name][Unit].after


def test_a_reference_takes_an_instance_or_a_result() -> None:
    """Whichever: it is the path of the place."""

    class Shop(Service):
        @define(Service.services["db"])
        def _db(self) -> Service:
            return Web()

        @define(Service.services["app"])
        def _app(self) -> Service:
            return Unit(after=[self.services["db"]])

    result = check(evaluate(Host(services={"shop": Shop()})))
    (reference,) = after(result.services["shop"])
    assert reference.__reference_path__() == ("services", "shop", "services", "db")
    assert Web in reference and reference[Web].port == 8000


def test_references_compare_by_path() -> None:
    """And are their path in JSON."""
    database = Web()
    result = evaluate(
        Host(services={"db": database, "a": Unit(after=[database]), "b": Unit(after=[database])})
    )
    (one,), (other,) = after(result, "a"), after(result, "b")
    assert one == other and hash(one) == hash(other) and one != 3
    assert m.json_data(one) == "services.db" and "services.db" in repr(one)


def test_rings_of_references_are_fine() -> None:
    """They read no values."""

    class Ring(Unit):
        other: str = option()

        @define(Unit.after)
        def _after(self) -> list[Service]:
            return [root_of(self).services[self.other]]

    ring = check(evaluate(Host(services={"a": Ring(other="b"), "b": Ring(other="a")})))
    assert m.json_data(after(ring, "a")) == ["services.b"]
    assert m.json_data(after(ring, "b")) == ["services.a"]


def test_the_nearest_place_counts() -> None:
    """A service of the same host, before those of others."""
    database = Web()
    pair = {"db": database, "app": Unit(after=[database])}
    fleet = check(evaluate(Fleet(hosts={name: Host(services=pair) for name in ("a", "b")})))
    for name in ("a", "b"):
        (reference,) = after(fleet.hosts[name])
        assert reference.__reference_path__() == ("hosts", name, "services", "db")


def test_a_place_of_a_base_is_a_place_of_the_instance() -> None:
    """Several places, or none, are errors that list what there is."""
    database = Web()
    app = Unit(after=[database])
    nowhere = evaluate(Host(services={"app": app}))
    assert mistake_of(lambda: check(nowhere)).path == ("services", "app", "after", 0)
    twice = evaluate(Host(services={"app": app, "x": database, "y": database}))
    assert "services.x, services.y" in str(mistake_of(lambda: check(twice)))


def test_what_is_no_instance_is_refused() -> None:
    """A class, a name, a dict."""
    for wrong in (Web, "db", {"port": 1}):
        values: Any = [wrong]
        result = evaluate(Host(services={"app": Unit(after=values)}))
        assert mistake_of(lambda: check(result)).category == "type"  # noqa: B023


def test_something_may_be_its_own_target() -> None:
    """It says its path itself."""

    class Other(Module):
        it: Any = option()

    assert evaluate(Other(it=HostUnit())).it.__reference_target__() == ("host", "network.target")


def test_two_references_to_different_places_are_a_conflict() -> None:
    """Nobody wins by being last; the same place, said twice in whatever way, is one reference."""

    class App(Service):
        database: m.Ref[Service] = option()

    class Bound(App):
        database = ONE

    def placed(**services: Any) -> Any:
        return check(evaluate(Host(services={"one": ONE, "two": Web(), **services})))

    agreed = placed(app=Bound(database=ONE)).services["app"][App]
    assert m.json_data(agreed.database) == "services.one"
    other = Web()
    mistake = mistake_of(lambda: placed(other=other, app=Bound(database=other)))
    assert str(mistake).startswith("`services.app.database` has definitions that differ\n")
    assert "database = ONE" in str(mistake) and "Bound(database=other)" in str(mistake)


class Pair(Service):
    """One service made of what a reference reads, and one made of the first."""

    source: m.Ref[Service] = option()

    @define(Service.services["a"])
    def _a(self) -> Service:
        source: Any = self.source
        return Web(port=source[Web].port + 1)

    @define(Service.services["b"])
    def _b(self) -> Service:
        return Web(port=self.services["a"][Web].port + 1)


def test_a_service_is_made_of_what_a_reference_reads() -> None:
    """Whoever looks for the place does not need the service that it is looked for by."""
    source = Web(port=1)
    for services in (
        {"source": source, "pair": Pair(source=source)},
        {"pair": Pair(source=source), "source": source},
    ):
        pair = check(evaluate(Host(services=services))).services["pair"]
        assert [pair.services[name][Web].port for name in ("a", "b")] == [2, 3]


def test_what_was_hidden_while_one_looked_is_found_later() -> None:
    """All services made by one function, which reads a reference and places what others refer to."""

    class Pool(Service):
        source: m.Ref[Service] = option()

        @define(Service.services)
        def _all(self) -> dict[str, Service]:
            source: Any = self.source
            first = Web(port=source[Web].port)
            return {"first": first, "second": Unit(after=[first])}

    source = Web(port=1)
    result = check(evaluate(Host(services={"source": source, "pool": Pool(source=source)})))
    pool = result.services["pool"]
    assert m.json_data(after(pool, "second")) == ["services.pool.services.first"]


def test_a_place_nearer_by_that_was_hidden_is_a_mistake() -> None:
    """The reference was read as another one: which of the two is meant, nobody knows."""
    source = Web(port=1)

    class Hiding(Service):
        source: m.Ref[Service] = option()

        @define(Service.services["x"])
        def _x(self) -> Service:
            found: Any = self.source
            return source if found[Web].port else Web()

    result = evaluate(Host(services={"s": source, "h": Hiding(source=source)}))
    assert "services.h.services.x" in str(mistake_of(lambda: check(result)))
