"""Errors: their layout, their limits, and that they cross to another process."""

from __future__ import annotations

import errno
import pickle
from pathlib import Path

import pytest

from modsvc_dsl.output.errors import (
    LISTED,
    Change,
    ForeignContent,
    LeftoverInTheWay,
    ManifestBroken,
    ManifestNewer,
    OutIsForbidden,
    OutIsLink,
    OutIsNoFolder,
    OutputBusy,
    OutputError,
    ParentMissing,
    ParentNotWritable,
    Problem,
    UnsafeTrees,
    WriteFailed,
    quoted,
    shown,
)

OUT = Path("/srv/out")

EVERY: list[OutputError] = [
    ParentMissing(OUT, OUT.parent, exists=False),
    ParentMissing(OUT, OUT.parent, exists=True),
    ParentNotWritable(OUT, OUT.parent, "Permission denied"),
    OutIsNoFolder(OUT, "a file"),
    OutIsLink(OUT, "/srv/real"),
    OutIsForbidden(OUT, "your home folder"),
    OutputBusy(OUT, Path("/srv/.out.modsvc-lock")),
    LeftoverInTheWay(OUT, Path("/srv/.out.modsvc-new"), "a file"),
    WriteFailed(OUT, "writing the new tree", OSError(errno.EIO, "Input/output error", "/srv/x")),
    ForeignContent(OUT, ["a"], [Change("b", "its content is not what was written")], manifest=True),
    ManifestBroken(OUT / "manifest.json", "it is no JSON"),
    ManifestNewer(OUT / "manifest.json", 2, 1),
    UnsafeTrees(OUT, [Problem("h", "../x", "it leaves", "stay inside", "site.py:3")]),
]


def test_every_error_there_is_is_listed_here() -> None:
    assert {type(error) for error in EVERY} == set(OutputError.__subclasses__())


@pytest.mark.parametrize("error", EVERY, ids=lambda error: type(error).__name__)
def test_a_headline_then_details_then_ways_out(error: OutputError) -> None:
    lines = str(error).split("\n")
    assert lines[0] == error.what
    middle = lines[1 : 1 + len(error.found)]
    assert middle == [f"    {line}" for line in error.found]
    assert lines[1 + len(error.found) :] == [f"to fix: {line}" for line in error.fixes]
    assert error.fixes, "an error that offers no way out"


@pytest.mark.parametrize("error", EVERY, ids=lambda error: type(error).__name__)
def test_an_error_survives_pickling_with_all_its_fields(error: OutputError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert (str(again), vars(again)) == (str(error), vars(error))


def test_a_failed_write_that_could_not_be_undone_says_so() -> None:
    old = OUT.parent / ".out.modsvc-old"
    cause = OSError(errno.ENOSPC, "No space left on device", "/srv/.out.modsvc-new/a")
    assert str(WriteFailed(OUT, "writing the new tree", cause, "Input/output error", old)) == (
        "cannot build into /srv/out: writing the new tree failed\n"
        "    No space left on device: /srv/.out.modsvc-new/a\n"
        "    /srv/out could not be put back either: Input/output error\n"
        "    what lay there is at /srv/.out.modsvc-old\n"
        "to fix: remove the cause and build again: the next build first clears up after this one"
    )


def test_what_could_not_be_removed_is_named() -> None:
    error = OutIsForbidden(OUT, "your home folder")
    error.leftovers = (Path("/srv/.out.modsvc-new"),)
    assert str(error) == (
        "cannot build into /srv/out: it is your home folder\n"
        "    a build replaces the whole folder it is given\n"
        "    /srv/.out.modsvc-new is left over; the next build removes it\n"
        "to fix: name a new folder, one that holds nothing but what is built into it"
    )


def test_long_lists_end_with_how_many_more_there_are() -> None:
    error = ForeignContent(OUT, [f"{n:03}" for n in range(LISTED + 5)], [], manifest=True)
    assert error.found == (*(f"{n:03}" for n in range(LISTED)), "... and 5 more")
    assert len(error.foreign) == len(error.paths) == LISTED + 5
    exact = ForeignContent(OUT, [f"{n:03}" for n in range(LISTED)], [], manifest=True)
    assert exact.found[-1] == f"{LISTED - 1:03}"


def test_nothing_breaks_out_of_its_line() -> None:
    error = OutIsLink(Path("/srv/o\nto fix: rm -rf x"), "/a\x1b[31m\udcff")
    assert len(str(error).split("\n")) == 3
    assert r"/srv/o\nto fix: rm -rf x" in str(error)
    assert r"/a\x1b[31m\udcff" in str(error)
    str(error).encode()  # prints anywhere


@pytest.mark.parametrize(
    ("text", "line"), [("grün ✓", "grün ✓"), ("a\tb", r"a\tb"), ("\u2028", r"\u2028")]
)
def test_shown(text: str, line: str) -> None:
    assert shown(text) == line


@pytest.mark.parametrize(
    ("path", "word"),
    [("/srv/a-b_1", "/srv/a-b_1"), ("/a b", "'/a b'"), ("/a'b", "'/a'\\''b'"), ("-x", "'-x'")],
)
def test_quoted(path: str, word: str) -> None:
    assert quoted(Path(path)) == word
