"""The public callables, called as they cannot be called.

In: every name of the facade, and values of every sort. Out: a mistake with the line of the call, or
what the call is for; never an exception of Python's own.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import modsvc_dsl as m

MADE_BY_THE_LIBRARY = {
    "Built",
    "Definition",
    "Distributed",
    "File",
    "Finding",
    "Link",
    "MadeOf",
    "Mistake",
    "Mistakes",
    "ModuleInGraph",
    "OptionFacts",
    "Skipped",
    "Snapshot",
    "Told",
    "Validated",
}
"""Classes of which users get instances and make none: some are made too often for a frame more."""

PROTOCOLS = {"Manager", "OptionType", "Spot"}
"""Classes that users write subclasses of, or are handed."""


def _is_called(value: Any) -> bool:
    """Is it a function, or a class that users make instances of?

    Sections of units are plain dicts, and names such as `Size` annotations, to Python.
    """
    is_dict = hasattr(value, "__required_keys__")
    return inspect.isfunction(value) or (isinstance(value, type) and not is_dict)


CALLED: Mapping[str, Callable[..., Any]] = {
    name: value
    for name in m.__all__
    if name not in MADE_BY_THE_LIBRARY | PROTOCOLS
    if _is_called(value := getattr(m, name))
}


def _answer(call: Callable[[], Any]) -> str:
    """What is raised, in words; empty where it is a mistake of somebody who calls from here."""
    try:
        call()
    except (m.Mistake, m.Mistakes) as error:
        lines = [place.file for one in m.flatten(error) for _, place in one.report().places]
        return "" if __file__ in lines else f"no line of the caller: {error}"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return "nothing"


def test_the_facade_has_what_is_called() -> None:
    """Or the tests below would look at nothing."""
    assert {"history", "lint", "validate", "Service", "Between", "Command", "tcp"} <= {*CALLED}


@pytest.mark.parametrize("name", sorted({*CALLED} - {"Settings"}))
def test_an_unknown_keyword_is_a_mistake_with_the_callers_line(name: str) -> None:
    """Of functions, modules and plain classes; settings may have any name."""
    assert _answer(lambda: CALLED[name](no_such_argument=1)) == ""


@pytest.mark.parametrize("name", sorted(CALLED))
def test_too_many_arguments_are_a_mistake_with_the_callers_line(name: str) -> None:
    """Where there are too many: some functions take any number."""
    parameters = inspect.signature(CALLED[name]).parameters.values()
    if any(each.kind is each.VAR_POSITIONAL for each in parameters):
        return
    assert _answer(lambda: CALLED[name](*[object()] * 12)) == ""


@pytest.mark.parametrize("name", sorted(CALLED))
def test_too_few_arguments_are_a_mistake_with_the_callers_line(name: str) -> None:
    """Or fit, where none is needed."""
    parameters = inspect.signature(CALLED[name]).parameters.values()
    needed = [each for each in parameters if each.default is each.empty]
    if any(each.kind in (each.POSITIONAL_ONLY, each.POSITIONAL_OR_KEYWORD) for each in needed):
        assert _answer(lambda: CALLED[name]()) == ""


class Web(m.Service):
    """A service that is right."""

    process = m.Process(argv=["/usr/bin/web"])


HOST = m.Host(services={"web": Web()})
RESULT: Any = m.evaluate(HOST)


async def _coroutine() -> None:
    """Nothing that anybody would await."""


def _generator() -> Iterator[int]:
    yield 1


ODD: Sequence[Any] = [
    None,
    True,
    -1,
    2**200,
    float("nan"),
    "",
    "a.b",
    "\n",
    b"x",
    [],
    [1],
    ["x"],
    [[]],
    {},
    {1: 2},
    (),
    {1},
    object(),
    int,
    len,
    lambda: 0,
    lambda a, b, c: 0,
    _coroutine,
    _generator,
    Web,
    Web(),
    HOST,
    RESULT,
    Path("x"),
    m.Port,
    m.force(1),
    m.option(),
    m.Process.argv,
    m.host_unit("x.target"),
    ...,
]
"""Values of every sort: most fit no parameter, each fits some."""

GOOD: Sequence[Any] = [RESULT, "x", 5, lambda value: value, int, HOST, ["/bin/x"], Web()]
"""Values that stand beside an odd one."""


def _calls(function: Callable[..., Any]) -> Iterator[Callable[[], Any]]:
    """Calls with one odd value in each place, and others beside it."""
    parameters = inspect.signature(function).parameters.values()
    positional = [p for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    needed = sum(1 for each in positional if each.default is each.empty)
    needed = max(needed, any(each.kind is each.VAR_POSITIONAL for each in parameters))
    optional = [p.name for p in parameters if p.kind is p.KEYWORD_ONLY]
    optional += [
        p.name for p in positional if p.default is not p.empty and p.kind != p.POSITIONAL_ONLY
    ]
    for odd in ODD:
        for good in GOOD:
            for place in range(needed):
                given = [good] * needed
                given[place] = odd
                yield partial(function, *given)
            for name in optional:
                yield partial(function, *[good] * needed, **{name: odd})


@pytest.mark.parametrize("name", sorted(CALLED))
def test_values_of_the_wrong_sort_are_mistakes_with_the_callers_line(name: str) -> None:
    """Of whatever sort, in whatever place; what is not judged before it is used is kept as it is."""
    answers = {_answer(call) for call in _calls(CALLED[name])}
    assert answers <= {"", "nothing"}, answers
