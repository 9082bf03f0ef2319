"""Who a service runs as and what it may touch, as directives.

In: the results of `identity` and `hardening`. Out: directives of [Service]. Refuses to know
the rest of a unit. Names and meanings are those of systemd.exec(5).
"""

from __future__ import annotations

from typing import Any

from ...language.configuration import is_untouched
from ...services.hardening import Hardening
from ...services.identity import Identity
from .escaping import literal

_HOME = {"hidden": True, "read-only": "read-only", "visible": False}

_ALWAYS: dict[str, Any] = {
    "NoNewPrivileges": True,
    "ProtectSystem": "strict",
    "PrivateTmp": True,
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
    "UMask": 0o077,
}


def identity_directives(identity: Identity) -> dict[str, Any]:
    """User and group, or a user made by systemd."""
    found: dict[str, Any] = {}
    if identity.user is None:
        found["DynamicUser"] = True
    else:
        found["User"] = literal(identity.user, "identity.user")
    if identity.group is not None:
        found["Group"] = literal(identity.group, "identity.group")
    return found


def hardening_directives(hardening: Hardening) -> dict[str, Any]:
    """The strict profile, relaxed as the options say; nothing where it is switched off."""
    if is_untouched(hardening):
        return _strict_for(hardening.__group__.cls, hardening)
    return _relaxed(hardening)


_STRICT: dict[type[Any], dict[str, Any]] = {}


def _strict_for(group: type[Any], hardening: Hardening) -> dict[str, Any]:
    """The directives where nothing is relaxed: the same for all services, so made once."""
    if group not in _STRICT:
        _STRICT[group] = _relaxed(hardening)
    return _STRICT[group]


def _relaxed(hardening: Hardening) -> dict[str, Any]:
    if not hardening.enable:
        return {}
    found = dict(_ALWAYS)
    found["ProtectHome"] = _HOME[hardening.home]
    found["PrivateDevices"] = not hardening.devices
    found["MemoryDenyWriteExecute"] = not hardening.executable_memory
    found["RestrictNamespaces"] = not hardening.namespaces
    found["CapabilityBoundingSet"] = [" ".join(hardening.capabilities)]
    if hardening.capabilities:
        found["AmbientCapabilities"] = [" ".join(hardening.capabilities)]
    families = " ".join(hardening.address_families)
    found["RestrictAddressFamilies"] = [families or "none"]
    if hardening.system_calls:
        calls = " ".join(hardening.system_calls)
        found["SystemCallFilter"] = [calls, "~@privileged @resources"]
        if hardening.capabilities:
            found["SystemCallFilter"] = [calls]
    if hardening.writable_paths:
        found["ReadWritePaths"] = [_quoted(str(path)) for path in hardening.writable_paths]
    return found


def _quoted(path: str) -> str:
    return '"' + literal(path, "hardening.writable_paths").replace('"', '\\"') + '"'
