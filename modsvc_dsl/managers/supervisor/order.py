"""In which order programs start.

In: the services of one host that run. Out: the priority of each, and what of their relations
supervisor cannot keep. Refuses to start anything: supervisord starts programs from the lowest
priority to the highest, none waiting for the one before, and stops them in reverse.
"""

from __future__ import annotations

from collections.abc import Sequence
from graphlib import TopologicalSorter
from typing import Any

from ...language.evaluation.configuration import is_untouched
from ...language.errors import Mistake
from ...language.evaluation.history import places
from ...language.words import show_path
from ...services.host_unit import HostUnit
from ...services.order import edges, meant
from ...services.service import Service
from .lifecycle import started_as
from .mistakes import CannotHonour

FIRST = 999
"""The priority of a program that waits for no other: supervisor's own default."""

_STARTED_TOGETHER = ("requires", "wants")
_REFUSED = {
    "binds_to": "it stops no program because another has ended",
    "part_of": "it stops and restarts each program by itself",
    "conflicts": "it stops no program because another starts",
    "on_failure": "it starts no program because another has failed",
}


class Order:
    """The relations among the programs of a host: `priorities` by program, `notes`, `mistakes`."""

    def __init__(self, programs: Sequence[Service]) -> None:
        self.programs = {id(program.__node__): program for program in programs}
        self.notes: list[str] = []
        self.mistakes: list[Mistake] = []
        self.edges = list(edges(programs))
        for edge in self.edges:
            if started_as(edge.first) == "oneshot":
                what = "starts after it, but does not wait for it to end"
                self._note(edge.then, f"{what}: `{show_path(edge.first.__node__.path)}`")
        for program in programs:
            if not is_untouched(program.relations):
                self._beside_units(program)
                self._together(program)
                self._apart(program)
        self.priorities = self._priorities()

    def priority(self, program: Service) -> int:
        """The priority of a program."""
        return self.priorities.get(id(program.__node__), FIRST)

    def _beside_units(self, program: Service) -> None:
        """supervisor knows no units of the host."""
        for relation in ("after", "before"):
            for reference in getattr(program.relations, relation):
                if meant(program, reference) is None:
                    what = "supervisor does not know it, and keeps no order with it"
                    self._note(program, f"`{relation}` of {_name(reference)}: {what}")

    def _together(self, program: Service) -> None:
        """supervisor starts nothing on account of another: what starts at boot is there anyway."""
        for relation in _STARTED_TOGETHER:
            for reference in getattr(program.relations, relation):
                others = meant(program, reference)
                if any(not other.lifecycle.start_at_boot for other in others or ()):
                    why = f"it starts no program for another, and {_name(reference)} does not"
                    advice = "let that one start at boot, or take the relation away"
                    self._refuse(program, relation, f"{why} start at boot", advice)
                elif others != []:
                    what = "starts no program for another, both start by themselves"
                    if others is None:
                        what = "does not know it, and does not start it"
                    self._note(program, f"`{relation}` of {_name(reference)}: supervisor {what}")

    def _apart(self, program: Service) -> None:
        """supervisor stops nothing on account of another, either."""
        for relation, why in _REFUSED.items():
            others = [
                meant(program, reference) for reference in getattr(program.relations, relation)
            ]
            if any(each != [] for each in others) or (others and relation == "binds_to"):
                self._refuse(program, relation, why, "take the relation away on this host")

    def _refuse(self, program: Service, relation: str, why: str, advice: str) -> None:
        path = (*program.__node__.path, "relations", relation)
        said = places(program, ("relations", relation))
        self.mistakes.append(CannotHonour(path, why, advice, said))

    def _priorities(self) -> dict[int, int]:
        """Each program one later than the latest that it starts after."""
        before: dict[int, list[int]] = {key: [] for key in self.programs}
        for edge in self.edges:
            before[id(edge.then.__node__)].append(id(edge.first.__node__))
        found: dict[int, int] = {}
        for key in TopologicalSorter(before).static_order():  # rings are refused before
            found[key] = max((found[other] + 1 for other in before[key]), default=FIRST)
        return found

    def _note(self, program: Service, text: str) -> None:
        self.notes.append(f"`{show_path(program.__node__.path)}`: {text}")


def _name(reference: Any) -> str:
    referred = reference.__referred__()
    name = referred.name if isinstance(referred, HostUnit) else show_path(referred.__node__.path)
    return f"`{name}`"
