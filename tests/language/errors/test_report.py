"""A mistake in words: laid out, shortened, and harmless to a terminal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from modsvc_dsl.language.errors.report import (
    MOST_PLACES,
    Report,
    lay_out,
    placed,
    raised,
    without_ours,
)
from modsvc_dsl.language.errors import report as this
from modsvc_dsl.language.provenance import PACKAGE, Line, Location

OURS = this.__file__
texts = st.text(max_size=30)
places = st.tuples(texts, st.builds(Location, texts.filter(bool), st.integers(0, 99)))
reports = st.builds(
    Report,
    texts,
    st.lists(texts, max_size=3).map(tuple),
    st.lists(places, max_size=12).map(tuple),
    st.lists(texts, max_size=2).map(tuple),
    st.integers(0, 5),
)


def test_the_parts_stand_in_order() -> None:
    """Headline, what was found, places with their source line, what to write instead."""
    here = Location(__file__, 1)
    told = Report("headline", ("found 3",), (("written", here),), ("write 4",), more=2)
    assert lay_out(told).splitlines() == [
        "headline",
        "  found 3",
        f"  written at {__file__}:1",
        '      """A mistake in words: laid out, shortened, and harmless to a terminal."""',
        "  and 2 more places",
        "  to fix: write 4",
    ]
    assert lay_out(Report("headline", advice=("", ""))) == "headline"


@given(reports)
def test_no_text_of_the_users_moves_the_cursor(told: Report) -> None:
    """Whatever is in it prints, but for the line breaks that the layout makes."""
    text = lay_out(told)
    assert all(line.isprintable() for line in text.split("\n"))
    shown = sum(1 for line in text.split("\n") if " at " in line)
    assert len(told.places) <= MOST_PLACES or "more places" in text
    assert shown <= len(text)


def test_very_many_places_are_counted() -> None:
    """So many are shown; the rest is a number, those that nobody listed among it."""
    many = tuple(("defined", Location("nowhere.py", number)) for number in range(MOST_PLACES + 3))
    lines = lay_out(Report("h", places=many, more=4)).splitlines()
    assert len([line for line in lines if " at " in line]) == MOST_PLACES
    assert lines[-1] == "  and 7 more places"


def test_places_inside_the_package_are_only_named_as_such() -> None:
    """Once, however many they were; those of the user's stay."""
    users = ("written", Location("user.py", 3))
    inside = [("written", Location(OURS, number)) for number in (1, 2)]
    told = without_ours(Report("h", places=(users, *inside)))
    assert told.places == (users, ("written", Location(PACKAGE, 0)))
    assert lay_out(told).splitlines()[-1] == f"  written ({PACKAGE})"


def test_a_place_counts_once() -> None:
    """Under one label."""
    line = Line("user.py", 3)
    assert placed("defined", [line, line]) == (("defined", Location("user.py", 3)),)


def test_of_a_traceback_the_users_lines_are_shown() -> None:
    """Those of libraries only where there are no others; what raised is told from what called."""
    import json

    library, one, two = Line(json.__file__, 5), Line("user.py", 3), Line("user.py", 9)
    assert raised([one, two]) == (
        ("raised", Location("user.py", 3)),
        ("called", Location("user.py", 9)),
    )
    assert raised([library, one]) == (("raised below", Location("user.py", 3)),)
    assert raised([library]) == (("raised", Location(json.__file__, 5)),)
    assert raised([]) == ()
