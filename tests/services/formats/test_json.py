"""JSON, read back by Python's own reader."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given

from modsvc_dsl.services.formats.json import Json
from tests.services.formats.values import TREES, said


@given(TREES)
def test_what_is_written_is_read_back(settings: dict[str, Any]) -> None:
    """Every value, its type and the order of keys; nothing of it is refused."""
    assert said(Json(), settings) == []
    read = json.loads(Json().text(settings))
    assert repr(read) == repr(settings)


def test_the_layout() -> None:
    """Two blanks a level, text as it is, a line break at the end."""
    assert Json().text({"b": {"é": [1, None]}, "a": True}) == (
        '{\n  "b": {\n    "é": [\n      1,\n      null\n    ]\n  },\n  "a": true\n}\n'
    )


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (
            float("inf"),
            "is inf, and JSON has finite numbers only; write a finite number, or a text",
        ),
        (
            date(2026, 1, 1),
            "is a date, which JSON cannot hold; write a text, as date.isoformat() makes it",
        ),
        (
            timedelta(1),
            "is a timedelta, which JSON cannot hold; write what the program reads: a number of"
            " seconds, or a text such as '5s'",
        ),
        (
            "a\ud800",
            "has half of a character in it (U+D800), which no file can hold; write a text without it",
        ),
        ({1: 2}, "has the key 1, which is an integer; write keys as strings"),
    ],
)
def test_what_json_has_no_word_for(value: Any, why: str) -> None:
    """Wherever it stands; the steps to it are told."""
    assert said(Json(), {"a": [0, value]}) == [f"a.1 {why}"]
