"""What rules find in one service, for tests.

In: a service, and others on its host. Out: findings. Refuses to judge them.
"""

from __future__ import annotations

from modsvc_dsl import Finding, Host, Service, build, evaluate, lint


def found(rule: str, service: Service, **others: Service) -> list[Finding]:
    """The findings of a rule on a host of these services."""
    result = evaluate(Host(services={"it": service, **others}))
    build(result)
    return [finding for finding in lint(result)["host"] if finding.rule == rule]


def options(rule: str, service: Service, **others: Service) -> list[str]:
    """The paths of the findings, from the service on."""
    return [".".join(map(str, each.path[2:])) for each in found(rule, service, **others)]
