"""Which portable option each directive of a service's own unit is made from.

In: nothing. Out: tables. Refuses to make anything: `systemd` and `profile` do, and this says of
their directives whose word they carry, so that a definition keeps its strength and its place.
"""

from __future__ import annotations

from ...language.words import Path
from ...services.service import RELATIONS

OF_RELATIONS: dict[str, str] = dict(
    zip(RELATIONS, ("After", "Before", "Requires", "Wants", "BindsTo", "PartOf", "Conflicts"))
)
"""Relation -> directive of [Unit] (systemd.unit(5))."""

MADE_FROM: dict[str, Path] = {
    "ExecStart": ("process", "argv"),
    "Environment": ("process", "environment"),
    "UnsetEnvironment": ("process", "environment"),
    "WorkingDirectory": ("process", "working_directory"),
    "Description": ("meta", "description"),
    "Documentation": ("meta", "documentation"),
    "Type": ("lifecycle", "type"),
    "Restart": ("lifecycle", "restart"),
    "RestartSec": ("lifecycle", "restart_delay"),
    "WantedBy": ("lifecycle", "start_at_boot"),
    "User": ("identity", "user"),
    "DynamicUser": ("identity", "user"),
    "Group": ("identity", "group"),
    "CapabilityBoundingSet": ("hardening", "capabilities"),
    "AmbientCapabilities": ("hardening", "capabilities"),
    "RestrictAddressFamilies": ("hardening", "address_families"),
    "ReadWritePaths": ("hardening", "writable_paths"),
    "ProtectHome": ("hardening", "home"),
    "PrivateDevices": ("hardening", "devices"),
    "MemoryDenyWriteExecute": ("hardening", "executable_memory"),
    "RestrictNamespaces": ("hardening", "namespaces"),
    "SystemCallFilter": ("hardening", "system_calls"),
    **{directive: ("relations", relation) for relation, directive in OF_RELATIONS.items()},
}
"""Directive -> the portable option that the manager makes it from."""
