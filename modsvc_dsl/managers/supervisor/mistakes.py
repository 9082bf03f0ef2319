"""What supervisor cannot do for a service.

In: paths, words, places. Out: one `Mistake` class each. Refuses to detect: `refusals`, `order`
and `emit` do.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...language.errors import Mistake, Report
from ...language.errors.report import placed
from ...language.provenance import Place
from ...language.words import Path, show_found, show_path, show_value


class CannotHonour(Mistake):
    """An option whose value means something that supervisor has not."""

    def __init__(self, path: Path, why: str, advice: str, places: Sequence[Place]) -> None:
        headline = f"`{show_path(path)}` cannot be honoured by supervisor: {why}"
        super().__init__(Report(headline, (), placed("defined", places), (advice,)), path)


class BadText(Mistake):
    """A text that no process can be given by supervisor."""

    category = "type"

    def __init__(self, path: Path, value: str, why: str, places: Sequence[Place]) -> None:
        headline = f"`{show_path(path)}` {why}"
        found = (f"found {show_value(value)}",)
        super().__init__(Report(headline, found, placed("defined", places)), path)


class BadUser(Mistake):
    """A manager's user that no host can have."""

    category = "type"

    def __init__(self, user: object, expected: str, places: Sequence[Place]) -> None:
        headline = f"SupervisorManager(user=...) expects {expected}"
        found = (f"found {show_found(user)}",)
        super().__init__(Report(headline, found, placed("written", places)))


class NoUser(Mistake):
    """Services that would run as root because nobody said who runs them."""

    def __init__(self, services: Sequence[tuple[Path, Sequence[Place]]]) -> None:
        """`services` has the path of each, and where it was written."""
        names = [show_path((*path, "identity", "user")) for path, _ in services]
        what, who = f"`{names[0]}` has no value", "it"
        if len(names) > 1:
            what, who = f"{len(names)} services say no user", "they"
        headline = f"{what}, and supervisor makes no users: {who} would run as root"
        found = tuple(names) if len(names) > 1 else ()
        places = tuple(
            each for _, written in services for each in placed("service written", written)
        )
        advice = (
            'write identity=Identity(user="...") in the service, or SupervisorManager(user="...") '
            "for all that say none"
        )
        super().__init__(Report(headline, found, places, (advice,)), services[0][0])


class BadProgramName(Mistake):
    """A service whose program supervisor would refuse for its name."""

    def __init__(self, path: Path, name: str, why: str, places: Sequence[Place]) -> None:
        headline = f"`{show_path(path)}` makes the program {show_value(name)}, which {why}"
        advice = "name the service with letters, digits, - and _"
        super().__init__(Report(headline, (), placed("placed", places), (advice,)), path)
