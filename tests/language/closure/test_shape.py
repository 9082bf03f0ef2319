"""What modules declare together."""

from __future__ import annotations

from typing import Any

import pytest

from modsvc_dsl import Module, module, option, submodule
from modsvc_dsl.language.evaluation.evaluate import evaluate, evaluate_all
from modsvc_dsl.language.closure.shape import shape_of

from tests.language.mistakes import mistake_of, mistakes_of
from tests.language.services import Service, Web


def declaring(name: str, path: str, annotation: Any, **fields: Any) -> Any:
    """A module that declares one option."""
    return module(name, options={path: option(type=annotation, **fields)})


@pytest.mark.parametrize(
    ("one", "other", "right"),
    [(int, int, 3), (list[int], list[int], [1]), (dict[str, int], dict[str, int], {"a": 1})],
)
def test_an_option_declared_twice_by_the_constructor_is_one(
    one: Any, other: Any, right: Any
) -> None:
    """With types that join; a default may stand in one of the two."""
    user = module("user", definitions={"x": right})
    result = evaluate_all(
        [declaring("a", "x", one, default=right), declaring("b", "x", other), user]
    )
    assert result.x == right


def test_types_that_contradict_are_refused() -> None:
    """Both declarations are named, and two defaults are one too many."""
    text = str(
        mistake_of(lambda: evaluate_all([declaring("a", "x", int), declaring("b", "x", str)]).x)
    )
    assert "an integer" in text and "a string" in text and "a" in text and "b" in text
    both = [declaring(name, "x", int, default=1) for name in "ab"]
    assert "both times with a default" in str(mistake_of(lambda: evaluate_all(both).x))


def test_an_option_is_no_parent_of_another() -> None:
    """Unless it is a submodule; both are named, with or without a type."""
    for parent in (declaring("a", "x", int), module("a", options={"x": option()})):
        found = mistakes_of(
            lambda: evaluate_all([parent, declaring("b", "x.y", int)]).x
        )  # noqa: B023
        assert "`x`" in str(found[0]) and "`x.y`" in str(found[0])


def test_classes_declare_a_name_once() -> None:
    """Two bases that do are an error naming both."""

    class One(Service):
        size: int = option(default=1)

    class Two(Service):
        size: int = option(default=1)

    class Both(One, Two):
        pass

    text = str(mistake_of(lambda: evaluate(Both()).size))
    assert "One" in text and "Two" in text


def test_shared_options_join_types_and_definitions() -> None:
    """Whichever of the two shares the other."""

    class One(Service):
        names: list[str] = option(default=["one"])

    class Two(Service):
        names: list[str] = option(shares=One.names)

    result = evaluate(Service(imports=[Two(names=["two"]), One(names=["1"])]))
    assert sorted(result[One].names) == sorted(result[Two].names) == ["1", "two"]


def test_what_is_wrong_with_the_modules_is_told_by_every_read() -> None:
    """Before any value."""
    result = evaluate_all(
        [declaring("a", "x", int), declaring("b", "x", str), declaring("c", "y", int, default=1)]
    )
    assert mistake_of(lambda: result.y).path == ("x",)


def test_a_shape_is_made_once_for_the_same_classes() -> None:
    """Also when it is asked for directly."""
    record = Web.__module_record__
    base = Service.__module_record__
    records: Any = (base, record)
    assert shape_of(records) is shape_of(records)
    assert evaluate(Web()).__node__.shape is evaluate(Web(port=3)).__node__.shape


def test_a_target_of_a_value_does_not_stain_the_shape() -> None:
    """A mistake of one instance is none of the next."""

    class Elsewhere(Module):
        x: int = option(default=1)

    wrong = module("wrong", definitions=[(Elsewhere.x, 3)])
    for _ in range(2):
        assert "Elsewhere" in str(mistake_of(lambda: evaluate_all([Web, wrong]).port))
        assert evaluate(Web()).port == 8000


def test_two_kinds_of_one_submodule_are_refused_with_both_places() -> None:
    """Where an option is declared twice, with modules of two kinds."""
    one, two = (
        module(kind, options={"web": option(type=submodule(module("inner"), kind=kind))})
        for kind in ("service", "machine")
    )
    mistake = mistake_of(lambda: evaluate_all([one, two]).web)
    assert (mistake.category, mistake.path) == ("class", ("web",))
    assert len(mistake.report().places) == 1  # both are written on one line
