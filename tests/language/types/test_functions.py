"""Functions as values."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ParamSpec

import pytest

from modsvc_dsl.language.declaration.module import Module
from modsvc_dsl.language.declaration.option import option
from modsvc_dsl.language.evaluation.evaluate import evaluate
from modsvc_dsl.language.properties import after, force
from modsvc_dsl.language.result.check import check
from modsvc_dsl.language.types.annotation import option_type
from modsvc_dsl.language.types.refinements import SubmoduleOf
from tests.language.types.evaluation import complaint, complaints, result

P = ParamSpec("P")
_callable: Any = Callable
ANY_PARAMETERS: Any = _callable[P, str]  # to checkers it means something in a function only


class Site(Module):
    port: int = option(default=80)
    name: str = option(default="site")


def test_functions_merge_by_what_they_return() -> None:
    """Every definition is called, and the results merge by the result's type, in order."""
    it = result(Callable[[int], list[int]], lambda n: after([n]), lambda n: [n + 1]).it
    assert it(1) == [2, 1]
    both = result(Callable[[str], dict[str, int]], lambda n: {n: 1}, lambda n: {"z": 2}).it
    assert dict(both("a")) == {"a": 1, "z": 2}
    assert repr(it).startswith("<function ") and " and " in repr(it)


def test_stronger_functions_win() -> None:
    """Priorities count for the function, and for what it returns."""
    assert result(Callable[[], int], lambda: 1, force(lambda: 2)).it() == 2
    assert result(Callable[[], int], lambda: 1, lambda: force(2)).it() == 2


def test_a_wrong_result_is_told_at_the_functions_body() -> None:
    """The path says that it is the result, as upstream words it."""
    it = result(Callable[[], list[int]], lambda: ["a"]).it
    with pytest.raises(Exception, match=r'`it\["<function body>"\]\[0\]` expects an integer'):
        it()


def test_a_result_may_be_a_submodule() -> None:
    """What the functions return is evaluated together."""
    it = result(
        Callable[[int], SubmoduleOf[Site]], lambda n: {"port": n}, lambda n: {"name": "x"}
    ).it
    site = it(8080)
    assert (site.port, site.name) == (8080, "x")


@pytest.mark.parametrize(
    ("annotation", "value", "hint"),
    [
        (Callable[[int], str], lambda: "", "it takes no arguments, and is called with 1 argument"),
        (Callable[[], str], lambda a, b: "", "it takes a, b, and is called with no arguments"),
        (Callable[[int], str], lambda a, *, b: "", "it needs b by name, and is called by position"),
        (
            Callable[[int, int], str],
            lambda a: "",
            "it takes 1 argument, and is called with 2 arguments",
        ),
        (Callable[[], str], 3, "write lambda: ... around it"),
        (Callable[[int, int], str], "x", "write lambda a, b: ... around it"),
        (Callable[..., str], 3, "write lambda: ... around it"),
    ],
)
def test_a_function_has_to_take_its_arguments(annotation: Any, value: Any, hint: str) -> None:
    """The number of positional arguments counts; the message says what the function takes."""
    assert complaint(annotation, value).split("\n")[2] == hint


@pytest.mark.parametrize(
    ("annotation", "value"),
    [
        (Callable[[int], str], str),
        (Callable[[int, int], str], lambda *rest: ""),
        (Callable[[int], str], lambda a, b=1: ""),
        (Callable[[int], str], partial(lambda a, b: "", 1)),
        (Callable[..., str], lambda a, b: ""),
        (ANY_PARAMETERS, lambda a: ""),
        (Callable, print),
        (Callable[[int], Any], dict),
    ],
)
def test_whatever_can_be_called_so_is_a_function(annotation: Any, value: Any) -> None:
    """Classes, partial functions, optional and variable arguments; unknown signatures pass."""
    assert complaints(annotation, value) == []


def test_functions_are_described_by_arguments_and_result() -> None:
    """The words say how it is called and what comes back."""
    assert option_type(Callable[[int], list[str]]).describe() == (
        "a function of 1 argument that returns a list of strings"
    )
    assert option_type(Callable[[], Any]).describe() == (
        "a function of no arguments that returns any value"
    )
    one = option_type(Callable[[int], list[int]])
    assert one.joined(option_type(Callable[[int], list[int]])) is not None
    assert one.joined(option_type(Callable[[int, int], list[int]])) is None
    assert one.joined(option_type(Callable[[int], list[str]])) is None
    assert one.below()


def test_a_function_may_be_a_default() -> None:
    """It is merged like others, and so may be called; also inside of other types."""

    class Calling(Module):
        plain: Callable[[int], int] = option(default=lambda n: n + 1)
        maybe: Callable[[int], int] | None = option(default=lambda n: n + 2)
        any_way: Callable[..., str] = option(default=str)

    result = check(evaluate(Calling()))
    assert result.maybe is not None
    assert (result.plain(1), result.maybe(1), result.any_way(5)) == (2, 3, "5")
