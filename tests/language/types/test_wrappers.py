"""Single definitions, predicates, conversions."""

from __future__ import annotations

from typing import Annotated, Any

import pytest

from modsvc_dsl.language.properties import default, force, when
from modsvc_dsl.language.types.annotation import option_type
from modsvc_dsl.language.types.refinements import Coerced, Passing, Unique
from tests.language.types.evaluation import complaint, complaints, merged, mistakes


def is_even(value: int) -> bool:
    return value % 2 == 0


EVEN = Annotated[int, Passing(is_even)]
FROM_TEXT = Annotated[int, Coerced(str, int)]
FROM_WORDS = Annotated[list[str], Coerced(str, str.split)]


def test_a_unique_option_has_one_definition() -> None:
    """Two of one strength conflict even where they are equal, with the message; stronger ones win."""
    annotation = Annotated[list[int], Unique("only the host sets it")]
    assert merged(annotation, [1]) == [1]
    assert merged(annotation, [1], force([2]), default([3])) == [2]
    assert complaints(annotation, [1], [1]) == [
        "`it` takes a single definition: only the host sets it"
    ]
    assert complaints(annotation, ["a"]) == ["`it[0]` expects an integer"]
    assert merged(annotation) == []


def test_a_predicate_is_asked_after_the_type() -> None:
    """It sees only values of the right type, and its name tells what it asks."""
    assert merged(EVEN, 2) == 2
    assert (
        complaint(EVEN, 3) == "`it` expects an integer that passes: is even\nfound 3 (an integer)"
    )
    assert complaint(EVEN, "a").split("\n")[0] == "`it` expects an integer that passes: is even"
    assert complaints(list[EVEN], [2, 3]) == ["`it[1]` expects an integer that passes: is even"]
    assert complaints(Annotated[list[int], Passing(bool, "has items")], []) == [
        "`it` expects a list of integers that passes: has items"
    ]


def test_a_predicate_that_raises_is_told() -> None:
    """Its exception is the advice, and no traceback."""
    inverse = Annotated[int, Passing(lambda value: 1 / value > 0, "has an inverse")]
    assert merged(inverse, 1) == 1
    assert complaint(inverse, 0).split("\n")[2] == (
        "the predicate raised ZeroDivisionError: division by zero"
    )


def test_other_values_are_converted() -> None:
    """Those of the source are converted, those of the final type stay; defaults too."""
    assert merged(FROM_TEXT, "5") == 5
    assert merged(FROM_TEXT, 5, "5") == 5
    assert merged(FROM_WORDS, "a b", ["c"]) == ["a", "b", "c"]
    assert merged(list[FROM_TEXT], ["1", 2]) == [1, 2]
    assert merged(dict[str, FROM_TEXT], {"a": default("1")}) == {"a": 1}


def test_what_a_conversion_makes_is_checked() -> None:
    """The final type has the last word, and the message shows both values."""
    annotation = Annotated[int, Coerced(str, lambda text: text.upper())]
    assert complaint(annotation, "a") == (
        "`it` expects an integer\nfound 'A' (a string)\nit was converted from 'a'"
    )
    nested = Annotated[list[int], Coerced(str, list)]
    assert complaints(nested, "ab") == ["`it[0]` expects an integer", "`it[1]` expects an integer"]


def test_a_conversion_that_raises_is_told() -> None:
    """The exception of the user's function is shown with the value."""
    told = complaint(FROM_TEXT, "five")
    assert told.startswith("`it` could not convert 'five'")
    assert "ValueError: invalid literal for int() with base 10: 'five'" in told


def test_neither_source_nor_final_type() -> None:
    """Both are described, and the hint is that of either."""
    assert complaint(FROM_WORDS, 3).split("\n")[0] == (
        "`it` expects a list of strings, or a string converted to it"
    )
    assert not option_type(FROM_WORDS).fits([1]) and option_type(FROM_WORDS).fits("a")
    assert [path for path, *_ in option_type(FROM_WORDS).misfits(["a", 1])] == [(1,)]


@pytest.mark.parametrize(
    ("one", "other", "joins"),
    [
        (EVEN, EVEN, True),
        (EVEN, Annotated[int, Passing(bool)], False),
        (Annotated[int, Unique("a")], Annotated[int, Unique("a")], True),
        (Annotated[int, Unique("a")], Annotated[int, Unique("b")], False),
        (Annotated[int, Unique()], int, False),
        (FROM_TEXT, FROM_TEXT, False),
    ],
)
def test_wrapped_types_join_where_the_wrapping_is_the_same(
    one: Any, other: Any, joins: bool
) -> None:
    """Two conversions of one option never join, as upstream."""
    assert (option_type(one).joined(option_type(other)) is not None) is joins


def doubled(numbers: list[int]) -> list[list[int]]:
    """What a conversion makes of a list that it takes to be of integers."""
    return [[*numbers, *numbers]]


def test_a_conversion_gets_only_what_fits_in_depth() -> None:
    """What does not is of the final type, or its wrong part is told."""
    either = Annotated[Any, Coerced(list[int], doubled)]
    assert merged(either, [1]) == [[1, 1]] and merged(either, ["x"]) == ["x"]
    assert len(merged(either, [when(True, 1)])[0]) == 2
    (mistake,) = mistakes(Annotated[int, Coerced(dict[str, list[int]], len)], {"a": [1, "x"]})
    assert mistake.path == ("it", "a", 1) and "expects an integer" in str(mistake)


def test_a_shallow_conversion_takes_any_value_of_the_sort() -> None:
    """What it makes is checked as ever, and values of another sort are of the final type."""
    shallow = Annotated[list[list[str]], Coerced(list[int], doubled, shallow=True)]
    assert merged(shallow, ["x"]) == [["x", "x"]]
    assert complaints(shallow, [1]) == [
        "`it[0][0]` expects a string",
        "`it[0][1]` expects a string",
    ]
    assert "expects a list of lists of strings" in complaints(shallow, "x")[0]
    assert option_type(Annotated[shallow, Unique()]).fits(["x"])
