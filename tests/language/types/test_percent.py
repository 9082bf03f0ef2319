"""Shares in percent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modsvc_dsl import Between, Mistakes, Module, Percent, check, evaluate, option, percent
from modsvc_dsl.language.types.percent import PercentType, as_percent
from typing import Annotated, Any


class Share(Module):
    most: Annotated[Percent, Between(1, "400%")] = option(default=percent("50%"))


@pytest.mark.parametrize(("text", "number"), [("50%", 50), ("12.5 %", 12.5), ("0%", 0)])
def test_texts_say_their_sign(text: str, number: float) -> None:
    """And are numbers in results."""
    assert percent(text) == number
    assert type(percent("50%")) is int


WRONG = [
    (50.001, "50.001 has more than two digits behind the point"),
    ("50", "'50' has no sign: write '50%'"),
    ("-5%", "'-5%' is negative, and a share is not"),
    ("half", "'half' is no share: write '50%', with at most two digits behind the point"),
    (0.5, "0.5 is less than one percent: numbers count percent, so write 50"),
    (500, "it is 500%"),
    (True, "write a number of percent, or a text such as '50%'"),
    (float("nan"), "nan is no share: it lies between nothing and as much as can be"),
]


@pytest.mark.parametrize(("value", "advice"), WRONG)
def test_what_is_no_share_is_told_why(value: Any, advice: str) -> None:
    """With the bounds, and what to write."""
    with pytest.raises(Mistakes) as caught:
        check(evaluate(Share(most=value)))
    (mistake,) = caught.value.mistakes
    text = str(mistake)
    assert text.startswith("`most` expects a share between 1% and 400%\n")
    assert text.endswith(f"\n  to fix: {advice}")


@given(st.integers(0, 10**9))
def test_a_number_and_its_text_are_one(hundredths: int) -> None:
    """To a hundredth of a percent."""
    number = hundredths / 100
    assert percent(f"{number:.2f}%") == as_percent(number) == number


def test_bounds_of_two_declarations_hold_both() -> None:
    """And none are left where they contradict."""
    both = PercentType(1).joined(PercentType(0, 50))
    assert isinstance(both, PercentType) and (both.least, both.most) == (1, 50)
    assert PercentType(60).joined(PercentType(0, 50)) is None
