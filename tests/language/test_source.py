"""Where in a source text something stands: by the syntax, on every line that a person would name."""

from __future__ import annotations

import ast
import linecache
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modsvc_dsl.language import source

TEXT = dedent("""
    web = Web(
        port=80,
        hosts={
            "a": force(
                ["x",
                 "y"],
            ),
            "b": Inner(
                limit=3,
            ),
        },
    )
    made = module("made", definitions={
        "net.port": 1,
        ("net", "host"): when(True, "h"),
    })
    pairs = module("pairs", definitions=[
        ("net.port", 1),
        (("net", "list"), [
            10,
            20,
        ]),
    ])


    @decorated
    class Docs(
        Web,
    ):
        name: str
        table = {
            "one": 1,
            "two": 2,
        }

        @define(Web.port)
        def _port(self):
            def inner():
                return {"port": 0}
            if self.name:
                return {"port": 1}
            return {
                "host": 2,
            }
    """).lstrip()
LINES = TEXT.splitlines()


def kept(text: str, name: str) -> str:
    """A text as the file of that name."""
    linecache.cache[name] = len(text), None, text.splitlines(keepends=True), name
    return name


@pytest.fixture(autouse=True)
def file() -> str:
    """The text as a file that messages can read."""
    return kept(TEXT, "text.py")


def line_of(text: str) -> int:
    """The first line with a text, from 1."""
    return next(number for number, line in enumerate(LINES, 1) if text in line)


def span_of(start: str) -> source.Span:
    """The span of the call that begins with a text."""
    for node in ast.walk(ast.parse(TEXT)):
        if isinstance(node, ast.Call) and ast.get_source_segment(TEXT, node, padded=False):
            segment = ast.get_source_segment(TEXT, node) or ""
            if segment.startswith(start):
                end = node.end_lineno or 0, node.end_col_offset or 0
                return node.lineno, end[0], node.col_offset, end[1]
    raise AssertionError(start)


@pytest.mark.parametrize(
    ("call", "path", "name", "expected"),
    [
        ("Web(", ("port",), "port", "    port=80,"),
        ("Web(", ("hosts",), "hosts", "    hosts={"),
        ("Web(", ("services", "web", "hosts", "a"), "hosts", '            ["x",'),
        ("Web(", ("hosts", "a", 1), "hosts", '             "y"],'),
        ("Web(", ("hosts", "b", "limit"), "hosts", "            limit=3,"),
        ("Web(", ("hosts", "b", "other"), "hosts", '        "b": Inner('),
        ("Web(", ("hosts", "c"), "hosts", "    hosts={"),
        ("Web(", ("nothing",), "nothing", "web = Web("),
        ('module("made"', ("net", "port"), "", '    "net.port": 1,'),
        ('module("made"', ("net", "host"), "", '    ("net", "host"): when(True, "h"),'),
        ('module("pairs"', ("net", "port"), "", '    ("net.port", 1),'),
        ('module("pairs"', ("net", "list", 1), "", "        20,"),
    ],
)
def test_a_part_of_a_call(call: str, path: Any, name: str, expected: str) -> None:
    """As far as the text shows it: through properties, dicts, lists and instances."""
    found = source.line_in_call("text.py", span_of(call), path, name)
    assert LINES[found - 1] == expected


def test_keywords() -> None:
    """The line of a value; the call's own for a keyword that it has not."""
    assert source.keyword_line("text.py", span_of("Web("), "port") == line_of("port=80")
    assert source.keyword_line("text.py", span_of("Web("), "other") == line_of("web = Web(")
    assert source.keyword_line("text.py", (999, 999, 0, 0), "port") == 999


def test_a_part_of_a_statement() -> None:
    """Of an assignment, and of what a function returns: not of functions inside it."""
    table = line_of("table = {")
    assert source.line_in_statement("text.py", table, ("table", "two")) == line_of('"two": 2')
    assert source.line_in_statement("text.py", table, ("table",)) == table
    function = line_of("def _port")
    assert source.line_in_statement("text.py", function, ("process", "port")) == line_of(
        'return {"port": 1}'
    )
    assert source.line_in_statement("text.py", function, ("host",)) == line_of('"host": 2')
    assert source.line_in_statement("text.py", function, ("nothing",)) == function
    assert source.line_in_statement("text.py", 999, ("port",)) == 999


