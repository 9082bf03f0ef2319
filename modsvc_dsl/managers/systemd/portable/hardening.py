"""What a service may touch, as directives.

In: the result of `hardening`. Out: directives of [Service]. Refuses to know the rest of a unit.
Names and meanings are those of systemd.exec(5).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ....services.groups.hardening import Hardening
from ....services.groups.network import BIND, privileged_ports
from ....services.service import Service
from ..escaping import quoted_path
from .translation import Directives, Translation, written

_HOME = {"hidden": True, "read-only": "read-only", "visible": False}

_ALWAYS: dict[str, Any] = {
    "NoNewPrivileges": True,
    "ProtectSystem": "strict",
    "PrivateTmp": True,
    "PrivateMounts": True,
    "ProtectClock": True,
    "ProtectControlGroups": True,
    "ProtectHostname": True,
    "ProtectKernelLogs": True,
    "ProtectKernelModules": True,
    "ProtectKernelTunables": True,
    "ProtectProc": "invisible",
    "ProcSubset": "pid",
    "RestrictRealtime": True,
    "RestrictSUIDSGID": True,
    "LockPersonality": True,
    "RemoveIPC": True,
    "KeyringMode": "private",
    "SystemCallArchitectures": "native",
    "UMask": "0077",
}
# Left out on purpose, for services to say: PrivateUsers, since a server that asks who its peer is
# (SO_PEERCRED) would be told nobody; PrivateNetwork and IPAddressDeny.

_PARTS = {
    "clock": "ProtectClock",
    "control-groups": "ProtectControlGroups",
    "hostname": "ProtectHostname",
    "kernel-logs": "ProtectKernelLogs",
    "kernel-modules": "ProtectKernelModules",
    "kernel-settings": "ProtectKernelTunables",
}
"""Part of the host -> what keeps a service from changing it."""

_TAKEN_BY = {
    "CAP_SYS_TIME": "ProtectClock",
    "CAP_WAKE_ALARM": "ProtectClock",
    "CAP_SYS_MODULE": "ProtectKernelModules",
    "CAP_SYSLOG": "ProtectKernelLogs",
    "CAP_MKNOD": "PrivateDevices",
    "CAP_SYS_RAWIO": "PrivateDevices",
}
"""Capability -> the directive that takes it away, which therefore goes where it is kept."""

_PROC = {
    "own": {"ProtectProc": "invisible", "ProcSubset": "pid"},
    "system": {"ProtectProc": "invisible", "ProcSubset": "all"},
    "all": {"ProtectProc": "default", "ProcSubset": "all"},
}

_NEEDS_NO_NEW_PRIVILEGES = (
    *("NoNewPrivileges", "RestrictSUIDSGID", "LockPersonality", "MemoryDenyWriteExecute"),
    *("PrivateDevices", "ProtectClock", "ProtectHostname", "ProtectKernelTunables"),
    *("ProtectKernelModules", "ProtectKernelLogs", "RestrictAddressFamilies"),
    *("RestrictNamespaces", "RestrictRealtime", "SystemCallArchitectures", "SystemCallFilter"),
    "SystemCallErrorNumber",
)
"""What turns NoNewPrivileges= on where a service is not root (systemd.exec(5), NoNewPrivileges=)."""

_NEEDED_BY = {
    "@privileged": frozenset(
        "CAP_BPF CAP_CHOWN CAP_SETGID CAP_SETPCAP CAP_SETUID CAP_SYS_ADMIN CAP_SYS_BOOT "
        "CAP_SYS_CHROOT CAP_SYS_MODULE CAP_SYS_PACCT CAP_SYS_RAWIO CAP_SYS_TIME "
        "CAP_SYS_TTY_CONFIG".split()
    ),
    "@resources": frozenset({"CAP_SYS_NICE", "CAP_SYS_RESOURCE"}),
}
"""Sets of system calls -> the capabilities without which a process has little use for them.

