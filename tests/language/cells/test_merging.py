"""The value of an option: the short way and the whole way say the same."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modsvc_dsl.language.result.check import find_mistakes
from modsvc_dsl.language.errors import Mistake
from modsvc_dsl.language.evaluation.evaluate import evaluate
from modsvc_dsl.language.frozen import NOTHING
from modsvc_dsl.language.cells.merging import value_alone, value_merged
from modsvc_dsl.language.declaration.module import Module
from modsvc_dsl.language.declaration.option import option
from modsvc_dsl.language.properties import default, force, later, merged, order, override, when
from modsvc_dsl.language.declaration.tree import Slot
from modsvc_dsl.language.types.refinements import Port


class Everything(Module):
    """Options of types that take one definition as it is, and of some that do not."""

    port: Port = option(default=80)
    text: str = option(default="text")
    free: int = option(required=False)
    word: Literal["a", "b"] = option(compute=lambda self: "a" if self.port == 80 else "b")
    maybe: int | None = option(default=None)
    items: list[int] = option()
    more: list[int] = option(default=[7])
    yes: bool = option(default=True)
    names: dict[str, str] = option(default={"a": "b"})
    fixed: int = option(default=1, read_only=True)
    doubled: int = option(default=1, apply=lambda value: value * 2)


WORD: Any = "three"
VALUES = st.sampled_from([1, 80, 70000, -1, "a", "b", "", None, True, 1.5, [1], ["a"]])
WORN: Any = st.recursive(
    VALUES,
    lambda inner: st.one_of(
        inner.map(force),
        inner.map(default),
        st.builds(override, st.sampled_from([10, 1499, 1500, 1501]), inner),
        st.builds(order, st.just(3), inner),
        st.builds(when, st.booleans(), inner),
        inner.map(lambda value: later(lambda: value)),
        st.builds(merged, inner, inner),
        st.builds(merged, inner),
    ),
    max_leaves=4,
)


def said(make: Any) -> Any:
    """A value with its class, or the text of what is wrong."""
    try:
        value = make()
    except Mistake as mistake:
        return str(mistake)
    return value.__class__, value


@given(st.dictionaries(st.sampled_from(sorted(vars(Everything)["__class_record__"].options)), WORN))
def test_one_definition_is_what_merging_makes_of_it(values: dict[tuple[str], Any]) -> None:
    """Whatever it wears, whether it fits or not; where the short way does not know, it says so."""
    result: Any = evaluate(Everything(**{path[0]: value for path, value in values.items()}))
    node = result.__node__
    for slot in node.shape.slots:
        definitions = node.definitions_of(slot)
        one = definitions[0] if definitions else slot.default
        assert node.touch.lone[slot.index] in (None, one)
        if len(definitions) < 2 and one is not None:
            short = said(lambda: value_alone(node, slot, one))
            if short != (NOTHING.__class__, NOTHING):
                assert short == said(lambda: value_merged(node, slot, definitions))


@pytest.mark.parametrize("priority", [1499, 1500, 1501])
def test_a_definition_may_be_as_weak_as_the_default(priority: int) -> None:
    """One of the default's own priority joins it, or conflicts with it; a weaker one says nothing."""
    joined = {1499: [1], 1500: [7, 1], 1501: [7]}[priority]
    assert evaluate(Everything(more=override(priority, [1]))).more == joined
    single: Any = evaluate(Everything(port=override(priority, 81)))
    if priority == 1500:
        with pytest.raises(Mistake, match="`port` has definitions that differ"):
            single.port
    else:
        assert single.port == {1499: 81, 1501: 80}[priority]


def test_the_short_way_is_for_single_values() -> None:
    """Types that join or look inside, and `apply`, need the whole way."""
    slots: Any = evaluate(Everything()).__node__.shape.root.children
    lone = {name for name, slot in slots.items() if isinstance(slot, Slot) and slot.lone}
    assert lone >= {"port", "text", "free", "word", "fixed"}
    assert not lone & {"items", "doubled"}


def test_results_do_not_depend_on_what_was_evaluated_before() -> None:
    """A constant that one place found is what every other would have found."""

    class Fresh(Module):
        """Untouched options of several types."""

        number: int = option(default=3)
        items: list[int] = option()
        nested: dict[str, list[int]] = option()

    first: Any = evaluate(Fresh())
    assert not find_mistakes(first)
    assert evaluate(Fresh()) == first == evaluate(Fresh(number=3))
    touched: Any = evaluate(Fresh(items=[1], nested={"a": [2]}))
    assert not find_mistakes(touched)
    assert (touched.items, touched.nested, evaluate(Fresh()).items) == ([1], {"a": [2]}, [])


def test_a_wrong_default_is_told_at_every_place() -> None:
    """It never becomes a constant."""

    class Wrong(Module):
        """A default that does not fit."""

        number: int = option(default=WORD)

    texts = [str(find_mistakes(evaluate(Wrong()))[0]) for _ in range(2)]
    assert texts[0] == texts[1] and "`number` expects an integer" in texts[0]
