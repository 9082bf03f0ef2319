"""Services that say which managers cannot run them."""

from __future__ import annotations

from typing import Any, cast

from modsvc_dsl import Host, Meta, Process, Service, SupervisorManager, build, evaluate
from tests.services.saying import said, said_of

REASON = "needs socket activation"
WEB = Service(process=Process(argv=["/bin/a"]), meta=Meta(unsupported={"supervisor": REASON}))


def test_a_service_in_the_wrong_place_is_a_mistake_with_its_reason() -> None:
    """It leads to the service, and to where it is said."""
    host = Host(manager=SupervisorManager(user="a"), services={"web": WEB})
    assert said(lambda: build(evaluate(host))) == [
        "`services.web` cannot run under supervisor, which manages this host\n"
        f"  reason: {REASON}\n"
        "  service written at test_support.py\n"
        '      WEB = Service(process=Process(argv=["/bin/a"]), meta=Meta(unsupported={"supervisor": REASON}))\n'
        "  said to be unsupported at test_support.py\n"
        '      WEB = Service(process=Process(argv=["/bin/a"]), meta=Meta(unsupported={"supervisor": REASON}))\n'
        "  to fix: place it on a host with another manager, or switch it off here: enable=False"
    ]


def test_it_runs_elsewhere() -> None:
    """And where it is switched off nobody minds."""
    assert said(lambda: build(evaluate(Host(services={"web": WEB})))) == []
    off = Service(imports=[WEB], enable=False)
    host = Host(manager=SupervisorManager(user="a"), services={"web": off})
    assert said(lambda: build(evaluate(host))) == []


def test_a_manager_that_there_is_not() -> None:
    """A misspelt name would never be heard of."""
    meta = Meta(unsupported=cast(Any, {"supervisr": "no"}))
    (message,) = said_of(web=Service(process=Process(argv=["/bin/a"]), meta=meta))
    assert message.startswith("`services.web.meta.unsupported` expects keys that are each one of ")
    assert message.endswith("  to fix: did you mean 'supervisor'?")
