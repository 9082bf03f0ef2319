"""Booleans and numbers."""

from __future__ import annotations

from typing import Annotated, Any

import pytest

from modsvc_dsl.language.types.annotation import option_type
from modsvc_dsl.language.types.refinements import (
    S8,
    S16,
    S32,
    U8,
    U16,
    U32,
    Above,
    Between,
    BoolByOr,
    Port,
    Positive,
    StrictFloat,
    Unsigned,
)
from tests.language.types.evaluation import complaint, complaints, merged


@pytest.mark.parametrize(
    ("annotation", "least", "most"),
    [
        (U8, 0, 255),
        (U16, 0, 65_535),
        (U32, 0, 4_294_967_295),
        (S8, -128, 127),
        (S16, -32_768, 32_767),
        (S32, -2_147_483_648, 2_147_483_647),
        (Port, 0, 65_535),
        (Unsigned, 0, None),
        (Positive, 1, None),
        (Annotated[int, Between(None, 3)], None, 3),
        (Annotated[float, Between(-0.5, 0.5)], -0.5, 0.5),
    ],
)
def test_bounds_are_inclusive(annotation: Any, least: float | None, most: float | None) -> None:
    """A number at its bound is taken, and the next beyond it is not."""
    type_ = option_type(annotation)
    for bound, beyond in ((least, -1), (most, 1)):
        if bound is None:
            assert type_.accepts(beyond * 2**80)
        else:
            assert type_.accepts(bound)
            assert not type_.accepts(bound + beyond)


def test_a_bound_may_be_excluded() -> None:
    """`Above(0)` takes the least number beyond zero, and not zero."""
    type_ = option_type(Annotated[float, Above(0)])
    assert type_.accepts(5e-324) and not type_.accepts(0) and not type_.accepts(-1)
    assert type_.describe() == "a number above 0"


def test_what_is_no_number_is_within_no_bounds() -> None:
    """A nan compares with nothing, so that bounds would let it pass."""
    nan = float("nan")
    assert option_type(float).accepts(nan)
    assert not option_type(Annotated[float, Between(0, 1)]).accepts(nan)
    assert not option_type(Annotated[float, Between(0)]).accepts(nan)
    assert not option_type(Annotated[float, Above(0)]).accepts(nan)


def test_a_float_takes_an_integer_and_a_strict_one_does_not() -> None:
    """`float` takes 2, `StrictFloat` wants 2.0."""
    assert merged(float, 2) == 2
    assert complaint(StrictFloat, 2) == ("`it` expects a float\nfound 2 (an integer)\nwrite 2.0")


@pytest.mark.parametrize(
    ("annotation", "value", "expected", "hint"),
    [
        (int, True, "an integer", "a boolean is no number"),
        (int, "80", "an integer", "write 80 without quotes"),
        (int, " 80 ", "an integer", "write 80 without quotes"),
        (int, 80.0, "an integer", "write 80"),
        (int, 80.5, "an integer", "write it without a decimal point"),
        (float, "1.5", "a number", "write 1.5 without quotes"),
        (Port, 80_000, "an integer between 0 and 65535 (a port)", ""),
        (Port, "80", "an integer between 0 and 65535 (a port)", "write 80 without quotes"),
        (Port, "80000", "an integer between 0 and 65535 (a port)", ""),
        (int, "8080/tcp", "an integer", ""),
        (float, "nan", "a number", ""),
        (int, "9" * 5000, "an integer", ""),
        (bool, "yes", "a boolean", "write True"),
        (bool, "off", "a boolean", "write False"),
        (bool, 0, "a boolean", "write False"),
        (bool, "maybe", "a boolean", "write True or False"),
        (bool, None, "a boolean", ""),
        (complex, True, "a complex number", ""),
        (None, 3, "None", "write None instead of 3"),
    ],
)
def test_what_is_refused_says_what_to_write(
    annotation: Any, value: Any, expected: str, hint: str
) -> None:
    """A refused value is answered with what is expected, and where a mistake can be guessed with more."""
    lines = complaint(annotation, value).split("\n")
    assert lines[0] == f"`it` expects {expected}"
    assert lines[2:] == ([hint] if hint else [])


def test_definitions_have_to_be_equal() -> None:
    """Two equal numbers are one, two different ones conflict, and so do 1 and 1.0."""
    assert merged(int, 5, 5) == 5
    assert complaints(int, 5, 6) == ["`it` has definitions that differ"]
    assert complaints(float, 1, 1.0) == ["`it` has definitions that differ"]


def test_a_wrong_definition_is_wrong_beside_a_right_one() -> None:
    """One right definition does not hide a wrong one."""
    assert complaints(int, 5, "5") == ["`it` expects an integer"]


def test_a_boolean_by_or_is_true_as_soon_as_one_is() -> None:
    """`BoolByOr` never conflicts."""
    assert merged(BoolByOr, False, True, False) is True
    assert merged(BoolByOr, False, False) is False
    assert complaints(BoolByOr, False, "no") == ["`it` expects a boolean"]
    assert complaints(bool, False, True) == ["`it` has definitions that differ"]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Port, Annotated[int, Between(1024)], "an integer between 1024 and 65535"),
        (Annotated[float, Above(0)], Annotated[float, Between(1)], "a number of at least 1"),
        (Annotated[float, Above(1)], Annotated[float, Between(0)], "a number above 1"),
        (Annotated[float, Above(0)], Annotated[float, Between(0, 5)], None),
        (Annotated[int, Between(0, 1)], Annotated[int, Between(2, 3)], None),
        (Annotated[float, Above(3)], Annotated[float, Between(0, 3)], None),
        (int, float, None),
        (int, str, None),
    ],
)
def test_bounds_of_two_declarations_both_hold(one: Any, other: Any, expected: str | None) -> None:
    """An option declared with two ranges takes what is in both; ranges apart contradict."""
    joined = option_type(one).joined(option_type(other))
    if expected is None and joined is not None:
        assert joined.describe() == "a number above 0 and of at most 5"
    else:
        assert (joined.describe() if joined else None) == expected
