"""The module system agrees with the original on every vector, blind and as printed source."""

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

from .comparing import counts, difference
from .outcome import outcome
from .source import source
from .vectors_in import VECTORS, vectors_in

ROOT = Path(__file__).resolve().parents[2]
ALL = list(vectors_in(VECTORS))
COUNTING = [vector for vector in ALL if counts(vector)]
GIVEN = frozenset(
    "id group about modules roots extend class specialArgs prefix select queries".split()
)


def stripped(vector: dict[str, Any]) -> dict[str, Any]:
    """A vector without anything that tells what is expected."""
    return {key: value for key, value in vector.items() if key in GIVEN}


@pytest.mark.parametrize("vector", COUNTING, ids=lambda vector: vector["id"])
def test_the_vector_agrees(vector: dict[str, Any]) -> None:
    """Without its expectation, a vector gives what the original gave."""
    assert difference(vector, outcome(stripped(vector))) == ""


def test_there_are_vectors() -> None:
    """The vectors are there, each with a name of its own and an expectation."""
    assert len(ALL) > 600
    assert len({vector["id"] for vector in ALL}) == len(ALL)
    assert all("ok" in vector["expect"] or "error" in vector["expect"] for vector in ALL)


@pytest.mark.parametrize("vector", ALL, ids=lambda vector: vector["id"])
def test_a_deviation_ends_cleanly(vector: dict[str, Any]) -> None:
    """Every vector, deviations too, gives a value or an error of ours, and is supported."""
    assert set(outcome(stripped(vector))) & {"ok", "error"}


@pytest.mark.parametrize("vector", ALL, ids=lambda vector: vector["id"])
def test_the_printed_vector_is_a_program(vector: dict[str, Any], tmp_path: Path) -> None:
    """A vector printed as a file imports modsvc_dsl alone, and run by itself gives the same."""
    text = source(vector)
    assert _imported(text) <= {"json", "typing", "modsvc_dsl"}
    file = tmp_path / "vector.py"
    file.write_text(text, "utf-8")
    line = outcome(vector)
    printed = io.StringIO()
    try:
        with redirect_stdout(printed):
            runpy.run_path(str(file), run_name="__main__")
    except (modsvc_dsl.Mistake, modsvc_dsl.Mistakes) as error:
        assert line.get("error") == modsvc_dsl.flatten(error)[0].category
    else:
        assert json.loads(printed.getvalue()) == line["ok"]


def _imported(text: str) -> set[str]:
    nodes = ast.walk(ast.parse(text))
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    froms = [node.module for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ImportFrom)]
    return {*names, *filter(None, froms)}


def test_the_command_prints_a_line_for_each_vector(tmp_path: Path) -> None:
    """`python -m tests.conformance DIR` prints a result line for each vector in a folder."""
    some = [stripped(vector) for vector in ALL[:3]]
    (tmp_path / "some.json").write_text(json.dumps(some), "utf-8")
    done = _command(str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert [json.loads(line) for line in done.stdout.splitlines()] == list(map(outcome, some))


def test_the_command_prints_a_vector_as_python() -> None:
    """`python -m tests.conformance --print ID` prints the file that `source` makes."""
    done = _command("--print", ALL[0]["id"])
    assert done.returncode == 0, done.stderr
    assert done.stdout == source(ALL[0])


@pytest.mark.parametrize("arguments", [[], ["/no/such/folder"], ["--print", "ms-none"]])
def test_a_wrong_use_says_so(arguments: list[str]) -> None:
    """A wrong use of the command prints nothing and exits with 2."""
    done = _command(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr


def _command(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.conformance", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
