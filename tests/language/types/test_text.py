"""Strings, joined strings, paths."""

from __future__ import annotations

import re
import string
import warnings
from pathlib import Path, PurePath, PurePosixPath
from typing import Annotated, Any

import pytest

from modsvc_dsl.language.declaration.constructor import module
from modsvc_dsl.language.declaration.option import option
from modsvc_dsl.language.evaluation.evaluate import evaluate
from modsvc_dsl.language.properties import after, before
from modsvc_dsl.language.types.annotation import option_type
from modsvc_dsl.language.types.refinements import (
    AbsolutePath,
    Commas,
    JoinedBy,
    LineOfText,
    Lines,
    Matching,
    NonEmptyStr,
    PathKind,
    RelativePath,
    SearchPath,
)
from modsvc_dsl.language.types.text import _POSIX
from tests.language.mistakes import mistake_of
from tests.language.types.evaluation import complaint, complaints, merged

Name = Annotated[str, Matching("[a-z]+")]


@pytest.mark.parametrize(
    ("annotation", "value", "expected", "hint"),
    [
        (str, 80, "a string", 'write "80" in quotes, or str(...)'),
        (str, Path("/a"), "a string", 'write "/a" in quotes, or str(...)'),
        (str, True, "a string", 'write "true" in quotes'),
        (str, None, "a string", ""),
        (str, b"a", "a string", "write it without the b, or decode it"),
        (str, ["a", "b"], "a string", 'join its items, as in " ".join([...])'),
        (
            NonEmptyStr,
            " \t",
            "a string that is not blank",
            "write something in it, or leave the option undefined",
        ),
        (LineOfText, "a\nb", "a string on a single line", ""),
        (Name, "Abc", "a string matching '[a-z]+'", "upper and lower case count"),
        (Name, " abc", "a string matching '[a-z]+'", "take the blanks around it off"),
        (Name, "abc1", "a string matching '[a-z]+'", ""),
        (
            Lines,
            ["a"],
            "a string (joined by line breaks)",
            "join its items, as in '\\n'.join([...])",
        ),
        (Commas, 3, "a string (joined by commas)", 'write "3" in quotes, or str(...)'),
        (Path, "/a", "a path", "write Path('/a')"),
        (Path, PurePosixPath("/a"), "a path", "write Path(...) around it"),
        (AbsolutePath, "a", "an absolute path as a string", "start it with /"),
        (
            AbsolutePath,
            "~/a",
            "an absolute path as a string",
            "write the home directory out: a service has no ~",
        ),
        (AbsolutePath, "", "an absolute path as a string", ""),
        (AbsolutePath, Path("/a"), "an absolute path as a string", 'write "/a", or str(...)'),
        (RelativePath, "/a", "a relative path as a string", "write it without the / at its start"),
        (RelativePath, "", "a relative path as a string", ""),
        (Annotated[Path, PathKind(True)], Path("a"), "an absolute path", "start it with /"),
    ],
)
def test_what_is_refused_says_what_to_write(
    annotation: Any, value: Any, expected: str, hint: str
) -> None:
    """A refused text or path is answered with what to write instead."""
    lines = complaint(annotation, value).split("\n")
    assert lines[0] == f"`it` expects {expected}"
    assert lines[2:] == ([hint] if hint else [])


def test_a_pattern_matches_the_whole() -> None:
    """A pattern is not searched for, and no line break slips in at the end."""
    assert merged(Name, "abc") == "abc"
    for wrong in ("abc ", "abc\n", "1abc", ""):
        assert complaints(Name, wrong)


def test_a_line_may_end_in_its_line_break() -> None:
    """One line break at the end is taken off; others, also carriage returns, are refused."""
    assert merged(LineOfText, "a\n") == "a"
    for wrong in ("a\n\n", "a\rb", "\na", "a\r"):
        assert complaints(LineOfText, wrong)


