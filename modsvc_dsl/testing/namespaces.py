"""A command run among the processes of a container.

In: the id of the container's first process, an argument vector, bytes to read. Out: `Output`.
Refuses to know systemd; what a status means is the caller's business.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

ENVIRONMENT = {
    "HOME": "/root",
    "LANG": "C.UTF-8",
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "TERM": "dumb",
}
"""All that a command inside sees of an environment, so that no test depends on the caller's."""

_LAST_WORDS = 1.0
"""Seconds to read what a killed command had written."""


@dataclass(frozen=True, slots=True)
class Output:
    """What a command left; `status` is None where it was killed since its time was up, and
    negative where a signal ended it."""

    status: int | None
    stdout: bytes
    stderr: bytes


def run_inside(
    leader: int,
    argv: Sequence[str],
    *,
    stdin: bytes = b"",
    timeout: float | None = None,
    environment: Mapping[str, str] | None = None,
) -> Output:
    """Run `argv` as root in all namespaces of the process `leader` (its id on the host).

    Reads `stdin`, waits until the command ends and its output is closed, at most `timeout` seconds.
    The command and its children die when time is up or the wait is interrupted, except children
    that started a session of their own: those live until the container ends.
    """
    entering = ["nsenter", f"--target={leader}", "--all", "--root", "--wd", "--", *argv]
    with subprocess.Popen(
        entering,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**ENVIRONMENT, **(environment or {})},
        start_new_session=True,  # a group of its own, to be killed as one
    ) as process:
        try:
            stdout, stderr = process.communicate(stdin, timeout)
        except subprocess.TimeoutExpired:
            _kill_group(process.pid)
            return _last_words(process)
        except BaseException:
            _kill_group(process.pid)
            raise
        return Output(process.returncode, stdout, stderr)


def _kill_group(group: int) -> None:
    with suppress(ProcessLookupError):  # it ended just now
        os.killpg(group, signal.SIGKILL)


def _last_words(process: subprocess.Popen[bytes]) -> Output:
    try:
        stdout, stderr = process.communicate(timeout=_LAST_WORDS)
    except subprocess.TimeoutExpired as late:  # a process in another session keeps the output open
        return Output(None, late.stdout or b"", late.stderr or b"")
    return Output(None, stdout, stderr)
