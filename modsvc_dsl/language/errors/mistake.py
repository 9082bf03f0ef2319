"""What every mistake is: an exception that carries its report and its path.

In: reports, or how to make one from a path. Out: `Mistake`, and `Mistakes`, several at once.
Refuses to know which mistakes there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar

from ..provenance import PACKAGE, Place
from ..words import Path
from .report import Report, lay_out, placed, unquoted_in, without_ours

Telling = Callable[[Path], Report]
"""Makes the words of a mistake from its path. It runs when somebody reads them: many mistakes
are caught, and finding the lines in question means reading the user's source."""


class Mistake(Exception):
    """One mistake of the user's. `category` is its class in words that programs can rely on.

    `path` is the option in question, from the root of what was evaluated.
    """

    category: ClassVar[str] = "other"
    endless: bool = False
    """Does it say that there is ever more of what is wrong, the deeper one looks?"""

    def __init__(self, report: Report | Telling, path: Path = ()) -> None:
        super().__init__()
        self._report = report
        self.path = path
        self.around: Callable[[], Sequence[Place]] | None = None
        """Where users wrote what it is in, for one that no line of theirs has made by itself."""
        self.discreet = False
        """Is its line not shown, since something else in it may be a secret?"""

    def report(self) -> Report:
        """The mistake in words. Places inside this package are only named as such."""
        made = self._report if isinstance(self._report, Report) else self._report(self.path)
        told = without_ours(made)
        if self.discreet:
            told = told._replace(unquoted=True)
        if self.around is None or not all(place.file == PACKAGE for _, place in told.places):
            return told
        return told._replace(places=told.places + placed("placed", self.around()))

    def __str__(self) -> str:
        return lay_out(self.report())

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.report().headline!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (type(self), self.report(), self.path)


def _restore(kind: type[Mistake], report: Report, path: Path) -> Mistake:
    mistake = kind.__new__(kind)
    Mistake.__init__(mistake, report, path)
    return mistake


class Mistakes(Exception):
    """All mistakes of one phase; `mistakes` has at least one."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__(self.mistakes)

    def __str__(self) -> str:
        reports = [mistake.report() for mistake in self.mistakes]
        unquoted = unquoted_in(reports)
        texts = [lay_out(report, unquoted) for report in reports]
        if len(texts) > 1:
            texts.append(f"{len(texts)} mistakes")
        return "\n\n".join(texts)


def flatten(error: Mistake | Mistakes) -> tuple[Mistake, ...]:
    """The single mistakes in an error."""
    return error.mistakes if isinstance(error, Mistakes) else (error,)
