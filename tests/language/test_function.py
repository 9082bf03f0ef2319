"""Functions of the user's, looked at before anybody runs them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from modsvc_dsl import Module, changed, check, define, evaluate, later, option
from modsvc_dsl.language.errors import BadModule
from modsvc_dsl.language.function import demand_function
from modsvc_dsl.language.provenance import users_line

from tests.language.mistakes import mistake_of, statements


def nothing() -> int:
    return 1


def one(self: Any) -> int:
    return 1


def two(self: Any, other: Any) -> int:
    return 1


def one_or_two(self: Any, other: Any = 1) -> int:
    return 1


def some(*values: Any) -> int:
    return 1


def named(self: Any, *, name: str) -> int:
    return 1


def named_by_default(self: Any, *, name: str = "") -> int:
    return 1


def starting(self: Any, start: int = 3) -> int:
    return start


def times(value: int, by: int = 2) -> int:
    return value * by


async def waiting(self: Any) -> int:
    return 1


def yielding(self: Any) -> Any:
    yield 1


async def both(self: Any) -> Any:
    yield 1


def demanded(function: Any, *takes: int) -> str:
    """The headline of the mistake, empty for none."""
    try:
        demand_function(function, "it", "write another", users_line(), *takes)
    except BadModule as mistake:
        return mistake.report().headline
    return ""


@pytest.mark.parametrize(
    ("function", "takes"),
    [
        (one, (1,)),
        (one_or_two, (1,)),
        (one_or_two, (2,)),
        (some, (1,)),
        (some, (0,)),
        (named_by_default, (1,)),
        (nothing, (0, 1)),
        (one, (0, 1)),
        (int, (1,)),
        (len, (1,)),
        (partial(two, 1), (1,)),
        (lambda self, port=1: port, (1,)),
    ],
)
def test_what_can_be_called_so_is_taken(function: Any, takes: tuple[int, ...]) -> None:
    """By as many arguments as there will be; what is not written in Python is only called."""
    assert demanded(function, *takes) == ""


@pytest.mark.parametrize(
    ("function", "why"),
    [
        (3, "something that is no function"),
        (None, "something that is no function"),
        (staticmethod(one), "something that is no function"),
        (nothing, "a function of other parameters"),
        (two, "a function of other parameters"),
        (named, "a function of other parameters"),
        (waiting, "an async function"),
        (yielding, "a function with yield"),
        (both, "a function with yield"),
    ],
)
def test_what_could_never_give_a_value_is_refused(function: Any, why: str) -> None:
    """And what is wrong with it is said."""
    assert demanded(function, 1) == f"it got {why}"


class Web(Module):
    port: int = option(default=80)


MAKERS: dict[str, Callable[[Any], Any]] = {
    "@option": option,
    "option(compute=...)": lambda function: option(compute=function),
    "option(apply=...)": lambda function: option(default=1, apply=function),
    "@define(...)": lambda function: define(Web.port)(function),
    "later(...)": later,
    "changed(...)": lambda function: changed("old", "new", function),
}


@pytest.mark.parametrize("maker", MAKERS)
@pytest.mark.parametrize("function", [waiting, two, yielding])
def test_every_place_of_a_function_looks_at_it(maker: str, function: Any) -> None:
    """When it is written, with the line of the function and what to write."""
    report = mistake_of(lambda: MAKERS[maker](function)).report()
    assert report.headline.startswith(f"{maker} got ")
    assert report.places[0][1].line == function.__code__.co_firstlineno
    assert report.advice[0]


def test_the_whole_message_of_an_async_definition() -> None:
    """Nothing is left running behind it."""
    text = """
    from modsvc_dsl import Module, option

    class Web(Module):
        @option
        async def port(self) -> int:
            return 80
    """
    message = str(mistake_of(lambda: statements(text)))
    assert message.splitlines()[0] == "@option got an async function"
    assert "to fix: write def without async: a value is computed" in message


def test_functions_that_pass_are_called() -> None:
    """With their default parameters left alone."""

    class Counting(Module):
        count: int = option(compute=starting)
        twice: int = option(compute=lambda self: self.count, apply=times)

    result = check(evaluate(Counting()))
    assert (result.count, result.twice) == (3, 6)
