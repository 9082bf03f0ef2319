"""Lines of keys and values: read back by a shell's rules, by a real shell, and by their own."""

from __future__ import annotations

import re
import shlex
import subprocess
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modsvc_dsl.services.formats.key_value import ENVIRONMENT, KeyValue
from tests.services.formats.values import LINES, TEXTS, said, spelt


def _kept(format_: KeyValue, found: dict[str, Any]) -> dict[str, Any]:
    """The settings that are not refused, one by one."""
    return {key: value for key, value in found.items() if not said(format_, {key: value})}


@given(LINES)
def test_lines_are_read_back(found: dict[str, Any]) -> None:
    """Without quotes: the key ends at the first separator, the value with the line."""
    kept = _kept(KeyValue(), found)
    assert said(KeyValue(), kept) == []
    read = [line.split("=", 1) for line in KeyValue().text(kept).splitlines()]
    assert dict(read) == {key: spelt(value) for key, value in kept.items()}
    assert len(read) == len(kept)


NAMES = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,5}", fullmatch=True)


@given(st.dictionaries(NAMES, TEXTS.map(lambda text: re.sub("[$`]", "", text)), max_size=4))
def test_variables_are_words_of_a_shell(found: dict[str, str]) -> None:
    """shlex, which leaves the backslash of a dollar where it is, reads each line as one word: the
    assignment."""
    kept = _kept(ENVIRONMENT, found)
    assert all(
        re.search("[\0-\x08\n-\x1f\x7f\x85\u2028\u2029]", found[k]) for k in found.keys() - kept
    )
    lines = ENVIRONMENT.text(kept).splitlines()
    read = [shlex.split(re.sub(r"\\([$`])", r"\1", line)) for line in lines]
    assert read == [[f"{k}={v}"] for k, v in kept.items()]


@settings(max_examples=20)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20))
def test_a_shell_reads_the_same(text: str) -> None:
    """sh(1) itself, which also knows dollars and backquotes."""
    if said(ENVIRONMENT, {"A": text}):
        return
    script = ENVIRONMENT.text({"A": text}) + "printf '%s' \"$A\"\n"
    done = subprocess.run(["/bin/sh"], input=script.encode(), capture_output=True, check=True)
    assert done.stdout.decode() == text


@given(TEXTS)
def test_quotes_of_postgresql_and_of_programming_languages(text: str) -> None:
    """What stands in quotes is the text once the doubling or the backslashes are undone."""
    single, double = KeyValue(" = ", quoting="single"), KeyValue(" ", quoting="double")
    if said(single, {"a": text}):
        assert said(double, {"a": text})
        return
    line = single.text({"a": text}).removeprefix("a = '").removesuffix("'\n")
    assert re.fullmatch(r"(?:[^'\\]|''|\\\\)*", line)
    assert re.sub(r"''|\\\\", lambda found: found[0][0], line) == text
    line = double.text({"a": text}).removeprefix('a "').removesuffix('"\n')
    assert re.fullmatch(r'(?:[^"\\]|\\.)*', line)
    assert re.sub(r"\\(.)", r"\1", line) == text


def test_the_layout() -> None:
    """Separator, booleans and lists are the program's."""
    redis = KeyValue(separator=" ", booleans="yes/no", lists="repeated")
    found = {"port": 6379, "appendonly": True, "save": ["900 1", "300 10"]}
    assert redis.text(found) == "port 6379\nappendonly yes\nsave 900 1\nsave 300 10\n"
    postgres = KeyValue(separator=" = ", quoting="single", booleans="on/off")
    found = {"listen_addresses": "it's", "fsync": False, "port": 5432}
    assert postgres.text(found) == "listen_addresses = 'it''s'\nfsync = off\nport = 5432\n"


def test_a_key_alone_may_be_true() -> None:
    """As dnsmasq and chrony have it: without its line it is false, whatever the quotes."""
    found = {"bind-interfaces": True, "dhcp-authoritative": False, "server": ["::1", "127.0.0.1"]}
    format_ = KeyValue(booleans="bare", lists="repeated", quoting="double")
    assert format_.text(found) == 'bind-interfaces\nserver="::1"\nserver="127.0.0.1"\n'


@pytest.mark.parametrize(
    ("format_", "found", "why"),
    [
        (
            KeyValue(),
            {"a": "b\nc"},
            "a has a line break in it, which a value of lines of keys and values cannot hold;"
            " write a text on one line",
        ),
        (
            KeyValue(separator=" "),
            {"a b": 1},
            " has the key 'a b', where ' ' means something else; write a key without it",
        ),
        (
            ENVIRONMENT,
            {"a-b": 1},
            " has the key 'a-b', which is no name of a variable; write letters, digits and _,"
            " no digit first",
        ),
        (
            KeyValue(separator="\n"),
            {"a": 1},
            " has the separator '\\n', which cannot stand between key and value; write one such as"
            ' "=", " = " or " "',
        ),
        (
            KeyValue(lists="blanks"),
            {"a": ["b c"]},
            "a.0 is empty or has a blank in it: 'b c'; write an item without blanks",
        ),
        (
            KeyValue(lists="repeated", booleans="bare"),
            {"a": ["b", True]},
            "a.1 is a boolean in a list, where a key alone says it (lines of keys and values); write a"
            " key for each",
        ),
    ],
)
def test_what_no_line_can_hold(format_: KeyValue, found: dict[str, Any], why: str) -> None:
    """The message says what is wrong, and what to write."""
    assert said(format_, found) == [why]
