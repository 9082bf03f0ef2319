"""Plain data without a declared shape."""

from __future__ import annotations

from typing import Any

import pytest

from modsvc_dsl.language.properties import default, force, order, when
from modsvc_dsl.language.types.annotation import option_type
from modsvc_dsl.language.types.refinements import AnyData, NoType, RawValue, ShallowDict
from tests.language.types.evaluation import complaint, complaints, merged, result


@pytest.mark.parametrize("annotation", [Any, AnyData, object])
def test_anything_merges_dicts_in_depth(annotation: Any) -> None:
    """Dicts merge as deep as they go, and wear properties at every depth."""
    values: list[Any] = [
        {"a": {"b": 1, "c": default(2)}},
        {"a": {"c": 3, "d": [when(False, 4), 5]}},
    ]
    assert merged(annotation, *values) == {"a": {"b": 1, "c": 3, "d": [5]}}
    assert merged(annotation, {"a": force(1)}, {"a": 2}) == {"a": 1}


@pytest.mark.parametrize("value", [1, True, "a", None, 1.5, [1], (1,), b"a"])
def test_equal_atoms_are_one_value(value: Any) -> None:
    """Everything but dicts and functions has to be equal."""
    assert merged(Any, value, value) == value


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ([1], [2], "`it` has definitions that differ"),
        (1, "a", "`it` is a string or an integer"),
        ({"a": 1}, [1], "`it` is a dict or a list"),
        ({"a": 1}, {"a": 2}, "`it.a` has definitions that differ"),
        (1, True, "`it` is a boolean or an integer"),
    ],
)
def test_what_differs_conflicts(one: Any, other: Any, told: str) -> None:
    """Lists are not joined, since nobody said that they should be."""
    assert complaints(Any, one, other) == [told]


def test_functions_in_plain_data_merge_by_their_results() -> None:
    """As upstream: the results are merged as plain data again."""
    it = result(Any, lambda n: {"a": n}, lambda n: {"b": n}).it
    assert it(1) == {"a": 1, "b": 1}
    with pytest.raises(Exception, match="<function body>.*has definitions that differ"):
        result(Any, lambda: 1, lambda: 2).it()


def test_a_raw_value_is_never_looked_into() -> None:
    """One definition, left as it is, by priority; whatever stands in it stays."""
    inner = {"a": force(1)}
    found = result(RawValue, inner).it
    assert repr(found) == repr(inner)
    assert merged(RawValue, 1, force(2)) == 2
    assert complaints(RawValue, 1, 1) == ["`it` takes a single definition"]


def test_a_shallow_dict_replaces_keys() -> None:
    """Later definitions replace the keys of earlier ones, whole."""
    assert merged(ShallowDict, {"a": {"x": 1}}, {"a": {"y": 2}}) == {"a": {"y": 2}}
    assert merged(ShallowDict) == {}
    assert complaint(ShallowDict, 3).startswith("`it` expects a dict")


def test_an_option_without_a_type_joins_lists_and_dicts() -> None:
    """Lists are joined, dicts updated, other values have to be equal."""
    assert merged(NoType, [1], order(1, [0])) == [0, 1]
    assert merged(NoType, {"a": 1}, {"b": 2}) == {"a": 1, "b": 2}
    assert complaints(NoType, 1, 2) == ["`it` has definitions that differ"]
    typed = option_type(NoType).joined(option_type(int))
    assert typed is not None and typed.describe() == "an integer"
