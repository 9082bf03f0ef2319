"""Names that others made: each is one name, for checkers a plain string or path."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modsvc_dsl.language.types.annotation import option_type
from modsvc_dsl.services.values import spelling

NAMES = {
    "VariableName": ["A", "_", "lower_1"],
    "UserName": ["root", "0", "www-data", "a.b@c", "host$"],
    "GroupName": ["adm", "4"],
    "Address": ["https://a/b", "man:a(1)"],
}


@pytest.mark.parametrize("name", NAMES)
def test_each_name_is_one_word(name: str) -> None:
    """Those that are usual are taken, alone and in no company."""
    type_ = option_type(getattr(spelling, name))
    for word in NAMES[name]:
        assert type_.accepts(word)
        for wrong in (f"{word} {word}", f" {word}", f"{word}\n", f"~{word}", f"{word}\0", ""):
            assert not type_.accepts(wrong), wrong
    assert not type_.accepts(1)


@pytest.mark.parametrize("name", NAMES)
def test_checkers_see_text(name: str) -> None:
    """The first argument of the annotation is `str`."""
    assert get_args(getattr(spelling, name))[0] is str


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_what_passes_stays_in_its_word(name: str, data: st.DataObject) -> None:
    """No generated text with a blank, a quote, a backslash or a line break passes."""
    type_ = option_type(getattr(spelling, name))
    pattern = next(a for a in get_args(getattr(spelling, name))[1:]).pattern
    word = data.draw(st.one_of(st.text(), st.from_regex(pattern, fullmatch=True)))
    if type_.accepts(word):
        assert word.isascii() and len(word.split()) == 1 and word == word.strip()


def test_two_spellings_of_an_option_do_not_merge() -> None:
    """A module that declares another spelling is told, as for other types."""
    assert option_type(spelling.UserName).joined(option_type(spelling.Address)) is None
