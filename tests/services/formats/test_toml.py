"""TOML, read back by Python's own reader."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modsvc_dsl.services.formats.toml import Toml
from tests.services.formats.values import TREES, said


def _by_key(value: Any) -> Any:
    """Tables stand behind values in TOML, so that the order of keys is not kept."""
    if isinstance(value, dict):
        return sorted((key, _by_key(item)) for key, item in value.items())
    return [_by_key(item) for item in value] if isinstance(value, list) else (type(value), value)


@given(TREES)
def test_what_is_written_is_read_back(settings: dict[str, Any]) -> None:
    """Every value and its type; nothing of it is refused."""
    assert said(Toml(), settings) == []
    assert repr(_by_key(tomllib.loads(Toml().text(settings)))) == repr(_by_key(settings))


@given(st.datetimes() | st.datetimes(timezones=st.just(timezone.utc)) | st.dates() | st.times())
def test_dates_and_times_are_values_of_toml(value: datetime | date | time) -> None:
    """They are read back as such."""
    assert said(Toml(), {"a": value}) == []
    assert tomllib.loads(Toml().text({"a": value})) == {"a": value}


def test_the_layout() -> None:
    """A table for each dict."""
    assert Toml().text({"a": 1, "b": {"c": "x"}}) == 'a = 1\n\n[b]\nc = "x"\n'


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (
            None,
            "is None, which TOML cannot hold; leave the key out: define it under a condition,"
            " when(..., value), and declare it with option(required=False)",
        ),
        (2**63, "is an integer of more than 64 bits, which TOML cannot hold; write it as a text"),
        (
            time(1, tzinfo=timezone.utc),
            "is a time with an offset, which TOML cannot hold; leave out tzinfo",
        ),
        (
            frozenset({1}),
            "is a set, which TOML cannot hold; write a list, whose order is known",
        ),
    ],
)
def test_what_toml_has_no_word_for(value: Any, why: str) -> None:
    """The steps to it are told."""
    assert said(Toml(), {"a": {"b": value}}) == [f"a.b {why}"]
