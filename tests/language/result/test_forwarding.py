"""Definitions of one option as those of another, and definitions with a place of their own."""

from __future__ import annotations

from typing import Any

from modsvc_dsl import Module, after, before, check, default, force, later, merged, module, option
from modsvc_dsl import when
from modsvc_dsl.language.evaluation.evaluate import evaluate, evaluate_all
from modsvc_dsl.language.result.forwarding import forwarded
from modsvc_dsl.language.evaluation.history import history
from modsvc_dsl.language.properties import located

from tests.language.mistakes import mistake_of
from tests.language.services import Web


class Pair(Module):
    old: dict[str, int] = option()
    new: dict[str, int] = option()
    words: list[str] = option(default=["own"])
    more: list[str] = option()


PASSING_ON = module(
    "passing on",
    definitions={
        "new": later(lambda self: forwarded(self, "old")),
        "more": later(lambda self: forwarded(self, "words")),
    },
)


def pair(*definitions: tuple[str, Any]) -> Any:
    """A Pair whose old options are passed on to the new ones."""
    return evaluate_all([Pair, PASSING_ON, module("user", definitions=list(definitions))])


def test_every_entry_keeps_its_strength() -> None:
    """A weak entry of the old option loses against a plain one of the new, a strong one wins."""
    result = pair(
        ("old", {"a": default(1), "b": force(2), "c": 3, "d": when(False, 4)}),
        ("new", {"a": 10, "b": 20}),
    )
    assert result.new == {"a": 10, "b": 2, "c": 3}


def test_order_and_whole_priorities_are_kept() -> None:
    """Lists join in the order that they were given."""
    result = pair(
        ("words", after(["z"])), ("words", ["m"]), ("more", ["q"]), ("words", before(["a"]))
    )
    assert result.more == ["a", "m", "q", "z"]
    assert pair(("words", force(["x"])), ("more", ["q"])).more == ["x"]


def test_an_option_without_definitions_forwards_nothing() -> None:
    """Its own default is not forwarded: the other option has one itself."""
    assert pair().more == [] and pair().new == {}


def test_the_place_is_that_of_the_first_definition() -> None:
    """A mistake in a forwarded value names where it was written."""
    result = pair(("words", [3]))
    mistake = mistake_of(lambda: result.more)
    (location,) = {location for _, location in mistake.report().places}
    assert location.file == __file__


def test_a_located_value_names_its_own_file() -> None:
    """In messages and histories; other properties stand inside and around."""
    for value in (located("conf.toml", "x", line=7), force(located("conf.toml", "x", line=7))):
        wrong = evaluate(Web(port=value))  # type: ignore[arg-type] # pyright: ignore
        assert "conf.toml:7" in str(mistake_of(lambda: wrong.port))
    result = evaluate(
        Web(port=located("conf.toml", force(1)), notes=merged(["a"], located("f", ["b"])))
    )
    told, *_ = history(result, "port")
    assert (told.value, told.priority, told.location.file) == (1, 50, "conf.toml")
    assert result.notes == ["a", "b"]
    assert [str(told.location) for told in history(result, "notes")][1] == "f"


def test_a_located_default_is_checked_like_any_other() -> None:
    """Its file is named too."""

    class Defaulted(Module):
        size: int = option(default=located("defaults.json", 3))

    assert evaluate(Defaulted()).size == 3
    made = module("m", options={"size": option(type=int, default=located("defaults.json", "3"))})
    assert "defaults.json" in str(mistake_of(lambda: check(evaluate_all([made]))))
