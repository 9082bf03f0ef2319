"""Option types and declarations as values."""

from __future__ import annotations

from typing import Annotated, Any

from modsvc_dsl.language.declaration.option import option
from modsvc_dsl.language.types.option_type import OptionType
from modsvc_dsl.language.types.refinements import Between, HeldAnnotation, RawValue
from tests.language.types.evaluation import complaint, complaints, result


def test_an_option_can_hold_a_type() -> None:
    """Several annotations become the type that an option declared with all of them has."""
    one: Any = Annotated[int, Between(0)]
    two: Any = Annotated[int, Between(most=10)]
    held = result(HeldAnnotation, one, two).it
    assert isinstance(held, OptionType)
    assert held.describe() == "an integer between 0 and 10"
    assert result(HeldAnnotation, list[str]).it.describe() == "a list of strings"


def test_annotations_that_contradict_conflict() -> None:
    """Both definitions are shown."""
    assert complaints(HeldAnnotation, int, str) == [
        "`it` is defined with annotations that contradict each other"
    ]


def test_what_is_no_annotation_is_refused() -> None:
    """With the reason that a declaration would give."""
    assert complaint(HeldAnnotation, any).split("\n")[2] == "any is a function: write Any"


def test_an_option_can_hold_a_declaration() -> None:
    """What `option(...)` returns is a value like any other."""
    declaration = option(type=int)
    assert result(RawValue, declaration).it is declaration
