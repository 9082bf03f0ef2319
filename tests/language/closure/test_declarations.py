"""Several declarations of one option, as one."""

from __future__ import annotations

from typing import Any

import pytest

import modsvc_dsl as m
from modsvc_dsl import (
    Module,
    alias,
    check,
    evaluate,
    evaluate_all,
    find_mistakes,
    module,
    option,
    removed,
    renamed,
)
from modsvc_dsl.language.errors import DuplicateDeclaration
from tests.language.mistakes import mistake_of


def declared(*options: Any) -> Any:
    """The result of modules that all declare the option `it`."""
    modules = [module(f"m{i}", options={"it": each}) for i, each in enumerate(options)]
    return check(evaluate_all(modules))


def text(number: int) -> str:
    """What an option is changed into."""
    return f"<{number}>"


def test_every_declaration_says_its_part() -> None:
    """A default in one, and what changes the value or describes it in another, in any order."""
    told = [option(type=int, apply=text, description="A number."), option(type=int, default=1)]
    for options in (told, told[::-1]):
        result = declared(*options)
        assert result.it == "<1>"
        assert m.option_facts(result, "it").description == "A number."
    fixed = declared(option(type=int, default=1), option(type=int, read_only=True, apply=text))
    assert fixed.it == "<1>" and m.option_facts(fixed, "it").read_only


def test_two_changes_of_a_value_contradict() -> None:
    """Nobody knows which is to come first."""
    both = option(type=int, apply=text), option(type=int, apply=len, default=1)
    mistake = mistake_of(lambda: declared(*both))
    assert isinstance(mistake, DuplicateDeclaration)
    assert "both times with an apply function" in str(mistake)


OPTIONS = module(
    "options", options={name: option(type=int, default=0) for name in ("a", "b", "old")}
)


@pytest.mark.parametrize("name", [alias("old", "a"), renamed("old", "a"), removed("old", "gone")])
@pytest.mark.parametrize("first", [False, True])
def test_an_option_is_no_old_name_as_well(name: Any, first: bool) -> None:
    """Whichever comes first: the other one would be lost."""
    modules = [name, OPTIONS] if first else [OPTIONS, name]
    mistake = mistake_of(lambda: check(evaluate_all(modules)))
    assert isinstance(mistake, DuplicateDeclaration)
    assert "`old` is declared twice, as an option and as the old name of one" in str(mistake)
    assert len(mistake.report().places) == 2


def test_an_old_name_leads_to_one_thing() -> None:
    """To say so twice is no mistake."""
    twice = [alias("x", "a"), alias("x", "a")]
    assert check(evaluate_all([OPTIONS, *twice])).x == 0
    for other in (alias("x", "b"), renamed("x", "a"), removed("x", "gone")):
        modules = [OPTIONS, twice[0], other]
        mistake = mistake_of(lambda: check(evaluate_all(modules)))
        assert "`x` is declared twice, as an old name of different things" in str(mistake)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"default": 5}, "a default"),
        ({"compute": lambda self: 5}, "a default"),
        ({"apply": str, "read_only": True}, "apply= and read_only="),
    ],
)
def test_a_group_has_no_value_of_its_own(said: dict[str, Any], words: str) -> None:
    """What is declared of one would be lost: it is refused, with what to write."""

    class Inner(Module):
        port: int = option(default=1)

    class Outer(Module):
        inner: Inner = option(**said)

    (mistake,) = find_mistakes(evaluate(Outer()))
    assert f"`inner` is the group of options of Inner, and has {words}" in str(mistake)
    assert "write inner: SubmoduleOf[Inner] = option(...)" in str(mistake)
