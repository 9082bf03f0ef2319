"""What the system says of the units that services make; what the visible vectors leave out."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conformance.services.outcome import outcome
from tests.conformance.types import Json

RUN: Json = {"process": {"argv": ["/bin/run"]}}


def result(*modules: Json) -> Json:
    """The result of modules that are evaluated together."""
    named = {f"m{number}": module for number, module in enumerate(modules)}
    return outcome({"id": "it", "modules": named, "roots": list(named)})


def web(**more: Any) -> Json:
    """A module with one service."""
    return {"config": {"system": {"services": {"web": {**RUN, **more}}}}}


def system(**more: Any) -> Json:
    """A module that says something of units."""
    return {"config": {"systemd": more}}


def unit_of(found: Json, name: str = "web.service") -> Json:
    """The sections of a unit, without those of every service."""
    sections: Json = found["ok"]["units"][name]
    return {key: value for key, value in sections.items() if value and key != "Service"}


def test_a_condition_around_what_the_system_says_counts() -> None:
    about = system(services={"web": {"description": "said"}})["config"]
    both = [result(web(), {"config": {"$if": [wanted, about]}}) for wanted in (False, True)]
    assert "Unit" not in unit_of(both[0])
    assert unit_of(both[1])["Unit"] == [["Description", "said"]]


def test_a_service_of_a_definition_has_the_unit_that_the_system_means() -> None:
    placed = {"definitions": [{"path": ["system", "services", "web"], "value": RUN}]}
    found = result(placed, system(services={"web": {"description": "said"}}))
    assert unit_of(found)["Unit"] == [["Description", "said"]]


@pytest.mark.parametrize("name", ["web", "web-a"])
def test_the_system_adds_to_the_sockets_of_services(name: str) -> None:
    listening = {"sockets": {name.removeprefix("web").strip("-"): {"listenStreams": ["80"]}}}
    found = result(web(systemd=listening), system(sockets={name: {"description": "said"}}))
    assert unit_of(found, f"{name}.socket") == {
        "Unit": [["Description", "said"]],
        "Socket": [["ListenStream", "80"]],
    }


def test_the_system_adds_to_the_timers_of_services() -> None:
    started = web(systemd={"service": {"startAt": "daily"}})
    found = result(started, system(timers={"web": {"timerConfig": {"Persistent": True}}}))
    assert unit_of(found, "web.timer")["Timer"] == [["OnCalendar", "daily"], ["Persistent", "true"]]


@pytest.mark.parametrize("property_", [{"$force": 0}, {"$override": [70, 0]}])
def test_a_stronger_whole_unit_keeps_all_that_it_says_itself(property_: Json) -> None:
    said = {"description": "only", "serviceConfig": {"X": "1"}, "environment": {"A": "1"}}
    marker, content = next(iter(property_.items()))
    strong = {marker: said if content == 0 else [content[0], said]}
    weaker = web(systemd={"service": {"serviceConfig": {"Y": "2"}, "unitConfig": {"Z": "3"}}})
    found = result(weaker, system(services={"web": strong}))
    assert found["ok"]["units"] == {
        "web.service": {
            "Unit": [["Description", "only"]],
            "Service": [["Environment", "A=1"], ["X", "1"]],
        }
    }


def test_a_whole_unit_with_the_priority_of_a_plain_one_is_plain() -> None:
    own = web(systemd={"service": {"$override": [100, {"description": "said"}]}})
    assert unit_of(result(own)) == {
        "Unit": [["Description", "said"]],
        "Install": [["WantedBy", "multi-user.target"]],
    }


def test_an_automount_has_the_name_of_its_path() -> None:
    found = result(system(automounts=[{"where": "/mnt/a", "wantedBy": ["multi-user.target"]}]))
    assert found["ok"]["units"] == {"mnt-a.automount": {"Automount": [["Where", "/mnt/a"]]}}
    assert found["ok"]["install"] == {"mnt-a.automount": {"wantedBy": ["multi-user.target"]}}


def test_a_variable_for_all_services_may_be_none() -> None:
    found = result(web(), system(globalEnvironment={"A": None, "B": "1"}))
    assert ["Environment", "B=1"] in found["ok"]["units"]["web.service"]["Service"]


def test_files_below_etc_are_checked() -> None:
    def file(text: Any) -> Json:
        return {"config": {"environment": {"etc": {"motd": {"text": text}}}}}

    assert "ok" in result(file("a"))
    assert result(file(1))["error"] == "type"
    assert result(file("a"), file("b"))["error"] == "conflict"


@pytest.mark.parametrize("wrong", [0, True, "text", ["item"]])
def test_what_is_no_dict_of_units_is_refused(wrong: Any) -> None:
    assert result({"config": {"systemd": wrong}})["error"] == "type"
    assert result(web(systemd=wrong))["error"] == "type"
