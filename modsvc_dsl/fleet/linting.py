"""Lints of a whole result.

In: the result of a fleet or of a host. Out: what the rules find, by host. Refuses to know a rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..language.arguments import refuses_others
from ..language.evaluation.configuration import held
from ..lints.rule import Finding
from .build import demand_hosts, hosts_of


# Any: the result of a fleet or a host
@refuses_others
def lint(result: Any) -> Mapping[str, tuple[Finding, ...]]:
    """What the rules of docs/lints find on each host, but for what a service silences.

    The result has to be one without mistakes, as `check` and `build` leave it. Raises NoHost for what
    is the result of neither.
    """
    from ..lints.every import findings  # rules are of no use to those who only build

    demand_hosts(result, "lint")

    found: dict[str, tuple[Finding, ...]] = {}
    for name, host in hosts_of(result):
        with held(host):
            found[name] = tuple(findings(host.services))
    return found
