"""The program `systemd-analyze`, and the folder in which it finds the units that it looks at.

In: the tree of a host. Out: what the program printed. Refuses to understand it. The units lie in a folder
of their own for as long as it runs, before all other folders of units, so that units of this machine are
found, too; nothing is started.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from ..language.errors import Report
from ..managers.systemd.scope import SYSTEM, USER, Scope
from ..managers.tree import File, Tree
from .exits import Exit, Failure

PROGRAM = "systemd-analyze"
PATIENCE = 120
"""Seconds for one run; a thousand units take less than one."""


def installed() -> int | None:
    """The version of systemd-analyze, None where there is none."""
    program = shutil.which(PROGRAM)
    if program is None:
        return None
    said = run([program, "--version"], {})
    version = re.match(r"systemd (\d+)", said)
    if version is None:
        raise broken(f"`{PROGRAM} --version` says {said.strip()!r}")
    return int(version[1])


MEMORY = "/dev/shm"
"""Where Linux has files that are in memory only (shm_overview(7))."""


def in_memory() -> str | None:
    """A folder for thousands of small files that live for a moment; None for the usual one.

    It is the usual one where TMPDIR says which that is.
    """
    fits = "TMPDIR" not in os.environ and os.path.isdir(MEMORY)
    return MEMORY if fits and os.access(MEMORY, os.W_OK | os.X_OK) else None


def write_units(tree: Tree, top: Path, scope: Scope = SYSTEM) -> Path:
    """A folder with units and links between them; nothing else of a tree matters here."""
    folder = top / "units"
    folder.mkdir()
    for path, entry in tree.items():
        if not path.startswith(f"{scope.units}/"):
            continue
        at = folder / path.removeprefix(f"{scope.units}/")
        at.parent.mkdir(exist_ok=True)
        if isinstance(entry, File):
            at.write_bytes(entry.content)
        else:
            at.symlink_to(entry.target)
    return folder


def whose(scope: Scope) -> list[str]:
    """The option of systemd-analyze that says whose units it looks at."""
    return ["--user"] if scope is USER else []


def surroundings(folder: Path) -> dict[str, str]:
    """What systemd-analyze has to know to find units in a folder first.

    A user's manager wants a runtime directory: one of its own, where nothing runs.
    """
    runtime = folder.with_name("run")
    runtime.mkdir(exist_ok=True)
    return {"SYSTEMD_UNIT_PATH": f"{folder}:", "XDG_RUNTIME_DIR": str(runtime)}


class Running:
    """The program at work, with nothing of systemd's in its environment but what it is given.

    It prints to files, which nobody has to read meanwhile. To be left with `with`, which stops it if it is
    not done. Raises Failure where it cannot be started.
    """

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._out, self._err = (tempfile.TemporaryFile(dir=in_memory()) for _ in range(2))
        try:
            self._process = subprocess.Popen(
                command,
                env={**_inherited(), **environment},
                stdin=subprocess.DEVNULL,
                stdout=self._out,
                stderr=self._err,
            )
        except OSError as error:
            self._close()
            raise broken(error.strerror or str(error)) from error

    def __enter__(self) -> Running:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()  # does nothing to what has ended
        self._process.wait()
        self._close()

    def _close(self) -> None:
        self._out.close()
        self._err.close()

    def ended(self) -> tuple[int, str, str]:
        """Its exit code, its output, and what it said of errors. Raises Failure where it does not end."""
        try:
            code = self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            raise broken(f"it did not end within {PATIENCE} seconds") from None
        return code, _text(self._out), _text(self._err)


def run(command: Sequence[str], environment: Mapping[str, str]) -> str:
    """Its output. Raises Failure."""
    with Running(command, environment) as running:
        return running.ended()[1]


def _inherited() -> dict[str, str]:
    """The environment, with nothing of systemd's but what makes it print plain text."""
    inherited = {name: text for name, text in os.environ.items() if not name.startswith("SYSTEMD_")}
    settings = {"LC_ALL": "C.UTF-8", "SYSTEMD_COLORS": "0", "SYSTEMD_LOG_TARGET": "console"}
    return {**inherited, **settings, "SYSTEMD_LOG_LEVEL": "info"}


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode(errors="backslashreplace")


def broken(why: str) -> Failure:
    """The failure of a run that nobody can rely on."""
    what = f"{PROGRAM} could not look at the units"
    advice = "run it by hand on the built units, or uninstall it if it does not work here"
    return Failure(Exit.FINDINGS, Report(what, (why,), advice=(advice,)))
