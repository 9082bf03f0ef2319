"""Declarations: what `option` takes, and what an annotation means."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import modsvc_dsl as m
from modsvc_dsl import Module, module, option, read_only
from modsvc_dsl.language.evaluation.evaluate import evaluate, evaluate_all
from modsvc_dsl.language.evaluation.history import option_facts
from modsvc_dsl.language.declaration.on_demand import on_demand

from tests.language.mistakes import mistake_of, statements

OPTION: Any = option


def test_unknown_keywords_are_refused() -> None:
    """With the ones that there are."""
    text = str(mistake_of(lambda: OPTION(defalt=3)))
    assert "defalt" in text and "default" in text


def test_a_default_is_plain_or_computed() -> None:
    """Both at once is a mistake."""
    text = str(mistake_of(lambda: OPTION(default=1, compute=lambda self: 1)))
    assert "default=" in text and "compute=" in text


def test_read_only_stands_over_an_option() -> None:
    """As a decorator; over anything else it is refused."""

    class Fixed(Module):
        @read_only
        @option
        def size(self) -> int:
            return 3

    assert option_facts(evaluate(Fixed()), "size").read_only
    assert mistake_of(lambda: evaluate(_sized(Fixed)).size).category == "readonly"
    wrong: Any = lambda self: 1
    assert "no option" in str(mistake_of(lambda: read_only(wrong)))


def _sized(cls: Any) -> Any:
    return cls(size=4)


def test_a_docstring_describes() -> None:
    """That of the method, or the keyword."""

    class Described(Module):
        one: int = option(default=1, description="The first.")

        @option
        def two(self) -> int:
            """The second,
            in two lines.
            """
            return 2

    result = evaluate(Described())
    assert option_facts(result, "one").description == "The first."
    assert option_facts(result, "two").description == "The second,\nin two lines."


def test_apply_changes_the_merged_value() -> None:
    """Also the default and the empty value, and it runs once."""
    ran: list[Any] = []

    def double(value: list[int]) -> list[int]:
        ran.append(value)
        return [item * 2 for item in value]

    class Doubled(Module):
        items: list[int] = option(apply=double)
        preset: list[int] = option(default=[3], apply=double)

    result = evaluate(Doubled(items=m.merged([1], [2])))
    assert (result.items, result.items, result.preset) == ([2, 4], [2, 4], [6])
    assert evaluate(Doubled()).items == []
    assert ran == [[1, 2], [3], []]


def test_apply_that_fails_is_a_mistake_of_the_option() -> None:
    """With the user's own line."""

    class Failing(Module):
        size: int = option(default=1, apply=lambda value: value // 0)

    mistake = mistake_of(lambda: evaluate(Failing()).size)
    assert mistake.path == ("size",) and "ZeroDivisionError" in str(mistake)


def test_an_annotation_that_means_nothing() -> None:
    """An unknown name, and a thing that is no type; the option and its line are named."""
    unknown = "class X(Module):\n    size: Nonsense = option(default=1)\n"
    made = statements(
        "from __future__ import annotations\n" + unknown, Module=Module, option=option
    )
    text = str(mistake_of(lambda: evaluate(made["X"]()).size))
    assert "Nonsense" in text and "size" in text
    wrong = module("m", options={"size": option(type=3)})
    assert "size" in str(mistake_of(lambda: evaluate_all([wrong]).size))


def test_an_option_without_a_type_takes_what_is_defined_once() -> None:
    """Lists and dicts are joined, other values have to be equal."""
    untyped = module("m", options={"x": option()})

    def defined(*values: Any) -> Any:
        return evaluate_all([untyped, *(module("d", definitions={"x": v}) for v in values)]).x

    assert defined(Path("/a")) == Path("/a") and defined([1], [2]) == [1, 2]
    assert defined({"a": 1}, {"b": 2}) == {"a": 1, "b": 2} and defined("s", "s") == "s"
    assert mistake_of(lambda: defined(1, 2)).category == "conflict"


def test_an_option_that_may_go_without_a_value() -> None:
    """It is a mistake only where it is read, and no part of the data."""

    class Loose(Module):
        size: int = option(required=False)

    result = m.check(evaluate(Loose()))
    assert m.data(result) == {} and m.data(evaluate(Loose(size=1))) == {"size": 1}
    assert mistake_of(lambda: result.size).category == "undefined"


@pytest.mark.parametrize("text", ["list[Later]", "Later", "Later | None", "'Later'"])
def test_names_may_be_bound_later_in_the_file(text: str) -> None:
    """Annotations are read when they are first needed."""
    source = f"""
    from __future__ import annotations

    class X(Module):
        it: {text} = option()

    class Later(Module):
        size: int = option(default=1)
    """
    made = statements(source, Module=Module, option=option)
    found = evaluate(made["X"]()).it
    assert found in ([], None) or found.size == 1


def test_a_value_is_given_by_name() -> None:
    """`option(80)` is answered with what to write."""
    given: Any = option
    assert str(mistake_of(lambda: given(80))).endswith("to fix: write option(default=80)")


def test_an_option_on_demand_is_computed_for_its_readers() -> None:
    """Nobody else pays for it or is told what is wrong with it, and nobody can define it."""
    read = []

    class Lazy(Module):
        size: int = option(default=1)

        @on_demand
        @option
        def double(self) -> int:
            read.append(self.size)
            return 2 * self.size

    result = m.check(evaluate(Lazy(size=4)))
    assert read == [] and result.double == 8 == result.double and read == [4]
    assert m.data(result) == {"size": 4, "double": 8}
    again: Any = Lazy
    assert mistake_of(lambda: m.check(evaluate(again(double=3)))).category == "readonly"
    assert "above @option" in str(mistake_of(lambda: on_demand(3)))


@pytest.mark.parametrize("words", ["", "description='x'"])
def test_over_a_function_it_has_no_parentheses(words: str) -> None:
    """With the line of the option and what to write; what it would take is said by the function."""
    source = f"class X(Module):\n    @option({words})\n    def x(self) -> int:\n        return 1\n"
    text = str(mistake_of(lambda: statements(source, Module=Module, option=option)))
    assert text.startswith("@option(...) stands over a function, which takes no parentheses there")
    assert f"@option({words})" in text and "to fix: write @option without parentheses: " in text
