"""YAML, read back by PyYAML, which reads YAML 1.1, and by ruamel.yaml, which reads 1.2."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import given
from ruamel.yaml import YAML

from modsvc_dsl.services.formats.yaml import Yaml
from tests.services.formats.values import TREES, said


def _readings(text: str) -> list[Any]:
    newer = YAML(typ="safe", pure=True)
    newer.version = "1.2"
    return [yaml.safe_load(text), newer.load(text)]


@given(TREES)
def test_what_is_written_is_read_back_by_both(settings: dict[str, Any]) -> None:
    """Every value, its type and the order of keys; nothing of it is refused."""
    assert said(Yaml(), settings) == []
    for read in _readings(Yaml().text(settings)):
        assert repr(read) == repr(settings)


@pytest.mark.parametrize("word", "yes No on OFF y N ~ null 1e3 0o17 0x1f 12:30 2001-01-01".split())
def test_words_that_a_reader_could_take_for_something_else(word: str) -> None:
    """They are in quotes, as keys too."""
    assert Yaml().text({word: word}) == f'"{word}": "{word}"\n'


def test_the_layout() -> None:
    """Plain words stand plain, lines stand as lines, and what occurs twice is written twice."""
    twice = ["a", "b"]
    settings = {"path": "/srv/a b", "text": "one\n\n  two\n", "x": twice, "y": twice, "z": {}}
    assert Yaml().text(settings) == (
        "path: /srv/a b\n"
        "text: |\n  one\n\n    two\n"
        "x:\n- a\n- b\n"
        '"y":\n- a\n- b\n'
        "z: {}\n"
    )


def test_dates_are_refused() -> None:
    """Readers of YAML 1.1 see a date, those of 1.2 a text."""
    assert said(Yaml(), {"a": date(2026, 1, 1)}) == [
        "a is a date, which YAML cannot hold; write a text, as date.isoformat() makes it"
    ]
