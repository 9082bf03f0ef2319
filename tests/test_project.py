"""The project's own files agree with each other: pyproject.toml, the checkers, the pages.

In: the files at the top of this repository. Out: a failing test which says what to write. Refuses to
know the package's code.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.house import python_folders

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def pyproject() -> dict[str, Any]:
    """The project file, as TOML gives it: no type of ours describes it."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_both_checkers_read_every_folder(pyproject: dict[str, Any]) -> None:
    """A new folder with Python in it is written into [tool.mypy] and [tool.pyright]."""
    folders = python_folders(ROOT)
    assert {"modsvc_dsl", "tests"} <= set(folders)
    assert sorted(pyproject["tool"]["mypy"]["files"]) == folders
    assert sorted(pyproject["tool"]["pyright"]["include"]) == folders


MEANT_TO_FAIL = ("tests/typing/rejected.py", "tests/typing/cases/refused", "tests/golden")


def test_what_must_fail_is_left_out_by_both_checkers(pyproject: dict[str, Any]) -> None:
    """Code that is meant to fail, and files that programs wrote, are not read; all else is."""
    patterns = pyproject["tool"]["mypy"]["exclude"]
    for path in MEANT_TO_FAIL:
        name = path if path.endswith(".py") else f"{path}/some.py"
        assert any(re.search(pattern, name) for pattern in patterns)
    for path in ("tests/typing/accepted.py", "tests/typing/test_typing.py", "examples/visits.py"):
        assert not any(re.search(pattern, path) for pattern in patterns)
    left_out = pyproject["tool"]["pyright"]["exclude"]
    assert left_out == ["**/__pycache__", "**/.*", *MEANT_TO_FAIL]


def test_the_package_says_that_it_is_typed() -> None:
    """Without this file no checker reads the annotations of an installed package (PEP 561)."""
    assert (ROOT / "modsvc_dsl" / "py.typed").is_file()


def test_the_readme_is_the_description_on_the_index(pyproject: dict[str, Any]) -> None:
    """Where there is a README.md, `[project]` has `readme = "README.md"`."""
    expected = "README.md" if (ROOT / "README.md").exists() else None
    assert pyproject["project"].get("readme") == expected


def test_the_tools_are_listed_once(pyproject: dict[str, Any]) -> None:
    """The dependency group is the extra."""
    assert pyproject["dependency-groups"]["dev"] == ["modsvc-dsl[dev]"]


def test_every_dependency_says_what_it_is_for(pyproject: dict[str, Any]) -> None:
    """Each has its line in the decision page, which starts with its name in backticks."""
    page = (ROOT / "docs" / "decisions" / "0001-dependencies.md").read_text(encoding="utf-8")
    written = set(re.findall(r"^\| `([^`]+)` \|", page, flags=re.MULTILINE))
    project = pyproject["project"]
    needed = [*project["dependencies"], *pyproject["build-system"]["requires"]]
    for extra in project["optional-dependencies"].values():
        needed += extra
    assert {re.split(r"[\[<>=!~; ]", each)[0] for each in needed} == written


def test_the_changelog_tells_of_this_version(pyproject: dict[str, Any]) -> None:
    """Its newest heading is `Unreleased`, or the version of the project file."""
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## \[([^]]+)\]", changelog, flags=re.MULTILINE)
    assert headings[0] in ("Unreleased", pyproject["project"]["version"])


# A skipped end-to-end test

SKIPS = {
    "e2e/test_a.py": "import pytest\n@pytest.mark.skip(reason='no root')\ndef test_a(): ...",
    "e2e/test_b.py": "import pytest\npytest.skip('no root', allow_module_level=True)",
    "test_c.py": "import pytest\n@pytest.mark.needs_machine\ndef test_c(): pytest.skip('no root')",
    "test_d.py": "import pytest\n@pytest.fixture\ndef m(): pytest.skip('no root')\n"
    "@pytest.mark.needs_supervisor\ndef test_d(m): ...",
}
ALLOWED = {
    "test_e.py": "import pytest\ndef test_e(): pytest.skip('elsewhere')",
    "e2e/test_f.py": "import pytest\n@pytest.mark.xfail(reason='a bug')\ndef test_f(): assert False",
    "e2e/test_g.py": "def test_g(): ...",
}


def run_tests(place: Path, files: dict[str, str], required: str) -> tuple[int, str]:
    """Exit status and output of pytest over `files`, which have this repository's conftest."""
    (place / "tests" / "e2e").mkdir(parents=True)
    shutil.copy(ROOT / "pyproject.toml", place)
    shutil.copy(ROOT / "tests" / "conftest.py", place / "tests")
    for path, text in files.items():
        (place / "tests" / path).write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "--color=no", "-p", "no:cacheprovider", "tests"]
    environment = os.environ | {"MODSVC_REQUIRE_MACHINE": required}
    done = subprocess.run(
        command, cwd=place, env=environment, capture_output=True, text=True, timeout=120
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("path", SKIPS)
def test_a_required_test_may_not_skip(tmp_path: Path, path: str) -> None:
    """With MODSVC_REQUIRE_MACHINE=1 the skip fails the run and its reason is shown."""
    status, output = run_tests(tmp_path, {path: SKIPS[path]}, required="1")
    assert status != 0, output
    assert "did not run: " in output
    assert "no root" in output


def test_other_skips_are_allowed(tmp_path: Path) -> None:
    """An ordinary skip, an expected failure and a passing end-to-end test do not fail the run."""
    status, output = run_tests(tmp_path, ALLOWED, required="1")
    assert status == 0, output
    assert "1 passed, 1 skipped, 1 xfailed" in output


def test_without_the_demand_all_may_skip(tmp_path: Path) -> None:
    """On a contributor's machine a skip is a skip."""
    status, output = run_tests(tmp_path, SKIPS | ALLOWED, required="")
    assert status == 0, output
    assert "1 passed, 5 skipped, 1 xfailed" in output


def test_the_package_works_from_an_archive(tmp_path: Path) -> None:
    """Its tables of directives are in it as the sources are."""
    archive = tmp_path / "library.zip"
    with zipfile.ZipFile(archive, "w") as made:
        for file in sorted((ROOT / "modsvc_dsl").rglob("*")):
            if file.suffix in (".py", ".json"):
                made.write(file, file.relative_to(ROOT))
    program = (
        "import modsvc_dsl as m\n"
        "host = m.Host(services={'a': m.Service(process=m.Process(argv=['/bin/true']))})\n"
        "print(m.__file__, *m.build(m.check(m.evaluate(host))).trees['host'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": str(archive)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.stdout.startswith(str(archive)) and "etc/systemd/system/a.service" in done.stdout
