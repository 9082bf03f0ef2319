"""Regular expressions of the package are compiled when they are first used, and are right."""

from __future__ import annotations

import gc
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import modsvc_dsl
from modsvc_dsl.language.pattern import pattern
from modsvc_dsl.language.types.text import Text
from modsvc_dsl.services.values.spelling import Spelt

ROOT = Path(modsvc_dsl.__file__).parent


def test_it_does_what_the_compiled_one_does() -> None:
    """Its methods and fields are those of `re.compile`."""
    late, now = pattern("(a+)b", re.IGNORECASE), re.compile("(a+)b", re.IGNORECASE)
    assert (late.pattern, late.flags, late.groups) == (now.pattern, now.flags, now.groups)
    for text in ("AAb", "xab", ""):
        assert [bool(way(text)) for way in (late.match, late.fullmatch, late.search)] == [
            bool(way(text)) for way in (now.match, now.fullmatch, now.search)
        ]
        assert late.sub(r"<\1>", text) == now.sub(r"<\1>", text)
        assert late.findall(text) == now.findall(text)


def test_it_is_compiled_when_it_is_first_used() -> None:
    """What is wrong with one is told then."""
    wrong = pattern("(")
    with pytest.raises(re.error):
        wrong.match("")


def written() -> list[Any]:
    """The patterns in all files of the package that have one at their top level."""
    found = []
    for file in ROOT.rglob("*.py"):
        if "pattern(" in file.read_text():
            name = ".".join(file.relative_to(ROOT.parent).with_suffix("").parts)
            values = vars(import_module(name)).values()
            found += [each for each in values if type(each) is type(pattern(""))]
    return found


def test_all_of_the_package_are_regular_expressions() -> None:
    """So that nobody meets one that is none."""
    assert len(written()) > 20
    for each in written():
        re.compile(each.pattern, each.flags)


def test_the_spellings_of_names_are_regular_expressions() -> None:
    """They are compiled when a name is looked at; those of users when they are declared."""
    spellings = [each for each in gc.get_objects() if isinstance(each, Spelt)]
    assert spellings
    for each in spellings:
        re.compile(each.pattern)
    with pytest.raises(TypeError, match="is no regular expression"):
        Text("(")
