"""Vectors of every form become programs, also forms that no vector at hand has."""

from __future__ import annotations

from typing import Any

import pytest

from .outcome import outcome
from .source import source

OPTION = {"path": ["x"], "type": {"kind": "int"}, "default": 1}


def vector(**fields: Any) -> dict[str, Any]:
    """A vector of one module, with more fields."""
    return {"id": "ms-x", "modules": {"m": {"options": [OPTION]}}, "roots": ["m"], **fields}


@pytest.mark.parametrize(
    "name", ["class", "a-b", "1st", "module", "self", "x y", "ä", "_", "print"]
)
def test_any_name_of_a_module_works(name: str) -> None:
    """Reserved words, names of Python and of ours, and what is no name at all."""
    assert outcome(vector(modules={name: {"options": [OPTION]}}, roots=[name]))["ok"] == {"x": 1}


def test_two_names_that_look_alike_stay_two() -> None:
    """Once they are names of Python."""
    modules = {"a-b": {"options": [OPTION]}, "a_b": {"config": {"x": 2}}}
    assert outcome(vector(modules=modules, roots=["a-b", "a_b"]))["ok"] == {"x": 2}


def test_modules_may_be_named_where_they_are_used() -> None:
    """In a type, and as a value."""
    holder = {
        "options": [
            {"path": ["s"], "type": {"kind": "submodule", "modules": ["m"]}},
            {"path": ["d"], "type": {"kind": "deferredModule"}},
        ],
        "config": {"d": {"$module": "m"}},
    }
    modules = {"holder": holder, "m": {"options": [OPTION]}}
    assert outcome(vector(modules=modules, roots=["holder"]))["ok"] == {"s": {"x": 1}}


def test_texts_of_all_sorts_are_written_as_they_are() -> None:
    """Quotes, backslashes, line breaks, and what cannot be seen."""
    for text in ('"', "'", "\\", "a\nb", "\"'", "\u2028", "é", "{x}", "\x00"):
        option = {"path": ["x"], "type": {"kind": "str"}}
        module = {"options": [option], "config": {"x": text}}
        assert outcome(vector(modules={"m": module}))["ok"] == {"x": text}


def test_long_programs_are_broken_into_lines() -> None:
    """None is wider than the house allows, but for long texts."""
    many = [{**OPTION, "path": [f"option_{i}"]} for i in range(30)]
    text = source(vector(modules={"m": {"options": many}}))
    assert max(map(len, text.splitlines())) <= 100


@pytest.mark.parametrize(
    "wrong", [{"type": {"kind": "nonsense"}}, {"type": {}}, {"type": {"kind": "listOf"}}]
)
def test_what_has_no_translation_is_unsupported(wrong: Any) -> None:
    """And said to be, with the reason."""
    line = outcome(vector(modules={"m": {"options": [{"path": ["x"], **wrong}]}}))
    assert set(line) == {"id", "unsupported"} and line["unsupported"]
