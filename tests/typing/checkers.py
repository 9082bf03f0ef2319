"""mypy and pyright, run on files of users' code.

In: a checker's name and files. Out: for each file, the lines with an error, each with its text.
Refuses to know what should be refused: the marks in the files say so.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Collection, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
MARK = "# refused"
Errors = Mapping[Path, Mapping[int, str]]
"""File -> line, counted from 1 -> what the checker says of it."""


def mypy(files: Collection[Path], _folder: Path) -> str:
    """The output of `mypy --strict`, paths relative to the root."""
    strict = ["--strict", "--no-error-summary", "--follow-imports=silent"]
    return _run([sys.executable, "-m", "mypy", *strict, *map(str, files)])


def pyright(files: Collection[Path], folder: Path) -> str:
    """The output of pyright, whose settings are written into `folder`.

    Files in which nothing is to be refused are read strictly.
    """
    settings = {
        "include": [os.path.relpath(file, folder) for file in files],
        "extraPaths": [str(ROOT)],
        "pythonVersion": "3.11",
        "typeCheckingMode": "standard",
        "strict": [os.path.relpath(file, folder) for file in files if not marked(file)],
    }
    (folder / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    return _run([sys.executable, "-m", "pyright", "-p", str(folder)])


CHECKERS = {"mypy": mypy, "pyright": pyright}
_ERROR = re.compile(r"\s*([^:]+\.py):(\d+)(?::\d+)?(?: -|:) error:? ?(.*)")


def _run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done.stdout


def errors(checker: str, files: Collection[Path], folder: Path) -> Errors:
    """What a checker says of files; settings it needs are put into `folder`."""
    found: dict[Path, dict[int, str]] = {file: {} for file in files}
    for line in CHECKERS[checker](found, folder).splitlines():
        match = _ERROR.match(line)
        if match:
            found[ROOT / match[1]].setdefault(int(match[2]), match[3])
    return found


def marked(file: Path) -> set[int]:
    """The lines of a file that a checker has to refuse."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return {number for number, line in enumerate(lines, 1) if line.endswith(MARK)}


def disagreements(file: Path, found: Mapping[int, str]) -> list[str]:
    """Where a checker says too much or too little, one a line.

    An error on a decorated class may stand on the line of the decorator or of the class.
    """
    lines = file.read_text(encoding="utf-8").splitlines()
    wanted = marked(file)
    said = set(found)
    for number in wanted - said:
        if lines[number - 1].startswith("@") and number + 1 in said:
            said = said - {number + 1} | {number}
    missed = [f"{file.name}:{n}: not refused: {lines[n - 1].strip()}" for n in wanted - said]
    added = [f"{file.name}:{n}: refused: {lines[n - 1].strip()}: {found[n]}" for n in said - wanted]
    return sorted(missed + added)
