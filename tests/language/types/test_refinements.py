"""What stands in `Annotated`."""

from __future__ import annotations

from typing import Annotated, Any, Optional

import pytest

from modsvc_dsl.language.types.annotation import option_type
from modsvc_dsl.language.types.refinements import (
    Above,
    AsSize,
    Between,
    ByOr,
    Coerced,
    JoinedBy,
    KeyName,
    LazyEntries,
    Matching,
    Named,
    NonEmpty,
    PathKind,
    Port,
    Refinement,
    SingleLine,
    Size,
    Strict,
    Unique,
)
from tests.language.types.evaluation import complaints, merged


@pytest.mark.parametrize(
    ("plain", "refinement"),
    [
        (str, Between(0, 1)),
        (str, Above(0)),
        (str, Named("a name")),
        (int, Strict()),
        (int, Matching("a")),
        (int, NonEmpty()),
        (dict[str, int], NonEmpty()),
        (int, SingleLine()),
        (Annotated[str, Matching("a")], JoinedBy(",")),
        (Annotated[str, Matching("a")], Matching("b")),
        (int, PathKind(True)),
        (int, ByOr()),
        (str, AsSize()),
        (list[int], LazyEntries()),
        (list[int], KeyName("a")),
        (Annotated[Size, "first"], Strict()),
    ],
)
def test_what_does_not_go_together_is_refused(plain: Any, refinement: Refinement) -> None:
    """Both are named, where the option is declared."""
    with pytest.raises(TypeError, match="does not go with"):
        option_type(Annotated[plain, refinement])


@pytest.mark.parametrize(
    ("refinement", "why"),
    [
        (Between(5, 1), "bounds in the wrong order"),
        (Between("a", 1), "is no bound of a number"),
        (Between(float("nan")), "is no bound of a number"),
        (Between(True), "is no bound of a number"),
        (Between(70_000), "leaves nothing of an integer between 0 and 65535"),
        (Above(65_535), "leaves nothing of an integer between 0 and 65535"),
    ],
)
def test_bounds_that_cannot_be_are_refused(refinement: Refinement, why: str) -> None:
    """Wrong order, no numbers, nothing left."""
    with pytest.raises(TypeError, match=why):
        option_type(Annotated[Port, refinement])


def test_refinements_add_up() -> None:
    """Each refines what those before it made."""
    annotation = Annotated[Port, Between(1024), Unique("one")]
    assert option_type(annotation).describe() == "an integer between 1024 and 65535 (a port)"
    assert complaints(annotation, 80) == ["`it` expects an integer between 1024 and 65535 (a port)"]
    text = Annotated[str, NonEmpty(), SingleLine(), Matching(".*a")]
    words = "a string that is not blank on a single line matching '.*a'"
    assert option_type(text).describe() == words


@pytest.mark.parametrize(
    ("annotation", "right", "wrong"),
    [
        (Annotated[int | None, Between(1, 5)], (None, 3), 7),
        (Annotated[Optional[str], NonEmpty()], (None, "a"), " "),
        (Annotated[list[int] | None, NonEmpty()], (None, [1]), []),
    ],
)
def test_beside_none_the_other_values_are_refined(
    annotation: Any, right: tuple[Any, ...], wrong: Any
) -> None:
    """`Annotated[T | None, ...]` means what it looks like."""
    for value in right:
        assert merged(annotation, value) == value
    assert complaints(annotation, wrong)


def test_a_class_may_stand_for_a_refinement_without_arguments() -> None:
    """Brackets forgotten are understood where nothing has to be in them."""
    assert option_type(Annotated[list[int], NonEmpty]).describe() == "a non-empty list of integers"
    with pytest.raises(TypeError, match=r"write Matching\(...\), with what it needs"):
        option_type(Annotated[str, Matching])


def test_other_things_in_annotated_are_left_alone() -> None:
    """Texts and refinements of other libraries say nothing to us."""
    assert option_type(Annotated[int, "a note", 5]).describe() == "an integer"


def test_refinements_with_equal_fields_are_equal() -> None:
    """Annotations that hold them compare, hash and print by what they say."""
    assert Between(0, 1) == Between(0, 1) != Between(0, 2)
    assert len({Between(0, 1), Between(0, 1), Named("a")}) == 2
    assert Annotated[int, Between(0, 1)] == Annotated[int, Between(0, 1)]
    assert repr(Between(0, 1)) == "Between(least=0, most=1)"
    assert Coerced(str, int) == Coerced(str, int)
    assert NonEmpty() != SingleLine()
