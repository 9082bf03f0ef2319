"""Options that say something of a process where there is none."""

from __future__ import annotations

from typing import Any

import pytest

from modsvc_dsl import Host, Identity, Lifecycle, Process, Service, check, default, evaluate
from modsvc_dsl.managers.unused import unused_options
from tests.services.saying import running


def notes(**options: Any) -> list[str]:
    """The notes on a service that only groups others."""
    group = Service(services={"a": running()}, **options)
    return list(unused_options(check(evaluate(Host(services={"it": group}))).services["it"]))


def test_a_group_that_only_groups_has_no_note() -> None:
    """Defaults are nobody's word."""
    assert notes() == []


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"identity": Identity(user="web")}, "identity.user has"),
        ({"process": Process(environment={"A": "b"})}, "process.environment has"),
        (
            {"lifecycle": Lifecycle(restart="no", type="exec"), "identity": Identity(group="x")},
            "identity.group, lifecycle.type and lifecycle.restart have",
        ),
    ],
)
def test_what_is_said_in_vain_is_noted(options: dict[str, Any], what: str) -> None:
    """All of it in one line."""
    assert notes(**options) == [f"`services.it`: has no process of its own, so {what} no effect"]


def test_a_default_is_no_word_either() -> None:
    """A mixin may suggest something for all services that import it."""
    assert notes(identity=Identity(user=default("web"))) == []
