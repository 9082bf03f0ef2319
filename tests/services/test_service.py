"""`Service`: what it is made of, what it groups, and what must hold for it."""

from __future__ import annotations

import pytest

from modsvc_dsl import (
    Assertion,
    Host,
    Process,
    Relations,
    Service,
    check,
    define,
    evaluate,
    find_warnings,
    host_unit,
    imports,
    json_data,
    later,
    option,
    when,
)
from modsvc_dsl.services.service import RELATIONS, is_enabled, runs
from tests.services.saying import ARGV, running, said, said_of

TOP = (
    *("process", "services", "config_data", "assertions", "warnings", "meta", "enable"),
    *("notification_protocol", "identity", "lifecycle", "relations", "hardening"),
    *("endpoints", "network", "schedule", "resources", "logging", "directories", "credentials"),
)


def test_the_top_level_is_fixed() -> None:
    """Every other name is free for options of users."""
    assert set(json_data(check(evaluate(running())))) == set(TOP)


@pytest.mark.parametrize("service", [Service(), Service(process=Process(environment={"A": "b"}))])
def test_a_service_runs_something_or_groups_services(service: Service) -> None:
    """One with neither is a mistake, said in whole."""
    (message,) = said_of(web=service)
    assert message.startswith(
        "`services.web.process.argv` has no value, and `services.web` has no services below it\n"
        "  service written at test_service.py\n"
    )
    assert message.endswith(
        "\n  to fix: define process.argv, or place services in it if it only groups them"
    )


def test_a_command_line_that_no_definition_survives_groups() -> None:
    """A condition decides whether a service runs something itself."""

    class Optional(Service):
        @define(Process.argv)
        def _argv(self) -> list[str]:
            return when(len(self.services) == 0, ARGV)

    alone = evaluate(Host(services={"a": Optional(), "b": Optional(services={"c": running()})}))
    assert runs(check(alone).services["a"]) and not runs(alone.services["b"])


class Web(Service):
    """A service with a sub-service that reads it."""

    process = Process(argv=["/bin/web"])

    @define(Service.services["log"])
    def _log(self) -> Service:
        return running(["/bin/log", *self.process.argv])


def test_services_nest() -> None:
    """To any depth, and instances may be placed any number of times."""
    web = Web()
    host = check(evaluate(Host(services={"a": web, "b": Service(services={"c": web, "d": web})})))
    for found in (host.services["a"], *host.services["b"].services.values()):
        assert found.services["log"].process.argv == ["/bin/log", "/bin/web"]
    assert not runs(host.services["b"]) and runs(host.services["a"].services["log"])


def test_belonging_implies_no_order() -> None:
    """A sub-service has no relation to the service that it belongs to."""
    log = check(evaluate(Host(services={"a": Web()}))).services["a"].services["log"]
    assert all(getattr(log.relations, relation) == [] for relation in RELATIONS)


class Asserting(Service):
    process = Process(argv=ARGV)

    @define(Service.assertions)
    def _assertions(self) -> list[Assertion]:
        return [Assertion(len(self.services) > 0, "needs a worker"), Assertion(True, "never said")]

    @define(Service.warnings)
    def _warnings(self) -> list[str]:
        return ["is slow"]


def test_assertions_carry_the_path_of_their_service() -> None:
    """And the line of the definition; those that hold say nothing."""
    (message,) = said_of(web=Service(services={"app": Asserting()}))
    assert message.startswith(
        "services.web.services.app: needs a worker\n  asserted at test_service.py\n"
    )
    assert said_of(web=Asserting(services={"worker": running()})) == []


def test_warnings_carry_the_path_of_their_service() -> None:
    """They stop nothing."""
    worker = {"worker": running()}
    host = Host(services={"web": Service(services={"app": Asserting(services=worker)})})
    result = check(evaluate(host))
    assert find_warnings(result) == [(("services", "web", "services", "app"), "is slow")]


