"""A command run on the host to make or remove a machine's surroundings: mount, umount.

In: an argument vector. Out: nothing, or `HostCommandFailed`. Refuses to know the machine; commands
inside one are run by `namespaces`.
"""

from __future__ import annotations

import subprocess

from modsvc_dsl.testing.errors import HostCommandFailed


def run_on_host(*argv: str) -> None:
    """Run `argv` and wait for it. Raises `HostCommandFailed` with its status and error output."""
    done = subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode != 0:
        raise HostCommandFailed(argv, done.returncode, done.stderr or done.stdout)
