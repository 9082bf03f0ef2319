"""What can be wrong with who a service runs as.

In: paths, values, places. Out: one `Mistake` class each. Refuses to detect.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...language.errors import Mistake, Report
from ...language.errors.report import placed
from ...language.provenance import Place
from ...language.words import Path, all_of, show_path, show_value


class NotCreated(Mistake):
    """What only a user that is made can have."""

    category = "conflict"

    def __init__(
        self, path: Path, said: Sequence[str], user: str | None, places: Sequence[Place]
    ) -> None:
        whose = (
            "a user that is made while the service runs" if user is None else "a user that exists"
        )
        headline = f"`{show_path(path)}` says {all_of(said)} of {whose}"
        advice = "write create=True beside it: then the host gets this user if it has none"
        super().__init__(Report(headline, (), placed("defined", places), (advice,)), path)


class BadNewName(Mistake):
    """A user or group that no host could be given."""

    category = "type"

    def __init__(self, path: Path, name: str, why: str, places: Sequence[Place]) -> None:
        headline = f"`{show_path(path)}` is to be made, but {show_value(name)} {why}"
        advice = 'write another name, as in Identity(user="app", create=True), or leave create out'
        super().__init__(Report(headline, (), placed("defined", places), (advice,)), path)


class TwoIdentities(Mistake):
    """A service that is to run as another one's user, and as one of its own."""

    category = "conflict"

    def __init__(
        self, path: Path, said: Sequence[str], other: Path, places: Sequence[Place]
    ) -> None:
        headline = (
            f"`{show_path(path)}` is the same as that of `{show_path(other)}`, and says"
            f" {all_of(said)} of its own"
        )
        advice = "take one of the two away"
        super().__init__(Report(headline, (), placed("defined", places), (advice,)), path)


class NobodysIdentity(Mistake):
    """An identity taken from a service that has none, or that takes it from the first."""

    def __init__(self, path: Path, why: str, advice: str, places: Sequence[Place]) -> None:
        headline = f"`{show_path(path)}` refers to {why}"
        super().__init__(Report(headline, (), placed("defined", places), (advice,)), path)
