"""Limits and the places of output as directives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from modsvc_dsl import Host, Logging, Process, Resources, Service, build, check, evaluate
from tests.managers.systemd.reading import ARGV, section_of, unit_text


def section(**groups: Any) -> dict[str, list[str]]:
    """The [Service] of a service with some groups."""
    host = Host(services={"it": Service(process=Process(argv=ARGV), **groups)})
    tree = build(check(evaluate(host))).trees["host"]
    return section_of(unit_text(tree, "it.service"), "Service")


LIMITS: list[tuple[dict[str, Any], dict[str, str]]] = [
    (
        {"memory_max": "512M", "memory_high": "1M"},
        {"MemoryMax": "536870912", "MemoryHigh": "1048576"},
    ),
    ({"memory_low": "2M", "swap_max": 0}, {"MemoryLow": "2097152", "MemorySwapMax": "0"}),
    ({"cpu_quota": "12.5%", "cpu_weight": 7}, {"CPUQuota": "12.5%", "CPUWeight": "7"}),
    ({"cpu_quota": 400}, {"CPUQuota": "400%"}),
    ({"io_weight": 9, "io_class": "idle"}, {"IOWeight": "9", "IOSchedulingClass": "idle"}),
    ({"nice": -5, "oom_score": -900}, {"Nice": "-5", "OOMScoreAdjust": "-900"}),
    ({"tasks_max": 5, "open_files": 65536}, {"TasksMax": "5", "LimitNOFILE": "65536"}),
    (
        {"tasks_max": "unlimited", "locked_memory": "unlimited", "core_dumps": True},
        {"TasksMax": "infinity", "LimitMEMLOCK": "infinity", "LimitCORE": "infinity"},
    ),
    ({"locked_memory": 4096, "core_dumps": False}, {"LimitMEMLOCK": "4096", "LimitCORE": "0"}),
]


@pytest.mark.parametrize(("options", "directives"), LIMITS)
def test_limits_are_directives(options: dict[str, Any], directives: dict[str, str]) -> None:
    """And those alone come in."""
    found, plain = section(resources=Resources(**options)), section()
    assert {name: text for name, text in found.items() if plain.get(name) != text} == {
        name: [text] for name, text in directives.items()
    }


OUTPUTS: list[tuple[dict[str, Any], dict[str, str]]] = [
    ({"stdout": "null"}, {"StandardOutput": "null", "StandardError": "inherit"}),
    (
        {"stdout": Path("/var/log/a b/100%n.log"), "stderr": "log"},
        {"StandardOutput": "append:/var/log/a b/100%%n.log", "StandardError": "journal"},
    ),
    (
        {"level_max": "critical", "identifier": "it", "rate_burst": 5, "rate_interval": "1min"},
        {
            "StandardOutput": "journal",
            "StandardError": "inherit",
            "SyslogIdentifier": "it",
            "LogLevelMax": "crit",
            "LogRateLimitIntervalSec": "60s",
            "LogRateLimitBurst": "5",
        },
    ),
]


@pytest.mark.parametrize(("options", "directives"), OUTPUTS)
def test_places_of_output_are_directives(
    options: dict[str, Any], directives: dict[str, str]
) -> None:
    """A percent sign in a path is one, and a blank parts nothing."""
    found, plain = section(logging=Logging(**options)), section()
    assert {name: text for name, text in found.items() if name not in plain} == {
        name: [text] for name, text in directives.items()
    }