By capabilities(7), and by `systemd-analyze syscall-filter` for what is in the sets. Not among them is
CAP_DAC_READ_SEARCH, which most want for reading files and few for open_by_handle_at(2): those name it.
"""

_FORMALITIES = "@chown @setuid"
"""What is in @privileged, and fails by itself without the capability for it, but for who one is anyway.

Servers that drop privileges call it whether or not they have any to drop: gunicorn gives its workers
the user that they have, and would end if the kernel forbade it (setuid(2), chown(2)).
"""

_BROUGHT_BY = {
    "CAP_BPF": "bpf",
    "CAP_PERFMON": "perf_event_open",
    "CAP_SYS_ADMIN": "@mount",
    "CAP_SYS_BOOT": "@reboot",
    "CAP_SYS_CHROOT": "chroot",
    "CAP_SYS_MODULE": "@module",
    "CAP_SYS_PTRACE": "@debug",
    "CAP_SYS_RAWIO": "@raw-io",
    "CAP_SYS_TIME": "@clock",
}
"""Capability -> system calls that it is kept for, and that @system-service has not."""


class HardeningTranslation(Translation):
    """The strict profile, relaxed as the options say; nothing where it is switched off."""

    group = "hardening"
    made_from = {
        "CapabilityBoundingSet": ("hardening", "capabilities"),
        "AmbientCapabilities": ("hardening", "capabilities"),
        "RestrictAddressFamilies": ("hardening", "address_families"),
        "NoNewPrivileges": ("hardening", "new_privileges"),
        "RestrictSUIDSGID": ("hardening", "new_privileges"),
        "PrivateNetwork": ("hardening", "network"),
        "IPAddressDeny": ("hardening", "peers"),
        "IPAddressAllow": ("hardening", "peers"),
        "ProtectSystem": ("hardening", "file_system"),
        "ReadWritePaths": ("hardening", "writable_paths"),
        "ReadOnlyPaths": ("hardening", "read_only_paths"),
        "InaccessiblePaths": ("hardening", "hidden_paths"),
        "PrivateTmp": ("hardening", "shared_tmp"),
        "ProtectProc": ("hardening", "proc"),
        "ProcSubset": ("hardening", "proc"),
        "PrivateUsers": ("hardening", "host_users"),
        "RestrictRealtime": ("hardening", "realtime"),
        **{each: ("hardening", "may_change") for each in _PARTS.values()},
        "ProtectHome": ("hardening", "home"),
        "PrivateDevices": ("hardening", "devices"),
        "DevicePolicy": ("hardening", "devices"),
        "DeviceAllow": ("hardening", "devices"),
        "MemoryDenyWriteExecute": ("hardening", "executable_memory"),
        "RestrictNamespaces": ("hardening", "namespaces"),
        "SystemCallFilter": ("hardening", "system_calls"),
    }
    speaks_unasked = True
    same_unasked = True
    also = ("network",)

    def confinement(self, service: Service) -> Directives:
        path = self.made_from["ReadWritePaths"]
        found: dict[str, Any] = written(service, path, confined, service.hardening, _kept(service))
        return found


def _kept(service: Service) -> list[str]:
    """The capabilities that a service names, and the one that its ports need."""
    needed = [BIND] if privileged_ports(service) else []
    return list(dict.fromkeys([*service.hardening.capabilities, *needed]))


def confined(hardening: Hardening, kept: list[str]) -> dict[str, Any]:
    """The strict profile, relaxed as options say. Raises BadValue."""
    if not hardening.enable:
        # a user that the manager makes could not listen on its port without
        return {"AmbientCapabilities": [BIND]} if BIND in kept else {}
    found = {**_ALWAYS, **_PROC[hardening.proc]}
    found["ProtectHome"] = _HOME[hardening.home]
    found.update(_devices(hardening))
    found["MemoryDenyWriteExecute"] = not hardening.executable_memory
    found["RestrictNamespaces"] = not hardening.namespaces
    for directive in _lifted(hardening):
        found[directive] = False
    found["CapabilityBoundingSet"] = [" ".join(kept)]
    if kept:
        found["AmbientCapabilities"] = [" ".join(kept)]
    found["RestrictAddressFamilies"] = [_joined(_families(hardening)) or "none"]
    if hardening.system_calls:
        found["SystemCallFilter"] = _system_calls(hardening)
        # As systemd's own units do: a program that tries more than it needs can go on without it.
        found["SystemCallErrorNumber"] = "EPERM"
    found.update(_places(hardening))
    if hardening.new_privileges:
        spared = [] if hardening.capabilities else ["CapabilityBoundingSet"]
        found = {n: v for n, v in found.items() if n not in (*_NEEDS_NO_NEW_PRIVILEGES, *spared)}
    return found


def _devices(hardening: Hardening) -> dict[str, Any]:
    """All of them, some and what is no hardware, such as /dev/null, or the latter only."""
    found: dict[str, Any] = {"PrivateDevices": hardening.devices is False}
    if not isinstance(hardening.devices, bool):
        found["DevicePolicy"] = "closed"
        found["DeviceAllow"] = [f"{quoted_path(str(path))} rw" for path in hardening.devices]
    return found


def _lifted(hardening: Hardening) -> Iterator[str]:
    """The directives that are switched off, since they would take what is allowed."""
    if hardening.file_system == "writable":
        yield "ProtectSystem"
    if hardening.shared_tmp:
        yield "PrivateTmp"
    if hardening.realtime:
        yield "RestrictRealtime"
    for part in hardening.may_change:
        yield _PARTS[part]
    for capability in hardening.capabilities:
        if capability in _TAKEN_BY:
            yield _TAKEN_BY[capability]


def _families(hardening: Hardening) -> list[str]:
    """Those that are allowed. Who configures the network does so by netlink(7), unless he names others."""
    said = list(hardening.address_families)
    if "CAP_NET_ADMIN" in hardening.capabilities and _DEFAULT_FAMILIES <= {*said}:
        said.append("AF_NETLINK")
    return said


_DEFAULT_FAMILIES = frozenset({"AF_UNIX", "AF_INET", "AF_INET6"})


def _places(hardening: Hardening) -> dict[str, Any]:
    """Where the service is kept: its network, its users, its paths."""
    found: dict[str, Any] = {}
    if hardening.network == "none":
        found["PrivateNetwork"] = True
    if hardening.peers is not None:
        found["IPAddressDeny"] = ["any"]
        if hardening.peers:
            found["IPAddressAllow"] = list(hardening.peers)
    if not hardening.host_users:
        found["PrivateUsers"] = True
    for directive, paths in (
        ("ReadWritePaths", hardening.writable_paths),
        ("ReadOnlyPaths", hardening.read_only_paths),
        ("InaccessiblePaths", hardening.hidden_paths),
    ):
        if paths:
            found[directive] = [quoted_path(str(path)) for path in paths]
    return found


def _system_calls(hardening: Hardening) -> list[str]:
    """The calls that are allowed, those of them that are not after all, and what was named again.

    The default set has calls in it that only some capabilities make use of; what a service names
    itself it keeps, as systemd reads these lines one after the other. Of the default set so do those
    that are a formality.
    """
    said, kept = hardening.system_calls, frozenset(hardening.capabilities)
    brought = [_BROUGHT_BY[each] for each in hardening.capabilities if each in _BROUGHT_BY]
    lines = [_joined([*said, *(brought if _DEFAULT_CALLS in said else ())])]
    denied = [calls for calls, needed_by in _NEEDED_BY.items() if not needed_by & kept]
    if denied:
        lines.append("~" + " ".join(denied))
    named = [calls for calls in said if calls != _DEFAULT_CALLS]
    if _DEFAULT_CALLS in said and "@privileged" in denied:
        named.append(_FORMALITIES)
    return [*lines, " ".join(named)] if named and denied else lines


_DEFAULT_CALLS = "@system-service"


def _joined(names: Iterable[str]) -> str:
    """Names that several profiles may say, each once."""
    return " ".join(dict.fromkeys(names))
