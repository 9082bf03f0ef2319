"""Annotations that mention themselves."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict, Union

import pytest

from modsvc_dsl.language.result.check import find_mistakes
from modsvc_dsl.language.evaluation.configuration import data
from modsvc_dsl.language.evaluation.evaluate import evaluate
from modsvc_dsl.language.declaration.module import Module
from modsvc_dsl.language.declaration.option import option
from modsvc_dsl.language.types.annotation import option_type
from modsvc_dsl.language.types.recursive import Recursive
from tests.language.types.evaluation import complaints

Json = Union[None, int, str, list["Json"], dict[str, "Json"]]
NAMES: Any = (globals(), {})


class Settings(Module):
    content: Json = option()


@dataclass
class Tree:
    value: int
    kids: list[Tree]


class Left(TypedDict, total=False):
    right: Right


class Right(TypedDict, total=False):
    left: Left


def test_a_name_inside_its_own_meaning_is_followed() -> None:
    """Values are checked and merged as deep as they go, with paths."""
    value: Any = {"a": [1, {"b": None}, ["c"]]}
    assert data(evaluate(Settings(content=value)).content) == value
    wrong: Any = {"a": [1, {"b": 1.5}]}
    (mistake,) = find_mistakes(evaluate(Settings(content=wrong)))
    assert mistake.path == ("content", "a", 1, "b")
    assert mistake.report().headline == (
        "`content.a[1].b` expects an integer, a string, a list of Json data "
        "or a dict of Json data, or None"
    )


def test_a_class_inside_its_own_fields_is_followed() -> None:
    """Dataclasses and TypedDicts may have themselves, or each other, among their parts."""
    wrong: Any = "a"
    assert complaints(Tree, Tree(1, [Tree(2, []), Tree(wrong, [])])) == [
        "`it.kids[1].value` expects an integer"
    ]
    assert complaints(Left, {"right": {"left": {"right": {"lft": {}}}}}) == [
        "`it.right.left.right.lft` is no key of Right"
    ]


def test_descriptions_and_walks_end() -> None:
    """The name stands for the type inside itself, and walks through declarations stop there."""
    type_ = option_type(Json, NAMES)
    words = "an integer, a string, a list of Json data or a dict of Json data, or None"
    assert type_.describe() == words
    todo, seen = [type_], 0
    while todo:
        seen += 1
        todo.extend(todo.pop().below())
    assert seen < 20
    assert Recursive in {type(each) for each in option_type(Tree).below()[1].below()}


def test_recursive_types_join_with_themselves() -> None:
    """Two declarations of one recursive annotation agree."""
    assert option_type(Json, NAMES).joined(option_type(Json, NAMES)) is not None
    assert option_type(Tree).joined(option_type(Tree)) is not None
    assert option_type(list[Tree]).joined(option_type(list[Left])) is None


def test_a_name_that_means_itself_means_nothing() -> None:
    """A circle without a type in it is refused where it is declared."""
    names: Any = ({"A": "B", "B": "A"}, {})
    with pytest.raises(TypeError, match="means nothing but itself"):
        option_type("A", names)


def test_a_name_that_is_nowhere_is_refused() -> None:
    """The message has the name."""
    with pytest.raises(TypeError, match="Nowhere.* could not be resolved"):
        option_type("list[Nowhere]", NAMES)


def test_a_value_too_deep_ends_in_a_mistake() -> None:
    """Nesting beyond what Python's stack takes is a mistake, and no traceback."""
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    (mistake,) = find_mistakes(evaluate(Settings(content=deep)))
    assert mistake.category == "infinite-recursion"


TYPE_STATEMENT = """
from typing import Any
from modsvc_dsl.language.types.annotation import option_type

type Json = None | int | list[Json] | dict[str, Json]
type Pairs[T] = list[tuple[T, T]]
type Forest[T] = list[T | Forest[T]]

json = option_type(Json)
assert json.fits({"a": [1, None]}) and not json.fits({"a": ["b"]})
assert option_type(Pairs[int]).fits([(1, 2)]) and not option_type(Pairs[int]).fits([(1, "a")])
forest = option_type(Forest[int])
assert forest.fits([1, [2, [3]]]) and not forest.fits([1, ["a"]])
print(option_type(Pairs[int]).describe())
"""


def newer_pythons() -> list[str]:
    """The interpreters at hand whose grammar has the type statement."""
    found = [sys.executable] if sys.version_info >= (3, 12) else []
    return found + [path for path in map(shutil.which, NEWER) if path and runs(path)]


def runs(python: str) -> bool:
    """Does it start? A version manager's stand-in may not."""
    return subprocess.run([python, "--version"], capture_output=True).returncode == 0


NEWER = ("python3.14", "python3.13", "python3.12")


def test_the_type_statement_is_read(tmp_path: Path) -> None:
    """Where Python has `type X = ...`, it may be recursive and generic."""
    pythons = newer_pythons()
    if not pythons:
        pytest.skip("no Python with the type statement (3.12) is here")
    (tmp_path / "statement.py").write_text(TYPE_STATEMENT)
    command = [pythons[0], str(tmp_path / "statement.py")]
    root = str(Path(__file__).parents[3])
    done = subprocess.run(command, capture_output=True, text=True, env={"PYTHONPATH": root})
    expected = "a list of items, each a tuple of (an integer, an integer)\n"
    assert done.stdout == expected, done.stderr
