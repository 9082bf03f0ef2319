"""Patterns of POSIX in Python."""

from __future__ import annotations

import re
import warnings

import pytest

from tests.conformance.posix import python_pattern


@pytest.mark.parametrize(
    ("extended", "right", "wrong"),
    [
        ("[a-z]*", "abc", "aB"),
        ("[[:digit:]]+", "12", "1a"),
        ("[[:alpha:]_][[:alnum:]_]*", "_a1", "1a"),
        ("[^[:space:]]+", "a-b", "a b"),
        ("a.b", "a\nb", "ab"),
        (r"a\.b", "a.b", "axb"),
        (r"[a\]+", "a\\a", "b"),
        ("[]a]+", "]a", "b"),
        ("[^]a]+", "b", "]"),
        ("[a&&b|~]+", "&|~ab", "c"),
        ("(ab|c){2}", "abc", "ab"),
        ("[[:punct:]]", "[", "a"),
    ],
)
def test_it_matches_alike(extended: str, right: str, wrong: str) -> None:
    """And without a warning of Python's, which takes some of it for what may come."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        pattern = re.compile(python_pattern(extended))
    assert pattern.fullmatch(right)
    assert not pattern.fullmatch(wrong)


def test_what_python_has_as_well_stays_as_it_is() -> None:
    """Most patterns are the same in both."""
    for pattern in ("[a-z]*", "a+b?", r"a\.b", "(a|b)"):
        assert python_pattern(pattern) == pattern
