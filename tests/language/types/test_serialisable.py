"""JSON and TOML data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modsvc_dsl.language.evaluation.configuration import json_data
from modsvc_dsl.language.properties import force, when
from modsvc_dsl.language.types.annotation import option_type
from modsvc_dsl.language.types.refinements import JsonData, TomlData
from tests.language.types.evaluation import complaint, complaints, merged, result


def test_dicts_merge_and_lists_join() -> None:
    """As upstream's formats do it: dicts per key, lists in order, at every depth."""
    one = {"a": [1], "b": {"c": None, "path": Path("/a")}}
    two: Any = {"a": [2], "b": {"d": True, "c": when(False, 1)}}
    both = {"a": [1, 2], "b": {"c": None, "path": Path("/a"), "d": True}}
    assert merged(JsonData, one, two) == both
    assert merged(JsonData, {"a": 1}, {"a": force(2)}) == {"a": 2}
    assert complaints(JsonData, {"a": 1}, {"a": 2}) == ["`it.a` has definitions that differ"]
    assert complaints(JsonData, {"a": 1}, {"a": [1]}) == [
        "`it.a` has definitions of different types"
    ]


@pytest.mark.parametrize(
    ("value", "path", "hint"),
    [
        (
            {"a": [1, print]},
            "it.a[1]",
            "write None, a boolean, a number, a string, a path, or a list or dict of them",
        ),
        ({"a": {"b": float("nan")}}, "it.a.b", "JSON data has no nan"),
        ([float("inf")], "it[0]", "JSON data has no inf"),
        ({"a": (1, 2)}, "it.a", "write a list: [...]"),
        ({"a": {1, 2}}, "it.a", "write a list: [...]"),
        (
            object,
            "it",
            "write None, a boolean, a number, a string, a path, or a list or dict of them",
        ),
    ],
)
def test_what_json_cannot_hold_is_told_with_its_path(value: Any, path: str, hint: str) -> None:
    """Functions, infinities and classes are found at any depth."""
    lines = complaint(JsonData, value).split("\n")
    assert (lines[0], lines[2]) == (f"`{path}` expects JSON data", hint)


def test_keys_of_json_are_strings() -> None:
    """A number as a key would come back as a string."""
    assert complaints(JsonData, {"a": {1: "b"}}) == ["`it.a` expects keys that are each a string"]


def test_toml_has_no_null() -> None:
    """The variant for TOML refuses None, and has no value where nothing is defined."""
    assert merged(JsonData) is None and merged(JsonData, None) is None
    assert complaint(TomlData, {"a": None}) == (
        "`it.a` expects TOML data\nfound None\nleave the key out: TOML has no null"
    )
    assert complaints(TomlData)[0].startswith("`it` has no value")


def test_it_joins_with_itself() -> None:
    """JSON data declared twice is JSON data; JSON and TOML contradict."""
    assert option_type(JsonData).joined(option_type(JsonData)) is not None
    assert option_type(JsonData).joined(option_type(TomlData)) is None
    assert option_type(list[JsonData]).describe() == "a list of JSON data"
    assert option_type(list[JsonData]).joined(option_type(list[JsonData])) is not None


LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
)
DATA = st.recursive(
    LEAVES, lambda each: st.lists(each) | st.dictionaries(st.text(), each), max_leaves=15
)


@given(DATA)
def test_what_is_taken_is_written_and_read_back(value: Any) -> None:
    """Everything that JSON can say is taken, and comes back equal."""
    assert json.loads(json.dumps(json_data(result(JsonData, value).it))) == value
