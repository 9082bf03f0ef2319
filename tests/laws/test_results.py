"""What holds of results: of reading them, keeping them, and explaining them.

In: systems of modules. Out: a failing test with the smallest system that breaks a law.
"""

from __future__ import annotations

import json
import pickle
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import modsvc_dsl as m
from tests.language.fits import misfit
from tests.laws.systems import NAMES, Options, System, outcome, outcomes, systems

LAWFUL = settings(deadline=None, max_examples=100)


class Reading(Options):
    """Options that read each other, by whichever comes first."""

    @m.option
    def count(self) -> int:
        """How many words there are."""
        return len(self.words) + self.number

    @m.option
    def label(self) -> str:
        """A text that reads two others."""
        return f"{self.line}-{self.count}"

    longest: int = m.option(compute=lambda self: max([0, *map(len, self.groups.values())]))
    all_sizes: dict[str, int] = m.option(
        compute=lambda self: {**self.sizes, "count": m.later(lambda: self.count)}
    )


READ = (*NAMES, "count", "label", "longest", "all_sizes")


def reading(system: System) -> Any:
    """The result of a system whose options are read by others."""
    return m.evaluate(m.module("reading", imports=[Reading, system.make()]))


def wrong_or_right(system: System) -> tuple[Any, list[m.Mistake]]:
    """The result of a system, and what is wrong with it."""
    result = system.evaluated()
    return result, m.find_mistakes(result)


@LAWFUL
@given(systems(), st.permutations(READ), st.permutations(READ))
def test_the_order_of_reading_does_not_matter(
    system: System, one: list[str], other: list[str]
) -> None:
    """Values and mistakes are the same whichever option is read first, and read again."""
    first, second = reading(system), reading(system)
    found = outcomes(first, one)
    assert found == outcomes(second, other)
    assert found == outcomes(first, other)


@LAWFUL
@given(systems(), st.booleans())
def test_checking_changes_nothing(system: System, before: bool) -> None:
    """What is read is the same with and without a check before it."""
    plain, checked = reading(system), reading(system)
    m.find_mistakes(checked)
    assert outcomes(plain, READ) == outcomes(checked, READ)


@LAWFUL
@given(systems())
def test_evaluation_is_idempotent(system: System) -> None:
    """One module has equal results; a result as a module has the same again."""
    made = system.make()
    first, second = m.evaluate(made), m.evaluate(made)
    assert outcomes(first) == outcomes(second)
    assert outcomes(m.extend(first, [])) == outcomes(first)
    assert outcomes(m.evaluate(m.module("again", imports=[first]))) == outcomes(first)
    if not m.find_mistakes(first):
        assert first == second
        assert m.check(first) is first


@LAWFUL
@given(systems())
def test_data_as_definitions_is_the_data(system: System) -> None:
    """A result's data, defined as plain values, is the result's data."""
    result, wrong = wrong_or_right(system)
    if not wrong:
        data = m.data(result)
        again = m.module("data", imports=[Options], definitions=data)
        assert m.data(m.check(m.evaluate(again))) == data


@LAWFUL
@given(systems())
def test_json_comes_back(system: System) -> None:
    """JSON has the data, and modules made of it have the same JSON."""
    result, wrong = wrong_or_right(system)
    if not wrong:
        data = m.json_data(result)
        assert json.loads(json.dumps(data)) == data
        back = {**data, "tags": set(data["tags"])}
        again = m.module("json", imports=[Options], definitions=back)
        assert m.json_data(m.evaluate(again)) == data


@LAWFUL
@given(systems())
def test_a_result_fits_the_schema_of_its_modules(system: System) -> None:
    """Its JSON data does, by a validator that knows nothing of us."""
    result, wrong = wrong_or_right(system)
    if not wrong:
        assert misfit(m.json_schema(result), m.json_data(result)) == ""


@LAWFUL
@given(systems())
def test_a_pickle_comes_back(system: System) -> None:
    """A kept result compares equal to the result and to its data."""
    result, wrong = wrong_or_right(system)
    if not wrong:
        kept = pickle.loads(pickle.dumps(result))
        assert kept == m.data(result)
        assert kept == result


@LAWFUL
@given(systems(), st.sampled_from(NAMES))
def test_the_winners_of_a_history_make_the_value(system: System, name: str) -> None:
    """The definitions that won, defined again in their order, come to the same."""
    result = system.evaluated()
    winners = [told for told in m.history(result, name) if told.fate == "won"]
    values = [m.order(told.order, told.value) for told in winners]
    definitions = {name: m.merged(*values)} if values else {}
    again = m.module("winners", imports=[Options], definitions=definitions)
    assert outcome(m.evaluate(again), name) == outcome(result, name)


@LAWFUL
@given(systems(), st.sampled_from(NAMES))
def test_a_history_leaves_nothing_out(system: System, name: str) -> None:
    """Winners have one strength, nothing that lost is as strong, and facts say the same."""
    result = system.evaluated()
    told = m.history(result, name)
    won = {each.priority for each in told if each.fate == "won"}
    assert len(won) <= 1
    assert all(each.priority > min(won) for each in told if each.fate == "lost")
    facts = m.option_facts(result, name)
    assert facts.is_defined == bool(won)
    assert [value for _, value in facts.definitions] == [
        each.value for each in told if each.fate == "won"
    ]
