"""Which functions may define an option."""

from __future__ import annotations

from modsvc_dsl import alias, later, module, option
from modsvc_dsl.language.closure.shape import Shape
from modsvc_dsl.language.declaration.record import record_of

NEW = module("new", options={"net.port": option(type=int), "other": option(type=int)})


def around(path: str, *modules: object) -> set[tuple[str, ...]]:
    """The paths of the groups whose functions may define an option."""
    slots = Shape([record_of(each) for each in (NEW, *modules)]).slots
    (slot,) = (slot for slot in slots if ".".join(slot.path) == path)
    return {group.path for group in slot.around}


def test_the_groups_around_an_option_may_define_it() -> None:
    """And no others."""
    assert around("net.port", alias("a.b", "other")) == {(), ("net",)}


def test_the_groups_around_its_old_names_may_define_it() -> None:
    """Of the option, of what is around it, of what is in it, and through other old names."""
    for target in ("net.port", "net", "net.port.low"):
        assert around("net.port", alias("a.b", target)) == {(), ("net",), ("a",)}
    chain = [alias("a.b", "c.d"), alias("c.d", "net")]
    assert around("net.port", *chain) == {(), ("net",), ("a",), ("c",)}


def test_a_ring_of_old_names_leads_nowhere() -> None:
    """It is a mistake by itself, and looking along it ends."""
    assert around("net.port", alias("a", "b"), alias("b", "a")) == {(), ("net",)}


def test_functions_of_classes_are_known_beforehand() -> None:
    """Those that may define an option are found with its shape."""
    saying = module("saying", options={"a.c": option()}, definitions={"a": later(lambda self: {})})
    shape = Shape([record_of(each) for each in (NEW, alias("a.b", "net.port"), saying)])
    ways = {slot.path: [group.path for group in slot.computed_in] for slot in shape.slots}
    assert ways["net", "port"] == [("a",)] and ways["other",] == []
