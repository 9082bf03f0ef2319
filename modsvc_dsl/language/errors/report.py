"""A mistake in words, as data, and its plain text.

In: headlines, findings, places. Out: `Report`, and `lay_out`, the text of `str(error)`.
Refuses to know terminals and colours.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from ..provenance import (
    PACKAGE,
    Location,
    Place,
    is_foreign,
    is_installed,
    is_ours,
    locate_name,
    locate_part,
    source_line,
)

MOST_PLACES = 8
"""How many places one message lists before it only counts the rest."""


class Report(NamedTuple):
    """A mistake in words: what is wrong, what was found, where, and what to write instead.

    `more` is how many places there are besides. `unquoted` says that no source line is shown of
    its places, for a secret may stand in it.
    """

    headline: str
    found: tuple[str, ...] = ()
    places: tuple[tuple[str, Location], ...] = ()
    advice: tuple[str, ...] = ()
    more: int = 0
    unquoted: bool = False


Labelled = tuple[tuple[str, Location], ...]
"""Locations, each with what happened there."""


def placed(label: str, places: Iterable[Place]) -> Labelled:
    """Places under a label, each location once."""
    return tuple(dict.fromkeys((label, place.locate()) for place in places))


def parts(label: str, places: Iterable[Place], path: Sequence[Any]) -> Labelled:
    """The part at the end of `path`, in what was written at each place."""
    return tuple(dict.fromkeys((label, locate_part(place, path)) for place in places))


def names(label: str, places: Iterable[Place], path: Sequence[Any]) -> Labelled:
    """The name at the end of `path`, in what was written at each place or in its target."""
    return tuple(dict.fromkeys((label, locate_name(place, path)) for place in places))


def raised(frames: Sequence[Place]) -> Labelled:
    """The lines of the user's, innermost first; those of libraries only where there are no others."""
    every = [frame.locate() for frame in frames]
    own = [each for each in every if not (is_foreign(each.file) or is_installed(each.file))]
    shown = own or every
    labels = ["raised" if shown[:1] == every[:1] else "raised below"]
    labels += ["called"] * (len(shown) - 1)
    return tuple(dict.fromkeys(zip(labels, shown)))


def without_ours(report: Report) -> Report:
    """A report in which places inside this package have no file and line of their own."""
    shown = (
        (label, Location(PACKAGE, 0) if is_ours(location.file) else location)
        for label, location in report.places
    )
    return report._replace(places=tuple(dict.fromkeys(shown)))


def unquoted_in(reports: Iterable[Report]) -> frozenset[Location]:
    """The places whose source line is not to be shown by any of several reports that go together."""
    return frozenset(place for report in reports if report.unquoted for _, place in report.places)


def lay_out(report: Report, unquoted: Collection[Location] = ()) -> str:
    """The plain text of a report, several lines without a last line break.

    `unquoted` are places whose source line is not shown, besides those of the report itself.
    """
    lines = [_clean(report.headline)]
    lines += [f"  {_clean(text)}" for text in report.found]
    for label, location in report.places[:MOST_PLACES]:
        if location.file == PACKAGE:
            lines.append(f"  {_clean(label)} ({PACKAGE})")
            continue
        lines.append(f"  {_clean(f'{label} at {location}')}")
        text = "" if report.unquoted or location in unquoted else source_line(location)
        if text:
            lines.append(f"      {_clean(text)}")
    more = report.more + max(len(report.places) - MOST_PLACES, 0)
    if more:
        lines.append(f"  and {more} more places")
    lines += [f"  to fix: {_clean(text)}" for text in report.advice if text]
    return "\n".join(lines)


def _clean(text: str) -> str:
    """A text in which nothing moves the cursor: values and exceptions of the user's are in it."""
    if text.isprintable():
        return text
    return "".join(map(_tame, text))


def _tame(character: str) -> str:
    """A character as it is, if it prints; a line break goes on below; others are written out."""
    if character == "\n":
        return "\n    "
    return character if character.isprintable() else repr(character)[1:-1]
