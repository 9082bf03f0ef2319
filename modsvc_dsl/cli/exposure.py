"""`systemd-analyze security` over the service units of a host.

In: the tree of a host, and how exposed a unit may be. Out: findings, as `managers.systemd.exposure` makes
them. Refuses to weigh anything by itself, and to pass what nobody looked at.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from ..language.errors import Report
from ..managers.systemd.exposure import (
    FIRST_OFFLINE,
    Cost,
    costs,
    exposures,
    services_of_tree,
    too_exposed,
)
from ..managers.systemd.findings import UnitFinding
from ..managers.systemd.scope import SCOPES, Scope
from ..managers.tree import Tree
from . import systemd_analyze
from .exits import Exit, Failure


# Any: the result of a host, whose services are only known to the manager
def judge(tree: Tree, host: Any, most: float) -> list[UnitFinding]:
    """The units that are more exposed than `most`, which is from 0 to 10, the most exposed first.

    Raises Failure where systemd-analyze is missing, too old, or breaks down.
    """
    scope = SCOPES[host.manager.scope]
    units = services_of_tree(tree, scope)
    if not units:
        return []
    here = systemd_analyze.installed()
    if here is None or here < FIRST_OFFLINE:
        had = "is not installed here" if here is None else f"is of version {here} here"
        what = f"{systemd_analyze.PROGRAM} {had}, so nobody can say how exposed the units are"
        advice = f"install systemd {FIRST_OFFLINE} or newer, or leave --security out"
        raise Failure(Exit.FINDINGS, Report(what, (), advice=(advice,)))
    found: list[tuple[float, UnitFinding]] = []
    with tempfile.TemporaryDirectory(prefix="modsvc-", dir=systemd_analyze.in_memory()) as top:
        folder = systemd_analyze.write_units(tree, Path(top), scope)
        levels = exposures(_run(folder, scope, units))
        missing = [unit for unit in units if unit not in levels]
        if missing:
            raise systemd_analyze.broken(f"it says nothing of {', '.join(missing)}")
        for unit in units:
            if levels[unit] > most:
                costly = _costs(folder, scope, unit)
                finding = too_exposed(
                    unit, levels[unit], most, costly, tree[f"{scope.units}/{unit}"], host.services
                )
                found.append((levels[unit], finding))
    return [finding for _, finding in sorted(found, key=lambda each: (-each[0], each[1].unit))]


def _costs(folder: Path, scope: Scope, unit: str) -> list[Cost]:
    try:
        return costs(_run(folder, scope, [unit], "--json=short"))
    except ValueError as error:
        raise systemd_analyze.broken(
            f"what it says of {unit} is not understood: {error}"
        ) from error


def _run(folder: Path, scope: Scope, units: list[str], *options: str) -> str:
    """What it prints of units that lie in a folder."""
    paths = [f"{folder}/{unit}" for unit in units]
    verb = [*systemd_analyze.whose(scope), "security", "--offline=true", "--no-pager"]
    command = [systemd_analyze.PROGRAM, *verb, *options, *paths]
    return systemd_analyze.run(command, systemd_analyze.surroundings(folder))
