"""Modules as values."""

from __future__ import annotations

from typing import Any

import pytest

from modsvc_dsl import force, later, module, option, when
from modsvc_dsl.language.evaluation.evaluate import evaluate, evaluate_all

from tests.language.mistakes import mistake_of
from tests.language.services import Process, Service, Web

MODULE: Any = module


def test_paths_are_tuples_or_dotted_names() -> None:
    """Names with dots in them need a tuple."""
    made = module(
        "m",
        options=[("a.b", option(type=int)), (("c", "d.e"), option(type=int))],
        definitions={"a.b": 1, ("c", "d.e"): 2},
    )
    result = evaluate_all([made])
    assert (result.a.b, result.c["d.e"]) == (1, 2)


def test_the_empty_path_is_the_whole_configuration() -> None:
    """With properties and conditions around all of it."""
    made = module("m", definitions=[((), when(True, {"port": force(1)})), ((), {"notes": ["n"]})])
    result: Any = evaluate_all([Web, made])
    assert (result.port, result.notes) == (1, ["n"])
    off = module("off", definitions=[((), when(False, {"port": 2}))])
    assert evaluate_all([Web, off]).port == 8000


def test_one_path_may_be_defined_several_times() -> None:
    """As pairs, which are merged like those of several modules."""
    made = module("m", definitions=[("notes", ["a"]), (Service.notes, ["b"])])
    assert evaluate_all([Service, made]).notes == ["a", "b"]


def test_a_later_value_sees_the_evaluation_it_ends_up_in() -> None:
    """`self` is the most derived view of the whole."""
    made = module("m", definitions={"notes": later(lambda self: [str(self.port)])})
    assert evaluate(Web(imports=[made], port=3)).notes == ["3"]


def test_modules_made_by_a_class_and_by_the_constructor_mix() -> None:
    """Each imports the other kind, and targets go into groups."""
    made = module("m", imports=[Web(port=1)], definitions=[(Process.argv, ["more"])])
    result: Any = evaluate_all([made])
    assert (result.port, result.process.argv) == (1, ["web", "1", "more"])


@pytest.mark.parametrize("wrong", [3, int, "int", None, {"type": int}])
def test_what_is_declared_is_an_option(wrong: Any) -> None:
    """A bare type, a setting or anything else is refused, with module and way out."""
    text = str(mistake_of(lambda: module("m", options={"a.b": wrong})))
    assert "option(type=..." in text and "m" in text


@pytest.mark.parametrize("wrong", [3, "name", None])
def test_what_is_imported_is_a_module(wrong: Any) -> None:
    """Or a function that gives one."""
    text = str(mistake_of(lambda: MODULE("m", imports=[wrong])))
    assert "imports of m" in text


def test_undeclared_names_of_the_constructors_modules() -> None:
    """Are told like all others."""
    mistake = mistake_of(lambda: evaluate_all([Web, module("m", definitions={"prot": 1})]).port)
    assert mistake.path == ("prot",) and "did you mean `port`" in str(mistake)


def test_an_option_is_declared_once_in_one_module() -> None:
    """The second would hide the first."""
    pairs = [("a.b", option(type=int)), (("a", "b"), option(type=str))]
    text = str(mistake_of(lambda: module("m", options=pairs)))
    assert "`a.b` twice" in text


@pytest.mark.parametrize("path", [(), "_module", ("_module", "x")])
def test_an_option_needs_a_name_of_its_own(path: Any) -> None:
    """The empty path and the language's own names are none."""
    mistake = mistake_of(lambda: module("m", options={path: option(type=int)}))
    assert str(mistake).splitlines()[0].startswith("module m declares an option at ")


@pytest.mark.parametrize(
    "entries", [{5: 1}, 5, ["ab", "c"], [("a", 1, 2)], "port", [(("a", {}), 1)]]
)
def test_definitions_are_paths_with_values(entries: Any) -> None:
    """Anything else is refused where the module is written."""
    message = str(mistake_of(lambda: module("m", definitions=entries)))
    assert message.startswith("module m has something that is no path with a value\n")
    assert f" at {__file__}:" in message
