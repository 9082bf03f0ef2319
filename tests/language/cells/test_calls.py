"""Functions of the user's: run once, failures remembered and told."""

from __future__ import annotations

from typing import Any

import pytest

from modsvc_dsl import Module, later, module, option, when
from modsvc_dsl.language.evaluation.evaluate import evaluate, evaluate_all

from tests.language.mistakes import lines_of, mistake_of
from tests.language.services import Service, Web


def test_a_function_that_raises_is_a_mistake_of_what_is_computed() -> None:
    """With the exception's words and the user's own line."""

    class Failing(Module):
        size: int = option(compute=lambda self: self.other)
        other: int = option(compute=lambda self: int("x"))

    mistake = mistake_of(lambda: evaluate(Failing()).size)
    assert mistake.path == ("other",)
    assert "ValueError" in str(mistake) and "'x'" in str(mistake)
    assert any(line > 0 for line in lines_of(mistake))


def test_one_function_of_several_definitions_runs_once() -> None:
    """Also where its value is taken apart."""
    ran: list[int] = []

    def make() -> Any:
        ran.append(1)
        return {"a": 1, "b": 2}

    shared = later(make)
    made = module(
        "m",
        options={name: option(type=dict[str, int]) for name in ("x", "y")},
        definitions={"x": shared, "y": shared},
    )
    result = evaluate_all([made])
    assert result.x == result.y == {"a": 1, "b": 2} and ran == [1]


def test_a_definition_of_a_class_runs_once_for_each_evaluation() -> None:
    """Results share nothing that was computed from a view."""
    ran: list[int] = []

    def counted(view: Any) -> int:
        ran.append(view.port)
        return len(ran)

    class Counting(Web):
        count: int = option(compute=counted)

    one, other = evaluate(Counting(port=1)), evaluate(Counting(port=2))
    assert (one.count, one.count, other.count, ran) == (1, 1, 2, [1, 2])


@pytest.mark.parametrize("wrong", [1, 0, None, "yes", []])
def test_a_condition_is_a_boolean(wrong: Any) -> None:
    """Truth is not guessed."""
    mistake = mistake_of(lambda: evaluate(Web(port=when(wrong, 1))).port)
    assert mistake.path == ("port",) and "no boolean" in str(mistake)
    computed: Any = later(lambda: wrong)
    again = mistake_of(lambda: evaluate(Web(port=when(computed, 1))).port)
    assert "no boolean" in str(again)


def test_a_mistake_inside_a_function_stays_itself() -> None:
    """It is not wrapped in another one."""
    made = module("m", definitions={"notes": later(lambda self: [self.nothing])})
    mistake = mistake_of(lambda: evaluate_all([Service, made]).notes)
    assert mistake.path == ("nothing",)


def test_an_interrupted_function_runs_again() -> None:
    """What is no error of the configuration is not remembered."""
    ran: list[int] = []

    def make() -> int:
        ran.append(1)
        if len(ran) == 1:
            raise KeyboardInterrupt
        return 3

    made = module("m", options={"x": option(type=int)}, definitions={"x": later(make)})
    result = evaluate_all([made])
    with pytest.raises(KeyboardInterrupt):
        _ = result.x
    assert result.x == 3
