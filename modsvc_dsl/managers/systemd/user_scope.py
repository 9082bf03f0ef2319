"""Units of a user's manager: what it cannot do for them.

In: a unit as the system's manager would have it. Out: the unit without what the library gives by
itself and a user's manager cannot keep, a note on it, and mistakes where somebody asks for it. Refuses
to judge what is said to systemd itself and may work: some kernels let a user's manager confine more.

By systemd.exec(5): what needs other users, capabilities or a file system of its own is for system
services, unless the kernel has unprivileged user namespaces; filters of system calls always work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ...language.errors import Mistake
from ...language.declaration.module import Module
from ...language.evaluation.configuration import is_untouched
from ...language.evaluation.history import places
from ...language.provenance import is_ours
from ...language.words import Path, all_of
from ...services.service import Service
from ..manager import written_at
from .assembly import Draft
from .mistakes import BadDirective, BadLine, BadUnit
from .names import systemd_of
from .scope import SYSTEM, USER
from .specifiers import raw
from .trace import trace

OF_OTHERS = frozenset(
    "User Group DynamicUser SupplementaryGroups PAMName CapabilityBoundingSet AmbientCapabilities".split()
)
"""Directives of [Service] that need more rights than a user has: it would not start."""

OF_SYSTEM = frozenset(
    "PrivateDevices PrivateMounts PrivateTmp PrivateUsers PrivateNetwork PrivateIPC ProcSubset"
    " ProtectClock ProtectControlGroups ProtectHome ProtectHostname ProtectKernelLogs"
    " ProtectKernelModules ProtectKernelTunables ProtectProc ProtectSystem ReadWritePaths"
    " ReadOnlyPaths InaccessiblePaths RemoveIPC KeyringMode BindPaths BindReadOnlyPaths"
    " TemporaryFileSystem RootDirectory RootImage LogNamespace DevicePolicy DeviceAllow".split()
)
"""Those that only a kernel with unprivileged user namespaces could keep, or that have no effect."""

READABLE_BY_ALL = 0o004
"""The bit of a file's mode that lets everybody read it."""

NO_UNITS = ("mount", "automount", "swap")
"""Types of units that a user's manager does not have (systemd.unit(5))."""


_PRIVILEGED = re.compile(r'"?[-@:]*[+!]')
"""The prefixes of a command that is run with more rights than the service (systemd.service(5))."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A unit for a user's manager, with what is wrong with it, and what is left out of it."""

    draft: Draft
    mistakes: list[Mistake] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def fitted(owner: Module, draft: Draft) -> Fitted:
    """A unit for a user's manager."""
    if draft.suffix in NO_UNITS:
        path = (*owner.__node__.path, *draft.option)
        why = f"a user's manager has no {draft.suffix} units; write it for a host's own manager"
        return Fitted(draft, [BadUnit(path, why, written_at(draft.unit))])
    sections = _with_target(owner, draft)
    wrong = [*_as_root(owner, draft), *_of_sockets(owner, draft)]
    found = Fitted(draft._replace(sections=sections), wrong)
    service = dict(sections.get("Service", {}))
    left_out: list[str] = []
    for name in [name for name in service if name in OF_OTHERS | OF_SYSTEM]:
        said = trace(owner, draft.name, "Service", name, "")
        by_itself = said.path == owner.__node__.path or "systemd" not in map(str, said.path)
        if name in OF_OTHERS and said.path != owner.__node__.path:
            why = (
                f"a user's manager runs everything as its user, so there can be no {name}=; leave it"
                " out, or manage the service with SystemdManager(), for the whole system"
            )
            found.mistakes.append(BadLine(said.path, why, said.places))
        elif by_itself:
            del service[name]
            left_out += [name] if name in OF_SYSTEM else []
    if left_out:
        found.notes.append(
            f"{draft.name}: a user's manager cannot keep {all_of(left_out)};" " left out"
        )
    kept = {**sections, "Service": service} if service else _without(sections, "Service")
    return replace(found, draft=draft._replace(sections=kept))


