"""Users' files with a mistake in them, and the message that each gets.

In: pages of Markdown, where a heading is followed by Python files and by the message. Out: `Case`s,
and what running one of them raises. Refuses to judge a message: pages are read and agreed on by
people. `python -m tests.bad_input.cases` writes the messages of all pages anew.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType

from modsvc_dsl import Mistake, Mistakes

PAGES = Path(__file__).parent / "messages"

MAIN = "user.py"
"""The file that is run, where a block of Python says no other name."""

_BLOCK = re.compile(r"^```(\w+) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Case:
    """One mistake: a title, the files by name, and the message."""

    page: str
    title: str
    files: dict[str, str]
    message: str

    def __str__(self) -> str:
        return f"{self.page}: {self.title}"


class NoMistake(Exception):
    """A case that runs to its end, or fails with anything but a mistake of ours."""


def read_page(path: Path) -> list[Case]:
    """The cases of a page, in order."""
    sections = path.read_text(encoding="utf-8").split("\n## ")[1:]
    return [_case(path.stem, section) for section in sections]


def _case(page: str, section: str) -> Case:
    title = section.partition("\n")[0]
    files: dict[str, str] = {}
    message = ""
    for language, name, text in _BLOCK.findall(section):
        if language == "python":
            files[name or MAIN] = text
        else:
            message = text.rstrip("\n")
    return Case(page, title, files, message)


def all_cases() -> list[Case]:
    """The cases of all pages."""
    return [case for path in sorted(PAGES.glob("*.md")) for case in read_page(path)]


def error_of(case: Case, folder: Path) -> Mistake | Mistakes:
    """What running a case's main file in `folder` raises. Raises NoMistake where it is not ours."""
    for name, text in case.files.items():
        (folder / name).write_text(text, encoding="utf-8")
    main = folder / MAIN
    code = compile(case.files[MAIN], str(main), "exec", dont_inherit=True)
    with _importing_from(folder):
        module = sys.modules["user"] = ModuleType("user")
        module.__file__ = str(main)
        try:
            exec(code, module.__dict__)
        except (Mistake, Mistakes) as error:
            return error
        except Exception as error:
            raise NoMistake(f"{case} raises {type(error).__name__}") from error
    raise NoMistake(f"{case} is no mistake")


def message_of(case: Case, folder: Path) -> str:
    """The whole message of a case, with files named as the case names them."""
    return str(error_of(case, folder)).replace(f"{folder}/", "")


@contextmanager
def _importing_from(folder: Path) -> Generator[None, None, None]:
    """Let the case's files import each other, and forget them afterwards."""
    before = set(sys.modules)
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        for name in set(sys.modules) - before:
            if str(getattr(sys.modules[name], "__file__", "")).startswith(str(folder)):
                del sys.modules[name]


def write_page(path: Path) -> None:
    """Write the messages of a page anew, everything else as it stands."""
    head, *sections = path.read_text(encoding="utf-8").split("\n## ")
    written = [head]
    for section in sections:
        case = _case(path.stem, section)
        with tempfile.TemporaryDirectory() as folder:
            told = replace(case, message=message_of(case, Path(folder)))
        written.append(_shown(told, section))
    path.write_text("\n## ".join(written), encoding="utf-8")


def _shown(case: Case, section: str) -> str:
    """A section with the message of a case in it."""
    source = section.partition("\n```text\n")[0].rstrip("\n")
    return f"{source}\n\n```text\n{case.message}\n```\n"


if __name__ == "__main__":
    for each in sorted(PAGES.glob("*.md")):
        write_page(each)
