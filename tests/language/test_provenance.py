"""Places: their lines are those that Python itself says."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from types import CodeType

import pytest

import modsvc_dsl.language.declaration.body
import modsvc_dsl.language.types.annotation
import modsvc_dsl.managers.systemd.escaping
from modsvc_dsl.language.provenance import CallSite

FILES = [
    modsvc_dsl.language.declaration.body.__file__,
    modsvc_dsl.language.types.annotation.__file__,
    modsvc_dsl.managers.systemd.escaping.__file__,
    ast.__file__,
]


def codes(code: CodeType) -> Iterator[CodeType]:
    """A code and all codes in it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from codes(constant)


@pytest.mark.parametrize("file", FILES, ids=[Path(str(file)).name for file in FILES])
def test_the_line_of_a_call_is_the_first_line_of_its_instruction(file: str) -> None:
    """At every offset of every code of long files; found again from what was kept."""
    whole = compile(Path(file).read_text(encoding="utf-8"), file, "exec")
    for code in codes(whole):
        for index, (line, _, _, _) in enumerate(code.co_positions()):
            expected = code.co_firstlineno if line is None else line
            location = CallSite(code, 2 * index).locate()
            assert (location.file, location.line) == (file, expected), (code, index)


def test_codes_of_one_text_are_told_apart() -> None:
    """Two equal codes of two files: each call is in its own."""
    first, second = (compile("f(\n 1)", name, "exec") for name in ("one.py", "two.py"))
    assert [CallSite(code, 4).locate().file for code in (first, second)] == ["one.py", "two.py"]
