"""Where what a process says goes.

In: nothing. Out: the group `logging`. Refuses to know how a manager keeps its log.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from ...language.errors import Mistake
from ...language.evaluation.history import places, strength
from ...language.declaration.module import Module
from ...language.declaration.option import option
from ...language.properties import OPTION_DEFAULT
from ...language.types.refinements import Between
from ..mistakes.services import Contradiction
from ..values.quantities import SpanOption, unset
from ..values.spelling import HostPath, LogName

Level = Literal["emergency", "alert", "critical", "error", "warning", "notice", "info", "debug"]
"""How urgent a message is, most urgent first (RFC 5424, table 2)."""


class Logging(Module):
    """Standard output, standard error, and what the manager's log takes of them."""

    stdout: Literal["log", "null"] | HostPath = option(
        default="log",
        description=(
            "Where standard output goes: the manager's log, nowhere, or the end of a file, "
            "whose folder exists."
        ),
    )
    stderr: Literal["stdout", "log", "null"] | HostPath = option(
        default="stdout",
        description="Where standard error goes. stdout: to the same place as standard output.",
    )
    identifier: LogName | None = option(
        default=None, description="The name that its messages bear. Unset: the program's."
    )
    level_max: Level | None = option(
        default=None, description="Messages that are less urgent are dropped. Unset: none is."
    )
    rate_burst: Annotated[int, Between(1, 2**31 - 1)] | None = option(
        default=None,
        description="Messages it may log within rate_interval; more are dropped. Unset: as the host.",
    )
    rate_interval: SpanOption = option(
        default=unset(), description="The time in which rate_burst counts. 0: nothing is dropped."
    )

    def __validate__(self) -> Iterator[Mistake]:
        """What is said of the log has a stream that goes there."""
        streams = {self.stdout, self.stdout if self.stderr == "stdout" else self.stderr}
        if "log" not in streams:
            for name in ("identifier", "level_max", "rate_burst", "rate_interval"):
                if getattr(self, name) is not None:
                    yield self._no_log(name)
        if (
            self.rate_burst is not None
            and not self.rate_interval
            and self.rate_interval is not None
        ):
            where = [(name, places(self, name)) for name in ("rate_burst", "rate_interval")]
            why = "limits what a rate_interval of 0 lets pass"
            path = (*self.__node__.path, *self.__group__.path, "rate_burst")
            yield Contradiction(path, why, where, "take one of the two away")

    def _no_log(self, name: str) -> Mistake:
        names = (
            each for each in (name, "stdout", "stderr") if strength(self, each) < OPTION_DEFAULT
        )
        where = [(each, places(self, each)) for each in names]
        why = "is said of the log, where neither stdout nor stderr goes"
        path = (*self.__node__.path, *self.__group__.path, name)
        return Contradiction(path, why, where, 'take it away, or write stdout="log"')
