"""The laws of merging hold for generated module systems.

In: systems of modules. Out: a failing test with the smallest system that breaks a law.
"""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import modsvc_dsl as m
from tests.laws.systems import (
    NAMES,
    ORDERLESS,
    VALUES,
    Options,
    System,
    outcome,
    outcomes,
    systems,
    worn,
)

LAWFUL = settings(deadline=None, max_examples=100)

NAME = st.sampled_from(NAMES)


def defining(name: str, *values: Any) -> Any:
    """What an option comes to that a module for each value defines."""
    parts = [m.module(f"m{index}", definitions={name: value}) for index, value in enumerate(values)]
    return outcome(m.evaluate(m.module("all", imports=[Options, *parts])), name)


@LAWFUL
@given(systems(ORDERLESS), st.randoms(use_true_random=False))
def test_the_order_of_modules_does_not_matter_to_values_without_one(
    system: System, random: Any
) -> None:
    """Numbers, sets, dicts and data are the same whichever module comes first."""
    imports = list(system.plans[-1].imports)
    random.shuffle(imports)
    other = system.with_last(imports=tuple(imports))
    assert outcomes(system.evaluated(), ORDERLESS) == outcomes(other.evaluated(), ORDERLESS)


@LAWFUL
@given(NAME, st.data())
def test_the_strongest_definition_wins(name: str, data: st.DataObject) -> None:
    """force beats plain, plain beats default, default beats the option's own; in any order."""
    forced, plain, weak = (data.draw(VALUES[name]) for _ in range(3))
    strengths = [m.force(forced), plain, m.default(weak)]
    alone = [defining(name, forced), defining(name, plain), defining(name, weak)]
    for first in range(3):
        shuffled = data.draw(st.permutations(strengths[first:]))
        assert defining(name, *shuffled) == alone[first]


@LAWFUL
@given(NAME, st.lists(st.integers(1, 1499), min_size=1, max_size=4, unique=True), st.data())
def test_the_lowest_priority_wins(name: str, priorities: list[int], data: st.DataObject) -> None:
    """Of overrides with numbers the lowest one counts alone."""
    values = {priority: data.draw(VALUES[name]) for priority in priorities}
    found = defining(name, *(m.override(number, value) for number, value in values.items()))
    assert found == defining(name, values[min(values)])


@LAWFUL
@given(NAME, st.data())
def test_a_true_condition_is_no_condition(name: str, data: st.DataObject) -> None:
    """`when(True, x)` is `x`, whatever stands beside it."""
    value, other = data.draw(worn(name)), data.draw(worn(name))
    assert defining(name, m.when(True, value), other) == defining(name, value, other)


@LAWFUL
@given(NAME, st.data())
def test_a_false_condition_is_nothing(name: str, data: st.DataObject) -> None:
    """`when(False, x)` is not there, whatever stands beside it."""
    value, other = data.draw(worn(name)), data.draw(worn(name))
    assert defining(name, m.when(False, value), other) == defining(name, other)
    assert defining(name, m.when(False, value)) == defining(name)


@LAWFUL
@given(NAME, st.data())
def test_merging_nested_is_merging_flat(name: str, data: st.DataObject) -> None:
    """Definitions in one `merged`, in several inside each other, or in modules, are the same."""
    one, two, three = (data.draw(worn(name)) for _ in range(3))
    flat = defining(name, one, two, three)
    assert defining(name, m.merged(one, two, three)) == flat
    assert defining(name, m.merged(one, m.merged(two, three))) == flat
    assert defining(name, m.merged(m.merged(one, two), three)) == flat
    assert defining(name, one, m.merged(two, three)) == flat


@LAWFUL
@given(NAME, st.data())
def test_the_outermost_property_of_a_sort_counts(name: str, data: st.DataObject) -> None:
    """A forced default is forced; properties of other sorts go through each other."""
    value, other = data.draw(VALUES[name]), data.draw(worn(name))
    pairs = [
        (m.force(m.default(value)), m.force(value)),
        (m.before(m.after(value)), m.before(value)),
        (m.force(m.before(value)), m.before(m.force(value))),
        (m.when(True, m.force(value)), m.force(m.when(True, value))),
        (m.force(m.merged(value, value)), m.merged(m.force(value), m.force(value))),
    ]
    for one, same in pairs:
        assert defining(name, one, other) == defining(name, same, other)


@LAWFUL
@given(st.dictionaries(st.sampled_from("abc"), VALUES["number"], max_size=3))
def test_a_path_is_the_dicts_along_it(sizes: dict[str, int]) -> None:
    """Entries defined one by one are the dict of them."""
    paths = [(("sizes", key), value) for key, value in sizes.items()]
    one_by_one = m.module("paths", imports=[Options], definitions=paths)
    whole = m.module("whole", imports=[Options], definitions={"sizes": sizes})
    everything = m.module("empty path", imports=[Options], definitions={(): {"sizes": sizes}})
    wanted = outcome(m.evaluate(whole), "sizes")
    assert outcome(m.evaluate(one_by_one), "sizes") == wanted
    assert outcome(m.evaluate(everything), "sizes") == wanted


@LAWFUL
@given(systems(), st.data())
def test_importing_twice_is_importing_once(system: System, data: st.DataObject) -> None:
    """A module that is reached on several ways defines once, where it was reached first."""
    imports = system.plans[-1].imports
    again = data.draw(st.lists(st.sampled_from(imports), max_size=4))
    twice = system.with_last(imports=(*imports, *again))
    names = (*NAMES, "trace")
    assert outcomes(system.evaluated(), names) == outcomes(twice.evaluated(), names)
