"""What became of each definition: the winners are those that merging counts."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import modsvc_dsl as m
from modsvc_dsl import Module, check, evaluate, evaluate_all, history, module, option
from modsvc_dsl.language.evaluation.fates import fates
from modsvc_dsl.language.evaluation.lookup import find_option

PRIORITIES = st.sampled_from([10, 50, 100, 1000, 1500, 2000])
ORDERS = st.sampled_from([1, 500, 1000, 1500])


@st.composite
def worn(draw: st.DrawFn) -> tuple[Any, bool, int, int, list[int]]:
    """A definition of a list of integers: as written, and what is read off it."""
    items = draw(st.lists(st.integers(0, 9), max_size=3))
    there = draw(st.booleans())
    priority, order = draw(PRIORITIES), draw(ORDERS)
    value: Any = m.override(priority, m.order(order, items))
    if draw(st.booleans()):
        value = m.order(order, m.override(priority, items))
    value = m.when(there, value) if draw(st.booleans()) or not there else value
    if draw(st.booleans()):
        value = m.merged(value)
    return value, there, priority, order, items


definitions = st.lists(worn(), min_size=1, max_size=6)


def result_of(found: list[tuple[Any, bool, int, int, list[int]]], default: Any) -> Any:
    """Modules that each define one list."""
    declared = (
        option(type=list[int]) if default is None else option(type=list[int], default=default)
    )
    made = [module(f"m{i}", definitions={"it": each[0]}) for i, each in enumerate(found)]
    return evaluate_all([module("declaring", options={"it": declared}), *made])


@given(definitions, st.none() | st.lists(st.integers(0, 9), max_size=2))
def test_the_winners_are_what_merging_joins(found: list[Any], default: list[int] | None) -> None:
    """In that order; every definition is told of, the default too."""
    result = result_of(found, default)
    told = history(result, "it")
    won = [entry for entry in told if entry.fate == "won"]
    assert [item for entry in won for item in entry.value] == result.it
    assert len(told) == len(found) + (default is not None)
    strongest = min((entry.priority for entry in told if entry.fate in ("won", "lost")), default=0)
    assert all(entry.priority == strongest for entry in won)
    assert [entry.order for entry in won] == sorted(entry.order for entry in won)


@given(definitions)
def test_each_definition_has_one_fate_with_a_reason(found: list[Any]) -> None:
    """What is absent has a False condition, what lost is weaker, and each says why."""
    told = {entry.module: entry for entry in history(result_of(found, None), "it")}
    for index, (_, there, priority, order, items) in enumerate(found):
        entry = told[f"m{index}"]
        assert (entry.fate == "absent") == (not there)
        assert entry.why
        if there:
            assert (entry.priority, entry.order, entry.value) == (priority, order, items)
            assert entry.condition in (None, True)
        else:
            assert (entry.condition, entry.why) == (False, "its condition is False")


def test_strength_in_words() -> None:
    """Those of the language where there is one, numbers else."""

    class Web(Module):
        hosts: list[str] = option(default=["own"])

    said = [m.force(["f"]), ["p"], m.default(["d"]), m.override(7, m.order(3, ["o"]))]
    made = [module(f"m{i}", definitions={"hosts": value}) for i, value in enumerate(said)]
    told = [(entry.fate, entry.why) for entry in history(evaluate_all([Web, *made]), "hosts")]
    assert told == [
        ("won", "priority 7, order 3"),
        ("lost", "`hosts`: forced, weaker than priority 7"),
        ("lost", "`hosts`: plain, weaker than priority 7"),
        ("lost", "`hosts`: a default, weaker than priority 7"),
        ("not needed", "a stronger definition exists"),
    ]
    (only,) = history(evaluate(Web()), "hosts")
    assert (only.why, only.fate) == ("the option's own default", "won")


def test_a_default_that_is_not_needed_never_runs() -> None:
    """Not for its history either."""
    runs: list[int] = []

    def usual(self: Any) -> int:
        runs.append(1)
        return 80

    class Web(Module):
        port: int = option(compute=usual)

    result = check(evaluate(Web(port=8080)))
    assert [entry.fate for entry in history(result, "port")] == ["won", "not needed"]
    assert runs == []


def test_fates_of_an_entry_are_told_level_by_level() -> None:
    """What a stronger dict shadows is lost there; what defines other entries is left out."""

    class Web(Module):
        table: dict[str, int] = option()

    made = [
        module("weak", definitions={"table": m.default({"a": 1, "b": 1})}),
        module("plain", definitions={"table": {"a": 2, "c": 3}}),
        module("other", definitions={"table": {"a": m.force(4), "b": 5}}),
    ]
    result = evaluate_all([Web, *made])
    told = [(entry.module, entry.value, entry.fate) for entry in history(result, "table.a")]
    weak = ("weak", {"a": 1, "b": 1}, "lost")  # as a whole, one level above the entry
    assert told == [("other", 4, "won"), ("plain", 2, "lost"), weak]
    assert result.table["a"] == 4
    (only,) = history(result, "table.c")
    assert (only.module, only.fate) == ("plain", "won")


def test_an_entry_of_a_list_by_its_index() -> None:
    """Of the definition that has it."""

    class Web(Module):
        hosts: list[str] = option()

    result = evaluate(Web(hosts=["a", "b"]))
    found = fates(find_option(result, ("hosts", 1)))
    assert [(fate.definition.value, fate.name) for fate in found] == [("b", "won")]
