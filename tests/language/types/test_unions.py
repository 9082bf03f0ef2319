"""Unions and optional values."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Optional, Union

import pytest

from modsvc_dsl.language.declaration.module import Module
from modsvc_dsl.language.declaration.option import option
from modsvc_dsl.language.properties import force
from modsvc_dsl.language.types.annotation import option_type
from modsvc_dsl.language.types.combinators import first_of
from modsvc_dsl.language.types.refinements import Duration, Port
from tests.language.types.evaluation import complaint, complaints, merged, result


class Tcp(Module):
    port: Port = option(default=80)
    hosts: list[str] = option()


class Socket(Module):
    path: Path = option()


class FastTcp(Tcp):
    port = 443


@dataclass
class Left:
    value: int


@dataclass
class Right:
    value: str


@pytest.mark.parametrize(
    ("annotation", "value", "expected"),
    [
        (Union[list[int], list[str]], ["a"], ["a"]),
        (Union[list[int], list[str]], [1], [1]),
        (Union[dict[str, int], dict[str, list[int]]], {"a": [1]}, {"a": [1]}),
        (Union[list[int | None], list[str]], ["a"], ["a"]),
        (Union[int, bool], True, True),
        (Union[float, str], 1, 1),
        (Union[Path, str], "a", "a"),
        (Union[Literal["auto"], int], "auto", "auto"),
        (Union[tuple[int, int], tuple[str, ...]], ("a", "b"), ("a", "b")),
        (Optional[Optional[int]], None, None),
        (Union[dict[str, int], str, None], {"a": 1}, {"a": 1}),
    ],
)
def test_the_member_is_chosen_by_the_value_in_depth(
    annotation: Any, value: Any, expected: Any
) -> None:
    """The items decide where the sort does not."""
    assert merged(annotation, value) == expected


@pytest.mark.parametrize("annotation", [Tcp | Socket, Socket | Tcp])
@pytest.mark.parametrize(
    ("value", "cls"),
    [
        ({"path": Path("/a")}, Socket),
        ({"port": 1}, Tcp),
        ({"hosts": ["a"], "port": force(3)}, Tcp),
        (Socket(path=Path("/a")), Socket),
        (Tcp(port=3), Tcp),
        (FastTcp(), FastTcp),
    ],
)
def test_among_submodules_the_names_and_classes_decide(
    annotation: Any, value: Any, cls: Any
) -> None:
    """A dict goes where its keys are options, an instance where its class is; order does not matter."""
    assert type(result(annotation, value).it) is cls


@pytest.mark.parametrize("annotation", [Tcp | dict[str, str], dict[str, str] | Tcp])
def test_a_submodule_and_a_dict_are_told_apart_by_their_content(annotation: Any) -> None:
    """What has the submodule's options with their types is one, everything else is the dict."""
    assert isinstance(result(annotation, {"port": 1}).it, Tcp)
    assert merged(annotation, {"port": "a"}) == {"port": "a"}
    assert merged(annotation, {"x": "a"}) == {"x": "a"}
    assert merged(Tcp | str | None, "a") == "a"


def test_dataclasses_are_told_apart_by_class() -> None:
    """And a wrong field is told in the class that the value has."""
    wrong: Any = 1
    assert complaints(Left | Right, Right("a")) == []
    assert complaints(Left | Right, Right(wrong)) == ["`it.value` expects a string"]


def test_several_definitions_choose_together() -> None:
    """All definitions merge by the one member that fits them all."""
    assert merged(Union[list[int], list[str]], ["a"], ["b"]) == ["a", "b"]
    assert complaints(Union[list[int], list[str]], [1], ["a"]) == [
        "`it` has definitions that fit no one of a list of integers or a list of strings together"
    ]
    assert complaints(Union[int, str], 1, "a") == ["`it` has definitions of different types"]
    assert merged(Union[int, list[int]], 1, 1) == 1


def test_a_value_of_no_member_is_explained_for_each_that_is_near() -> None:
    """Of what sort is it, and what would have to change?"""
    assert complaint(Union[list[int], list[str]], [1, "a"]) == (
        "`it` expects a list of integers or a list of strings\nfound [1, 'a'] (a list)\n"
        "to be a list of integers, [1] has to be an integer; "
        "to be a list of strings, [0] has to be a string"
    )
    assert "a submodule (Tcp), prot has to go" in complaint(Tcp | Socket, {"prot": 1})


def test_the_only_near_member_says_what_is_wrong() -> None:
    """Where just one member is of the value's sort, the mistake has the path inside it."""
    assert complaints(Union[list[int], str], [1, "a"]) == ["`it[1]` expects an integer"]
    assert (
        complaint(Union[int, list[str]], 1.5).split("\n")[2] == "write it without a decimal point"
    )


def test_none_is_none_or_nothing() -> None:
    """An optional value is empty as None, and is not both None and something."""
    assert merged(Optional[list[int]]) is None
    assert merged(Optional[list[int]], [1], [2]) == [1, 2]
    assert merged(Optional[int], None, None) is None
    assert complaints(Optional[int], None, 1) == ["`it` is defined both as None and as something"]
    assert merged(list[int | None], [1, None]) == [1, None]


def test_conversions_are_those_of_the_chosen_member() -> None:
    """Values in a union are made as their member makes them."""
    assert str(merged(Union[Literal["infinity"], Duration], "5s")) == "0:00:05"
    assert merged(Union[Literal["infinity"], Duration], "infinity") == "infinity"


@pytest.mark.parametrize(
    ("annotation", "words"),
    [
        (Optional[int], "an integer or None"),
        (Optional[Port], "an integer between 0 and 65535 (a port), or None"),
        (Union[int, str], "an integer or a string"),
        (Union[int, str, None], "an integer or a string, or None"),
        (list[int | None], "a list of items, each an integer or None"),
        (Optional[list[int]], "a list of integers or None"),
    ],
)
def test_unions_are_described_without_doubt(annotation: Any, words: str) -> None:
    """A list of optional items does not read like an optional list."""
    assert option_type(annotation).describe() == words


def test_unions_join_member_by_member() -> None:
    """Two declarations agree where their members do, in their order."""
    assert option_type(int | str).joined(option_type(int | str)) is not None
    assert option_type(int | str).joined(option_type(str | int)) is None
    assert option_type(Optional[int]).joined(option_type(Optional[str])) is None
    assert option_type(int | str).joined(first_of(int, str)) is not None
    assert first_of(int, str).joined(option_type(int | str)) is None


def test_the_first_of_its_sort_is_how_upstream_chooses() -> None:
    """`first_of` looks at the sort only: a list of strings is then a wrong list of integers."""
    annotation = first_of(list[int], list[str])
    assert merged(annotation, [1]) == [1]
    assert complaints(annotation, ["a"]) == ["`it[0]` expects an integer"]
    assert not annotation.fits(["a"]) and annotation.fits([1]) and not annotation.fits(3)
