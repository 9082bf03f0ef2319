"""The hardened profile: strict where nothing is said, relaxed one thing at a time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from modsvc_dsl import (
    Hardening,
    Host,
    Identity,
    Process,
    Service,
    SystemdService,
    check,
    evaluate,
)
from modsvc_dsl.managers.systemd.portable.hardening import _NEEDS_NO_NEW_PRIVILEGES

STRICT = "~@privileged @resources"
FORMAL = "@chown @setuid"


def directives(hardening: Hardening) -> dict[str, Any]:
    """[Service] of a service with that hardening. Any: values of directives are of all kinds."""
    service = Service(process=Process(argv=["/bin/true"]), hardening=hardening)
    result = check(evaluate(Host(services={"it": service})))
    return dict(result.services["it"][SystemdService].systemd.service.service)


@pytest.mark.parametrize(
    ("capabilities", "lines"),
    [
        ([], ["@system-service", STRICT, FORMAL]),
        (["CAP_NET_BIND_SERVICE"], ["@system-service", STRICT, FORMAL]),
        (["CAP_DAC_READ_SEARCH", "CAP_KILL"], ["@system-service", STRICT, FORMAL]),
        (["CAP_CHOWN"], ["@system-service", "~@resources"]),
        (["CAP_NET_RAW", "CAP_SYS_NICE"], ["@system-service", "~@privileged", FORMAL]),
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
        (["@system-service", "chroot"], ["@system-service chroot", STRICT, f"chroot {FORMAL}"]),
        (
            ["@system-service", "@resources"],
            ["@system-service @resources", STRICT, f"@resources {FORMAL}"],
        ),
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


def test_who_configures_the_network_asks_the_kernel_by_netlink() -> None:
    """Once; who names fewer families than there are by themselves means it."""
    capable = Hardening(capabilities=["CAP_NET_ADMIN"])
    whole = "AF_UNIX AF_INET AF_INET6 AF_NETLINK"
    assert directives(capable)["RestrictAddressFamilies"] == [whole]
    families = whole.split()
    for said, found in ((families, whole), (families[:1], "AF_UNIX")):
        hardening = Hardening(capabilities=["CAP_NET_ADMIN"], address_families=[*said])
        assert directives(hardening)["RestrictAddressFamilies"] == [found]


def test_a_call_that_is_denied_fails_and_does_not_kill() -> None:
    """A program that changes owners for the sake of order goes on."""
    assert directives(Hardening())["SystemCallErrorNumber"] == "EPERM"
    assert "SystemCallErrorNumber" not in directives(Hardening(system_calls=[]))


def test_switched_off_it_says_nothing() -> None:
    """Only who the service runs as is left."""
    found = directives(Hardening(enable=False))
    assert found.keys() == {"Type", "ExecStart", "Restart", "RestartSec", "DynamicUser"}


@pytest.mark.parametrize(
    ("hardening", "wanted"),
    [
        (Hardening(network="none"), {"PrivateNetwork": True}),
        (Hardening(peers=[]), {"IPAddressDeny": ["any"]}),
        (
            Hardening(peers=["localhost", "192.0.2.0/24"]),
            {"IPAddressDeny": ["any"], "IPAddressAllow": ["localhost", "192.0.2.0/24"]},
        ),
        (Hardening(file_system="writable"), {"ProtectSystem": False}),
        (Hardening(devices=True), {"PrivateDevices": False}),
        (
            Hardening(devices=[Path("/dev/ttyUSB0"), Path("/dev/a b")]),
            {
                "PrivateDevices": False,
                "DevicePolicy": "closed",
                "DeviceAllow": ['"/dev/ttyUSB0" rw', '"/dev/a b" rw'],
            },
        ),
        (Hardening(shared_tmp=True), {"PrivateTmp": False}),
        (Hardening(proc="system"), {"ProcSubset": "all"}),
        (Hardening(proc="all"), {"ProtectProc": "default", "ProcSubset": "all"}),
        (Hardening(host_users=False), {"PrivateUsers": True}),
        (Hardening(realtime=True), {"RestrictRealtime": False}),
        (
            Hardening(may_change=["clock", "kernel-settings"]),
            {"ProtectClock": False, "ProtectKernelTunables": False},
        ),
        (
            Hardening(capabilities=["CAP_SYS_TIME", "CAP_SYSLOG", "CAP_MKNOD"]),
            {"ProtectClock": False, "ProtectKernelLogs": False, "PrivateDevices": False},
        ),
    ],
    ids=lambda each: "" if isinstance(each, dict) else repr(each),
)
def test_what_is_allowed_or_denied_is_said_and_nothing_else(
    hardening: Hardening, wanted: dict[str, Any]
) -> None:
    """Beside the option's own directives all are as strict as before."""
    before, after = directives(Hardening()), directives(hardening)
    of_capabilities = {"CapabilityBoundingSet", "AmbientCapabilities", "SystemCallFilter"}
    changed = {name: value for name, value in after.items() if before.get(name) != value}
    assert {n: v for n, v in changed.items() if n not in of_capabilities} == wanted
    assert before.keys() <= after.keys()


def test_new_privileges_leave_nothing_that_would_imply_there_are_none() -> None:
    """For a service that is not root, each filter of system calls does (systemd.exec(5))."""
    service = Service(
        process=Process(argv=["/bin/true"]),
        identity=Identity(user="deploy"),
        hardening=Hardening(new_privileges=True),
    )
    result = check(evaluate(Host(services={"it": service})))
    found = dict(result.services["it"][SystemdService].systemd.service.service)
    assert not found.keys() & {*_NEEDS_NO_NEW_PRIVILEGES, "CapabilityBoundingSet"}
    assert (found["ProtectSystem"], found["PrivateTmp"]) == ("strict", True)


def test_what_several_profiles_say_is_said_once() -> None:
    """A family that two modules allow is one word."""
    mixin = Service(hardening=Hardening(address_families=["AF_UNIX", "AF_NETLINK"]))
    service = Service(
        process=Process(argv=["/bin/true"]),
        hardening=Hardening(address_families=["AF_UNIX"]),
        imports=[mixin],
    )
    result = check(evaluate(Host(services={"it": service})))
    found = result.services["it"][SystemdService].systemd.service.service
    assert found.get("RestrictAddressFamilies") == ["AF_UNIX AF_NETLINK"]
