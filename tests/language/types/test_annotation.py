"""Annotations."""

from __future__ import annotations

import collections.abc as abc
import typing
from pathlib import Path
from typing import Annotated, Any, ClassVar, Final, Literal, NewType, NoReturn, Self, TypeVar, Union

import pytest

from modsvc_dsl.language.types.annotation import option_type
from modsvc_dsl.language.types.refinements import Between, NonEmpty

UserId = NewType("UserId", int)
Bound = TypeVar("Bound", bound=list[int])
Either = TypeVar("Either", int, str)
Free = TypeVar("Free")


@pytest.mark.parametrize(
    ("annotation", "words"),
    [
        (bool, "a boolean"),
        (int, "an integer"),
        (float, "a number"),
        (complex, "a complex number"),
        (str, "a string"),
        (bytes, "bytes"),
        (None, "None"),
        (type(None), "None"),
        (Any, "any value"),
        (object, "any value"),
        (Path, "a path"),
        (typing.LiteralString, "a string"),
        (list, "a list of any values"),
        (typing.List[int], "a list of integers"),
        (abc.Sequence, "a list of any values"),
        (list[Annotated[list[str], NonEmpty()]], "a list of non-empty lists of strings"),
        (list[list[str]], "a list of lists of strings"),
        (dict, "a dict of any values"),
        (dict[str, bool], "a dict of booleans"),
        (typing.Dict[str, list[Path]], "a dict of lists of paths"),
        (set[float], "a set of numbers"),
        (frozenset, "a set of any values"),
        (tuple, "a tuple of any values"),
        (typing.Tuple, "a tuple of any values"),
        (tuple[int, ...], "a tuple of integers"),
        (tuple[int, str], "a tuple of (an integer, a string)"),
        (tuple[()], "the empty tuple"),
        (Union[int, str], "an integer or a string"),
        (int | None, "an integer or None"),
        (Literal["a", 1], "one of 'a' or 1"),
        (UserId, "an integer"),
        (Bound, "a list of integers"),
        (Either, "an integer or a string"),
        (Free, "any value"),
        (type, "a class"),
        (abc.Callable, "a function that returns any value"),
        (typing.Callable, "a function that returns any value"),
        (Annotated[int, Between(1, 2)], "an integer between 1 and 2"),
        (list[Annotated[int, Between(1, 2)]], "a list of integers between 1 and 2"),
        (
            list[dict[str, int | None]],
            "a list of items, each a dict of items, each an integer or None",
        ),
    ],
)
def test_every_annotation_is_described_in_words(annotation: Any, words: str) -> None:
    """As the object of "expects", in a Python person's words."""
    assert option_type(annotation).describe() == words


@pytest.mark.parametrize(
    ("annotation", "why"),
    [
        (5, "5 is no annotation"),
        ([int], "write list"),
        ((int, str), "write list"),
        ({"a": int}, "is a value"),
        (..., "is a value"),
        (any, "any is a function: write Any"),
        (callable, "callable is a function: write Callable"),
        (Self, "Self means nothing in an option"),
        (ClassVar[int], "a ClassVar is no option"),
        (Final[int], "option\\(read_only=True\\)"),
        (NoReturn, "no value fits NoReturn"),
        (typing.Never, "no value fits Never"),
        (typing.Required[int], "stands in a TypedDict only"),
        (typing.Optional, "write Optional\\[T\\]"),
        (typing.Union, "write Union\\[A, B\\]"),
        (typing.Literal, "write Literal"),
        (Between(1, 2), r"write Annotated\[..., Between\(least=1, most=2\)\]"),
        (tuple[int, *tuple[str, ...]], "write tuple"),
        (tuple[int, typing.Unpack[tuple[str, ...]]], "write tuple"),
    ],
)
def test_what_is_no_annotation_says_what_to_write(annotation: Any, why: str) -> None:
    """A value, a function or a word of another place is refused where the option is declared."""
    with pytest.raises(TypeError, match=why):
        option_type(annotation)


def test_a_type_is_its_own_annotation() -> None:
    """What `option_type` made may be handed to it again."""
    made = option_type(int)
    assert option_type(made) is made
    assert option_type(typing.Optional[int]).below()
