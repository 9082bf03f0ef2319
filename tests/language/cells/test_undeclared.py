"""Names that nothing declares."""

from __future__ import annotations

from typing import Any

import pytest

from modsvc_dsl import Module, check, define, module, option
from modsvc_dsl.language.evaluation.evaluate import evaluate, evaluate_all

from tests.language.mistakes import mistake_of, mistakes_of, statements
from tests.language.services import Host, Service, Web


class Rude:
    """Something whose repr fails."""

    def __repr__(self) -> str:
        raise ValueError("no")


def wrong(path: Any, value: Any = 1) -> Any:
    """A Host with a definition of something undeclared."""
    return evaluate_all([Host, module("user", definitions=[(path, value)])])


def test_the_nearest_names_are_suggested() -> None:
    """Up to three, the nearest first, also in groups and in submodules."""
    near = module(
        "near",
        options={
            name: option(type=int, default=1) for name in ("apple", "apples", "appls", "apply")
        },
    )
    mistake: Any = mistake_of(
        lambda: evaluate_all([near, module("u", definitions={"aple": 1})]).apple
    )
    assert mistake.suggestions[0] == "apple" and len(mistake.suggestions) == 3
    group = mistake_of(
        lambda: evaluate_all([Web, module("u", definitions={"process.argw": 1})]).port
    )
    assert group.path == ("process", "argw") and "did you mean `argv`" in str(group)
    below = mistake_of(lambda: wrong(("services", "a", "notse")).services["a"].notes)
    assert below.path == ("services", "a", "notse") and "did you mean `notes`" in str(below)


def test_without_a_near_name_those_that_there_are_are_listed() -> None:
    """So that nobody has to look them up."""
    assert "services" in str(mistake_of(lambda: wrong("xyz").services))


def test_one_mistake_for_a_name_with_all_its_places() -> None:
    """Not one for each definition of it, or of what is below it."""
    made = module("user", definitions=[("extra.a", 1), ("extra.b", 2), ("extra", {"c": 3})])
    (mistake,) = mistakes_of(lambda: evaluate_all([Web, made]).port)
    assert mistake.path == ("extra",)


def test_a_value_that_cannot_be_shown_hides_nothing() -> None:
    """The mistake is still that of the name."""
    assert mistake_of(lambda: wrong("xyz", Rude()).services).path == ("xyz",)


@pytest.mark.parametrize("path", ["port", "process.port", ("services", "a", "port")])
def test_a_declaration_among_definitions_is_recognised(path: Any) -> None:
    """With where declarations go."""
    made = module("user", definitions=[(path, option(type=int))])

    def read() -> Any:
        result = evaluate_all([Service, made])
        return result.services["a"].notes if path[0] == "services" else result.notes

    text = str(mistake_of(read))
    assert "option(...) where a value stands" in text and "options={...}" in text


def test_a_function_may_name_what_is_undeclared() -> None:
    """Then it is told when the function ran."""

    class Computed(Service):
        @define(Service.process)
        def _process(self) -> Any:
            return {"argc": 1}

    mistake = mistake_of(lambda: evaluate(Computed()).process.argv)
    assert mistake.path == ("process", "argc") and "did you mean `argv`" in str(mistake)


def test_whose_options_they_are_is_said() -> None:
    """By the class of the group, or of the module."""

    class Own(Module):
        size: int = option(default=1)

    owner = mistake_of(lambda: evaluate_all([Own, module("u", definitions={"siz": 1})]).size)
    assert "of Own" in str(owner)
    group = mistake_of(lambda: evaluate_all([Web, module("u", definitions={"process.x": 1})]).port)
    assert "of Process" in str(group)


def test_a_modules_own_names_come_first() -> None:
    """In what a message lists: those of the most derived class, then those of its bases."""

    class Base(Module):
        alpha: int = option(default=1)
        beta: int = option(default=1)

    class Derived(Base):
        zulu: int = option(default=1)

    given: dict[str, Any] = {"qqq": 1}
    by_keyword = str(mistake_of(lambda: Derived(**given)))
    assert by_keyword.endswith("to fix: write one of zulu, alpha, beta")
    defined = module("m", definitions={"qqq": 1})
    by_path = str(mistake_of(lambda: check(evaluate_all([Derived(), defined]))))
    assert by_path.endswith("to fix: write one of zulu, alpha, beta")


def test_a_name_of_a_group_is_recognised_outside_of_it() -> None:
    """Wherever it is written or read: the message says how it is reached."""
    argv: dict[str, Any] = {"argv": ["x"]}
    as_keyword = mistake_of(lambda: Service(**argv))
    assert str(as_keyword).endswith("to fix: write process=Process(argv=...)")
    in_a_body = mistake_of(
        lambda: statements("class X(Service):\n    argv = ['x']", Service=Service)
    )
    assert str(in_a_body).endswith("to fix: write process = Process(argv=...)")
    reached = "to fix: did you mean `process.argv`?"
    defined = module("m", definitions={"services.a": argv})
    assert str(mistake_of(lambda: check(evaluate_all([Host, defined])))).endswith(reached)
    read: Any = evaluate(Service())
    assert str(mistake_of(lambda: read.argv)).endswith(reached)
    target: Any = Service
    assert str(mistake_of(lambda: target.argv)).endswith("did you mean `Service.process.argv`?")
