"""The command as a user runs it: a process in a folder of its own.

In: files and arguments. Out: what the process wrote, and its exit code. Refuses to know what is right.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-P", "-m", "modsvc_dsl")
INHERITED = ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH")
PATIENCE = 120


@dataclass(frozen=True)
class Ended:
    """How a run ended. The folder it ran in appears as HERE in what it wrote."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Modsvc:
    """The command, run in `folder`."""

    folder: Path

    def write(self, name: str, text: str) -> Path:
        """Put a file into the folder."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def run(self, *arguments: str, environment: Mapping[str, str] = {}) -> Ended:
        """Run the command without a terminal; `environment` is added to a plain one."""
        done = subprocess.run(
            [*COMMAND, *arguments],
            cwd=self.folder,
            env=self.environment() | dict(environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
        )
        return Ended(done.returncode, self.plain(done.stdout), self.plain(done.stderr))

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start the command with pipes for its streams."""
        return subprocess.Popen(
            [*COMMAND, *arguments],
            cwd=self.folder,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def environment(self) -> dict[str, str]:
        """What every run has, whatever the tests were started with."""
        inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
        settings = {"LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT)}
        return inherited | settings

    def plain(self, written: bytes) -> str:
        """Text without the folder's own path."""
        return written.decode("utf-8").replace(str(self.folder), "HERE")
