"""Ordered entries of which one name may stand several times."""

from __future__ import annotations

from typing import Annotated, Any

import pytest

from modsvc_dsl.language.properties import before, when
from modsvc_dsl.language.types.annotation import option_type
from modsvc_dsl.language.types.refinements import Entries
from tests.language.types.evaluation import complaint, complaints, merged

HEADERS = Annotated[list[tuple[str, int]], Entries()]


def test_three_ways_to_write_entries() -> None:
    """A dict, one-entry dicts, pairs: results are pairs in order, and names may repeat."""
    values: list[Any] = [{"a": 1, "b": 2}, [{"a": 3}, ("c", 4)], before([("first", 0)])]
    assert merged(HEADERS, *values) == [("first", 0), ("a", 1), ("b", 2), ("a", 3), ("c", 4)]
    assert merged(HEADERS) == []
    assert merged(HEADERS, {"a": when(False, 1), "b": when(True, 2)}) == [("b", 2)]


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("a", "write it in braces, as in {name: value}"),
        (
            [{"a": 1}, {"b": 1, "c": 2}],
            "item [1] is neither a dict with one entry nor a pair (name, value)",
        ),
        ([("a", 1, 2)], "item [0] is neither a dict with one entry nor a pair (name, value)"),
        (["a"], "item [0] is neither a dict with one entry nor a pair (name, value)"),
    ],
)
def test_what_is_no_entry_is_refused(value: Any, hint: str) -> None:
    """Strings and malformed entries, with the index of the first."""
    lines = complaint(HEADERS, value).split("\n")
    assert lines[0] == "`it` expects a dict, or a list of one-entry dicts or pairs, of integers"
    assert lines[2] == hint


def test_wrong_values_and_names_have_their_path() -> None:
    """Each is told at its index, or in a dict at its name; very many are counted."""
    assert complaints(HEADERS, [{"a": "x"}, ("b", "y"), (1, 2)]) == [
        "`it[2]` expects a string",
        "`it[0].a` expects an integer",
        "`it[1].b` expects an integer",
    ]
    assert complaints(HEADERS, {"a": "x", "b": 1}) == ["`it.a` expects an integer"]
    assert complaints(HEADERS, [("a", "x")] * 100)[-1].endswith("; 92 more of its items do not fit")
    assert option_type(HEADERS).fits([("a", 1)]) and not option_type(HEADERS).fits({"a": "b"})


def test_two_declarations_do_not_join() -> None:
    """As upstream: nobody says whose entries come first."""
    assert option_type(HEADERS).joined(option_type(HEADERS)) is None


@pytest.mark.parametrize("annotation", [list[int], dict[str, int], list[tuple[str, int, int]]])
def test_entries_refine_lists_of_pairs(annotation: Any) -> None:
    """To a checker the result is what it is: a list of pairs."""
    with pytest.raises(TypeError, match="takes list"):
        option_type(Annotated[annotation, Entries()])
