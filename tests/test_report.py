"""What the terminal shows, as text.

In: reports, values, what a build did. Out: lines. Refuses to know where they go.
"""

from __future__ import annotations

import ast
import json
import os
from enum import Enum
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modsvc_dsl import report
from modsvc_dsl.language.errors import Mistake, Mistakes, Report
from modsvc_dsl.language.provenance import Location
from modsvc_dsl.lints.rule import Finding
from modsvc_dsl.report import PLAIN, Style, near, show_note


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_report_has_its_parts_in_order(here: Path) -> None:
    """What, found, where with the source line, and what to write instead."""
    (here / "web.py").write_text("import x\n    port = 'eighty'\n")
    places = (("defined", Location(str(here / "web.py"), 2)), ("made", Location("modsvc_dsl", 0)))
    text = report.show_report(Report("it is wrong", ("found this",), places, ("write that", "")))
    assert text.splitlines() == [
        "error: it is wrong",
        "  found this",
        "  defined at web.py:2",
        "     2 | port = 'eighty'",
        "  made (modsvc_dsl)",
        "  to fix: write that",
    ]


def test_lines_that_may_hold_a_secret_are_named_only(here: Path) -> None:
    """By a report that says so, and by those that are shown with it."""
    (here / "web.py").write_text("hunter2\nplain\n")
    first, second = (("defined", Location(str(here / "web.py"), line)) for line in (1, 2))
    reports = [
        Report("it is wrong", (), (first,), unquoted=True),
        Report("so", (), (first, second)),
    ]
    shown = report.show_mistakes([Mistake(each) for each in reports])
    for text in (shown, str(Mistakes(map(Mistake, reports)))):
        assert "hunter2" not in text and text.count("web.py:1") == 2 and "plain" in text
    assert report.show_report(reports[0]) == "error: it is wrong\n  defined at web.py:1"


def test_colours_change_no_word(here: Path) -> None:
    """Without its escapes a coloured report is the plain one."""
    (here / "web.py").write_text("x\n")
    told = Report(
        "it is wrong", ("this",), (("defined", Location(str(here / "web.py"), 1)),), ("do",)
    )
    coloured = report.show_report(told, Style(colour=True))
    assert coloured.count("\x1b[0m") == coloured.count("\x1b[") // 2 > 3
    stripped = "".join(
        part.partition("m")[2] if n else part for n, part in enumerate(coloured.split("\x1b["))
    )
    assert stripped == report.show_report(told)


@given(st.text(max_size=200))
def test_nothing_of_the_users_draws_on_the_terminal(text: str) -> None:
    """Whatever stands in a message, a place or a warning: only printable text and our line breaks."""
    file = text.replace("\0", "")  # the name of no file can hold it
    told = Report(text, (text,), ((text, Location(file, 1)),), (text,))
    shown = [
        report.show_report(told),
        report.show_warning((text, "a"), text),
        report.show_note(text),
        report.literal([text, {text: text}]),
        report.show_values({"a": {text: text}}, ()),
    ]
    for each in "\n".join(shown).split("\n"):
        assert each.isprintable() or not each


def test_many_places_and_long_lines_are_cut(here: Path) -> None:
    """The first places are shown, the others counted; a line of source has an end."""
    (here / "web.py").write_text("x" * 1000 + "\n" * 20)
    places = tuple(("defined", Location(str(here / "web.py"), n)) for n in range(1, 13))
    lines = report.show_report(Report("many", (), places)).splitlines()
    assert max(map(len, lines)) < 180
    assert lines[2].endswith("xxx...")
    assert lines[-1] == "  and 4 more places"


