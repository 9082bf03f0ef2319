"""Options that no place computes by itself: their readers do, and those who define them."""

from __future__ import annotations

from typing import Any

from modsvc_dsl import Module, SubmoduleOf, check, data, evaluate, find_mistakes, module, option
from modsvc_dsl.language.declaration.on_demand import for_readers, on_demand
from modsvc_dsl.language.result.check import places_in

from tests.language.mistakes import mistake_of


class Inside(Module):
    """What may be said, and need not."""

    level: int = option(default=1)


class Outside(Module):
    """Has one of these for who reads it."""

    name: str = option(default="x")
    inside: SubmoduleOf[Inside] = for_readers(option(required=False))


ANY: Any = Outside
"""To checkers it has no kind, and so no `imports`."""


def test_a_submodule_that_nobody_defines_is_there_for_its_readers() -> None:
    """No check looks for it; whoever reads it, by itself or with everything, has it."""
    result: Any = check(evaluate(Outside()))
    assert [node.path for node in places_in(result)] == [()]
    assert result.inside.level == 1
    assert data(evaluate(Outside())) == {"name": "x", "inside": {"level": 1}}


def test_one_that_somebody_defines_is_checked() -> None:
    """Mistakes in it are found as in any other, and so is what was written right."""
    wrong: Any = "many"
    assert len(find_mistakes(evaluate(Outside(inside=Inside(level=wrong))))) == 1
    result = check(evaluate(Outside(inside=Inside(level=2))))
    assert [node.path for node in places_in(result)] == [(), ("inside",)]


def test_one_that_a_module_adds_to_is_checked() -> None:
    """An option below it may be one that has to be defined."""
    more = module("more", options={("inside", "more"): option(type=int)})
    (mistake,) = find_mistakes(evaluate(ANY(imports=[more])))
    assert mistake.path == ("inside", "more")


def test_they_stand_over_options() -> None:
    """Anything else is refused."""
    for way in (on_demand, for_readers):
        assert "above @option" in str(mistake_of(lambda: way(3)))
