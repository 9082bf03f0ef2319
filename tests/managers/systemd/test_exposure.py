"""What `systemd-analyze security` prints, understood."""

from __future__ import annotations

import json

import pytest

from modsvc_dsl.managers.systemd.exposure import Cost, costs, exposures, services_of_tree
from modsvc_dsl.managers.tree import File, Link


def test_the_exposure_of_each_unit() -> None:
    """In whatever signs the locale allows."""
    output = (
        "✗ PrivateNetwork= Service has access to the host's network 0.5\n"
        "\n→ Overall exposure level for web.service: 8.4 EXPOSED 🙁\n"
        "-> Overall exposure level for a:b-\\x2d.service: 10 UNSAFE\n"
    )
    assert exposures(output) == {"web.service": 8.4, "a:b-\\x2d.service": 10.0}
    assert exposures("") == {}


def test_what_costs_most() -> None:
    """At most five, the most costly first; what costs nothing is left out."""
    rows = [
        {"name": f"D{n}=", "exposure": text, "description": f"d{n}", "set": False}
        for n, text in enumerate(["0.1", None, "0.3", "0.0", "0.2", "0.1", "0.3", "0.1"])
    ]
    found = costs(json.dumps(rows))
    assert found[0] == Cost("D2=", 0.3, "d2")
    assert [each.directive for each in found] == ["D2=", "D6=", "D4=", "D0=", "D5="]


@pytest.mark.parametrize("output", ["", "{}x", "[{}]", "[1]", '[{"name": 1}]'])
def test_another_form_is_said_to_be_none(output: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(ValueError):
        costs(output)


def test_service_units_that_can_be_judged() -> None:
    """Not links, drop-ins, other types, templates."""
    unit = File(b"")
    tree: dict[str, File | Link] = {
        "etc/systemd/system/a.service": unit,
        "etc/systemd/system/b.socket": unit,
        "etc/systemd/system/c@.service": unit,
        "etc/systemd/system/d.service.d/50-modsvc.conf": unit,
        "etc/systemd/system/e.service": Link("/dev/null"),
        "etc/a.service": unit,
    }
    assert services_of_tree(tree) == ["a.service"]