@pytest.mark.parametrize(
    ("annotation", "joined"),
    [
        (Lines, "a\nb"),
        (Commas, "a,b"),
        (SearchPath, "a:b"),
        (Annotated[str, JoinedBy(" + ")], "a + b"),
    ],
)
def test_joined_strings_go_by_order(annotation: Any, joined: str) -> None:
    """Definitions are joined by the separator in their order."""
    assert merged(annotation, "a", "b") == joined
    assert merged(annotation, after("b"), before("a")) == joined


def test_paths_are_paths() -> None:
    """`Path` holds a Path, `PurePath` any pure one, `AbsolutePath` a string."""
    assert merged(Path, Path("/a")) == Path("/a")
    assert merged(PurePath, PurePosixPath("a")) == PurePosixPath("a")
    assert merged(AbsolutePath, "/a") == "/a"
    assert merged(Annotated[Path, PathKind(False)], Path("a")) == Path("a")


@pytest.mark.parametrize(
    ("one", "other", "joins"),
    [
        (Name, Name, True),
        (Name, Annotated[str, Matching("[0-9]+")], False),
        (str, NonEmptyStr, False),
        (Lines, Commas, False),
        (Lines, Lines, True),
        (Path, Annotated[Path, PathKind(True)], False),
        (AbsolutePath, AbsolutePath, True),
        (AbsolutePath, RelativePath, False),
    ],
)
def test_texts_join_where_they_are_the_same(one: Any, other: Any, joins: bool) -> None:
    """As upstream: same patterns, separators and path constraints join, different ones do not."""
    assert (option_type(one).joined(option_type(other)) is not None) is joins


def test_constraints_of_paths_may_not_contradict() -> None:
    """A path that is absolute and relative cannot be asked for."""
    with pytest.raises(TypeError, match="contradicts an absolute path"):
        option_type(Annotated[AbsolutePath, PathKind(False)])


def test_a_pattern_has_to_be_one() -> None:
    """What is no regular expression is refused where it is declared."""
    with pytest.raises(TypeError, match="is no regular expression"):
        option_type(Annotated[str, Matching("(")])


@pytest.mark.parametrize("name", sorted(_POSIX))
def test_a_class_of_posix_is_refused_where_it_is_declared(name: str) -> None:
    """Python takes it for its characters; what is to be written instead means what was meant."""
    pattern = f"[[:{name}:]_]+"
    declared = module("m", options={"it": option(type=Annotated[str, Matching(pattern)])})
    report = mistake_of(lambda: evaluate(declared)["it"]).report()
    assert f"has [:{name}:], a class of POSIX" in report.headline
    assert report.advice == (f"write {_POSIX[name]} in the place of [:{name}:]",)
    assert [location.file for _, location in report.places] == [__file__]
    mended = re.compile(pattern.replace(f"[:{name}:]", _POSIX[name]))
    assert mended.fullmatch("_") and "".join(filter(mended.fullmatch, ASCII)) == "".join(
        character for character in ASCII if character == "_" or _is_of(name, character)
    )


ASCII = "".join(map(chr, range(128)))


def _is_of(name: str, character: str) -> bool:
    """Is an ASCII character one of a class, as Python's own tables have it?"""
    known = {
        "ascii": True,
        "blank": character in " \t",
        "cntrl": not character.isprintable(),
        "graph": character.isprintable() and character != " ",
        "print": character.isprintable(),
        "punct": character in string.punctuation,
        "word": character.isalnum(),
        "xdigit": character in string.hexdigits,
    }
    ways = {"alnum": "isalnum", "alpha": "isalpha", "digit": "isdigit"}
    own = ways.get(name, f"is{name}")
    return known[name] if name in known else bool(getattr(character, own)())


@pytest.mark.parametrize("pattern", [r"\[:alpha:\]", r"\[:alpha:]", "[:a-z]+", "[[:x:]]", "[a:]"])
def test_colons_and_brackets_may_stand_in_patterns(pattern: str) -> None:
    """Where they are no class of POSIX."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of Python, for the sets in sets that it may have one day
        assert merged(Annotated[str, Matching(f"({pattern})?")], "") == ""
