"""What a class body may hold, and everything else it is told about."""

from __future__ import annotations

from typing import Any

import pytest

from modsvc_dsl import Module, define, imports, option, read_only
from modsvc_dsl.language.evaluation.evaluate import evaluate

from tests.language.mistakes import lines_of, mistake_of, mistakes_of, statements
from tests.language.services import Process, Service, Tls, Web

NAMES: dict[str, Any] = {
    name: value
    for name, value in globals().items()
    if value in (Module, define, imports, option, read_only, Process, Service, Tls, Web)
}


def body(text: str) -> Any:
    """The class X of a body."""
    indented = "\n".join(f"    {line}" for line in text.strip("\n").splitlines())
    return statements(f"class X(Web):\n{indented}", **NAMES)["X"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("prot = 1", "did you mean `port`"),
        ("other = 1", "no option of its bases"),
        ("other: int = 1", "option(default=1)"),
        ("count: int", "no value"),
        ("port: int", "no value"),
        ("def port(self): ...", "method over the option"),
        ("x = option()", "without a type"),
        ("@option\ndef x(self):\n    ...", "-> <type>"),
        ("port: int = option()", "declares the option port again"),
        ("port: str = 'x'", "another type"),
        ("imports: int = option()", "reserved"),
        ("imports = [Tls]", "@imports(...) above the class"),
        ("__x__: int = option()", "reserved"),
        ("port = 1\nport = 2", "bound twice"),
        ("x: int = option()\nx: int = option()", "bound twice"),
        ("@define(Process.argv)\ndef _a(self): ...\n_a = 3", "bound twice"),
        ("@define(Process.argv)\ndef _argv(self): ...", "another name to add"),
        ("def _argv(self): ...", "another name to add"),
        ("@define(option())\ndef _a(self): ...", "does not declare"),
    ],
)
def test_what_does_not_belong_in_a_body(text: str, words: str) -> None:
    """One mistake each, with the line of the name and what to write instead."""
    mistake = mistake_of(lambda: body(text))
    assert words in str(mistake)
    assert all(line > 0 for line in lines_of(mistake))


def test_lines_are_those_of_the_names() -> None:
    """Also behind long statements."""
    text = "port = (\n    1\n)\nfirst = 1\n\nsecond = {\n    'a': 1,\n}\n"
    first, second = mistakes_of(lambda: body(text))
    assert (lines_of(first), lines_of(second)) == ({5}, {7})


def test_helpers_may_be_bound_anew() -> None:
    """Functions, properties with setters and private names are Python's own business."""
    made = body(
        "_x = 1\n_x = 2\n"
        "def helper(self): return 1\ndef helper(self): return 2\n"
        "@property\ndef p(self): return 3\n@p.setter\ndef p(self, value): ..."
    )
    result = evaluate(made())
    assert (made._x, result.helper(), result.p) == (2, 2, 3)


def test_an_option_of_the_same_body_is_a_target() -> None:
    """Itself, and what is below it by key and attribute."""

    class Own(Module):
        table: dict[str, int] = option()
        process: Process = option()
        size: int = option(default=1)

        @define(table["a"])
        def _a(self) -> int:
            return self.size

        @define(process.argv)
        def _argv(self) -> list[str]:
            return ["x"]

        @define(size)
        def _size(self) -> int:
            return 5

    result = evaluate(Own())
    assert (result.table, result.process.argv, result.size) == ({"a": 5}, ["x"], 5)


def test_an_option_of_an_import_is_no_name_of_the_body() -> None:
    """It is defined by its class, as the message says."""
    text = str(mistake_of(lambda: body("certificate = 1")))
    assert "@define" in text


def test_a_class_over_an_option_is_told_from_a_method() -> None:
    """A module class was most likely meant as an instance of it."""
    text = "class X(Service):\n    process = Process\n    services = int"
    first, second = mistakes_of(lambda: statements(text, Service=Service, Process=Process))
    assert "X.process is a class over the option process of Service" in str(first)
    assert str(first).endswith("to fix: write process = Process(...)")
    assert str(second).endswith("to fix: give it another name")
