"""INI, read back by Python's configparser."""

from __future__ import annotations

from configparser import RawConfigParser
from typing import Any

import pytest
from hypothesis import given

from modsvc_dsl.services.formats.ini import Ini
from tests.services.formats.values import SECTIONS, said, spelt


def _read(text: str) -> dict[str, dict[str, str]]:
    parser = RawConfigParser(delimiters=("=",), default_section="\0", strict=True)
    setattr(parser, "optionxform", str)  # keys keep their case
    parser.read_string(text)
    return {name: dict(parser[name]) for name in parser.sections()}


@given(SECTIONS)
def test_what_is_written_is_read_back(settings: dict[str, dict[str, Any]]) -> None:
    """Whatever is not refused; what is refused has problems in its own section only."""
    bad = {each.steps[0] if each.steps else None for each in Ini().problems(settings)}
    kept = {} if None in bad else {k: v for k, v in settings.items() if k not in bad}
    assert said(Ini(), kept) == []
    expected = {k: {name: spelt(v) for name, v in own.items()} for k, own in kept.items()}
    assert _read(Ini().text(kept)) == expected


def test_the_layout() -> None:
    """Keys outside of sections come first; the fields say how the rest is spelt."""
    settings = {"server": {"on": True, "tags": ["a", "b"]}, "name": "x", "empty": {}}
    assert Ini(booleans="yes/no", lists="commas").text(settings) == (
        "name = x\n\n[server]\non = yes\ntags = a,b\n\n[empty]\n"
    )
    assert Ini(separator=": ", lists="repeated").text({"a": {"b": [1, 2], "c": ""}}) == (
        "[a]\nb: 1\nb: 2\nc:\n"
    )
    bare = Ini(booleans="bare").text({"mariadbd": {"skip-name-resolve": True, "ssl": False}})
    assert bare == "[mariadbd]\nskip-name-resolve\n"


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        (
            {"a": {"b": {"c": 1}}},
            "a.b is a dict, which has no place in a value of INI; write it as keys of their own,"
            " or choose another format",
        ),
        (
            {"a": {"b": "c\nd"}},
            "a.b has a line break in it, which a value of INI cannot hold; write a text on one line",
        ),
        (
            {"a": {"b": " c"}},
            "a.b begins or ends with a blank, which readers take away; write it without",
        ),
        (
            {"a": {"b": "c ;d"}},
            "a.b has a # or ; that begins a word, where many programs see a comment begin; if this"
            " program does not, give the format inline_comments=False",
        ),
        (
            {"a": {"b": [1]}},
            "a.b is a list, and nothing says how this file writes one (INI); give the format"
            ' lists="repeated", "commas" or "blanks", as the program reads it',
        ),
        (
            {"a": {"b=c": 1}},
            "a has the key 'b=c', where '=' means something else; write a key without it",
        ),
        (
            {"a]": {}},
            " has the section 'a]', where ']' means something else; write a section without it",
        ),
        (
            {"a": {"B": 1, "b": 2}},
            "a has the keys 'B' and 'b', which many programs take for one; keep one of them",
        ),
    ],
)
def test_what_no_line_can_hold(settings: dict[str, Any], why: str) -> None:
    """The message says what is wrong, and what to write."""
    assert said(Ini(), settings) == [why]


def test_a_reader_without_comments_behind_values() -> None:
    """Then a # means itself."""
    assert said(Ini(inline_comments=False), {"a": {"b": "c #d"}}) == []
