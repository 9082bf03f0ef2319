"""Schedules as timers."""

from __future__ import annotations

from typing import Any

import pytest

from modsvc_dsl import Host, Process, Schedule, Service, build, check, evaluate, systemd
from modsvc_dsl.managers.systemd.trace import trace
from tests.managers.systemd.reading import ARGV, section_of, unit_text


def tree_of(service: Service) -> Any:
    return build(check(evaluate(Host(services={"it": service})))).trees["host"]


def timer(imports: Any = (), **options: Any) -> Any:
    """The [Timer] of a scheduled service."""
    service = Service(
        process=Process(argv=ARGV), schedule=Schedule(**options), imports=list(imports)
    )
    return section_of(unit_text(tree_of(service), "it.timer"), "Timer")


TIMERS: list[tuple[dict[str, Any], dict[str, list[str]]]] = [
    (
        {"calendar": ["daily", "Mon 3:00"]},
        {"OnCalendar": ["*-*-* 00:00:00", "Mon *-*-* 03:00:00"], "Persistent": ["true"]},
    ),
    (
        {"calendar": "daily", "persistent": False, "random_delay": "1h", "accuracy": "1ms"},
        {
            "OnCalendar": ["*-*-* 00:00:00"],
            "Persistent": ["false"],
            "RandomizedDelaySec": ["3600s"],
            "AccuracySec": ["1ms"],
        },
    ),
    ({"every": "10min"}, {"OnUnitActiveSec": ["600s"], "OnActiveSec": ["600s"]}),
    ({"after_end": "10min"}, {"OnUnitInactiveSec": ["600s"], "OnActiveSec": ["600s"]}),
    ({"every": "1h", "after_boot": 0}, {"OnBootSec": ["0s"], "OnUnitActiveSec": ["3600s"]}),
    ({"after_start": "5s"}, {"OnActiveSec": ["5s"]}),
]


@pytest.mark.parametrize(("options", "directives"), TIMERS)
def test_a_schedule_is_a_timer(options: dict[str, Any], directives: Any) -> None:
    """One that is started with the host; without a first time it would wait for ever."""
    assert dict(timer(**options)) == directives


def test_only_the_timer_is_started_with_the_host() -> None:
    """The service itself is wanted by nothing."""
    service = Service(process=Process(argv=ARGV), schedule=Schedule(calendar="daily"))
    assert sorted(tree_of(service)) == [
        "etc/systemd/system/it.service",
        "etc/systemd/system/it.timer",
        "etc/systemd/system/timers.target.wants/it.timer",
    ]


def test_what_is_said_to_systemd_itself_competes() -> None:
    """Times join, and a directive of its own is kept beside."""
    found = timer([systemd(timer={"OnCalendar": ["weekly"], "WakeSystem": True})], calendar="daily")
    assert found["OnCalendar"] == ["*-*-* 00:00:00", "weekly"]
    assert found["WakeSystem"] == ["true"]


def test_a_line_leads_to_its_option() -> None:
    """For findings of systemd itself."""
    service = Service(process=Process(argv=ARGV), schedule=Schedule(every="5s"))
    it = check(evaluate(Host(services={"it": service}))).services["it"]
    found = trace(it, "it.timer", "Timer", "OnUnitActiveSec", "5s")
    assert found.path == ("services", "it", "schedule", "every")
    assert [location.file for _, location in found.places] == [__file__]
