"""In which order programs start.

In: the services of one host that run. Out: the priority of each, and what of their relations
supervisor cannot keep. Refuses to start anything: supervisord starts programs from the lowest
priority to the highest, none waiting for the one before, and stops them in reverse.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any

from ...language.errors import Mistake
from ...language.history import places
from ...language.words import Path, show_path
from ...services.host_unit import HostUnit
from ...services.path import host_of
from ...services.service import Service, runs
from ..manager import enabled
from .lifecycle import started_as
from .mistakes import CannotHonour, OrderCycle, OtherHost

FIRST = 999
"""The priority of a program that waits for no other: supervisor's own default."""

_STARTED_TOGETHER = ("requires", "wants")
_REFUSED = {
    "binds_to": "it stops no program because another has ended",
    "part_of": "it stops and restarts each program by itself",
    "conflicts": "it stops no program because another starts",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One program that starts before another, and the option that says so."""

    first: Service
    then: Service
    by: Service
    relation: str

    @property
    def path(self) -> Path:
        """The path of the option that says so."""
        return (*self.by.__node__.path, "relations", self.relation)


class Order:
    """The relations among the programs of a host: `priorities` by program, `notes`, `mistakes`."""

    def __init__(self, programs: Sequence[Service]) -> None:
        self.programs = {id(program.__node__): program for program in programs}
        self.notes: list[str] = []
        self.mistakes: list[Mistake] = []
        self.steps = [step for program in programs for step in self._steps(program)]
        for program in programs:
            self._together(program)
            self._apart(program)
        self.priorities = self._priorities()

    def priority(self, program: Service) -> int:
        """The priority of a program; FIRST for all where the order has a cycle."""
        return self.priorities.get(id(program.__node__), FIRST)

    def _steps(self, program: Service) -> Iterator[Step]:
        for relation in ("after", "before"):
            for reference in getattr(program.relations, relation):
                others = self._meant(program, relation, reference)
                if others is None:
                    what = "supervisor does not know it, and keeps no order with it"
                    self._note(program, f"`{relation}` of {_name(reference)}: {what}")
                for other in others or ():
                    first, then = (other, program) if relation == "after" else (program, other)
                    step = Step(first, then, program, relation)
                    if started_as(first) == "oneshot":
                        what = "starts after it, but does not wait for it to end"
                        self._note(then, f"{what}: `{show_path(first.__node__.path)}`")
                    yield step

    def _together(self, program: Service) -> None:
        """supervisor starts nothing on account of another: what starts at boot is there anyway."""
        for relation in _STARTED_TOGETHER:
            for reference in getattr(program.relations, relation):
                others = self._meant(program, relation, reference)
                if any(not other.lifecycle.start_at_boot for other in others or ()):
                    why = f"it starts no program for another, and {_name(reference)} does not"
                    advice = "let that one start at boot, or take the relation away"
                    self._refuse(program, relation, f"{why} start at boot", advice)
                elif others == [] and relation == "requires" and _is_here(program, reference):
                    why = f"{_name(reference)} is switched off, or runs nothing"
                    self._refuse(program, relation, why, "switch it on, or take it out of requires")
                elif others != []:
                    what = "starts no program for another, both start by themselves"
                    if others is None:
                        what = "does not know it, and does not start it"
                    self._note(program, f"`{relation}` of {_name(reference)}: supervisor {what}")

    def _apart(self, program: Service) -> None:
        """supervisor stops nothing on account of another, either."""
        for relation, why in _REFUSED.items():
            others = [
                self._meant(program, relation, reference)
                for reference in getattr(program.relations, relation)
            ]
            if any(each != [] for each in others) or (others and relation == "binds_to"):
                self._refuse(program, relation, why, "take the relation away on this host")

    def _refuse(self, program: Service, relation: str, why: str, advice: str) -> None:
        path = (*program.__node__.path, "relations", relation)
        said = places(program, ("relations", relation))
        self.mistakes.append(CannotHonour(path, why, advice, said))

    def _meant(self, program: Service, relation: str, reference: Any) -> list[Service] | None:
        """The programs that a reference means, None where supervisor cannot know them."""
        referred = reference.__referred__()
        if isinstance(referred, HostUnit):
            return None
        if not _is_here(program, reference):
            path = (*program.__node__.path, "relations", relation)
            said = places(program, ("relations", relation))
            self.mistakes.append(OtherHost(path, referred.__node__.path, said))
            return []
        if runs(referred):
            return [referred] if id(referred.__node__) in self.programs else []
        below = enabled({"": referred})
        return [
            each
            for each in below
            if id(each.__node__) in self.programs and each.__node__ is not program.__node__
        ]

    def _priorities(self) -> dict[int, int]:
        """Each program one later than the latest that it starts after."""
        before: dict[int, list[int]] = {key: [] for key in self.programs}
        for step in self.steps:
            before[id(step.then.__node__)].append(id(step.first.__node__))
        try:
            ordered = list(TopologicalSorter(before).static_order())
        except CycleError as error:
            self.mistakes.append(self._cycle(error.args[1]))
            return {}
        found: dict[int, int] = {}
        for key in ordered:
            found[key] = max((found[other] + 1 for other in before[key]), default=FIRST)
        return found

    def _cycle(self, ring: Sequence[int]) -> OrderCycle:
        """The mistake for programs of which each starts before the next, and the last is the first."""
        chain = []
        for first, then in zip(ring, ring[1:]):
            step = next(
                step
                for step in self.steps
                if (id(step.first.__node__), id(step.then.__node__)) == (first, then)
            )
            said = places(step.by, ("relations", step.relation))
            chain.append((step.first.__node__.path, step.path, said))
        return OrderCycle(chain)

    def _note(self, program: Service, text: str) -> None:
        self.notes.append(f"`{show_path(program.__node__.path)}`: {text}")


def _name(reference: Any) -> str:
    referred = reference.__referred__()
    name = referred.name if isinstance(referred, HostUnit) else show_path(referred.__node__.path)
    return f"`{name}`"


def _is_here(program: Service, reference: Any) -> bool:
    """Is the service referred to on the host of the program?"""
    return host_of(reference.__referred__()) is host_of(program)
