"""Optional definitions that had nothing to define.

In: a result. Out: each of them as data. Refuses to call that a mistake.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from ..arguments import refuses_others
from ..evaluation.configuration import node_of
from .check import places_in
from ..cells.evaluated import Evaluated
from ..provenance import Location
from ..declaration.target import Target, written
from ..words import Path, show_path


class Skipped(NamedTuple):
    """A definition made with `optional=True` whose target no module there declares.

    `path` is the place of the module, `target` what it would have defined.
    """

    path: Path
    module: str
    target: str
    location: Location


@refuses_others
def find_skipped(result: Any) -> tuple[Skipped, ...]:
    """The definitions skipped in a result and in all results in it; reads every option."""
    node_of(result, "find_skipped")
    return tuple(skipped for node in places_in(result) for skipped in skipped_at(node))


def skipped_at(node: Evaluated) -> list[Skipped]:
    """The definitions skipped in one place, of what lies there itself."""
    found = []
    for module, declared in node.skipped:
        target = declared.target
        text = written(target) if isinstance(target, Target) else show_path(target)
        found.append(Skipped(node.path, module, text, declared.place.locate()))
    return found
