"""Which links enable a unit.

In: a unit and the directives of its [Install]. Out: links as `systemctl enable` would make them,
so that a tree is complete by itself. Refuses to enable anything that does not say so, and names
that are no unit's: a link stays in the folder of units.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from .escaping import line_problem, unit_name_problem
from .path_name import escaped
from .specifiers import Specifiers

FOLDERS = {"WantedBy": "wants", "RequiredBy": "requires", "UpheldBy": "upholds"}
"""Directive -> suffix of the folder of links beside the target (systemd.unit(5))."""


class Enabling(NamedTuple):
    """One name in [Install]: the directive it stands in, and the link that it asks for.

    `path` is relative to the folder of units, `target` is the link's text; `problem` says why
    there can be no such link and what to write, empty where there can.
    """

    directive: str
    name: str
    path: str
    target: str
    problem: str


def enablings(
    unit: str, install: Mapping[str, Any], instances: Sequence[str] = ()
) -> list[Enabling]:
    """What [Install] asks for, each link once; of a template for each of its instances."""
    found: list[Enabling] = []
    if not install:
        return found
    names = instances_of(unit, install, instances) if is_template(unit) else [unit]
    for directive, suffix in FOLDERS.items():
        for word in words(install[directive]) if directive in install else ():
            for instance in names or [""]:
                name = word if isinstance(word, str) else expanded(word, instance or unit)
                path = f"{name}.{suffix}/{instance}"
                problem = unit_name_problem(name) if word is name else _unknown(word)
                problem = problem or unit_name_problem(name)
                if not problem:
                    problem = unit_name_problem(instance) if instance else _INSTANCE(unit)
                found.append(Enabling(directive, name, path, f"../{unit}", problem or ""))
    for word in words(install["Alias"]) if "Alias" in install else ():
        alias = expanded(word, unit)
        if alias != unit:
            problem = _unknown(word) or alias_problem(unit, alias)
            found.append(Enabling("Alias", alias, alias, unit, problem))
    return found


def also(unit: str, install: Mapping[str, Any]) -> list[str]:
    """The units that are enabled with a unit."""
    return [expanded(word, unit) for word in words(install["Also"])] if "Also" in install else []


def expanded(word: str | Specifiers, unit: str) -> str:
    """A word of [Install] of a unit, with what its name says in the place of specifiers."""
    if isinstance(word, str):
        return word
    stem = unit.rpartition(".")[0]
    prefix, _, instance = stem.partition("@")
    known = {"n": unit, "N": stem, "p": prefix, "i": instance, "j": prefix.rpartition("-")[2]}
    return re.sub("%(.)", lambda each: known.get(each[1], each[1]), word.text)


def _unknown(word: str | Specifiers) -> str:
    """Why a link cannot be made here, for specifiers of which only the host knows what they mean."""
    if isinstance(word, str) or not re.search("%[^nNpij]", word.text.replace("%%", "")):
        return ""
    return (
        f"the link is made here, and only the host knows what {word!r} is; write the name out, or one"
        " of %i, %j, %n, %N and %p"
    )


def also_problem(name: str) -> str:
    """Why a unit cannot be enabled with one of this tree, in which nobody made it."""
    return unit_name_problem(name) or (
        f"Also={name} would enable a unit that is not made here, and whose links only its own"
        " [Install] says; write Wants= in [Unit], and it is started with this one"
    )


_INSTANCE = (
    "{!r} is a template, of which nothing says the instance to start; write instances=[...] for the"
    " unit, or nothing in [Install]"
).format


def is_template(unit: str) -> bool:
    """Is a unit one that only has instances?"""
    return "@." in unit and unit.rpartition(".")[0].endswith("@")


def instances_of(unit: str, install: Mapping[str, Any], instances: Sequence[str]) -> list[str]:
    """The units that are started when a unit is enabled: itself, or instances of a template."""
    if not is_template(unit):
        return [unit]
    name, dot, suffix = unit.rpartition(".")
    found = [escaped(instance) for instance in instances]
    default = words(install.get("DefaultInstance"))[-1:]
    found = found or [expanded(word, unit) for word in default]
    return [f"{name}{instance}{dot}{suffix}" for instance in dict.fromkeys(found)]


def instances_problem(unit: str, instances: Sequence[str]) -> str:
    """Why a unit cannot have instances, empty if it can, or has none."""
    if instances and not is_template(unit):
        return f"{unit} is no template, so it has no instances; end its name in @"
    if "" in instances:
        return "an instance is empty; write what %I shall stand for"
    for each in instances:
        found = line_problem(each)
        if found:
            return f"an instance cannot be: {found[0]}"
    return ""


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


def words(value: Any) -> list[str | Specifiers]:
    """The words of a directive that holds names; an empty assignment resets those before."""
    found: list[str | Specifiers] = []
    for line in value if isinstance(value, (list, tuple)) else [value]:
        if line == "":
            found = []
        elif isinstance(line, Specifiers):
            found += map(Specifiers, line.text.split())
        elif line is not None:
            found += str(line).split()
    return list(dict.fromkeys(found))
