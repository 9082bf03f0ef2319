"""The rules of a service or a host as files of tmpfiles.d and sysusers.d.

In: results. Out: text by path. Refuses to take the name of a file of somebody else's: a file of
one name in /etc would switch off one of a package.
"""

from __future__ import annotations

from ...language.configuration import touched_names
from ...language.module import Module
from .names import base_name, systemd_of
from .rules import sysusers_line, tmpfiles_line


def rule_files(owner: Module) -> dict[str, str]:
    """The files that an owner's rules make, none where it has no rules."""
    systemd = systemd_of(owner)
    if touched_names(systemd).isdisjoint(("sysusers", "tmpfiles")):
        return {}
    name = "-".join(filter(None, ("modsvc", base_name(owner))))
    lines = {
        f"etc/sysusers.d/{name}.conf": map(sysusers_line, systemd.sysusers),
        f"etc/tmpfiles.d/{name}.conf": map(tmpfiles_line, systemd.tmpfiles),
    }
    texts = {path: "".join(f"{line}\n" for line in found) for path, found in lines.items()}
    return {path: text for path, text in texts.items() if text}
