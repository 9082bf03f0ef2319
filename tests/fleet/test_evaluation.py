"""Evaluation: every service gets the modules of its host's manager, and of no other."""

from __future__ import annotations

from modsvc_dsl import (
    Fleet,
    Host,
    Manager,
    Module,
    Service,
    SystemdManager,
    SystemdService,
    argument,
    check,
    evaluate,
    option,
)
from modsvc_dsl.fleet.evaluation import manager_of
from tests.services.saying import running


class Bare(Manager):
    """A manager that brings nothing."""

    name = "bare"


def test_services_of_a_host_get_its_managers_module() -> None:
    """At any depth; those of a host with another manager do not."""
    web = Service(services={"db": Service(services={"log": running()})})
    fleet = evaluate(
        Fleet(
            hosts={
                "a": Host(services={"web": web}),
                "b": Host(manager=Bare(), services={"web": web}),
            }
        )
    )
    one, other = (fleet.hosts[name].services["web"].services["db"] for name in "ab")
    assert SystemdService in one and SystemdService in one.services["log"]
    assert SystemdService not in other and SystemdService not in other.services["log"]


def test_a_service_alone_has_the_manager_that_is_handed_over() -> None:
    """And so have those below it; without one there is none."""
    group = Service(services={"a": running()})
    managed = evaluate(group, manager=SystemdManager())
    assert SystemdService in managed and SystemdService in managed.services["a"]
    alone = evaluate(group)
    assert SystemdService not in alone and SystemdService not in alone.services["a"]


def test_a_hosts_own_manager_comes_before_the_one_handed_over() -> None:
    """What is said of a host is not overruled from outside."""
    host = evaluate(Host(manager=Bare(), services={"a": running()}), manager=SystemdManager())
    assert SystemdService not in host.services["a"]


def test_the_manager_of_a_place() -> None:
    """That of the host around it, None where there is none."""
    host = evaluate(Host(manager=Bare(), services={"a": Service(services={"b": running()})}))
    manager = manager_of(host.services["a"].services["b"].__node__)
    assert manager is not None and manager.name == "bare"
    assert manager_of(evaluate(running()).__node__) is None


class Sized(Module):
    """A module of no kind."""

    size: int = option(default=3)
    label: str = option(compute=lambda self: argument(self, "label"))


def test_other_modules_are_evaluated_as_they_are() -> None:
    """With arguments from outside, and without a manager."""
    result = check(evaluate(Sized(size=4), arguments={"label": "x"}, manager=SystemdManager()))
    assert (result.size, result.label) == (4, "x")
    assert SystemdService not in result


def test_nothing_is_computed_before_it_is_read() -> None:
    """A wrong host next door is no trouble."""
    fleet = evaluate(
        Fleet(hosts={"a": Host(services={"x": Service()}), "b": Host(services={"y": running()})})
    )
    assert fleet.hosts["b"].services["y"].process.argv == ["/usr/bin/true"]
