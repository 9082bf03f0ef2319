"""Paths, values and choices in words."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modsvc_dsl.language.frozen import FrozenDict, FrozenList
from modsvc_dsl.language.words import (
    all_of,
    as_path,
    did_you_mean,
    nearest,
    one_of,
    show_error,
    show_found,
    show_kind,
    show_path,
    show_value,
    with_article,
)


class Loud:
    """Its repr fails."""

    def __repr__(self) -> str:
        raise ValueError("no")


class Colour(enum.Enum):
    RED = 1


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (("web", "hosts", 2), "web.hosts[2]"),
        (("a-b", "c"), "a-b.c"),
        (("a.b", "c"), '["a.b"].c'),
        (("a", ""), 'a[""]'),
        (("a", 'say "hi"'), "a['say \"hi\"']"),
        (("a", "it's"), 'a["it\'s"]'),
        (("a", "x\ny"), 'a["x\\ny"]'),
        ((), "(the whole)"),
        (("a", Colour.RED), "a[<Colour.RED: 1>]"),
    ],
)
def test_a_path_reads_as_python_would_write_it(path: Any, shown: str) -> None:
    """Names by dots, everything else in brackets; nothing in a key ends its quotes."""
    assert show_path(path) == shown


def test_the_middle_of_a_long_path_is_left_out() -> None:
    """Its beginning and its end are what tells where it is."""
    path = tuple(f"n{i}" for i in range(100))
    assert show_path(path) == f"{show_path(path[:8])} ... {show_path(path[-8:])}"


names = st.text(st.characters(categories=["Ll"]), min_size=1)


@given(st.lists(names.filter(str.isidentifier), min_size=1, max_size=8))
def test_names_joined_by_dots_are_a_path(path: list[str]) -> None:
    """What is shown can be written again."""
    assert as_path(show_path(path)) == tuple(path) == as_path(tuple(path))


def test_a_step_of_a_path_is_what_a_key_can_be() -> None:
    """Paths are compared and kept, so a list in one is refused where it is written."""
    message = r"^\('web', \[1\]\) is no path: its steps are names and keys$"
    with pytest.raises(TypeError, match=message):
        as_path(("web", [1]))  # type: ignore[list-item,unused-ignore]


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (None, "None"),
        (True, "a boolean"),
        (1, "an integer"),
        (1.5, "a float"),
        ("x", "a string"),
        (b"x", "bytes"),
        ([1], "a list"),
        (FrozenList([1]), "a list"),
        ({}, "a dict"),
        (FrozenDict({"a": 1}), "a dict"),
        ((1,), "a tuple"),
        ({1}, "a set"),
        (frozenset({1}), "a set"),
        (int, "a class"),
        (len, "a builtin_function_or_method"),
        (lambda: 1, "a function"),
        (Path("/"), "a PosixPath"),
        (Colour.RED, "a Colour"),
    ],
)
def test_kinds_in_words(value: Any, kind: str) -> None:
    """Those that results hold are called as their plain ones are."""
    assert show_kind(value) == kind
    assert show_found(value) == ("None" if value is None else f"{show_value(value)} ({kind})")


def test_values_are_short_and_on_one_line() -> None:
    """Whatever they are: long, deep, huge, or with a repr that fails or names an address."""
    deep: Any = []
    for _ in range(200):
        deep = [deep]
    for value in ("x" * 10_000, list(range(10_000)), deep, 10**5000, {i: i for i in range(1000)}):
        assert len(show_value(value)) < 200 and "\n" not in show_value(value)
    assert show_value(10**5000) == "an integer of 16610 bits"
    assert show_value(Loud()) == "<Loud>"
    assert " at 0x" not in show_value(object())
    assert show_value(int) == "int"


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists))
def test_small_values_read_as_python(value: Any) -> None:
    """What is short and flat is shown as it would be written."""
    if len(repr(value)) < 40 and not isinstance(value, list):
        assert show_value(value) == repr(value).replace("\n", " ")
    assert "\n" not in show_value(value)


class Broken(Exception):
    def __str__(self) -> str:
        raise ValueError("no")


def test_exceptions_on_one_line() -> None:
    """With a word where there is no message, or where reading it fails."""
    assert show_error(ValueError("a\n  b")) == "ValueError: a b"
    assert show_error(ValueError()) == "ValueError: (no message)"
    assert show_error(Broken()) == "Broken: (its message cannot be read: ValueError)"
    assert len(show_error(ValueError("x" * 5000))) < 450


def test_articles_and_lists_of_words() -> None:
    """As English has them."""
    assert (with_article("integer"), with_article("list")) == ("an integer", "a list")
    assert (with_article("Unit"), with_article("union")) == ("a Unit", "a union")
    assert [one_of([]), one_of("a"), one_of("ab"), one_of("abc")] == [
        "",
        "a",
        "a or b",
        "a, b or c",
    ]
    assert all_of(["a", "b", "c"]) == "a, b and c"


def test_suggestions_are_the_nearest_first() -> None:
    """At most three, whatever the case; nothing where nothing is near."""
    known = ["port", "ports", "sport", "host", "Prot"]
    assert nearest("prot", known)[0] == "Prot"
    assert len(nearest("port", known)) == 3 and nearest("port", known)[0] == "port"
    assert nearest("zzz", known) == []
    assert did_you_mean("prt", ["port"]) == "did you mean `port`?"
    assert did_you_mean("zzz", ["port"]) == ""


@given(st.text(), st.lists(st.text()))
def test_suggestions_are_names_that_exist(name: str, known: list[str]) -> None:
    """And a name that exists is its own nearest."""
    found = nearest(name, known)
    assert set(found) <= set(known) and len(found) <= 3
    lower = [each.lower() for each in known]
    if name and lower.count(name.lower()) == 1 and name in known:
        assert found[0] == name
