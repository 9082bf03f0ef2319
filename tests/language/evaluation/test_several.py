"""Options that are read together have the values that they have one by one."""

from __future__ import annotations

import pytest

from modsvc_dsl import Mistakes, Module, evaluate, option
from modsvc_dsl.language.errors import Mistake
from modsvc_dsl.language.evaluation.several import Several


class Pair(Module):
    """Some options: with a default, defined, computed."""

    plain: int = option(default=1)
    said: str = option()
    made: str = option(compute=lambda self: f"{self.said}{self.plain}")


READ = Several("made", "plain", "said")


def test_the_values_come_in_the_order_of_the_names() -> None:
    """Whether they were computed before or not."""
    result = evaluate(Pair(said="a"))
    assert READ(result) == ("a1", 1, "a") == READ(result)
    assert READ(evaluate(Pair(said="b", plain=2))) == ("b2", 2, "b")


def test_what_is_wrong_with_one_of_them_is_raised() -> None:
    """As where it is read by itself."""
    with pytest.raises((Mistake, Mistakes), match="said"):
        READ(evaluate(Pair()))
    with pytest.raises((Mistake, Mistakes), match="misspelt"):
        READ(evaluate(Pair(said="a", misspelt=1)))  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
