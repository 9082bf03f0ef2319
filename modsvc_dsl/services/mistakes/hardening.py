"""What can be wrong with what a service may touch.

In: paths, values, places. Out: one `Mistake` class each. Refuses to detect.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...language.errors import Mistake, Report
from ...language.errors.report import placed
from ...language.provenance import Place
from ...language.words import Path, all_of, show_path


class TwoWordsOnPath(Mistake):
    """A path that a service may write to, only read, or not see: two of the three."""

    category = "conflict"

    def __init__(
        self, where: Path, path: str, one: str, other: str, places: Sequence[Place]
    ) -> None:
        headline = f"`{show_path(where)}` has {path!r} both in {one} and in {other}"
        advice = "take it out of one of them; a path in it can be said apart"
        super().__init__(Report(headline, (), placed("defined", places), (advice,)), where)


class OutOfSight(Mistake):
    """A path that a service may write to or read, in a folder that it does not see.

    `covered_by` says what keeps it from seeing, as it is written.
    """

    category = "conflict"

    def __init__(
        self,
        where: Path,
        path: str,
        option: str,
        covered_by: str,
        advice: str,
        places: Sequence[Place],
    ) -> None:
        headline = (
            f"`{show_path(where)}` has {path!r} in {option}, and the service does not see it: "
            f"{covered_by}"
        )
        super().__init__(Report(headline, (), placed("defined", places), (advice,)), where)


class NoUseOfCapabilities(Mistake):
    """Capabilities of a process that has none of them outside of its own users."""

    category = "conflict"

    def __init__(self, where: Path, capabilities: Sequence[str], places: Sequence[Place]) -> None:
        headline = (
            f"`{show_path(where)}` keeps {all_of(capabilities)} without the users of the host, where"
            " no capability is of any use"
        )
        advice = "take host_users=False away, or the capabilities"
        super().__init__(Report(headline, (), placed("defined", places), (advice,)), where)


class NothingToGain(Mistake):
    """A service that may gain privileges, as a user that never can."""

    category = "conflict"

    def __init__(self, path: Path, places: Sequence[Place], written: Sequence[Place]) -> None:
        """`written` is where the service stands: a profile says it in a file of its own."""
        said = placed("defined", places) + placed("service written", written)
        headline = (
            f"`{show_path(path)}` is on for a user that is made while the service runs, and that no"
            " program can give more rights"
        )
        advice = 'say who it runs as: identity=Identity(user="deploy"), or with create=True'
        super().__init__(Report(headline, (), said, (advice,)), path)
