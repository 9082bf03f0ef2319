"""The hardened profile: strict where nothing is said, relaxed one thing at a time."""

from __future__ import annotations

from typing import Any

import pytest

from modsvc_dsl import Hardening, Host, Process, Service, SystemdService, check, evaluate

STRICT = "~@privileged @resources"


def directives(hardening: Hardening) -> dict[str, Any]:
    """[Service] of a service with that hardening. Any: values of directives are of all kinds."""
    service = Service(process=Process(argv=["/bin/true"]), hardening=hardening)
    result = check(evaluate(Host(services={"it": service})))
    return dict(result.services["it"][SystemdService].systemd.service.service)


@pytest.mark.parametrize(
    ("capabilities", "lines"),
    [
        ([], ["@system-service", STRICT]),
        (["CAP_NET_BIND_SERVICE"], ["@system-service", STRICT]),
        (["CAP_DAC_READ_SEARCH", "CAP_KILL"], ["@system-service", STRICT]),
        (["CAP_CHOWN"], ["@system-service", "~@resources"]),
        (["CAP_NET_RAW", "CAP_SYS_NICE"], ["@system-service", "~@privileged"]),
        (["CAP_SYS_ADMIN", "CAP_SYS_RESOURCE"], ["@system-service @mount"]),
    ],
)
def test_a_capability_brings_the_calls_it_needs_and_no_others(
    capabilities: list[str], lines: list[str]
) -> None:
    """A web server on port 80 needs no call that loads modules or sets the clock."""
    assert directives(Hardening(capabilities=capabilities))["SystemCallFilter"] == lines


@pytest.mark.parametrize(
    ("calls", "lines"),
    [
        (["@system-service", "chroot"], ["@system-service chroot", STRICT, "chroot"]),
        (["@system-service", "@resources"], ["@system-service @resources", STRICT, "@resources"]),
        (["@basic-io"], ["@basic-io", STRICT, "@basic-io"]),
        ([], None),
    ],
)
def test_a_call_that_was_named_is_allowed(calls: list[str], lines: list[str] | None) -> None:
    """Also one of those that the profile denies; no call named means no filter."""
    assert directives(Hardening(system_calls=calls)).get("SystemCallFilter") == lines


def test_a_call_that_was_named_beside_capabilities_stays() -> None:
    """Where nothing is denied, nothing has to be said again."""
    hardening = Hardening(
        system_calls=["@system-service", "chroot"],
        capabilities=["CAP_SYS_ADMIN", "CAP_SYS_NICE"],
    )
    assert directives(hardening)["SystemCallFilter"] == ["@system-service chroot @mount"]


def test_a_call_that_is_denied_fails_and_does_not_kill() -> None:
    """A program that changes owners for the sake of order goes on."""
    assert directives(Hardening())["SystemCallErrorNumber"] == "EPERM"
    assert "SystemCallErrorNumber" not in directives(Hardening(system_calls=[]))


def test_switched_off_it_says_nothing() -> None:
    """Only who the service runs as is left."""
    found = directives(Hardening(enable=False))
    assert found.keys() == {"Type", "ExecStart", "Restart", "RestartSec", "DynamicUser"}
