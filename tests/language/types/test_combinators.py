"""Types put together by functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal, Optional, Union

import pytest

from modsvc_dsl.language.errors import BadModule
from modsvc_dsl.language.types import combinators as made
from modsvc_dsl.language.types.annotation import option_type
from modsvc_dsl.language.types.refinements import Between, Commas, LazyEntries, NonEmpty, Unique
from tests.language.types.evaluation import complaints, merged


@pytest.mark.parametrize(
    ("type_", "annotation"),
    [
        (made.optional(int), Optional[int]),
        (made.one_of(int, str), Union[int, str]),
        (made.one_of_values(["a", 1]), Literal["a", 1]),
        (made.list_of(int), list[int]),
        (made.list_of(int, non_empty=True), Annotated[list[int], NonEmpty()]),
        (made.dict_of(int), dict[str, int]),
        (made.dict_of(int, lazy=True), Annotated[dict[str, int], LazyEntries()]),
        (made.separated(","), Commas),
        (made.refined(int, Between(0)), Annotated[int, Between(0)]),
        (made.refined(int, Between(0), Unique("a")), Annotated[int, Between(0), Unique("a")]),
        (made.refined(made.optional(int), Between(0)), Annotated[int | None, Between(0)]),
        (made.list_of(made.dict_of(made.optional(str))), list[dict[str, str | None]]),
    ],
)
def test_each_is_the_same_as_an_annotation(type_: Any, annotation: Any) -> None:
    """What generated configuration puts together is what a person annotates."""
    assert option_type(type_).key() == option_type(annotation).key()
    assert option_type(type_).joined(option_type(annotation)) is not None


@pytest.mark.parametrize(
    "make",
    [lambda: made.list_of(3), lambda: made.optional(any), lambda: made.refined(str, Between(1))],
)
def test_what_is_no_annotation_is_refused_at_once(make: Callable[[], Any]) -> None:
    """Before anything is evaluated, with the line."""
    with pytest.raises(BadModule, match="takes annotations") as raised:
        make()
    assert raised.value.report().places[0][1].file == __file__


def test_values_of_any_class_may_be_choices() -> None:
    """`one_of_values` takes what `Literal` cannot."""
    assert merged(made.one_of_values([1.5, (1, 2)]), (1, 2)) == (1, 2)
    assert complaints(made.one_of_values([1.5]), 1) == ["`it` expects 1.5"]
