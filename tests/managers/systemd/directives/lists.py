"""What tables and systemd list, as sets of names.

In: tables, and what `systemd --dump-configuration-items` prints. Out: sets. Refuses to compare them.
"""

from __future__ import annotations

from modsvc_dsl.managers.systemd.directives.table import Directive, Table, load


def all_of(table: Table) -> list[tuple[str, Directive]]:
    """Section and directive, of all sections."""
    return [
        (section, directive)
        for section in table.sections()
        for name in table.names(section)
        if (directive := table.directive(section, name))
    ]


def in_table(version: int) -> set[str]:
    """The `Section.Name`s of a table that a dump has.

    It leaves out what is read only to be ignored, and settings of the manager.
    """
    listed = ((s, d) for s, d in all_of(load(version)) if s != "Manager")
    return {f"{section}.{each.name}" for section, each in listed if each.kind != "ignored"}


def in_dump(text: str) -> set[str]:
    """The `Section.Name`s in the text of a dump."""
    names: set[str] = set()
    section = ""
    for line in text.splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif "=" in line:
            names.add(f"{section}.{line.partition('=')[0]}")
    return names


def since(old: int, new: int) -> set[str]:
    """The directives of units that a version of systemd knows and an older one does not."""
    one, other = ({d.name for s, d in all_of(load(v)) if s != "Manager"} for v in (old, new))
    return other - one
