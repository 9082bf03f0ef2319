"""Limits are amounts with units, within reason, and do not contradict each other."""

from __future__ import annotations

from typing import Any

import pytest

from modsvc_dsl import Process, Resources, Service, json_data
from tests.services.saying import ARGV, on_host, running, said_of


def limited(**options: Any) -> Service:
    return Service(process=Process(argv=ARGV), resources=Resources(**options))


def test_nothing_is_limited_unless_said() -> None:
    """Each is the manager's own choice."""
    assert set(json_data(on_host(running()).resources).values()) == {None}


def test_amounts_are_read() -> None:
    """Texts with units, and numbers."""
    found = on_host(limited(memory_max="1G 512M", swap_max=0, cpu_quota="150%", locked_memory="8M"))
    assert found.resources.memory_max == 1610612736
    assert (found.resources.swap_max, found.resources.cpu_quota) == (0, 150)
    assert found.resources.locked_memory == 8 << 20
    assert on_host(limited(locked_memory="unlimited")).resources.locked_memory == "unlimited"


@pytest.mark.parametrize(
    ("name", "value", "expects"),
    [
        ("memory_max", 512, "a size of at least 1M or None"),
        ("memory_high", -1, "a size of at least 1M or None"),
        ("memory_low", "50%", "a size of at least 1M or None"),
        ("memory_max", "infinity", "a size of at least 1M or None"),
        ("swap_max", -1, "a size or None"),
        ("cpu_quota", 0, "a share of at least 1% or None"),
        ("cpu_quota", 0.5, "a share of at least 1% or None"),
        ("cpu_quota", "half", "a share of at least 1% or None"),
        ("cpu_weight", 0, "an integer between 1 and 10000, or None"),
        ("io_weight", 10001, "an integer between 1 and 10000, or None"),
        ("nice", 20, "an integer between -20 and 19, or None"),
        ("oom_score", -1001, "an integer between -1000 and 1000, or None"),
        ("open_files", 0, "an integer between 8 and 1073741824, or None"),
    ],
)
def test_absurd_amounts_are_refused(name: str, value: Any, expects: str) -> None:
    """With the bounds."""
    (message,) = said_of(it=limited(**{name: value}))
    assert message.startswith(f"`services.it.resources.{name}` expects {expects}\n  found ")


@pytest.mark.parametrize("value", [0, -1, "infinity", 2**22 + 1])
def test_tasks_are_counted_or_unlimited(value: Any) -> None:
    """By the word for it."""
    (message,) = said_of(it=limited(tasks_max=value))
    assert message.startswith("`services.it.resources.tasks_max` expects ")
    assert "'unlimited'" in message


def test_what_takes_hold_first_is_no_more_than_what_takes_hold_last() -> None:
    """Both lines are told; equal ones are fine."""
    assert said_of(it=limited(memory_low="1G", memory_high="1G", memory_max="1G")) == []
    assert said_of(it=limited(memory_low="2G", memory_max="1G")) == [
        "`services.it.resources.memory_low` is 2G, and memory_max is 1G, which is less\n"
        "  `memory_low` defined at test_resources.py\n"
        "      return Service(process=Process(argv=ARGV), resources=Resources(**options))\n"
        "  `memory_max` defined at test_resources.py\n"
        "      return Service(process=Process(argv=ARGV), resources=Resources(**options))\n"
        "  to fix: write a memory_max of at least 2G, or a smaller memory_low"
    ]
