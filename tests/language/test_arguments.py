"""Calls with arguments that a function of the library does not take.

In: calls of public functions. Out: mistakes with the caller's line, and signatures as they were.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path

import pytest

from modsvc_dsl import (
    Mistake,
    Module,
    SystemdManager,
    after,
    before,
    default,
    duration,
    evaluate,
    evaluate_all,
    extend,
    force,
    host_unit,
    later,
    located,
    merged,
    module,
    option,
    order,
    override,
    percent,
    size,
    systemd,
    when,
)
from modsvc_dsl.language.arguments import refuses_others
from modsvc_dsl.language.errors import BadModule


class Empty(Module):
    """A module with one option."""

    value: int = option(default=1)


def test_a_missing_argument_is_answered_with_all_of_them() -> None:
    """As Python says it, and what there is to say."""
    with pytest.raises(Mistake) as raised:
        host_unit()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    assert str(raised.value).splitlines()[0] == (
        "host_unit(...): missing a required argument: 'name'"
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


WRONG_CALLS: dict[str, tuple[Callable[[], object], str, str]] = {
    "arguments in a list": (
        lambda: evaluate(Empty(), arguments=[1]),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        "evaluate(...) takes module arguments as names with values",
        'write arguments={"name": value}',
    ),
    "arguments without names": (
        lambda: evaluate_all([Empty()], arguments={1: 2}),  # type: ignore[dict-item]  # pyright: ignore[reportArgumentType]
        "evaluate_all(...) takes module arguments as names with values",
        'write arguments={"name": value}',
    ),
    "no manager": (
        lambda: evaluate(Empty(), manager=SystemdManager),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        "evaluate(...) takes a manager",
        "write one, as in manager=SystemdManager()",
    ),
    "one module for several": (
        lambda: evaluate_all(Empty()),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        "evaluate_all(...) takes a list of modules",
        "write the modules in a list, also where there is one",
    ),
    "a text for modules": (
        lambda: evaluate_all("ab"),
        "evaluate_all(...) takes a list of modules",
        "write the modules in a list, also where there is one",
    ),
    "a text for a path": (
        lambda: evaluate_all([Empty()], prefix="a"),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        "evaluate_all(...) takes a path as its prefix",
        'write a tuple of names, as in ("hosts", "a")',
    ),
    "an extension by one": (
        lambda: extend(evaluate(Empty()), Empty()),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        "extend(...) takes a list of modules",
        "write the modules in a list, also where there is one",
    ),
    "two values": (
        lambda: force(1, 2),  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
        "force(...): too many positional arguments",
        "it takes value",
    ),
    "no number": (
        lambda: order("a", 1),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        "order(...) takes a whole number as its number",
        "write one, such as 50",
    ),
    "no function": (
        lambda: later(3),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        "later(...) got something that is no function",
        "write later(lambda: ...), or later(lambda self: ...)",
    ),
    "no size": (
        lambda: size("5Q"),
        "size(...): '5Q' has the unit 'Q', which is none: units are K, M, G, T, P, E",
        "",
    ),
    "a number for a text": (
        lambda: duration(5),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        "duration(...) takes a text, and this is 5 (an integer)",
        'write a text, as in duration("1h 30min")',
    ),
    "no share": (lambda: percent("12"), "percent(...): '12' has no sign: write '12%'", ""),
}


@pytest.mark.parametrize("case", WRONG_CALLS)
def test_calls_that_are_wrong(case: str) -> None:
    """What was called is named, with the line of the call and what to write."""
    call, headline, advice = WRONG_CALLS[case]
    with pytest.raises(Mistake) as raised:
        call()
    report = raised.value.report()
    assert (report.headline, "".join(report.advice)) == (headline, advice)
    ((label, location),) = report.places
    code = call.__code__
    assert (label, location.file, location.line) == ("written", __file__, code.co_firstlineno)


@pytest.mark.parametrize("read", [size, duration, percent])
def test_a_text_that_is_no_quantity_is_a_value_error(read: Callable[[str], object]) -> None:
    """For whoever reads texts of others with them."""
    with pytest.raises(ValueError, match="an empty text|is no share"):
        read("")


Functions = [override, default, force, order, before, after, when, merged, located, later]


@pytest.mark.parametrize("function", Functions, ids=lambda each: each.__name__)
def test_properties_without_a_value(function: Callable[[], object]) -> None:
    """None of them answers with a TypeError of Python's, but `merged`, which takes any number."""
    if function is merged:
        assert function() is not None
        return
    with pytest.raises(BadModule, match="missing"):
        function()
