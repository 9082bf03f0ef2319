"""Items of containers, and computed definitions of groups: merged when they are read, once."""

from __future__ import annotations

from typing import Any

from modsvc_dsl import check, data, define, later, module, option
from modsvc_dsl.language.errors import Cycle, TooDeep
from modsvc_dsl.language.evaluation.evaluate import evaluate, evaluate_all

from tests.language.mistakes import mistake_of, mistakes_of
from tests.language.services import Process, Service


def table(**entries: Any) -> Any:
    """The dict of one option with these entries."""
    made = module("m", options={"it": option(type=dict[str, int])}, definitions={"it": entries})
    return evaluate_all([made]).it


def test_an_entry_is_merged_when_it_is_read() -> None:
    """Others stay as they are; it is merged once."""
    ran: list[str] = []

    def value(name: str) -> Any:
        def make() -> int:
            ran.append(name)
            return len(ran)

        return later(make)

    it = table(a=value("a"), b=value("b"))
    assert (it["b"], it["b"], ran) == (1, 1, ["b"])


def test_an_entry_that_fails_leaves_the_others() -> None:
    """And fails again with the same mistake."""
    it = table(a="x", b=2)
    assert it["b"] == 2
    first, second = (mistake_of(lambda: it["a"]) for _ in range(2))
    assert first is second and first.path == ("it", "a")


def test_entries_in_a_ring() -> None:
    """Are told as one, with the entries' own paths."""
    made = module(
        "m",
        options={"it": option(type=dict[str, int])},
        definitions={
            "it.a": later(lambda self: self.it["b"]),
            "it.b": later(lambda self: self.it["a"]),
        },
    )
    mistake = mistake_of(lambda: evaluate_all([made]).it["a"])
    assert mistake.category == "infinite-recursion"
    assert "it.a" in str(mistake) and "it.b" in str(mistake)


def test_a_computed_group_is_spread_once() -> None:
    """Over groups in it, around properties, and beside what others define."""
    ran: list[int] = []

    class Made(Service):
        @define(Service.process)
        def _process(self) -> Process:
            ran.append(1)
            return Process(argv=["x"], flags={"a": "1"})

    result = evaluate(Made(process=Process(flags={"b": "2"})))
    assert (result.process.flags, result.process.argv, ran) == ({"a": "1", "b": "2"}, ["x"], [1])


def test_a_computed_group_of_a_wrong_shape() -> None:
    """Is a mistake of the group, with the function's place."""

    class Wrong(Service):
        @define(Service.process)
        def _process(self) -> Any:
            return 3

    mistake = mistake_of(lambda: evaluate(Wrong()).process.argv)
    assert mistake.path == ("process",) and "3" in str(mistake)


def test_a_dict_that_is_its_own_entry_is_refused() -> None:
    """However many such entries there are: it goes on for ever, and checking does not."""
    again: Any = {name: later(lambda self: self.it) for name in ("a", "b", "c")}
    made = module("m", options={"it": option(type=Any)}, definitions={"it": {**again, "x": 1}})
    result = evaluate_all([made])
    assert result.it["a"]["b"]["x"] == 1
    mistake = mistakes_of(lambda: check(result))[0]
    assert isinstance(mistake, Cycle) and mistake.path == ("it",)
    assert mistake.report().headline == "`it` depends on itself"
    assert {location.file for _, location in mistake.report().places} == {__file__}
    assert isinstance(mistakes_of(lambda: data(evaluate_all([made])))[0], TooDeep)