def _as_root(owner: Module, draft: Draft) -> Iterator[Mistake]:
    """A mistake for each command that would need the rights of root, which its manager has not."""
    for name, lines in draft.sections.get("Service", {}).items():
        for line in lines if name.startswith("Exec") and not isinstance(lines, str) else ():
            if _PRIVILEGED.match(raw(line)):
                said = trace(owner, draft.name, "Service", name, raw(line))
                why = (
                    f"a user's manager runs everything as its user, and so no command of {name}= as"
                    " root; take the privilege away, or manage the service with SystemdManager(),"
                    " for the whole system"
                )
                yield BadLine(said.path, why, said.places)


def _of_sockets(owner: Module, draft: Draft) -> Iterator[Mistake]:
    """A mistake for each socket that is to be another user's, to whom nobody but root could give it."""
    for name in ("SocketUser", "SocketGroup"):
        if name in draft.sections.get("Socket", {}):
            said = trace(owner, draft.name, "Socket", name, "")
            why = (
                f"the sockets of a user's manager are its user's, so there can be no {name}=; leave it out,"
                " or manage the service with SystemdManager(), for the whole system"
            )
            yield BadLine(said.path, why, said.places)


def refused_rules(owner: Module) -> Iterator[Mistake]:
    """A mistake for each kind of rules that no user's manager reads, at the lines that ask for them."""
    systemd = systemd_of(owner)
    why = "rules are read when the whole host starts; write them where systemd manages all of it"
    for option in ("tmpfiles", "sysusers"):
        written = [place for rule in getattr(systemd, option) for place in written_at(rule)]
        theirs = [place for place in written if not is_ours(place.locate().file)]
        if theirs:
            yield BadUnit((*owner.__node__.path, "systemd", option), why, theirs)
    if isinstance(owner, Service):
        yield from _user_mistakes(owner)
        yield from _host_mistakes(owner)
        yield from _file_mistakes(owner)


def _user_mistakes(service: Service) -> Iterator[Mistake]:
    """A mistake for a user that a service wants to have made."""
    if not is_untouched(service.identity) and service.identity.create:
        why = (
            "a user's manager makes no users, and runs everything as its own; leave it out,"
            " or manage the service with SystemdManager(), for the whole system"
        )
        path = ("identity", "create")
        said = places(service, path)
        yield BadDirective((*service.__node__.path, *path), why, said)


_OF_HOST: dict[Path, str] = {
    ("network", "wait_online"): "the host's network",
    ("relations", "requires_mounts_for"): "mounts of the host",
}
"""Options about what only the host's own manager knows."""


def _host_mistakes(service: Service) -> Iterator[Mistake]:
    """A mistake for each thing of the host that a service wants to wait for."""
    for path, what in _OF_HOST.items():
        group = getattr(service, path[0])
        if not is_untouched(group) and getattr(group, path[1]):
            why = (
                f"a user's manager knows nothing of {what}; leave it out, or manage the service with"
                " SystemdManager(), for the whole system"
            )
            yield BadDirective((*service.__node__.path, *path), why, places(service, path))


def _file_mistakes(service: Service) -> Iterator[Mistake]:
    """A mistake for each config file that is to be somebody's, or that users could not read."""
    for file in service.config_data.values() if service.config_data else ():
        if not file.enable:
            continue
        where = file.__node__.path
        for option in ("user", "group"):
            if getattr(file, option) is not None:
                why = (
                    "config files of users' services are root's, since every user reads them;"
                    f" leave {option} out, or manage the service with SystemdManager(), for the"
                    " whole system"
                )
                yield BadDirective((*where, option), why, places(file, option))
        if not file.mode & READABLE_BY_ALL:
            why = (
                f"{file.mode:#o} lets no user read the file, which is root's; write mode=0o644,"
                " and hand secrets over as credentials"
            )
            yield BadDirective((*where, "mode"), why, places(file, "mode"))


def _with_target(owner: Module, draft: Draft) -> Mapping[str, Any]:
    """The sections, wanted by what a user's manager starts, where nobody says by what."""
    install = draft.sections.get("Install", {})
    if install.get("WantedBy") != [SYSTEM.target]:
        return draft.sections
    said = trace(owner, draft.name, "Install", "WantedBy", "").path
    if "install" in said:
        return draft.sections
    return {**draft.sections, "Install": {**install, "WantedBy": [USER.target]}}


def _without(sections: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {each: value for each, value in sections.items() if each != name}
