"""A mistake in words, as data, and its plain text.

In: headlines, findings, places. Out: `Report`, and `lay_out`, the text of `str(error)`.
Refuses to know terminals and colours.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..provenance import Location, Place, source_line

MOST_PLACES = 8
"""How many places one message lists before it only counts the rest."""


@dataclass(frozen=True, slots=True)
class Report:
    """A mistake in words: what is wrong, what was found, where, and what to write instead."""

    headline: str
    found: tuple[str, ...] = ()
    places: tuple[tuple[str, Location], ...] = ()
    advice: tuple[str, ...] = ()


def placed(label: str, places: Iterable[Place]) -> tuple[tuple[str, Location], ...]:
    """Places under a label, each location once."""
    return tuple(dict.fromkeys((label, place.locate()) for place in places))


def lay_out(report: Report) -> str:
    """The plain text of a report, several lines without a last line break."""
    lines = [report.headline]
    lines += [f"  {text}" for text in report.found]
    for label, location in report.places[:MOST_PLACES]:
        lines.append(f"  {label} at {location}")
        source = source_line(location)
        if source:
            lines.append(f"      {source}")
    if len(report.places) > MOST_PLACES:
        lines.append(f"  and {len(report.places) - MOST_PLACES} more places")
    lines += [f"  to fix: {text}" for text in report.advice if text]
    return "\n".join(lines)
