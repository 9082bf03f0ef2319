"""Which links enable a unit.

In: the directives of [Install]. Out: links as `systemctl enable` would make them, so that a
tree is complete by itself. Refuses to enable anything that does not say so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

FOLDERS = {"WantedBy": "wants", "RequiredBy": "requires", "UpheldBy": "upholds"}
"""Directive -> suffix of the folder of links beside the target (systemd.unit(5))."""


def links(unit: str, install: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Paths of links relative to the folder of units, each with its target's text."""
    for directive, suffix in FOLDERS.items():
        for target in words(install.get(directive)):
            yield f"{target}.{suffix}/{unit}", f"../{unit}"
    for alias in words(install.get("Alias")):
        if alias != unit:
            yield alias, unit


def words(value: Any) -> Iterator[str]:
    """The words of a directive that holds names; an empty assignment resets those before."""
    found: list[str] = []
    for line in value if isinstance(value, (list, tuple)) else [value]:
        if line == "":
            found = []
        elif line is not None:
            found += str(line).split()
    yield from dict.fromkeys(found)
