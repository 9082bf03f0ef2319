"""Names of units, and which units a reference means."""

from __future__ import annotations

from typing import Any

import pytest

from modsvc_dsl import Fleet, Host, Process, Relations, Service, check, define, evaluate, host_unit
from modsvc_dsl.managers.systemd.names import base_name, name_mistake, title, unit_name
from tests.managers.systemd.reading import ARGV, running, texts, tree_of, read_unit, unit_text
from tests.services.saying import said, said_of


def related(**relations: Any) -> Service:
    """A service with relations."""
    return Service(process=Process(argv=ARGV), relations=Relations(**relations))


def nested() -> Service:
    """The result of a service below another."""
    host = Host(services={"web": Service(services={"db": running()})})
    return check(evaluate(host)).services["web"].services["db"]


def test_the_names_on_the_path_are_joined_by_dashes() -> None:
    """A further unit adds its key, and the empty key is the service itself."""
    service = nested()
    assert base_name(service) == "web-db"
    assert unit_name(service, "", "service") == "web-db.service"
    assert unit_name(service, "daily", "timer") == "web-db-daily.timer"


def test_a_title_is_for_people() -> None:
    """A name that could not stand on a line is shown as Python would write it."""
    assert title(nested()) == "web-db" and title(nested(), " / ") == "web / db"
    odd = evaluate(Host(services={"a\\": running(), "b\n": running()}))
    assert [title(service) for service in odd.services.values()] == ["'a\\\\'", "'b\\n'"]


@pytest.mark.parametrize(
    ("unit", "why"),
    [
        ("a b.service", "'a b.service' contains U+0020 (space); letters, digits and :-_.\\@ are"),
        ("é.service", "'é.service' contains 'é' (U+00E9); letters, digits and :-_.\\@ are allowed"),
        ("a%n.service", "'a%n.service' contains '%' (U+0025); letters, digits and :-_.\\@ are"),
        (".service", "'.service' has nothing before .service"),
        ("@a.service", "'@a.service' begins with @; a template needs a name before it"),
        ("a" * 250 + ".service", "the name has more than 255 characters: aaaaaaaaaaaa"),
    ],
)
def test_a_name_that_systemd_refuses(unit: str, why: str) -> None:
    """The message has the unit, the reason, and where the service was placed."""
    mistake = name_mistake(nested(), unit)
    assert mistake is not None
    lines = str(mistake).split("\n")
    assert lines[0].startswith("`services.web.services.db` makes the unit ")
    assert f": {why}" in lines[0]
    assert lines[1].startswith("  placed at ")
    advice = "name the service with letters, digits, - and _"
    if "more than 255" in why:
        advice = "give the service a shorter name, or place it below fewer services"
    assert lines[-1] == f"  to fix: {advice}"
    assert name_mistake(nested(), "web-db.service") is None


def test_references_look_through_groups() -> None:
    """A grouping service means all of its units but the reader's own."""

    class Shop(Service):
        @define(Service.services["db"])
        def _db(self) -> Service:
            return running()

        @define(Service.services["app"])
        def _app(self) -> Service:
            return related(after=[self])

    tree = tree_of({"shop": Shop()})
    assert texts(read_unit(unit_text(tree, "shop-app.service")), "After") == ["shop-db.service"]


def test_a_service_that_runs_means_its_own_unit_only() -> None:
    """What is below it has to be named."""
    outer = Service(process=Process(argv=ARGV), services={"inner": running()})
    tree = tree_of({"outer": outer, "web": related(after=[outer])})
    assert texts(read_unit(unit_text(tree, "web.service")), "After") == ["outer.service"]


@pytest.mark.parametrize("relation", ["after", "before", "wants", "part_of", "conflicts"])
def test_what_is_switched_off_is_nothing_to_wait_for(relation: str) -> None:
    """It never starts, so an order to it holds by itself; also where its parent is off."""
    db = running()
    off = Service(enable=False, services={"db": db})
    tree = tree_of({"off": off, "web": related(**{relation: [db, off]})})
    assert list(tree) == [
        "etc/systemd/system/multi-user.target.wants/web.service",
        "etc/systemd/system/web.service",
    ]
    assert "off-db" not in unit_text(tree, "web.service")


def test_to_require_what_is_switched_off_is_a_mistake() -> None:
    """It could never start; both relations are told, in whole messages."""
    db = Service(process=Process(argv=ARGV), enable=False)
    web = related(requires=[db], binds_to=[db], after=[db])
    assert said_of(db=db, web=web) == [
        f"`services.web.relations.{relation}` refers to `services.db`, which is switched off\n"
        "  defined at test_names.py\n"
        "      return Service(process=Process(argv=ARGV), relations=Relations(**relations))\n"
        f"  to fix: switch it on, or take it out of {relation}"
        for relation in ("requires", "binds_to")
    ]


def test_to_require_a_group_without_units_is_a_mistake() -> None:
    """Nothing of it runs."""
    group = Service(services={"a": Service(process=Process(argv=ARGV), enable=False)})
    (message,) = said_of(group=group, web=related(requires=[group]))
    assert message.startswith(
        "`services.web.relations.requires` refers to `services.group`, which runs nothing\n"
    )


def test_a_service_of_another_host_is_no_unit_of_this_one() -> None:
    """Requirement and order do not cross the network, and the message says what does."""
    db = running()
    fleet = Fleet(
        hosts={"one": Host(services={"db": db}), "two": Host(services={"web": related(after=[db])})}
    )
    (message,) = said(lambda: check(evaluate(fleet)))
    assert message.startswith(
        "`hosts.two.services.web.relations.after` refers to `hosts.one.services.db`, which is on "
        "another host\n  defined at test_names.py\n"
    )
    assert message.endswith(
        "\n  to fix: a manager knows the services of its own host: let the program wait for the other "
        "one"
    )


def test_the_same_instance_on_the_same_host_is_meant() -> None:
    """An instance that is placed on each host is no reference across hosts."""
    db = running()
    host = Host(services={"db": db, "web": related(requires=[db])})
    assert said(lambda: check(evaluate(Fleet(hosts={"one": host, "two": host})))) == []


def test_a_service_does_not_wait_for_itself() -> None:
    """systemd would drop the line."""

    class Me(Service):
        process = Process(argv=ARGV)

        @define(Relations.after)
        def _after(self) -> list[Service]:
            return [self]

    (message,) = said_of(web=Me())
    assert message == (
        "`services.web.relations.after` refers to the service itself\n"
        "  defined at test_names.py\n"
        "      def _after(self) -> list[Service]:\n"
        "  to fix: take it out"
    )


@pytest.mark.parametrize(
    "name", ["network", "a b.target", "../a.target", "", "a.target b.target", "%n.target"]
)
def test_names_of_units_of_the_host_are_checked(name: str) -> None:
    """One name with its suffix."""
    (message,) = said_of(web=related(after=[host_unit(name)]))
    assert message.startswith(
        "`services.web.relations.after` refers to a unit of the host that cannot be: "
    )
    assert message.endswith(
        "\n  to fix: write the name of a unit of the host, as in "
        'host_unit("network-online.target")'
    )
