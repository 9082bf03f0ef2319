"""A type of the user's own is one class, and an annotation like every other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, Optional, Union

import pytest

from modsvc_dsl.language.result.check import find_mistakes
from modsvc_dsl.language.declaration.constructor import module
from modsvc_dsl.language.definition import Definition
from modsvc_dsl.language.evaluation.evaluate import evaluate, evaluate_all
from modsvc_dsl.language.declaration.module import Module
from modsvc_dsl.language.declaration.option import option
from modsvc_dsl.language.properties import force, when
from modsvc_dsl.language.types.annotation import option_type
from modsvc_dsl.language.types.option_type import OptionType, Spot, plural
from modsvc_dsl.language.types.refinements import Duration, HeldAnnotation, JsonData, Size
from tests.language.types.evaluation import complaint, complaints, merged


class Even(OptionType):
    """The smallest type: what it is called, and what it takes."""

    def describe(self) -> str:
        return "an even number"

    def accepts(self, value: Any) -> bool:
        return isinstance(value, int) and value % 2 == 0


class Longest(OptionType):
    """A type that merges: of several strings the longest."""

    def __init__(self, least: int = 0) -> None:
        self.least = least

    def describe(self) -> str:
        return f"a word of at least {self.least} letters"

    def accepts(self, value: Any) -> bool:
        return isinstance(value, str) and len(value) >= self.least

    def merge(self, spot: Spot, definitions: Sequence[Definition]) -> Any:
        self.demand(spot, definitions)
        return max((definition.value for definition in definitions), key=len)

    def convert(self, value: Any) -> Any:
        return value

    def empty(self, spot: Spot) -> Any:
        return ""

    def hint(self, value: Any) -> str:
        return "write more letters" if isinstance(value, str) else ""


class Settings(Module):
    even: Annotated[int, Even()] = option(default=2)
    name: Annotated[str, Longest(2)] = option(default="ab")
    names: list[Annotated[str, Longest]] = option()


def test_it_stands_in_an_annotation() -> None:
    """To a checker the option is what `Annotated` says first; the type checks and merges."""
    assert evaluate(Settings(even=4)).even == 4
    (mistake,) = find_mistakes(evaluate(Settings(even=3)))
    assert mistake.report().headline == "`even` expects an even number"
    longer = module("longer", definitions={"name": "abcd"})
    assert evaluate_all([Settings(name="abc"), longer]).name == "abcd"
    assert evaluate(Settings(names=["a", "b"])).names == ["a", "b"]


@pytest.mark.parametrize("annotation", [Even(), Even, Annotated[int, Even], Annotated[int, Even()]])
def test_it_stands_as_the_type_of_an_option(annotation: Any) -> None:
    """`option(type=...)` takes an instance, or the class where it needs nothing."""
    assert merged(annotation, 4) == 4
    assert complaints(annotation, 3) == ["`it` expects an even number"]
    assert complaints(annotation, 2, 4) == ["`it` has definitions that differ"]
    assert merged(annotation, 2, force(4)) == 4


def test_it_works_inside_every_other_type() -> None:
    """In lists, dicts, unions and optional values, with paths, properties and plurals."""
    assert complaints(list[Annotated[int, Even()]], [2, 3, when(True, 5)]) == [
        "`it[1]` expects an even number",
        "`it[2]` expects an even number",
    ]
    assert option_type(list[Annotated[int, Even()]]).describe() == "a list of even numbers"
    assert merged(Union[Annotated[int, Even()], str], 4) == 4
    assert merged(Optional[Annotated[int, Even()]], None) is None
    assert merged(dict[str, Annotated[str, Longest()]], {"a": "b"}, {"a": "ccc"}) == {"a": "ccc"}


def test_its_hint_and_empty_value_are_used() -> None:
    """What it says beyond the two needed methods counts."""
    assert complaint(Longest(3), "ab") == (
        "`it` expects a word of at least 3 letters\nfound 'ab' (a string)\nwrite more letters"
    )
    assert merged(Longest()) == ""


class Odd:
    """A value that cannot be looked at."""

    def __eq__(self, other: object) -> bool:
        raise ArithmeticError("not comparable")

    def __str__(self) -> str:
        raise ArithmeticError("not shown")

    __repr__ = __str__
    __hash__ = object.__hash__


class Curious(Even):
    def hint(self, value: Any) -> str:
        return f"write {value}"


EVERY: list[Any] = [
    *(int, float, str, bool, None, Path, Duration, Size, Even, list[int], dict[str, int]),
    *(set[int], tuple[int, ...], tuple[int, str], int | str, int | None, Literal["a", 1]),
    *(type[int], Callable[[], int], JsonData, Settings, list[int] | list[str], HeldAnnotation),
]


@pytest.mark.parametrize("annotation", EVERY)
def test_an_odd_value_is_a_wrong_one(annotation: Any) -> None:
    """A value whose every method raises is refused like any other, at any depth."""
    if not isinstance(annotation, type) or not issubclass(annotation, Module):
        assert complaints(annotation, Odd())[0].startswith("`it` expects ")
    assert complaints(list[annotation], [Odd()])[0].startswith("`it[0]` expects ")
    assert complaints(dict[str, annotation], {"a": Odd()})[0].startswith("`it.a` expects ")


def test_a_hint_that_raises_does_not_hide_the_mistake() -> None:
    """The mistake is told, and that the value is odd."""
    assert complaint(Curious(), Odd()).split("\n")[-1] == (
        "it is odd, too: looking at it raised ArithmeticError"
    )


def test_two_of_its_kind_join_by_their_fields() -> None:
    """Declared twice with the same arguments they are one type, else they contradict."""
    assert Longest(2).joined(Longest(2)) is not None
    assert Longest(2).joined(Longest(3)) is None
    assert Longest(0).joined(Even()) is None


def test_a_class_that_needs_arguments_says_so() -> None:
    """The message is about the class, not about Python."""

    class Needy(Even):
        def __init__(self, needed: int) -> None: ...

    with pytest.raises(TypeError, match=r"write Needy\(...\), with what it needs"):
        option_type(Needy)


def test_the_two_methods_are_needed() -> None:
    """A type without them is none."""
    with pytest.raises(NotImplementedError):
        OptionType().describe()
    with pytest.raises(NotImplementedError):
        OptionType().accepts(1)


@pytest.mark.parametrize(
    ("words", "many"),
    [
        ("a string", "strings"),
        ("an integer between 0 and 1", "integers between 0 and 1"),
        ("a class", "classes"),
        ("an even number", "even numbers"),
        ("a short name (of a host)", "short names (of a host)"),
        ("a non-empty list of strings", "non-empty lists of strings"),
        ("an entry", "entries"),
        ("a key", "keys"),
        ("a box of nails", "boxes of nails"),
        ("bytes", "items, each bytes"),
        ("an integer or a string", "items, each an integer or a string"),
        ("a string that is not blank", "items, each a string that is not blank"),
    ],
)
def test_plurals(words: str, many: str) -> None:
    """Where English has no simple way, none is tried."""
    assert plural(words) == many
