"""Tagged unions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, TypedDict

import pytest

from modsvc_dsl.language.declaration.constructor import module
from modsvc_dsl.language.declaration.option import option
from modsvc_dsl.language.evaluation.configuration import data
from modsvc_dsl.language.evaluation.evaluate import evaluate_all
from modsvc_dsl.language.properties import force, later, override, when
from modsvc_dsl.language.types.annotation import option_type
from modsvc_dsl.language.types.combinators import dict_of, submodule, tagged
from modsvc_dsl.language.types.refinements import Lines, OneKey, Port
from tests.language.mistakes import mistake_of
from tests.language.types.evaluation import complaint, complaints, merged, mistakes


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


FULL: Any = tagged(
    {
        "text": option(type=Lines, default="usual"),
        "size": option(type=int, default=4, apply=lambda size: [size]),
        "fixed": option(type=int, read_only=True),
        "free": option(),
    }
)


@pytest.mark.parametrize(
    ("said", "result"),
    [
        ({"text": "own"}, {"text": "own"}),
        ({"text": when(False, "own")}, {"text": "usual"}),
        ({"text": override(1600, "own")}, {"text": "usual"}),
        ({"text": override(1500, "own")}, {"text": "usual\nown"}),
        ({"size": 3}, {"size": [3]}),
        ({"size": when(False, 3)}, {"size": [4]}),
        ({"fixed": 3}, {"fixed": 3}),
        ({"free": ["a"]}, {"free": ["a"]}),
    ],
)
def test_an_option_behind_a_tag_has_all_that_options_have(said: Any, result: Any) -> None:
    """Its default is its weakest definition, once the tag is named; `apply` changes what is merged."""
    assert merged(FULL, said) == result


def test_a_read_only_tag_takes_one_definition() -> None:
    """Also of the same value, and its default counts."""
    assert complaints(FULL, {"fixed": 1}, {"fixed": 1}) == [
        "`it.fixed` is read-only and has more than one definition"
    ]
    given = tagged({"fixed": option(type=int, read_only=True, default=1)})
    assert "is read-only" in complaint(given, {"fixed": 1})


def test_the_default_of_a_tag_may_be_computed() -> None:
    """From the view of the module that declares it, wherever its value is defined; wrong ones are told."""
    own = tagged({"port": option(type=int, compute=lambda self: self.base + 1)})
    options = {"base": option(type=int, default=80), "it": option(type=dict_of(own))}
    inner = module("inner", options=options)
    holder = module("holder", options={"s": option(type=submodule(inner))})
    user = module("user", definitions={"s.it.a.port": when(False, 1), "s.base": 90})
    assert data(evaluate_all([holder, user]).s.it["a"]) == {"port": 91}
    free = module("free", freeform=dict_of(own), options={"base": option(type=int, default=1)})
    named = module("named", definitions={"b": {"port": when(False, 1)}})
    assert data(evaluate_all([free, named]))["b"] == {"port": 2}
    wrong = tagged({"port": option(type=int, default="x")})
    assert "expects an integer" in complaint(wrong, {"port": when(False, 1)})


def test_the_default_of_a_tag_that_is_not_needed_never_runs() -> None:
    """Where a stronger definition counts, as for other options; a condition is asked once."""
    ran: list[str] = []

    def running(what: str, value: Any) -> Any:
        ran.append(what)
        return value

    counted = tagged({"port": option(type=int, compute=lambda self: running("default", 1))})
    asked = later(lambda: running("condition", False))
    assert merged(counted, {"port": 3}) == {"port": 3} and not ran
    assert merged(counted, {"port": when(asked, 3)}) == {"port": 1}
    assert ran == ["condition", "default"]


def test_what_apply_raises_is_told_with_its_line() -> None:
    """As for other options."""
    broken = tagged({"port": option(type=int, apply=lambda port: 1 // port)})
    assert "ZeroDivisionError" in str(mistakes(broken, {"port": 0})[0].report())


def test_declarations_of_a_tag_join_as_those_of_options() -> None:
    """Two defaults contradict each other, as two changes by `apply` do."""
    bare, full = option_type(tagged({"a": int})), option_type(tagged({"a": option(default=1)}))
    text = option_type(tagged({"a": option(type=str, default="x")}))
    number = option_type(tagged({"a": option(type=int, default=1)}))
    fixed = option_type(tagged({"a": option(type=int, read_only=True)}))
    for one, other in ((bare, number), (number, bare)):
        assert merged(one.joined(other), {"a": when(False, 2)}) == {"a": 1}
    for one, other in ((fixed, number), (number, fixed)):  # whose default is a definition
        assert "is read-only" in complaint(one.joined(other), {"a": 1})
    assert text.joined(number) is None and number.joined(option_type(full)) is None
    assert number.joined(number) is not None


@pytest.mark.parametrize("wrong", [{"required": False}, {"shares": 1}, {"type": "int"}])
def test_what_only_options_of_modules_have_is_refused_behind_tags(wrong: Any) -> None:
    """With the line of the declaration."""
    mistake = mistake_of(lambda: tagged({"a": option(**wrong)}))
    assert "an option behind a tag has" in str(mistake) and __file__ in str(mistake)
