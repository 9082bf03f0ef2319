"""What a service may touch, as directives.

In: the result of `hardening`. Out: directives of [Service]. Refuses to know the rest of a unit.
Names and meanings are those of systemd.exec(5).
"""

from __future__ import annotations

from typing import Any

from ....services.hardening import Hardening
from ....services.network import BIND, privileged_ports
from ....services.service import Service
from ..escaping import one_line
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
# Left out on purpose: PrivateUsers, since a server that asks who its peer is (SO_PEERCRED) would be
# told nobody; PrivateNetwork and IPAddressDeny, which only a service itself can say.

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


class HardeningTranslation(Translation):
    """The strict profile, relaxed as the options say; nothing where it is switched off."""

    group = "hardening"
    made_from = {
        "CapabilityBoundingSet": ("hardening", "capabilities"),
        "AmbientCapabilities": ("hardening", "capabilities"),
        "RestrictAddressFamilies": ("hardening", "address_families"),
        "ReadWritePaths": ("hardening", "writable_paths"),
        "ProtectHome": ("hardening", "home"),
        "PrivateDevices": ("hardening", "devices"),
        "MemoryDenyWriteExecute": ("hardening", "executable_memory"),
        "RestrictNamespaces": ("hardening", "namespaces"),
        "SystemCallFilter": ("hardening", "system_calls"),
    }
    speaks_unasked = True
    same_unasked = True
    also = ("network",)

    def confinement(self, service: Service) -> Directives:
        path = self.made_from["ReadWritePaths"]
        found: dict[str, Any] = written(service, path, _relaxed, service.hardening, _kept(service))
        return found


def _kept(service: Service) -> list[str]:
    """The capabilities that a service names, and the one that its ports need."""
    needed = [BIND] if privileged_ports(service) else []
    return list(dict.fromkeys([*service.hardening.capabilities, *needed]))


def _relaxed(hardening: Hardening, kept: list[str]) -> dict[str, Any]:
    if not hardening.enable:
        # a user that the manager makes could not listen on its port without
        return {"AmbientCapabilities": [BIND]} if BIND in kept else {}
    found = dict(_ALWAYS)
    found["ProtectHome"] = _HOME[hardening.home]
    found["PrivateDevices"] = not hardening.devices
    found["MemoryDenyWriteExecute"] = not hardening.executable_memory
    found["RestrictNamespaces"] = not hardening.namespaces
    found["CapabilityBoundingSet"] = [" ".join(kept)]
    if kept:
        found["AmbientCapabilities"] = [" ".join(kept)]
    families = " ".join(hardening.address_families)
    found["RestrictAddressFamilies"] = [families or "none"]
    if hardening.system_calls:
        found["SystemCallFilter"] = _system_calls(hardening)
        # As systemd's own units do: a program that tries more than it needs can go on without it.
        found["SystemCallErrorNumber"] = "EPERM"
    if hardening.writable_paths:
        found["ReadWritePaths"] = [_quoted(str(path)) for path in hardening.writable_paths]
    return found


def _system_calls(hardening: Hardening) -> list[str]:
    """The calls that are allowed, those of them that are not after all, and what was named again.

    The default set has calls in it that only some capabilities make use of; what a service names
    itself it keeps, as systemd reads these lines one after the other.
    """
    said, kept = hardening.system_calls, frozenset(hardening.capabilities)
    lines = [" ".join(said)]
    denied = [calls for calls, needed_by in _NEEDED_BY.items() if not needed_by & kept]
    if denied:
        lines.append("~" + " ".join(denied))
    named = [calls for calls in said if calls != _DEFAULT_CALLS]
    return [*lines, " ".join(named)] if named and denied else lines


_DEFAULT_CALLS = "@system-service"


def _quoted(path: str) -> str:
    """One word of a directive that takes paths; the only escapes it knows are these two."""
    text = path.replace("%", "%%").replace("\\", "\\\\").replace('"', '\\"')
    return one_line(f'"{text}"', "path")
