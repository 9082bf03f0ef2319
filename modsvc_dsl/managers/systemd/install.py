"""Which links enable a unit.

In: a unit and the directives of its [Install]. Out: links as `systemctl enable` would make them,
so that a tree is complete by itself. Refuses to enable anything that does not say so, and names
that are no unit's: a link stays in the folder of units.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .escaping import unit_name_problem

FOLDERS = {"WantedBy": "wants", "RequiredBy": "requires", "UpheldBy": "upholds"}
"""Directive -> suffix of the folder of links beside the target (systemd.unit(5))."""


@dataclass(frozen=True, slots=True)
class Enabling:
    """One name in [Install]: the directive it stands in, and the link that it asks for.

    `path` is relative to the folder of units, `target` is the link's text; `problem` says why
    there can be no such link and what to write, empty where there can.
    """

    directive: str
    name: str
    path: str
    target: str
    problem: str


def enablings(unit: str, install: Mapping[str, Any]) -> Iterator[Enabling]:
    """What [Install] asks for, each link once."""
    instance = instance_of(unit, install)
    for directive, suffix in FOLDERS.items():
        for name in words(install.get(directive)):
            path = f"{name}.{suffix}/{instance}"
            problem = unit_name_problem(name) or _TEMPLATE.format(unit)
            if instance and not unit_name_problem(name):
                problem = unit_name_problem(instance) or ""
            yield Enabling(directive, name, path, f"../{unit}", problem)
    for alias in words(install.get("Alias")):
        if alias != unit:
            yield Enabling("Alias", alias, alias, unit, alias_problem(unit, alias))


_TEMPLATE = (
    "{!r} is a template, of which nothing says the instance to start; write DefaultInstance= beside"
    " it, or nothing in [Install]"
)


def instance_of(unit: str, install: Mapping[str, Any]) -> str:
    """The unit that is started when a unit is enabled; empty for a template without instance."""
    name, dot, suffix = unit.rpartition(".")
    if not name.endswith("@"):
        return unit
    instances = list(words(install.get("DefaultInstance")))
    return f"{name}{instances[-1]}{dot}{suffix}" if instances else ""


def alias_problem(unit: str, alias: str) -> str:
    """Why a unit cannot go by another name; empty if it can (systemd.unit(5), Alias=)."""
    why = unit_name_problem(alias)
    if why:
        return why
    suffix = unit.rpartition(".")[2]
    if alias.rpartition(".")[2] != suffix:
        return f"{alias!r} is not of the type of {unit!r}; end it in .{suffix}"
    if ("@" in alias) != ("@" in unit):
        return f"{alias!r} and {unit!r} are not both templates; write both with an @, or none"
    return ""


def words(value: Any) -> Iterator[str]:
    """The words of a directive that holds names; an empty assignment resets those before."""
    found: list[str] = []
    for line in value if isinstance(value, (list, tuple)) else [value]:
        if line == "":
            found = []
        elif line is not None:
            found += str(line).split()
    yield from dict.fromkeys(found)
