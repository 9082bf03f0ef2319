"""What `systemd-analyze security` says, understood.

In: its output, the tree that it looked at and the services of the host. Out: how exposed each unit is,
and findings on those that are too much so. Refuses to run it, and to weigh anything by itself: numbers
and words are those of systemd 252 to 257.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from ...services.path import service_path
from ...services.service import Service, enabled
from ..tree import File, Link, Tree
from .findings import UnitFinding
from .scope import SYSTEM, Scope
from .trace import Trace, whole

FIRST_OFFLINE = 250
"""The version of systemd-analyze(1) that first looks at files of units: `security --offline=`."""

MOST_COSTS = 5
"""How many of the directives that cost most are named."""

_OVERALL = re.compile(r"Overall exposure level for (?P<unit>\S+): (?P<level>\d+(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a directive adds to the exposure of a unit, since it is not set, or not as it might be."""

    directive: str
    exposure: float
    description: str


def exposures(output: str) -> dict[str, float]:
    """The exposure of each unit, from 0 to 10, in the text that the command prints for people."""
    return {found["unit"]: float(found["level"]) for found in _OVERALL.finditer(output)}


def costs(output: str) -> list[Cost]:
    """What adds most to the exposure of one unit, in what the command prints with `--json=short`.

    Raises ValueError for what is no such output.
    """
    try:
        found = [
            Cost(each["name"], float(each["exposure"] or 0), each["description"])
            for each in json.loads(output)
        ]
    except (TypeError, KeyError) as error:
        raise ValueError(f"unknown form: {error}") from error
    costly = [each for each in found if each.exposure > 0]
    return sorted(costly, key=lambda each: (-each.exposure, each.directive))[:MOST_COSTS]


def services_of_tree(tree: Tree, scope: Scope = SYSTEM) -> list[str]:
    """The names of the service units that a tree has files for, templates aside."""
    files = (path for path, entry in tree.items() if isinstance(entry, File))
    names = (
        path.removeprefix(f"{scope.units}/") for path in files if path.startswith(f"{scope.units}/")
    )
    return [name for name in names if re.fullmatch(r"[^/]*[^/@]\.service", name)]


def too_exposed(
    unit: str,
    exposure: float,
    most: float,
    found: list[Cost],
    entry: File | Link,
    services: Mapping[str, Service],
) -> UnitFinding:
    """The finding on a unit that is more exposed than it may be, at the service that makes it.

    `entry` is its file in the tree.
    """
    lines = ["what costs most:"]
    lines += [f"{each.directive} {each.exposure:.1f}: {each.description}" for each in found]
    message = f"its exposure is {exposure:g}, and may be {most:g}"
    return UnitFinding(unit, message, "\n".join(lines), _owner(entry, services))


def _owner(entry: File | Link, services: Mapping[str, Service]) -> Trace:
    owner = next((each for each in enabled(services) if service_path(each) == entry.service), None)
    return whole(owner) if owner is not None else Trace((), ())