def test_switching_off_holds_for_all_below() -> None:
    """`is_enabled` looks at everything that a service belongs to."""
    host = evaluate(
        Host(
            services={
                "a": Service(enable=False, services={"b": Service(services={"c": running()})})
            }
        )
    )
    assert host.services["a"].services["b"].enable
    assert not is_enabled(host.services["a"].services["b"].services["c"])
    on = evaluate(Host(services={"a": Service(services={"b": running()})}))
    assert is_enabled(on.services["a"].services["b"])


def test_relations_take_services_and_units_of_the_host() -> None:
    """An instance, a result and a unit's name stand for what they are, in order."""
    database = running()

    class Linked(Service):
        @define(Service.services["cache"])
        def _cache(self) -> Service:
            return running()

        @define(Service.services["app"])
        def _app(self) -> Service:
            return Service(
                process=Process(argv=ARGV),
                relations=Relations(
                    after=[database, self.services["cache"], host_unit("a.target")],
                    requires=[database],
                ),
            )

    host = check(evaluate(Host(services={"web": Linked(), "db": database})))
    app = host.services["web"].services["app"]
    assert json_data(app.relations.after) == [
        "services.db",
        "services.web.services.cache",
        '["a.target"]',
    ]
    assert app.relations.requires[0].process.argv == ARGV


def test_an_instance_without_a_place_cannot_be_referred_to() -> None:
    """The message names both lines."""
    lost = running()
    service = Service(process=Process(argv=ARGV), relations=Relations(after=[lost]))
    (message,) = said_of(web=service)
    assert message.startswith(
        "`services.web.relations.after[0]` refers to an instance of Service that is not placed "
        "anywhere in the evaluated tree\n  defined at test_service.py\n"
        "      service = Service(process=Process(argv=ARGV), relations=Relations(after=[lost]))\n"
    )
    assert message.endswith("\n  to fix: place the instance, as in services={'name': instance}")


def test_an_instance_with_two_places_is_ambiguous() -> None:
    """The nearest one counts; where none is nearer both are listed."""
    twin = running()
    reader = Service(process=Process(argv=ARGV), relations=Relations(after=[twin]))
    (message,) = said_of(x=twin, y=twin, web=reader)
    assert "that is placed 2 times: services.x, services.y\n" in message
    group = Service(services={"twin": twin, "reader": reader})
    near = check(evaluate(Host(services={"x": twin, "group": group})))
    after = near.services["group"].services["reader"].relations.after
    assert json_data(after) == ["services.group.services.twin"]


def test_a_text_is_no_reference() -> None:
    """Names of units are written with host_unit."""
    wrong = Relations(after=["db.service"])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    (message,) = said_of(web=Service(process=Process(argv=ARGV), relations=wrong))
    assert message.startswith(
        "`services.web.relations.after[0]` expects a Service that is placed in the tree\n"
        "  found 'db.service' (a string)\n"
    )


def test_hosts_are_no_services() -> None:
    """Neither imported nor placed."""
    wrong = {"web": Host()}
    (message,) = said(lambda: check(evaluate(Host(services=wrong))))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert message.startswith(
        "`services.web` takes modules of kind service, and Host is of kind host\n"
    )

    def import_it() -> None:
        @imports(Host)  # type: ignore[arg-type]  # pyright: ignore
        class Wrong(Service): ...

    (message,) = said(import_it)
    assert " takes modules of kind service, and Host is of kind host\n" in message


def test_a_number_is_no_service() -> None:
    """A dict of services holds services only; the message names the entry."""
    wrong = {"db": 3}
    (message,) = said(lambda: check(evaluate(Service(services=wrong))))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert message.startswith(
        "`services.db` expects a submodule (Service)\n  found 3 (an integer)\n"
    )


class Pool(Service):
    """As many services as somebody says, each made when it is read."""

    size: int = option(default=3)

    @define(Service.services)
    def _workers(self) -> dict[str, Service]:
        def worker(number: int) -> Service:
            return Service(process=Process(argv=["/bin/worker", str(number)]))

        return {f"w{n}": later(lambda n=n: worker(n)) for n in range(self.size)}


def test_as_many_services_as_somebody_says() -> None:
    """Each with its own number, although all are made in one loop."""
    pool = check(evaluate(Pool(size=2)))
    assert [each.process.argv[1] for each in pool.services.values()] == ["0", "1"]
