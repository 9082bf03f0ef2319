"""PATH is read as messages write it.

In: paths of any names. Out: the same paths. Refuses to know results: `test_show` does.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modsvc_dsl.cli.exits import Exit, Failure
from modsvc_dsl.cli.option_path import parse
from modsvc_dsl.language.words import show_path

# what messages shorten or show by its repr cannot be typed in again
NAMES = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=60) | st.just(
    "a b"
)


@given(st.lists(NAMES, min_size=1, max_size=6))
def test_a_path_is_read_as_it_is_shown(path: list[str]) -> None:
    """Dots, blanks, brackets and quotes in a name come back."""
    assert parse(show_path(path)) == tuple(path)


@given(st.lists(st.integers(0, 9) | st.from_regex(r"[a-z]{1,4}", fullmatch=True), max_size=6))
def test_numbers_come_back_as_text(path: list[int | str]) -> None:
    """Whether one counts items or is a key is for the value to say."""
    path = ["first", *path]
    assert parse(show_path(path)) == tuple(map(str, path))


READ = {
    "": (),
    "a": ("a",),
    "a.b": ("a", "b"),
    "a[0][1].b": ("a", "0", "1", "b"),
    "a['b.c'].d": ("a", "b.c", "d"),
    'a["b\\"c"]': ("a", 'b"c'),
    "a[b.c].d": ("a", "b.c", "d"),
    "a b.c-d": ("a b", "c-d"),
    "['a']": ("a",),
    "@": ("@",),
}


@pytest.mark.parametrize("text", READ)
def test_a_path_is_read(text: str) -> None:
    """Quotes in brackets may be left out; names need none."""
    assert parse(text) == READ[text]


@pytest.mark.parametrize("text", [".a", "a.", "a..b", "a[", "a]", "a[]b", "a['b'", "a['b']c"])
def test_what_is_no_path_is_refused(text: str) -> None:
    """With the column where it stops being one."""
    with pytest.raises(Failure) as failure:
        parse(text)
    assert failure.value.exit == Exit.USAGE
    assert f"the path {text!r} cannot be read from column" in failure.value.report.headline
