"""References look into the module in which they are written, wherever their value stands."""

from __future__ import annotations

from typing import Any

from tests.conformance.services.references import renamed
from tests.conformance.types import Json


def within(value: Any) -> Json:
    """A module with a service that is a module with this unit."""
    return {"config": {"system": {"services": {"web": {"$module": {"config": unit(value)}}}}}}


def unit(value: Any) -> Json:
    """The unit of a service that says something."""
    return {"systemd": {"service": {"serviceConfig": {"X": value}}}}


def test_a_path_is_renamed_by_the_module_around_it() -> None:
    file = ["configData", "c", "path"]
    assert renamed(within({"$ref": file})) == within({"$ref": ["config_data", "c", "path"]})
    of_system = {"$ref": ["system", "services", "web", *file]}
    path = ["services", "web", "config_data", "c", "path"]
    assert renamed({"config": unit(of_system)}) == {"config": unit({"$ref": path})}
    assert renamed(within({"$root": of_system["$ref"]})) == within({"$root": path})


def test_conditions_are_renamed() -> None:
    asked = {"$isDefined": ["systemd", "mainExecStart"]}
    ours = {"$isDefined": ["systemd", "main_exec_start"]}
    assert renamed(within({"$if": [asked, 1]})) == within({"$if": [ours, 1]})


def test_a_name_is_that_of_the_module_around_it() -> None:
    name = {"$arg": "name"}
    assert renamed(within(name)) == within(name)
    further = {"systemd": {"services": {"a": {"$module": {"config": {"description": name}}}}}}
    deep = {"services": {"web": {"services": {"db": further}}}}
    found = renamed({"config": {"system": deep}})
    inner = found["config"]["system"]["services"]["web"]["services"]["db"]["systemd"]["services"]
    assert inner["a"]["$module"]["config"]["description"] == "web-db-a"


def test_imports_and_what_stands_as_it_is() -> None:
    given = {"imports": ["m", {"$alias": {"from": ["configData"], "to": ["systemd", "x"]}}]}
    assert renamed(given) == given
    literal = {"config": {"a": {"$lit": {"$ref": ["system", "services", "b", "configData"]}}}}
    assert renamed(literal) == literal
