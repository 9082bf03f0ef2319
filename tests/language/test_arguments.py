"""Calls with arguments that a function of the library does not take.

In: calls of public functions. Out: mistakes with the caller's line, and signatures as they were.
"""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from modsvc_dsl import Mistake, host_unit, module, option, systemd
from modsvc_dsl.language.arguments import refuses_others


def test_a_missing_argument_is_answered_with_all_of_them() -> None:
    """As Python says it, and what there is to say."""
    with pytest.raises(Mistake) as raised:
        host_unit()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    assert str(raised.value).splitlines()[0] == (
        "host_unit() missing 1 required positional argument: 'name'"
    )
    assert raised.value.report().advice == ("it takes name",)
    ((label, location),) = raised.value.report().places
    assert (label, location.file) == ("written", __file__)


def test_several_unknown_keywords_are_named_together() -> None:
    """The advice is for the first of them."""
    with pytest.raises(Mistake) as raised:
        systemd(servce={}, tmer={})  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    assert raised.value.report().headline == "systemd(...) does not know servce, tmer"
    assert raised.value.report().advice == ("did you mean `service`?",)


def test_a_function_that_ran_speaks_for_itself() -> None:
    """A TypeError of its own, however deep, is no word about its arguments."""

    @refuses_others
    def halved(number: int) -> float:
        return number / 2

    with pytest.raises(TypeError, match="unsupported operand"):
        halved("2")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert halved(number=3) == 1.5


def test_signatures_stay_as_they_are() -> None:
    """For help(), editors, and documents."""
    assert list(inspect.signature(systemd).parameters)[:2] == ["unit", "service"]
    assert inspect.getdoc(host_unit) is not None


def test_places_and_names_are_those_of_the_caller() -> None:
    """The frame between is not taken for the caller's."""
    made = module("named", options={"a": option(type="Local", default=3)})
    assert made.place.locate().file == __file__
    assert made.options["a",].resolved() is Local
    line = inspect.currentframe()
    short = systemd(service={"Restart": "no"})
    assert line is not None
    assert short.place.locate().line == line.f_lineno - 2
    assert Path(short.place.locate().file).name == "test_arguments.py"


Local = int
