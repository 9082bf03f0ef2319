"""systemd's style, read back by a reader of our own that takes nothing it does not know."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given

from modsvc_dsl.services.formats.systemd_style import SystemdStyle
from tests.services.formats.values import SECTIONS, said, spelt

STYLE = SystemdStyle()


def _read(text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Sections and assignments as systemd.syntax(7) has them, stricter."""
    found: list[tuple[str, list[tuple[str, str]]]] = []
    for line in text.split("\n"):
        header = re.fullmatch(r"\[([^\[\]]+)\]", line)
        if header:
            found.append((header[1], []))
        elif line:
            key, equals, value = line.partition("=")
            assert equals and key and key[0] not in "#;" and not re.search(r"\s", key)
            assert value == value.strip(" \t\r") and not value.endswith("\\")
            found[-1][1].append((key, value))
    return found


@given(SECTIONS)
def test_what_is_written_is_read_back(settings: dict[str, dict[str, Any]]) -> None:
    """Whatever is not refused."""
    kept = {name: own for name, own in settings.items() if not said(STYLE, {name: own})}
    assert said(STYLE, kept) == []
    expected = [(name, [(k, spelt(v)) for k, v in own.items()]) for name, own in kept.items()]
    assert _read(STYLE.text(kept)) == expected


def test_lists_repeat_a_line_or_a_section() -> None:
    """As networkd wants it."""
    settings = {
        "Network": {"DNS": ["1.1.1.1", ""]},
        "Address": [{"Address": "a"}, {"Address": "b"}],
    }
    assert STYLE.text(settings) == (
        "[Network]\nDNS=1.1.1.1\nDNS=\n\n[Address]\nAddress=a\n\n[Address]\nAddress=b\n"
    )


def test_an_empty_list_of_sections_is_none() -> None:
    """As it comes of a computed list."""
    settings = {"Interface": {"P": 1}, "Peer": []}
    assert said(STYLE, settings) == []
    assert STYLE.text(settings) == "[Interface]\nP=1\n"


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        (
            {"a": 1},
            "a is a value outside of all sections, which a file in systemd's style cannot hold;"
            ' write a dict of keys: {"Section": {"Key": ...}}',
        ),
        (
            {"A": {"b": "c\\"}},
            "A.b ends with a backslash, which joins the next line to it; write it without",
        ),
        (
            {"A": {"b c": 1}},
            "A has the key 'b c', where ' ' means something else; write a key without it",
        ),
    ],
)
def test_what_no_line_can_hold(settings: dict[str, Any], why: str) -> None:
    """The message says what is wrong, and what to write."""
    assert said(STYLE, settings) == [why]
