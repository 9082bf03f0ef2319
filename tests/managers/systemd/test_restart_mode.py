"""Handlers of a failure wait until a service is left failed, whatever the version of systemd."""

from __future__ import annotations

from typing import Any

import pytest

from modsvc_dsl import Lifecycle, Process, Relations, Service, systemd
from tests.managers.systemd.reading import ARGV, section_of, tree_of, unit_text

RUN = Process(argv=ARGV)


def mode(version: int, *imports: Any, handled: bool = True, **life: Any) -> list[str] | None:
    """What the unit of a service says of how it is started again."""
    mail = Service(process=RUN, lifecycle=Lifecycle(start_at_boot=False))
    relations = Relations(on_failure=[mail] if handled else [])
    it = Service(process=RUN, relations=relations, lifecycle=Lifecycle(**life), imports=imports)
    tree = tree_of({"it": it, "mail": mail}, version=version)
    assert "RestartMode" not in unit_text(tree, "mail.service")
    return section_of(unit_text(tree, "it.service"), "Service").get("RestartMode")


@pytest.mark.parametrize(("version", "said"), [(252, None), (253, None), (254, ["direct"])])
def test_it_is_said_where_a_restart_would_be_a_failure(version: int, said: Any) -> None:
    """Since 254; before, there is no such directive, and no need of it."""
    assert mode(version) == mode(version, restart="on-failure") == said
    assert mode(257) == ["direct"]


def test_it_is_not_said_without_need() -> None:
    """Where nobody is told of a failure, or where each one is the last."""
    assert mode(257, handled=False) is None
    assert mode(257, restart="no") is None
    assert mode(257, systemd(unit={"OnFailure": ["mail.service"]}), handled=False) is None


def test_what_is_said_to_systemd_itself_stands() -> None:
    """Somebody may want to hear of each."""
    assert mode(257, systemd(service={"RestartMode": "normal"})) == ["normal"]