def test_a_file_is_named_from_the_current_folder_if_it_is_below_it(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others keep their whole path; files of this package are only said to be of it."""
    assert report.near(str(here / "a/b.py")) == "a/b.py"
    assert report.near(str(here.parent / "b.py")) == str(here.parent / "b.py")
    assert report.near(f"{here}-other/b.py") == f"{here}-other/b.py"
    assert report.near("<string>") == "<string>"
    assert report.show_location(Location(report.__file__, 3)) == "modsvc_dsl"

    def gone() -> str:
        raise FileNotFoundError

    monkeypatch.setattr(os, "getcwd", gone)
    assert report.near("/a/b.py") == "/a/b.py"


def mistake(path: str, headline: str = "`{}` is wrong") -> Mistake:
    return Mistake(Report(headline.format(path)), tuple(path.split(".")))


def test_mistakes_that_differ_in_their_path_alone_are_one() -> None:
    """The first is shown, the other paths are named, many of them counted; the sum counts all."""
    mistakes = [mistake(f"host{n}.web") for n in range(6)] + [mistake("a.b", "`{}` is bad")]
    assert report.show_mistakes(mistakes).splitlines() == [
        "error: `host0.web` is wrong",
        "  the same for `host1.web`, `host2.web`, `host3.web` and 2 more",
        "",
        "error: `a.b` is bad",
        "",
        "7 mistakes, 2 of them different",
    ]
    two = report.show_mistakes(mistakes[:2], PLAIN, "finding").splitlines()
    assert two == [
        "finding: `host0.web` is wrong",
        "  the same for `host1.web`",
        "",
        "2 findings, 1 of them different",
    ]
    assert report.show_mistakes(mistakes[:1]).endswith("\n\n1 mistake")


class Colour(Enum):
    RED = "red"


VALUES: dict[str, Any] = {
    "'a'": "a",
    "'/srv'": Path("/srv"),
    "'red'": Colour.RED,
    "None": None,
    "1.5": 1.5,
    "['a', '/b', ['c']]": ["a", Path("/b"), ["c"]],
    "('a',)": ("a",),
    "{'a': '/b'}": {"a": Path("/b")},
    "{'a', 'b'}": frozenset({"b", "a"}),
    "set()": frozenset(),
}


@pytest.mark.parametrize("text", VALUES)
def test_a_value_is_written_as_in_python(text: str) -> None:
    """What is no literal of its own, a path or a member of an enumeration, is its text."""
    assert report.literal(VALUES[text]) == text


DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(DATA)
def test_plain_data_can_be_read_back(value: Any) -> None:
    """Python reads what is shown as the same value."""
    assert ast.literal_eval(report.literal(value)) == value


@given(st.dictionaries(st.text(), DATA))
def test_the_leaves_of_data_are_all_of_it(value: dict[str, Any]) -> None:
    """Each leaf lies at its path."""
    for path, leaf in report.leaves(value, ()):
        inner: Any = value
        for step in path:
            inner = inner[step]
        assert inner == leaf


@given(DATA)
def test_json_is_the_data(value: Any) -> None:
    """Plain data comes back from its JSON."""
    assert json.loads(report.json_text(value)) == value


def test_json_has_words_for_the_rest() -> None:
    """Numbers that JSON lacks are text, bytes are Base64, and the whole is still JSON."""
    value = {"nan": float("nan"), "big": -float("inf"), "path": Path("/a"), 1: b"x", "set": {2, 1}}
    assert json.loads(report.json_text(value)) == {
        "nan": "nan",
        "big": "-inf",
        "path": "/a",
        "1": "eA==",
        "set": [1, 2],
    }


def test_findings_of_rules_that_say_the_same_are_shown_once() -> None:
    """Warnings whole, then notes in one line each; the other paths are named, the rest is counted."""

    def finding(name: str, severity: Literal["warning", "note"]) -> Finding:
        path = ("services", name)
        told = Report(f"`services.{name}` is odd", (), (), ("mend it",))
        return Finding("root", severity, path, told)

    found = [finding(name, "note") for name in "ab"] + [
        finding(name, "warning") for name in "cdefgh"
    ]
    assert report.show_findings(found) == (
        "warning: `services.c` is odd [root]\n"
        "  to fix: mend it\n"
        "  the same for `services.d`, `services.e`, `services.f`, 2 more\n"
        "note: `services.a` is odd; the same for `services.b` [root]"
    )
    assert report.show_findings([]) == ""


def test_notes_that_say_the_same_of_several_are_one() -> None:
    """The first of them by its name, a few others, and how many there are besides."""
    notes = [f"web{n}.service: /bin/a is not here" for n in range(6)]
    notes.insert(2, "db.service: /bin/b is not here")
    notes += ["nothing named", "nothing named"]
    assert report.same_once(notes) == [
        "web0.service: /bin/a is not here; the same for web1.service, web2.service, web3.service,"
        " 2 more",
        "db.service: /bin/b is not here",
        "nothing named",
    ]


def test_from_the_root_of_all_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is taken away from paths there."""
    monkeypatch.chdir("/")
    assert near("/srv/user.py") == "/srv/user.py"
    assert show_note("/bin/a is not /bin/b") == "note: /bin/a is not /bin/b"
