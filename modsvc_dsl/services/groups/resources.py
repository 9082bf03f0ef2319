"""How much of its host a service may use, and who comes first.

In: nothing. Out: the group `resources`. Refuses to know how a manager limits: what is unset is
the manager's own choice, for most of them no limit at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from ...language.errors import Mistake
from ...language.evaluation.history import places
from ...language.declaration.module import Module
from ...language.declaration.option import option
from ...language.types.refinements import Between
from ...language.types.size import spelled
from ..mistakes.services import Contradiction
from ..values.quantities import LockedOption, MemoryOption, QuotaOption, SizeOption, unset

Weight = Annotated[int, Between(1, 10000)]
"""A share among others of the host; 100 is everybody's (CGROUP_WEIGHT_MIN, _MAX, _DEFAULT)."""


class Resources(Module):
    """Limits and shares of all processes of a service together."""

    memory_max: MemoryOption = option(
        default=unset(), description="Memory beyond which processes of it are killed."
    )
    memory_high: MemoryOption = option(
        default=unset(), description="Memory beyond which it is slowed down and has to give back."
    )
    memory_low: MemoryOption = option(
        default=unset(),
        description="Memory that is taken from it last, when the host is short of it.",
    )
    swap_max: SizeOption = option(
        default=unset(), description="Swap that it may use. 0: none of its memory is swapped."
    )
    cpu_quota: QuotaOption = option(
        default=unset(), description="Time that it gets at the most, in percent of one CPU."
    )
    cpu_weight: Weight | None = option(
        default=None, description="Its share of the CPUs when they are short; others have 100."
    )
    io_weight: Weight | None = option(
        default=None, description="Its share of the disks when they are short; others have 100."
    )
    io_class: Literal["best-effort", "idle"] | None = option(
        default=None, description="idle: it gets the disk when nobody else wants it."
    )
    nice: Annotated[int, Between(-20, 19)] | None = option(
        default=None, description="From -20, before everybody, to 19, behind everybody."
    )
    oom_score: Annotated[int, Between(-1000, 1000)] | None = option(
        default=None,
        description="Who is killed when the host has no memory left: from -1000, never, to 1000, first.",
    )
    tasks_max: Annotated[int, Between(1, 2**22)] | Literal["unlimited"] | None = option(
        default=None, description="Processes and threads that it may have, at the most 2^22."
    )
    open_files: Annotated[int, Between(8, 2**30)] | None = option(
        default=None, description="Descriptors that each process may have open."
    )
    locked_memory: LockedOption = option(
        default=unset(), description="Memory that each process may keep from being swapped."
    )
    core_dumps: bool | None = option(
        default=None, description="Whether a process that crashes leaves its memory behind."
    )

    def __validate__(self) -> Iterator[Mistake]:
        """What takes hold first is not above what takes hold last."""
        ladder = ("memory_low", "memory_high", "memory_max")
        said = [(name, getattr(self, name)) for name in ladder if getattr(self, name) is not None]
        for (low, less), (high, more) in zip(said, said[1:]):
            if less > more:
                why = f"is {spelled(less)}, and {high} is {spelled(more)}, which is less"
                where = [(name, places(self, name)) for name in (low, high)]
                advice = f"write a {high} of at least {spelled(less)}, or a smaller {low}"
                yield Contradiction(
                    (*self.__node__.path, *self.__group__.path, low), why, where, advice
                )
