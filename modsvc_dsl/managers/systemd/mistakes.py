"""What can be wrong with units.

In: paths, names, places. Out: one `Mistake` class each. Refuses to detect.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...language.errors import Mistake, Report
from ...language.provenance import Location, Place
from ...language.words import Path, show_path


def _places(label: str, places: Sequence[Place]) -> tuple[tuple[str, Location], ...]:
    return tuple(dict.fromkeys((label, place.locate()) for place in places))


class BadDirective(Mistake):
    """A value that a directive does not take, or that no line of a unit could hold."""

    category = "type"

    def __init__(self, path: Path, why: str, places: Sequence[Place]) -> None:
        what, _, advice = why.partition("; ")
        headline = f"`{show_path(path)}`: {what}"
        super().__init__(Report(headline, (), _places("defined", places), (advice,)), path)


class BadUnitName(Mistake):
    """A service whose unit systemd would refuse for its name."""

    def __init__(self, path: Path, unit: str, why: str, places: Sequence[Place]) -> None:
        headline = f"`{show_path(path)}` makes the unit {unit!r}, which {why}"
        advice = "name the service with letters, digits, - and _"
        super().__init__(Report(headline, (), _places("placed", places), (advice,)), path)


class BadReference(Mistake):
    """A reference that no unit can follow."""

    def __init__(self, path: Path, why: str, advice: str, places: Sequence[Place]) -> None:
        headline = f"`{show_path(path)}` refers to {why}"
        super().__init__(Report(headline, (), _places("defined", places), (advice,)), path)
