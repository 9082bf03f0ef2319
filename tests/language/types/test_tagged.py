"""Tagged unions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, TypedDict

import pytest

from modsvc_dsl.language.properties import force, when
from modsvc_dsl.language.types.annotation import option_type
from modsvc_dsl.language.types.combinators import tagged
from modsvc_dsl.language.types.refinements import OneKey, Port
from tests.language.types.evaluation import complaint, complaints, merged


class Backend(TypedDict, total=False):
    tcp: Port
    file: Path
    hosts: list[str]


class Strict(TypedDict):
    tcp: int


ONE = Annotated[Backend, OneKey()]


def test_one_key_says_what_the_value_is() -> None:
    """`Annotated[T, OneKey()]` of a TypedDict is a tagged union, and `tagged` makes the same."""
    assert merged(ONE, {"tcp": 80}) == {"tcp": 80}
    assert merged(tagged({"tcp": int}), {"tcp": 80}) == {"tcp": 80}
    assert merged(ONE, {"hosts": ["a"]}, {"hosts": ["b"]}) == {"hosts": ["a", "b"]}
    assert merged(ONE, {"tcp": 1}, force({"file": Path("/a")})) == {"file": Path("/a")}


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ({}, "keep one key: it has none"),
        ({"tcp": 1, "file": Path("a")}, "keep one key: it has 'tcp' and 'file'"),
        ({"flie": Path("a")}, "did you mean `file`?"),
        ("tcp", "write {'tcp': ...}"),
        (3, ""),
    ],
)
def test_what_has_not_one_known_key_is_refused(value: Any, hint: str) -> None:
    """No tag, two tags, an unknown one, no dict."""
    lines = complaint(ONE, value).split("\n")
    assert lines[0] == "`it` expects a dict with exactly one of the keys 'tcp', 'file' or 'hosts'"
    assert lines[2:] == ([hint] if hint else [])


def test_a_wrong_payload_has_the_path_of_its_tag() -> None:
    """The value is checked by the type of its tag."""
    assert complaints(ONE, {"tcp": "a"}) == [
        "`it.tcp` expects an integer between 0 and 65535 (a port)"
    ]
    assert complaints(ONE, {"hosts": [1]}) == ["`it.hosts[0]` expects a string"]
    assert complaints(ONE, {"tcp": when(False, 1)})[0].startswith("`it.tcp` has no value")


def test_two_tags_conflict() -> None:
    """Definitions of one strength have to have the same tag."""
    assert complaints(ONE, {"tcp": 1}, {"file": Path("a")}) == [
        "`it` is defined with different tags, 'file' and 'tcp'"
    ]


def test_every_key_has_to_be_optional() -> None:
    """A TypedDict that always has a key is no tagged union."""
    with pytest.raises(TypeError, match="needs total=False: Strict always has tcp"):
        option_type(Annotated[Strict, OneKey()])
    with pytest.raises(TypeError, match="does not go with"):
        option_type(Annotated[dict[str, int], OneKey()])


def test_two_declarations_have_the_tags_of_both() -> None:
    """Tags are joined, a tag of both by its types."""
    joined = option_type(tagged({"a": int})).joined(option_type(tagged({"a": int, "b": str})))
    assert joined is not None
    assert joined.describe() == "a dict with exactly one of the keys 'a' or 'b'"
    assert option_type(tagged({"a": int})).joined(option_type(tagged({"a": str}))) is None
    assert option_type(tagged({"a": int})).joined(option_type(int)) is None
