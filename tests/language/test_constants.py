"""Options that cost a shape once: the same wherever nothing is defined for them."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from modsvc_dsl import Module, data, evaluate, later, option
from modsvc_dsl.language.constants import Constants
from modsvc_dsl.language.frozen import NOTHING
from modsvc_dsl.language.tree import Slot

from .services import Host, Web


class Inner(Module):
    depth: int = option(default=1)


class Many(Module):
    """Options of all sorts that may or may not be constant."""

    number: int = option(default=1)
    listed: list[str] = option(default=["a"])
    empty: dict[str, int] = option()
    needed: str = option()
    computed: int = option(compute=lambda self: self.number)
    later: int = option(default=later(lambda: 3))
    applied: int = option(default=1, apply=lambda value: value + 1)
    inner: Inner = option()
    maybe: Inner | None = option()
    wrong: int = option(default="x")  # type: ignore[assignment] # pyright: ignore


def slots(result: Any) -> list[Slot]:
    """All options of a result's shape, in order."""
    found: list[Slot] = result.__node__.shape.slots
    return found


def test_what_is_constant_is_found_without_any_place() -> None:
    """A plain default and an empty value are; what needs a place, or is wrong, is not."""
    result = evaluate(Many(needed="n"))
    assert result.number == 1
    found = {slot.path[-1]: slot.constant for slot in slots(result) if slot.path[0] != "_module"}
    assert found["number"] == 1 and found["depth"] == 1
    for name in ("needed", "computed", "later", "applied", "wrong"):
        assert found[name] is NOTHING, name


def test_a_place_touches_what_it_defines_and_what_is_no_constant() -> None:
    """In order; another place that defines the same shares the answer."""
    every = slots(evaluate(Many(needed="n")))
    constants = Constants(every, ())
    index = next(slot.index for slot in every if slot.path == ("number",))
    touched = constants.touch((index,))
    assert index in touched.numbers and constants.touch((index,)) is touched
    assert [slot.index for slot in touched.slots] == sorted(touched.numbers)
    bare = constants.touch(())
    assert touched.numbers == bare.numbers | {index}
    assert constants.touch(None).numbers == {slot.index for slot in every}


names = st.sampled_from(["number", "listed", "empty", "computed"])
VALUES: dict[str, Any] = {"number": 5, "listed": ["b"], "empty": {"k": 2}, "computed": 9}


@given(st.lists(st.frozensets(names), min_size=1, max_size=4))
def test_a_place_has_the_same_values_whatever_other_places_say(said: list[frozenset[str]]) -> None:
    """What is shared between places is never what one of them defines."""

    class Right(Many):
        wrong = 1

    every = [{name: VALUES[name] for name in names} for names in said]
    together = [data(evaluate(Right(needed="n", **values))) for values in every]
    for values, found in zip(every, together):
        assert found["number"] == values.get("number", 1)
        assert found["listed"] == values.get("listed", ["a"])
        assert found["empty"] == values.get("empty", {})
        assert found["computed"] == values.get("computed", found["number"])
        assert (found["later"], found["applied"], found["inner"]) == (3, 2, {"depth": 1})


def test_a_thousand_places_share_what_they_do_not_touch() -> None:
    """The same object, not an equal one."""
    result = evaluate(Host(services={f"s{i}": Web(port=i) for i in range(20)}))
    lists = [service.notes for service in result.services.values()]
    assert all(each is lists[0] for each in lists)
    assert [service[Web].port for service in result.services.values()] == list(range(20))
