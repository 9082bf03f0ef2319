"""The natural order: bases, imports, imports of an instance, then the module itself.

In: systems of modules, each of which adds its number to one list. Out: a failing test where the list
is not in the order of a second, plain reading of the rule.
"""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import modsvc_dsl as m
from tests.laws.systems import Options, Plan, System, systems

LAWFUL = settings(deadline=None, max_examples=100)


def numbers_in_order(system: System) -> list[int]:
    """The numbers of the modules in reach of the last: depth first, each once, itself last."""
    found: list[int] = []

    def visit(plan: Plan) -> None:
        before = ([] if plan.base is None else [plan.base]) + list(plan.imports)
        for index in before:
            if index not in seen:
                seen.add(index)
                visit(system.plans[index])
        found.append(plan.number)

    seen = {system.plans[-1].number}
    visit(system.plans[-1])
    return found


@LAWFUL
@given(systems(()))
def test_modules_count_in_the_natural_order(system: System) -> None:
    """The list has the modules' numbers in the order of the rule."""
    assert system.evaluated().trace == numbers_in_order(system)


@LAWFUL
@given(systems(()), st.data())
def test_an_instance_counts_behind_its_class(system: System, data: st.DataObject) -> None:
    """Imports of an instance come between those of its class and the class; its values last."""
    made: Any = system.make()

    class Last(Options):
        trace = [100]

    m.imports(made)(Last)
    beside = m.module("beside", definitions={"trace": [200]})
    shared = data.draw(st.booleans())
    make: Any = Last
    instance = make(trace=[300], imports=[made, beside] if shared else [beside])
    assert m.evaluate(instance).trace == [*numbers_in_order(system), 200, 100, 300]


@LAWFUL
@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.sampled_from([None, 1, 500, 999, 1000, 1001, 1500])),
        max_size=8,
    )
)
def test_order_numbers_sort_and_keep_what_is_equal(parts: list[tuple[int, int | None]]) -> None:
    """Lower numbers come first, plain ones have 1000, and those of one number stay as written."""
    values = [[item] if number is None else m.order(number, [item]) for item, number in parts]
    modules = [
        m.module(f"m{index}", definitions={"trace": value}) for index, value in enumerate(values)
    ]
    result = m.evaluate(m.module("all", imports=[Options, *modules]))
    by_number = sorted(parts, key=lambda part: 1000 if part[1] is None else part[1])
    assert result.trace == [item for item, _ in by_number]


@LAWFUL
@given(st.lists(st.integers(0, 5), max_size=4), st.lists(st.integers(0, 5), max_size=4))
def test_before_and_after_are_numbers(early: list[int], late: list[int]) -> None:
    """`before` is 500 and `after` 1500."""
    values = m.merged(m.after(late), [50], m.before(early), m.order(501, [1]), m.order(1499, [2]))
    assert m.evaluate(Options(trace=values)).trace == [*early, 1, 50, 2, *late]
