"""What checkers take and refuse of users' code, and that they agree with what runs."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from uuid import uuid4

import pytest

from tests.typing.checkers import CHECKERS, Errors, disagreements, errors, marked

HERE = Path(__file__).parent
ACCEPTED = [HERE / "accepted.py", *sorted((HERE / "cases" / "accepted").glob("*.py"))]
REFUSED = [HERE / "rejected.py", *sorted((HERE / "cases" / "refused").glob("*.py"))]


def shown(file: Path) -> str:
    """A file as the name of a case."""
    return file.relative_to(HERE).as_posix()


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Errors]:
    """What each checker says of all files."""
    files = [*ACCEPTED, *REFUSED]
    return {name: errors(name, files, tmp_path_factory.mktemp(name)) for name in CHECKERS}


@pytest.mark.parametrize("checker", CHECKERS)
@pytest.mark.parametrize("file", ACCEPTED, ids=shown)
def test_checkers_accept_every_line(file: Path, checker: str, verdicts: dict[str, Errors]) -> None:
    """mypy --strict and strict pyright have nothing to say of what a user may write."""
    assert not marked(file)
    assert not verdicts[checker][file]


@pytest.mark.parametrize("checker", CHECKERS)
@pytest.mark.parametrize("file", REFUSED, ids=shown)
def test_checkers_refuse_the_marked_lines_only(
    file: Path, checker: str, verdicts: dict[str, Errors]
) -> None:
    """Each line marked `# refused` has an error under both checkers, and no other line has one."""
    assert marked(file)
    assert not disagreements(file, verdicts[checker][file])


def test_a_verdict_that_differs_from_the_marks_is_seen(tmp_path: Path) -> None:
    """A missed line, a line too much and an error on a decorated class are told apart."""
    file = tmp_path / "file.py"
    file.write_text("a = 1  # refused\nb = 2\n@c  # refused\nclass D: ...\n")
    assert marked(file) == {1, 3}
    assert disagreements(file, {1: "x", 4: "y"}) == []
    assert disagreements(file, {2: "x", 3: "y"}) == [
        "file.py:1: not refused: a = 1  # refused",
        "file.py:2: refused: b = 2: x",
    ]


@pytest.mark.parametrize("checker", CHECKERS)
def test_a_checker_reports_the_line(checker: str, tmp_path: Path) -> None:
    """Each checker is run, strictly, and its errors are read with file and line."""
    file = tmp_path / f"wrong_{uuid4().hex}.py"  # mypy keeps what it said of a module by its name
    file.write_text("a: int = 1\nb: int = 'x'\n\n\ndef c(d):\n    return d\n")
    assert set(errors(checker, [file], tmp_path)[file]) >= {2, 5}


@pytest.fixture
def loaded() -> Iterator[list[str]]:
    """The names of modules that a test loads, which are forgotten afterwards."""
    names: list[str] = []
    yield names
    for name in names:
        sys.modules.pop(name, None)


def load(file: Path, loaded: list[str]) -> ModuleType:
    """A case as a module."""
    name = f"typing_case_{file.stem}"
    loaded.append(name)
    spec = importlib.util.spec_from_file_location(name, file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("file", ACCEPTED, ids=shown)
def test_what_checkers_accept_runs(file: Path, loaded: list[str]) -> None:
    """No line that the checkers accept is refused when it runs."""
    assert load(file, loaded).__doc__