def test_decorators_and_annotations() -> None:
    """The decorator that mentions a name; the annotation of a name in a class."""
    function = line_of("def _port")
    assert source.decorator_line("text.py", function, "port") == line_of("@define(Web.port)")
    assert source.decorator_line("text.py", function, "other") == function
    for start in (line_of("@decorated"), line_of("class Docs")):
        assert source.annotation_line("text.py", start, "name") == line_of("name: str")
    assert source.annotation_line("text.py", line_of("class Docs"), "port") == line_of("class Docs")


def test_a_text_that_is_not_there_gives_the_lines_that_are_known() -> None:
    """No file, or one that is no Python any more: nothing is guessed."""
    assert source.text_of("/no/such/file.py", 3) == ""
    assert source.line_in_call("/no/such/file.py", (3, 4, 0, 9), ("port",), "port") == 3
    kept("web = Web(\n", "broken.py")
    assert source.line_in_statement("broken.py", 1, ("port",)) == 1


def test_a_file_that_changed_is_read_again(tmp_path: Path) -> None:
    """As a REPL or a test that writes files needs it."""
    file = tmp_path / "f.py"
    for text, expected in (("x = {\n 'a': 1}\n", 2), ("x = {\n\n\n 'a': 1}\n", 4)):
        file.write_text(text)
        linecache.checkcache(str(file))
        assert source.line_in_statement(str(file), 1, ("x", "a")) == expected


keys = st.text(st.characters(categories=["Ll"]), min_size=1, max_size=4)
nested = st.recursive(
    st.integers(), lambda inner: st.dictionaries(keys, inner, min_size=1, max_size=3), max_leaves=8
)


def written(value: Any, path: tuple[Any, ...], found: dict[tuple[Any, ...], int], text: str) -> str:
    """A value as source with each entry on a line of its own; `found` has the line of each."""
    found[path] = text.count("\n") + 1
    if not isinstance(value, dict):
        return text + repr(value)
    text += "{\n"
    for key, item in value.items():
        text = written(item, (*path, key), found, f"{text}{key!r}: ") + ",\n"
    return text + "}"


@given(st.dictionaries(keys, nested, min_size=1, max_size=3))
def test_every_entry_of_a_nested_dict_is_found(value: dict[str, Any]) -> None:
    """On the line on which its value begins, at any depth."""
    lines: dict[tuple[Any, ...], int] = {}
    text = written(value, (), lines, "option = ") + "\n"
    kept(text, "law.py")
    for path, line in lines.items():
        assert source.line_in_statement("law.py", 1, ("option", *path)) == line, (text, path)


def test_a_path_that_is_no_constant_is_not_known() -> None:
    """The call itself is named then."""
    text = 'made = module("m", definitions=[\n  (name, 1),\n  ("", 2),\n])\n'
    kept(text, "odd.py")
    assert source.line_in_call("odd.py", (1, 4, 7, 2), ("port",)) == 1


def test_the_class_around_a_line() -> None:
    """The innermost one; outside of classes none, nor where there is no source."""
    text = "one = 1\nclass A:\n  x = 2\n  class B:\n    y = 3\n  z = 4\ntwo = 2\n"
    kept(text, "around.py")
    found = [source.class_at("around.py", line) for line in range(1, 8)]
    assert found == ["", "A", "A", "B", "B", "A", ""]
    assert source.class_at("nowhere.py", 3) == ""


def test_many_threads_read_many_files() -> None:
    """Python makes one syntax tree at a time; else it raises SystemError now and then."""
    text = "f(\n  a=1,\n  b=2)\n" + "values = (1, [2, {3: 4}])\n" * 300
    names = [kept(text, f"text{number}.py") for number in range(40)]
    span = (1, 3, 0, len("  b=2)"))
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            found = [*pool.map(lambda name: source.keyword_line(name, span, "b"), names)]
    finally:
        sys.setswitchinterval(interval)
    assert found == [3] * len(names)
