"""What is known of an option, and what became of each of its definitions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import modsvc_dsl as m
from modsvc_dsl import Module, after, default, define, force, later, merged, module, option, when
from modsvc_dsl.language.evaluation.evaluate import evaluate, evaluate_all
from modsvc_dsl.language.evaluation.history import has_option, history, is_defined, option_facts

from tests.language.mistakes import mistake_of
from tests.language.services import Host, Service, Web

LINES = Path(__file__).read_text().splitlines()


def fates(result: Any, path: Any = ()) -> list[tuple[Any, str]]:
    """Value and fate of every definition of an option."""
    return [(told.value, told.fate) for told in history(result, path)]


def test_winners_losers_and_what_is_not_there() -> None:
    """Winners in order first, each with its strength; then the others, each with the reason."""

    class Low(Web):
        port = default(1)

    made = module("m", definitions=[("port", 2), ("port", when(False, 3))])
    told = history(evaluate(Low(port=force(4), imports=[made])), "port")
    assert [(t.value, t.fate, t.priority, t.condition) for t in told] == [
        (4, "won", 50, None),
        (2, "lost", 100, None),
        (3, "absent", 100, False),
        (1, "lost", 1000, None),
        (m.history(evaluate(Low()), "port")[-1].value, "not needed", 1500, None),
    ]
    assert told[1].why == "`port`: plain, weaker than priority 50"
    assert told[0].why == "forced" and told[2].why == "its condition is False"
    assert [t.module for t in told] == ["Low", "m", "m", "Low", "Web"]


def test_a_condition_that_holds_is_told() -> None:
    """None where there is none."""
    told = history(evaluate(Web(notes=when(True, ["a"]))), "notes")
    assert [(t.value, t.condition) for t in told] == [(["a"], True)]


def test_lines_of_every_definition() -> None:
    """Class bodies, functions, arguments and entries, each its own."""

    class Sub(Web):
        notes = ["body"]

        @define(Service.notes)
        def _note(self) -> list[str]:
            return ["function"]

    result = evaluate(Sub(notes=["argument"]))
    shown = {t.value[0]: LINES[t.location.line - 1] for t in history(result, "notes")}
    assert 'notes = ["body"]' in shown["body"]
    assert "return" in shown["function"]
    assert 'notes=["argument"]' in shown["argument"]


def test_orders_are_told_and_kept() -> None:
    """Of values that are joined."""
    result = evaluate(Web(notes=merged(after(["z"]), ["m"])))
    told = history(result, "notes")
    assert [(t.value, t.order) for t in told] == [(["m"], 1000), (["z"], 1500)]
    assert told[1].why == "plain, after the others"


def test_an_entry_has_a_history_of_its_own() -> None:
    """Level by level: who lost the whole lost the entry, with that reason."""
    one = module("one", definitions={"process.flags": {"a": default("1"), "b": "x"}})
    two = module("two", definitions={"process.flags": {"a": "2"}})
    result = evaluate_all([Web, one, two])
    assert fates(result, "process.flags.a") == [("2", "won"), ("1", "lost")]
    strong = module("strong", definitions={"process.flags": force({"a": "3"})})
    told = history(evaluate_all([Web, one, two, strong]), "process.flags.a")
    assert [t.fate for t in told] == ["won", "lost", "lost"]
    assert "`process.flags`" in told[1].why


def test_submodules_are_entered() -> None:
    """And the entry that holds one has a history too."""
    result = evaluate(Host(services={"a": Web(port=3)}))
    assert fates(result, "services.a.port")[0] == (3, "won")
    (entry,) = history(result, "services.a")
    assert entry.fate == "won" and entry.path == ("services", "a")


def test_a_result_and_a_group_tell_of_all_their_options() -> None:
    """Each with its path."""
    result = evaluate(Web(process={"flags": {"a": "b"}}))  # type: ignore[arg-type] # pyright: ignore
    assert {t.path for t in history(result, "process")} == {
        ("process", "argv"),
        ("process", "flags"),
    }
    assert {t.path for t in history(result)} >= {("port",), ("process", "argv")}
    assert history(result.process) == history(result, "process")


def test_a_history_does_not_run_what_the_value_did_not_need() -> None:
    """A default behind a stronger definition, a value behind a False condition."""

    def never(view: Any) -> int:
        raise AssertionError("it ran")

    class Careful(Module):
        size: int = option(compute=never)

    made = module("m", definitions={"size": when(False, later(never))})
    result = evaluate_all([Careful, made, module("n", definitions={"size": 1})])
    assert [t.fate for t in history(result, "size")] == ["won", "absent", "not needed"]


def test_winners_recompute_the_value() -> None:
    """Defining another option of the type with what won gives the same value."""
    definitions = [("notes", after(["z"])), ("notes", ["m"]), ("notes", default(["d"]))]
    result = evaluate_all([Web, module("m", definitions=definitions)])
    won = [t for t in history(result, "notes") if t.fate == "won"]
    again = module("again", definitions=[("notes", m.order(t.order, t.value)) for t in won])
    assert evaluate_all([Service, again]).notes == result.notes == ["m", "z"]


def test_facts_of_an_option() -> None:
    """Type, description, default, declarations, and the definitions that count."""

    class Described(Module):
        size: int = option(default=1, description="How big.")

    made = module("m", definitions=[("size", 2), ("size", default(3))])
    facts = option_facts(evaluate_all([Described, made]), "size")
    assert (facts.path, facts.type, facts.description) == (("size",), "an integer", "How big.")
    assert (facts.has_default, facts.read_only, facts.is_defined) == (True, False, True)
    assert (facts.priority, facts.definitions, facts.files) == (100, (("m", 2),), ("m",))
    ((name, location),) = facts.declarations
    assert name == "Described" and "size: int" in LINES[location.line - 1]
    assert option_facts(evaluate(Web()), "notes").priority == 9999


def test_declarations_of_an_option_in_several_places() -> None:
    """Each with its module and place, generated ones too."""
    one = module("one", options={"a": option(type=list[int])})
    two = module("two", options={"a": option(type=list[int])})
    facts = option_facts(evaluate_all([one, two]), "a")
    assert [name for name, _ in facts.declarations] == ["one", "two"]
    assert all(location.file == __file__ for _, location in facts.declarations)


def test_whether_an_option_is_there_and_is_defined() -> None:
    """Conditions may depend on both."""
    asking = module(
        "asking",
        definitions={
            "notes": m.when(
                later(lambda self: has_option(self, "port") and is_defined(self, "port")), ["port"]
            )
        },
    )
    assert evaluate_all([Web, asking]).notes == ["port"]
    assert evaluate_all([Service, asking]).notes == []
    result = evaluate(Web())
    assert has_option(result, "process.argv") and not has_option(result, "process.argc")
    assert not is_defined(result, "notes")
    assert mistake_of(lambda: is_defined(result, "prot")).path == ("prot",)


def test_what_was_not_evaluated_has_no_history() -> None:
    """The message says what to write, for each function that asks."""
    web = Web(port=1)
    for work, name in (
        (lambda: history(web, "port"), "history"),
        (lambda: option_facts(web, "port"), "option_facts"),
        (lambda: is_defined(web, "port"), "is_defined"),
        (lambda: has_option(web, "port"), "has_option"),
    ):
        assert f"to fix: write {name}(evaluate(...))" in str(mistake_of(work))
