"""Types as options of several modules use them, where no vector of upstream's looks.

How a type judges its values is proved in `types/`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import pytest

import modsvc_dsl as m
from modsvc_dsl import after, check, default, force, module, option
from modsvc_dsl.language.evaluation.evaluate import evaluate_all
from modsvc_dsl.language.evaluation.history import option_facts
from modsvc_dsl.language.types.refinements import (
    Entries,
    HeldAnnotation,
    JsonData,
    KeyName,
    TomlData,
)

from tests.language.mistakes import mistake_of
from tests.language.services import Service


def defined(annotation: Any, *values: Any) -> Any:
    """The result of an option `it` that several modules define, a value each."""
    declaring = module("declaring", options={"it": option(type=annotation)})
    users = [module(f"user {i}", definitions={"it": value}) for i, value in enumerate(values)]
    return evaluate_all([declaring, *users])


# Functions


def test_functions_merge_by_what_they_return() -> None:
    """Every definition is applied to the argument, and the results merge by the result type."""
    lists = Callable[[int], list[int]]
    both = defined(lists, lambda n: [n], after(lambda n: [n + 2]), lambda n: [n + 1])
    assert both.it(1) == [1, 2, 3]
    dicts = defined(Callable[[str], dict[str, int]], lambda k: {k: 1}, lambda k: {k + k: 2})
    assert dicts.it("a") == {"a": 1, "aa": 2}
    assert defined(lists, force(lambda n: [0]), lambda n: [n]).it(5) == [0]


def test_a_wrong_result_is_told_at_the_body() -> None:
    """With the place of the definition that gave it."""
    mistake = mistake_of(lambda: defined(Callable[[int], int], lambda n: "x").it(1))
    assert mistake.path == ("it", "<function body>") or "function body" in str(mistake)
    assert {location.file for _, location in mistake.report().places} == {__file__}


def test_the_result_of_a_function_may_be_a_submodule() -> None:
    """Its options know where they are."""
    inner = module("inner", options={"x": option(type=int, default=1), "y": option(type=int)})
    holder = module(
        "holder",
        options={"it": option(type=Callable[[int], m.SubmoduleOf[Service]])},
        definitions={"it": lambda n: {"notes": [str(n)]}},
    )
    assert evaluate_all([holder]).it(3).notes == ["3"]
    assert "inner" in repr(inner)


def test_functions_in_data_of_any_shape_merge_too() -> None:
    """Where their results do not, the mistake is at the body."""
    both = defined(Any, {"f": lambda n: {"a": n}}, {"f": lambda n: {"b": n}})
    assert both.it["f"](1) == {"a": 1, "b": 1}
    clash = defined(Any, {"f": lambda: 1}, {"f": lambda: 2})
    mistake = mistake_of(lambda: clash.it["f"]())
    assert mistake.category == "conflict" and "function body" in str(mistake)


# Types and declarations as values


def test_an_option_may_hold_a_type() -> None:
    """Several definitions join as declarations of one option do; the result is used as one."""
    held = defined(HeldAnnotation, list[int])
    made = module("made", options={"x": option(type=held.it)}, definitions={"x": [1]})
    assert evaluate_all([made]).x == [1]
    assert defined(HeldAnnotation, list[int], list[int]).it.describe() == "a list of integers"
    assert mistake_of(lambda: defined(HeldAnnotation, int, str).it).category == "conflict"


def test_an_option_may_hold_a_declaration() -> None:
    """As a value like any other, to be declared elsewhere."""
    held = defined(m.RawValue, option(type=int, default=3)).it
    assert evaluate_all([module("made", options={"x": held})]).x == 3


def test_held_submodules_join_their_modules() -> None:
    """And contradictions inside them name both declarations."""
    one, other = (
        module(name, options={name: option(type=int, default=1)}) for name in ("one", "other")
    )
    held = defined(HeldAnnotation, m.submodule(one), m.submodule(other)).it
    made = module("made", options={"x": option(type=held)})
    assert m.data(evaluate_all([made])) == {"x": {"one": 1, "other": 1}}
    again = module("again", options={"one": option(type=str)})
    clash = defined(HeldAnnotation, m.submodule(one), m.submodule(again)).it
    wrong = evaluate_all([module("made", options={"x": option(type=clash)})])
    text = str(mistake_of(lambda: check(wrong)))
    assert "one" in text and "again" in text


# Unions


def test_a_union_chooses_by_the_value() -> None:
    """In depth; `first_of` by the first member of the right sort, as upstream."""
    lists = defined(list[int] | list[str], ["x"])
    assert lists.it == ["x"]
    first = defined(m.first_of(list[int], list[str]), ["x"])
    assert mistake_of(lambda: check(first)).path[0] == "it"


# Containers


def test_the_name_of_keys_in_manuals() -> None:
    """Equal ones join, different ones clash."""
    named = Annotated[dict[str, int], KeyName("site")]
    same = [module(name, options={"x": option(type=named)}) for name in "ab"]
    assert evaluate_all(same).x == {}
    other = module("c", options={"x": option(type=Annotated[dict[str, int], KeyName("host")])})
    assert "declared twice" in str(mistake_of(lambda: evaluate_all([same[0], other]).x))


def test_entries_in_an_order() -> None:
    """A dict, or a list of one-entry dicts; names may stand several times, and modules join."""
    rules = Annotated[list[tuple[str, int]], Entries()]
    result = defined(rules, {"a": 1}, [{"b": 2}, {"a": 3}], after([{"z": 9}]))
    assert [tuple(entry) for entry in result.it] == [("a", 1), ("b", 2), ("a", 3), ("z", 9)]
    for wrong in ("x", [{"a": 1, "b": 2}], [{"a": "x"}]):
        assert mistake_of(lambda: check(defined(rules, wrong))).path[0] == "it"  # noqa: B023
    twice = [module(name, options={"x": option(type=rules)}) for name in "ab"]
    assert "declared twice" in str(mistake_of(lambda: evaluate_all(twice).x))


@pytest.mark.parametrize(
    "value", [None, True, 1, 1.5, "x", [1, [None]], {"a": {"b": [True]}}], ids=repr
)
def test_data_that_can_be_written_as_json(value: Any) -> None:
    """Null, booleans, numbers, texts, lists and dicts; the variant for TOML knows no null."""
    assert defined(JsonData, value).it == value
    if value is None:
        assert mistake_of(lambda: defined(TomlData, None).it).category == "type"


@pytest.mark.parametrize("value", [len, {"a": len}, [Service], object()], ids=repr)
def test_data_that_cannot(value: Any) -> None:
    """Functions, classes and other objects, at any depth."""
    assert mistake_of(lambda: check(defined(JsonData, value))).category == "type"


# Predicates


def test_a_predicate_speaks_for_itself() -> None:
    """In its own words, nested too, and definitions still merge."""
    even = Annotated[int, m.Passing(lambda n: n % 2 == 0, "is even")]
    assert defined(even, 2, 2).it == 2
    assert "is even" in str(mistake_of(lambda: defined(even, 3).it))
    nested = defined(dict[str, list[even]], {"a": [2]}, {"a": [4]})
    assert nested.it == {"a": [2, 4]}
    assert mistake_of(lambda: check(defined(dict[str, list[even]], {"a": [3]}))).path[:2] == (
        "it",
        "a",
    )


def test_a_type_of_a_users_own() -> None:
    """One class: what fits, in words, and how several definitions become one."""

    class Longest(m.OptionType):
        def describe(self) -> str:
            return "a text, of which the longest counts"

        def accepts(self, value: Any) -> bool:
            return isinstance(value, str)

        def merge(self, spot: Any, definitions: Any) -> Any:
            self.demand(spot, definitions)
            return max((d.value for d in definitions), key=len)

    assert defined(Longest(), "a", "abc", "ab", default("abcd")).it == "abc"
    assert "a text, of which" in str(mistake_of(lambda: defined(Longest(), 3).it))
    assert defined(m.list_of(Longest()), ["a"]).it == ["a"]


# Submodules


def test_a_submodule_describes_itself() -> None:
    """By its modules; a freeform one too."""
    free = module("free", freeform=dict[str, int], options={"x": option(type=int, default=1)})
    holder = module("holder", options={"it": option(type=m.submodule(free))})
    assert "free" in option_facts(evaluate_all([holder]), "it").type


def test_a_freeform_module_survives_joined_declarations() -> None:
    """Of one submodule, by two modules, one of which has it freeform."""
    free = module("free", freeform=dict[str, int])
    plain = module("plain", options={"x": option(type=int, default=1)})
    both = [
        module(n, options={"it": option(type=m.submodule(s))})
        for n, s in (("a", free), ("b", plain))
    ]
    result = evaluate_all([*both, module("user", definitions={"it": {"y": 2}})])
    assert m.data(result.it) == {"x": 1, "y": 2}


def test_names_of_modules_reach_into_submodules() -> None:
    """A mistake in a value names the module that wrote it, at its own place."""
    holder = module("holder", options={"it": option(type=m.SubmoduleOf[Service])})
    wrong = module("the writer", definitions={"it": {"notes": 3}})
    result = evaluate_all([holder, wrong])
    assert mistake_of(lambda: check(result)).path == ("it", "notes")
    right = module("the writer", definitions={"it": {"notes": ["n"]}})
    facts = option_facts(evaluate_all([holder, right]).it, "notes")
    assert facts.files == ("the writer",)
