"""Settings for tests of formats, and what formats say of them.

In: nothing. Out: strategies of hypothesis, and the problems of a format as words. Refuses to know a
format.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from modsvc_dsl.services.formats.format import Format

TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.sampled_from(
        "yes No ~ null NaN .inf 0x1 0o7 1e3 1_000 12:30:45 2001-01-01 - ? : #a a: a# &a *a !a [a {a "
        "= << %a @a `a |a >a 'a \"a -1 +1 .5 1. true on y n".split()
    ),
    st.sampled_from(
        ["", " ", "a ", " a", "a\n", "\n", "a\n b\n", "a\\", "a: b", "- a", "a\n\nb\n"]
    ),
)
"""Any texts, and such as mean something else in some format."""

NUMBERS = st.one_of(
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
)

TREES: st.SearchStrategy[dict[str, Any]] = st.dictionaries(
    TEXTS,
    st.recursive(
        st.one_of(TEXTS, NUMBERS),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
        max_leaves=8,
    ),
    max_size=4,
)
"""Settings of any depth, without None."""

WORDS = st.from_regex(r"[A-Za-z][A-Za-z0-9_-]{0,8}", fullmatch=True)
"""Names that every format takes."""

LINES = st.dictionaries(WORDS | TEXTS, st.one_of(TEXTS, NUMBERS), max_size=4)
"""Settings without depth."""

SECTIONS: st.SearchStrategy[dict[str, Any]] = st.dictionaries(WORDS | TEXTS, LINES, max_size=3)


def said(format_: Format, settings: Any) -> list[str]:
    """The problems of settings, each as its path and what it says."""
    return [
        f"{'.'.join(map(str, each.steps))} {each.what}; {each.advice}"
        for each in format_.problems(settings)
    ]


def spelt(value: Any, booleans: str = "true/false") -> str:
    """A value as formats of lines write it."""
    if isinstance(value, bool):
        return booleans.split("/")[0 if value else 1]
    return value if isinstance(value, str) else repr(value)
