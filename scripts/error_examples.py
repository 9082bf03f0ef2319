"""Examples in Markdown, run: what their Python files raise, and what their commands print.

In: the text of a page, whose fenced blocks are Python files, messages and commands. Out: the same
text with every message and every output as it is now. Refuses to judge them.

    ```python NAME.py       a file; the last one before a block of text is the one that is run
    ```text                 what it raises: `str()` of a mistake, else nothing
    ```console              commands behind `$ `, each with what it prints below it
    ```conf NAME            any other file
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from modsvc_dsl import Mistake, Mistakes

MAIN = "services.py"
"""The name of a Python block that says none."""

SHOWN_AS = "/home/you/site"
"""What pages write for the folder in which their examples are run."""

ROOT = Path(__file__).parents[1]

_BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMAND = '#!/bin/sh\nexec {python} -m modsvc_dsl "$@"\n'


class NoMistake(Exception):
    """An example that was to make a mistake and runs to its end, or fails with something else."""


@dataclass(frozen=True)
class Block:
    """One fenced block: its language, the file's name if it is one, its text."""

    language: str
    name: str
    text: str


def blocks_in(text: str) -> list[Block]:
    """The fenced blocks of a page, in order."""
    return [_block(found) for found in _BLOCK.finditer(text)]


def _block(found: re.Match[str]) -> Block:
    name = found[2] or (MAIN if found[1] == "python" else "")
    return Block(found[1], name, found[3])


def rerun(text: str, folder: Path) -> str:
    """A page with its messages and outputs made anew, in a folder of their own.

    Raises NoMistake for a block of text behind Python that raises none of ours.
    """
    files: dict[str, str] = {}
    main = ""

    def replaced(found: re.Match[str]) -> str:
        nonlocal main
        block = _block(found)
        head = found[0].partition("\n")[0]
        if block.language == "python":
            files[block.name] = block.text
            main = block.name
            return found[0]
        if block.name:
            files[block.name] = block.text
        if block.language == "text":
            return f"{head}\n{told(files, main, folder)}\n```"
        if block.language == "console":
            return f"{head}\n{session(block.text, files, folder)}```"
        return found[0]

    return _BLOCK.sub(replaced, text)


def told(files: Mapping[str, str], main: str, folder: Path) -> str:
    """The message of running a file beside others. Raises NoMistake."""
    error = raised_by(files, main, folder)
    if not isinstance(error, (Mistake, Mistakes)):
        found = "nothing" if error is None else f"{type(error).__name__}: {error}"
        raise NoMistake(f"{main} raises {found}, where a mistake is to be shown")
    return str(error).replace(f"{folder}/", "")


def raised_by(files: Mapping[str, str], main: str, folder: Path) -> Exception | None:
    """What running the file `main` in `folder` raises, beside the other files. None: nothing."""
    write(files, folder)
    path = folder / main
    code = compile(files[main], str(path), "exec", dont_inherit=True)
    with _importing_from(folder):
        module = sys.modules[path.stem] = ModuleType(path.stem)
        module.__file__ = str(path)
        try:
            exec(code, module.__dict__)
        except Exception as error:
            return error
    return None


def write(files: Mapping[str, str], folder: Path) -> None:
    """The files of an example, on disk."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@contextmanager
def _importing_from(folder: Path) -> Generator[None, None, None]:
    """Let files of a folder import each other, and forget them afterwards."""
    before = dict(sys.modules)
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        for name, module in list(sys.modules.items()):
            if str(getattr(module, "__file__", "")).startswith(str(folder)):
                del sys.modules[name]
                if name in before:
                    sys.modules[name] = before[name]


def session(text: str, files: Mapping[str, str], folder: Path) -> str:
    """Commands, each with what it prints on both streams; the exit status where it is not 0."""
    write(files, folder)
    lines: list[str] = []
    for command in re.findall(r"^\$ (.*)$", text, re.MULTILINE):
        done = subprocess.run(
            ["sh", "-c", command],
            cwd=folder,
            env=_environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
        )
        lines += [f"$ {command}", done.stdout.replace(str(folder), SHOWN_AS).rstrip("\n")]
        lines += [f"[exit status {done.returncode}]"] if done.returncode else []
    return "".join(f"{line}\n" for line in lines if line)


def _environment(folder: Path) -> dict[str, str]:
    """What commands see: `modsvc` is this one, and nothing is coloured."""
    commands = folder / ".commands"
    if not commands.exists():
        commands.mkdir()
        command = commands / "modsvc"
        command.write_text(_COMMAND.format(python=sys.executable), encoding="utf-8")
        command.chmod(0o755)
    path = f"{commands}:{os.environ.get('PATH', os.defpath)}"
    return {"PATH": path, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "NO_COLOR": "1"}
