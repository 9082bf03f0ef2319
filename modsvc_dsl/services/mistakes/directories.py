"""What can be wrong with the directories of a service.

In: paths, values, places. Out: one `Mistake` class each. Refuses to detect.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...language.errors import Mistake, Report, Undefined
from ...language.errors.report import placed
from ...language.provenance import Place
from ...language.words import Path, show_path


class NoPath(Undefined):
    """A directory whose path is read, and that has none."""

    def __init__(self, path: Path, why: str, advice: str) -> None:
        self._readers = {}

        def tell(path: Path) -> Report:
            headline = f"`{show_path(path[:-1])}` {why}"
            return Report(headline, (), self._needed(), (advice,))

        Mistake.__init__(self, tell, path)


class NotSwitchedOn(Mistake):
    """A directory of which something is said, but not that the service has it.

    `what` says what that is, as in "the mode".
    """

    category = "undefined"

    def __init__(self, path: Path, what: str, advice: str, places: Sequence[Place]) -> None:
        headline = f"`{show_path(path)}` says {what} of a directory that is not switched on"
        super().__init__(Report(headline, (), placed("defined", places), (advice,)), path)
