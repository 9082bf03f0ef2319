"""Modular services agree with the original on every vector, blind, and as printed source."""

from __future__ import annotations

import ast
import io
import json
import runpy
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

import modsvc_dsl
from tests.conformance.services.comparing import difference
from tests.conformance.services.outcome import outcome
from tests.conformance.services.source import source
from tests.conformance.vectors_in import SERVICES, vectors_in

ROOT = Path(__file__).resolve().parents[3]
ALL = list(vectors_in(SERVICES))
COUNTING = [vector for vector in ALL if "deviation" not in vector]
WISHED = [vector for vector in ALL if "expectOurs" in vector]


def stripped(vector: dict[str, Any]) -> dict[str, Any]:
    """A vector without anything that tells what is expected."""
    return {key: vector[key] for key in ("id", "group", "about", "modules", "roots")}


def test_there_are_vectors() -> None:
    """Each with a name of its own; those that do not count say why."""
    assert len(ALL) > 200 and len(COUNTING) > 190 and len(WISHED) > 9
    assert len({vector["id"] for vector in ALL}) == len(ALL)


@pytest.mark.parametrize("vector", COUNTING, ids=lambda vector: vector["id"])
def test_the_vector_agrees(vector: dict[str, Any]) -> None:
    """Without its expectation, a vector gives what the original gave."""
    assert difference(vector, outcome(stripped(vector))) == ""


@pytest.mark.parametrize("vector", WISHED, ids=lambda vector: vector["id"])
def test_a_deviation_is_what_was_decided(vector: dict[str, Any]) -> None:
    """Where the original does what it should not, this is refused, or has no such units."""
    line, wish = outcome(stripped(vector)), vector["expectOurs"]
    if "error" in wish:
        assert "error" in line
    else:
        assert not set(wish["units_without"]) & set(line["ok"]["units"])


@pytest.mark.parametrize("vector", ALL[::7], ids=lambda vector: vector["id"])
def test_the_printed_vector_is_a_program(vector: dict[str, Any], tmp_path: Path) -> None:
    """A vector printed as a file imports modsvc_dsl alone, and run by itself builds the same tree."""
    text = source(vector)
    imported = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ImportFrom)]
    assert {node.module for node in imported} <= {"modsvc_dsl", "typing", "pathlib"}
    assert not any(isinstance(node, ast.Import) for node in ast.walk(ast.parse(text)))
    file = tmp_path / "vector.py"
    file.write_text(text, "utf-8")
    line = outcome(vector)
    printed = io.StringIO()
    try:
        with redirect_stdout(printed):
            runpy.run_path(str(file), run_name="__main__")
    except (modsvc_dsl.Mistake, modsvc_dsl.Mistakes):
        assert "error" in line or line["ok"]["failedAssertions"] or vector.get("deviation")
    else:
        assert all(f"/{name}" in printed.getvalue() for name in line["ok"]["units"])


def test_the_command_prints_a_line_for_each_vector(tmp_path: Path) -> None:
    """`python -m tests.conformance --services DIR`."""
    some = [stripped(vector) for vector in ALL[:3]]
    (tmp_path / "some.json").write_text(json.dumps(some), "utf-8")
    done = _command("--services", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert [json.loads(line) for line in done.stdout.splitlines()] == list(map(outcome, some))


def test_the_command_prints_a_vector_as_python() -> None:
    """`python -m tests.conformance --services --print ID`."""
    done = _command("--services", "--print", ALL[0]["id"])
    assert done.returncode == 0, done.stderr
    assert done.stdout == source(ALL[0])


def _command(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.conformance", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
