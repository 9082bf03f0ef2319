"""The tree of options: groups, aliases and rings of them, who takes undeclared names."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from modsvc_dsl import module, option
from modsvc_dsl.language.declaration.constructor import module as made
from modsvc_dsl.language.evaluation.evaluate import evaluate_all
from modsvc_dsl.language.declaration.option import Option, draft
from modsvc_dsl.language.provenance import Line
from modsvc_dsl.language.declaration.record import Record
from modsvc_dsl.language.declaration.tree import Alias, Group, Slot, rings, taker

PLACE = Line("t.py", 1)


def alias(path: tuple[Any, ...], target: tuple[Any, ...] | None) -> Alias:
    """An alias as a shape makes it."""
    record = Record("m", PLACE)
    drafted = draft(Any, PLACE, alias=target)
    return Alias(path, target, Option(path, Any, ({}, {}), drafted, PLACE, record))


names = st.sampled_from("abcdef")


@given(st.dictionaries(names, names))
def test_rings_are_the_cycles_of_what_aliases_lead_to(leads: dict[str, str]) -> None:
    """Each once; an alias that only leads into a ring is in none."""
    found = rings([alias((old,), (new,)) for old, new in leads.items()])
    in_rings = {each.path[0] for ring in found for each in ring}
    for name in leads:
        at, steps = leads.get(name), 0
        while at is not None and at != name and steps <= len(leads):
            at, steps = leads.get(at), steps + 1
        assert (name in in_rings) == (at == name), leads
    assert sum(len(ring) for ring in found) == len(in_rings)
    for ring in found:
        for one, other in zip(ring, [*ring[1:], ring[0]]):
            assert one.target == other.path


def test_a_removed_option_is_in_no_ring() -> None:
    """It leads nowhere."""
    assert rings([alias(("a",), None), alias(("b",), ("a",))]) == []


def test_an_alias_of_something_below_itself_is_a_ring() -> None:
    """And so is one that comes back through a part of another."""
    (ring,) = rings([alias(("a",), ("a", "x"))])
    assert [each.path for each in ring] == [("a",)]
    (other,) = rings([alias(("a",), ("b", "x", "y")), alias(("b",), ("a",))])
    assert [each.path for each in other] == [("a",), ("b",)]


def test_groups_around_a_group() -> None:
    """Innermost first, the group itself among them."""
    root = Group((), None, None)
    outer = Group(("a",), root, None)
    inner = Group(("a", "b"), outer, None)
    assert list(inner.ancestors()) == [inner, outer, root]


def test_the_innermost_freeform_group_takes_a_name() -> None:
    """On the way along the path; behind an option nothing is taken."""
    inner = module("inner", options={"port": option(type=int)}, freeform=dict[str, int])
    result = evaluate_all(
        [
            made("m", options={"a.b": option(type=int, default=1)}, freeform=dict[str, Any]),
            made("n", options={"c.port": option(type=int, default=1)}),
            inner,
        ]
    )
    root: Group = result.__node__.shape.root
    assert taker(root, ("x", "y")) is root
    assert taker(root, ("a", "x")) is root
    bare = Group((), None, None)
    group = bare.children["g"] = Group(("g",), bare, None)
    assert taker(bare, ("g", "x")) is None
    group.freeform = root.freeform
    assert taker(bare, ("g", "x")) is group
    assert taker(bare, ("h", "x")) is None


def test_a_slot_stands_where_its_option_is_declared() -> None:
    """Messages name that place."""
    result = evaluate_all([made("m", options={"port": option(type=int, default=1)})])
    slot = result.__node__.shape.root.children["port"]
    assert isinstance(slot, Slot)
    assert slot.place.locate().file == __file__
    assert (slot.path, slot.read_only, slot.group) == (("port",), False, slot.group)
