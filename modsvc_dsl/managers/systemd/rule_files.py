"""The rules of a service or a host as files of tmpfiles.d and sysusers.d.

In: results. Out: text by path. Refuses to take the name of a file of somebody else's: a file of
one name in /etc would switch off one of a package.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from ...language.errors import Mistake
from ...language.evaluation.configuration import once_per_touch, touched_names
from ...language.declaration.module import Module
from ...services.service import Service
from ..manager import written_at
from .escaping import BadValue
from .mistakes import BadUnit
from .names import base_name, systemd_of
from .rules import sysusers_line, tmpfiles_line
from .versions import NEWEST

USERS = "etc/sysusers.d/"
"""Where rules for users lie."""

USERS_AT_EACH_BOOT = {
    "etc/systemd/system/systemd-sysusers.service.d/40-modsvc-users.conf": (
        "[Unit]\nConditionNeedsUpdate=\n"
    )
}
"""What makes users when the host starts, beside the rules, which else are read at a boot after a change
of /usr only (systemd-update-done(8)): an empty condition takes away all that the unit has. Its number is
below that of drop-ins of users."""


class Ownership(NamedTuple):
    """The rule that gives a file that is there to its owner (tmpfiles.d(5), `z`)."""

    path: str
    mode: int
    user: str | None
    group: str | None
    type: str = "z"
    age: str | None = None
    argument: str | None = None


def rule_files(owner: Module) -> dict[str, str]:
    """The files that an owner's rules make, none where it has no rules."""
    if not once_per_touch(owner, _may_have_rules):
        return {}
    systemd = systemd_of(owner)
    given = list(_ownerships(owner)) if isinstance(owner, Service) else []
    if not given and not _says_rules(systemd):
        return {}
    name = "-".join(filter(None, ("modsvc", base_name(owner))))
    lines = {
        f"{USERS}{name}.conf": map(sysusers_line, systemd.sysusers),
        f"etc/tmpfiles.d/{name}.conf": map(tmpfiles_line, [*systemd.tmpfiles, *given]),
    }
    texts = {path: "".join(f"{line}\n" for line in found) for path, found in lines.items()}
    return {path: text for path, text in texts.items() if text}


def _may_have_rules(owner: Module) -> bool:
    """Does somebody say rules of an owner, or config files, which may need some?"""
    return "config_data" in touched_names(owner) or _says_rules(systemd_of(owner))


# Any: the options of systemd of a service or a host
def _says_rules(systemd: Any) -> bool:
    return not touched_names(systemd).isdisjoint(("sysusers", "tmpfiles"))


def rule_mistakes(owner: Module, version: int) -> Iterator[Mistake]:
    """A mistake for each rule that an older systemd than the newest would not read as it is meant."""
    if version >= NEWEST:
        return
    systemd = systemd_of(owner)
    if not _says_rules(systemd):
        return
    for option, line in (("sysusers", sysusers_line), ("tmpfiles", tmpfiles_line)):
        for rule in getattr(systemd, option):
            try:
                line(rule, version)
            except BadValue as bad:
                yield BadUnit(rule.__node__.path, str(bad), written_at(rule))


def _ownerships(service: Service) -> Iterator[Ownership]:
    """Whose the config files of a service are, for those that are not root's."""
    for file in service.config_data.values():
        if file.enable and (file.user is not None or file.group is not None):
            path = re.sub(r"([*?\[{\\])", r"\\\1", file.path)  # it is a pattern
            yield Ownership(path, file.mode, file.user, file.group)
