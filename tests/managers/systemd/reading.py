"""Units read back, by a reader of our own that takes nothing it does not know.

In: hosts, or the text of a unit. Out: trees, and the assignments of a unit in their order. Refuses
every text that systemd could read otherwise than it looks: broken lines, blanks at ends, odd names.
The rules are those of systemd.syntax(7), and stricter.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from modsvc_dsl import Host, Process, Service, SystemdManager, build, evaluate
from modsvc_dsl.managers.tree import File, Link, Tree

UNITS = "etc/systemd/system"
ARGV = ["/usr/bin/true"]

BLANKS = " \t\n\r"
"""What systemd drops around a value (WHITESPACE in its source)."""

_HEADER = re.compile(r"\[([A-Za-z][A-Za-z0-9-]*)\]")
_ASSIGNMENT = re.compile(r"([A-Za-z][A-Za-z0-9-]*)=(.*)", re.DOTALL)
_BREAK = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


class Line(NamedTuple):
    """One assignment of a unit: its section, its directive and the text behind the `=`."""

    section: str
    directive: str
    text: str


def read_unit(text: str) -> list[Line]:
    """The assignments of a unit. Raises AssertionError for what could be read in another way."""
    assert text.endswith("\n") and not _BREAK.search(text), ascii(text)
    title, empty, *lines = text.split("\n")[:-1]
    assert title.startswith("# Made by modsvc for the service ") and empty == ""
    section = ""
    found: list[Line] = []
    for line in lines:
        header, assignment = _HEADER.fullmatch(line), _ASSIGNMENT.fullmatch(line)
        if header:
            section = header[1]
            assert section not in {each.section for each in found}, f"[{section}] begins twice"
        elif assignment:
            assert section, f"{line!r} stands before every section"
            value = assignment[2]
            assert value == value.strip(BLANKS), f"{line!r} has blanks that systemd drops"
            assert (len(value) - len(value.rstrip("\\"))) % 2 == 0, f"{line!r} joins the next line"
            found.append(Line(section, assignment[1], value))
        else:
            assert line == "", f"{line!r} is no line of a unit"
    return found


def section_of(text: str, section: str) -> dict[str, list[str]]:
    """The assignments of one section of a unit, by directive."""
    found: dict[str, list[str]] = {}
    for line in read_unit(text):
        if line.section == section:
            found.setdefault(line.directive, []).append(line.text)
    return found


def tree_of(services: dict[str, Service], version: int | None = None) -> Tree:
    """The tree of a host with these services, managed by systemd."""
    manager = SystemdManager() if version is None else SystemdManager(version=version)
    return build(evaluate(Host(services=services, manager=manager))).trees["host"]


def notes_of(services: dict[str, Service], version: int | None = None) -> tuple[str, ...]:
    """What a build of a host with these services notes."""
    manager = SystemdManager() if version is None else SystemdManager(version=version)
    return build(evaluate(Host(services=services, manager=manager))).notes["host"]


def unit_text(tree: Tree, name: str) -> str:
    """The text of a unit in a tree."""
    file = tree[f"{UNITS}/{name}"]
    assert isinstance(file, File)
    return file.content.decode("utf-8")


def unit_of(service: Service, name: str = "it.service", version: int | None = None) -> list[Line]:
    """The assignments of a unit of a service called `it`."""
    return read_unit(unit_text(tree_of({"it": service}, version), name))


def texts(lines: list[Line], directive: str) -> list[str]:
    """The texts assigned to a directive, in order."""
    return [line.text for line in lines if line.directive == directive]


def links_of(tree: Tree) -> dict[str, str]:
    """The links among the units of a tree, path relative to the folder of units -> target."""
    return {
        path.removeprefix(f"{UNITS}/"): entry.target
        for path, entry in tree.items()
        if isinstance(entry, Link)
    }


def running(argv: list[str] | None = None) -> Service:
    """A service that runs a command."""
    return Service(process=Process(argv=argv or ARGV))
