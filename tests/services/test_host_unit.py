"""Units that a host has already, where a reference to a service may stand."""

from __future__ import annotations

from typing import Any

from modsvc_dsl import Process, Relations, Service, check, evaluate, host_unit, json_data
from modsvc_dsl.services.host_unit import HostUnit
from tests.services.saying import ARGV


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
