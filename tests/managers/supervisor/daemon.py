"""A real supervisord over a tree, in the foreground, with everything of its own in one folder.

In: a tree and a folder. Out: the states of its programs, and its log. Refuses to touch the machine's
own supervisord: it has another configuration, socket and process number.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from modsvc_dsl.managers.tree import Tree
from modsvc_dsl.output.publish import publish

PATIENCE = 60.0
"""Seconds after which what a test waits for is not to come any more."""

CONFIG = """\
[unix_http_server]
file={folder}/socket

[supervisord]
logfile={folder}/log
pidfile={folder}/pid
childlogdir={folder}/output
nodaemon=true
silent=true
minfds=8192
environment=FROM_SUPERVISORD="yes",GIVEN="by supervisord"
{user}

[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface

[supervisorctl]
serverurl=unix://{folder}/socket

[include]
files={programs}/*.conf
"""


def find(command: str) -> str:
    """The path of a command of supervisor's; the test is skipped where there is none."""
    found = shutil.which(command)
    if found is None:
        pytest.skip(f"there is no {command}: apt-get install supervisor")
    return found


class Daemon:
    """A running supervisord. `process` is its process, `folder` what it keeps."""

    def __init__(self, folder: Path, process: subprocess.Popen[bytes]) -> None:
        self.folder = folder
        self.process = process

    def states(self) -> dict[str, str]:
        """The state of each program by its name, such as RUNNING and EXITED."""
        command = [find("supervisorctl"), "-c", str(self.folder / "config"), "status"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
        lines = [line.split() for line in done.stdout.splitlines()]
        return {line[0]: line[1] for line in lines if len(line) > 1 and line[1].isupper()}

    def log(self) -> str:
        """What supervisord has said so far."""
        path = self.folder / "log"
        return path.read_text() if path.exists() else ""

    def wait_for(self, what: str, holds: Callable[[], bool]) -> None:
        """Wait until something holds; a failure gives supervisord's log."""
        end = time.monotonic() + PATIENCE
        while not holds():
            if self.process.poll() is not None:
                raise AssertionError(f"supervisord ended:\n{self.log()}")
            if time.monotonic() > end:
                raise AssertionError(f"{what} did not come:\n{self.log()}")
            time.sleep(0.05)


@contextmanager
def run(tree: Tree, *, over_etc: bool = False) -> Generator[Daemon]:
    """supervisord with the programs of a tree, until the block ends.

    With `over_etc` the tree's etc lies over the machine's, for this supervisord and its programs only;
    that takes root.
    """
    supervisord = find("supervisord")
    folder = Path(tempfile.mkdtemp(prefix="supervisor-"))  # short: a socket's path has 107 bytes
    folder.chmod(0o755)
    try:
        (folder / "output").mkdir()
        publish({"host": tree}, folder / "out", base=folder)
        etc = folder / "out" / "host" / "etc"
        user = "user=root" if os.getuid() == 0 else ""
        programs = etc / "supervisor" / "conf.d"
        config = CONFIG.format(folder=folder, programs=programs, user=user)
        (folder / "config").write_text(config)
        command = [supervisord, "-c", str(folder / "config")]
        if over_etc:
            mount = f"mount -t overlay modsvc -o lowerdir={etc}:/etc /etc"
            command = ["unshare", "--mount", "sh", "-ec", f'{mount}; exec "$@"', "sh", *command]
        environment = {**os.environ, "LC_ALL": "C.UTF-8", "UNWANTED": "there"}
        with subprocess.Popen(command, env=environment, cwd=folder) as process:
            try:
                yield Daemon(folder, process)
            finally:
                process.terminate()
                process.wait(timeout=PATIENCE)
    finally:
        shutil.rmtree(folder)
