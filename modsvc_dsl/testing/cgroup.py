"""The control groups a container lives in, so that nothing of it can outlast it.

In: the host's /proc. Out: `ControlGroup`, made before the container and removed after it with
every process left in it. Refuses to know what runs in the group.

A container needs a group of its own for a second reason: systemd-nspawn with `--keep-unit` makes
its groups `payload` and `supervisor` below the group it was started in, so two containers started
from one group would share them, and nobody would remove them.
"""

from __future__ import annotations

import errno
import os
import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from modsvc_dsl.testing.errors import HostCommandFailed

_HIERARCHIES = ("name=systemd", "")
"""What systemd tracks processes by: its own version 1 hierarchy, and the one of version 2."""


def own_groups(memberships: str, mounts: str) -> list[Path]:
    """Return the directories of a process's groups in the hierarchies that systemd tracks by.

    `memberships` is the text of /proc/PID/cgroup (cgroups(7): `ID:CONTROLLERS:PATH`, where
    version 2 has no controllers), `mounts` that of /proc/mounts. One directory on a host with
    version 2 or 1 alone, two on a hybrid one; none where no such hierarchy is mounted. A group
    outside the caller's cgroup namespace (`/..`) cannot be named: its hierarchy's top stands in.
    """
    mounted: dict[str, Path] = {}
    for line in mounts.splitlines():
        _, target, kind, options = line.split(" ")[:4]
        if kind == "cgroup2":
            mounted.setdefault("", Path(target))
        elif kind == "cgroup" and "name=systemd" in options.split(","):
            mounted.setdefault("name=systemd", Path(target))
    groups: list[Path] = []
    for line in memberships.splitlines():
        _, controllers, path = line.split(":", 2)
        if controllers in _HIERARCHIES and controllers in mounted:
            inside = "" if path.startswith("/..") else path.lstrip("/")
            groups.append(mounted[controllers] / inside)
    return groups


@dataclass(frozen=True, slots=True)
class ControlGroup:
    """One named group in every hierarchy that systemd tracks processes by."""

    directories: tuple[Path, ...]

    @classmethod
    def create(cls, name: str) -> ControlGroup:
        """Make the group `name` below the caller's own. Raises `OSError` where that is forbidden."""
        parents = own_groups(
            Path("/proc/self/cgroup").read_text(), Path("/proc/self/mounts").read_text()
        )
        group = cls(tuple(parent / name for parent in parents))
        try:
            for directory in group.directories:
                directory.mkdir()
        except OSError:
            group.remove()
            raise
        return group

    def enter_then(self, argv: list[str]) -> list[str]:
        """Return a command that joins the group and then becomes `argv`, keeping its process id.

        A shell does it, since code between fork and exec of a threaded Python may deadlock.
        """
        for directory in self.directories:
            join_then_run = 'echo "$$" >"$0" && exec "$@"'
            argv = ["/bin/sh", "-ec", join_then_run, str(directory / "cgroup.procs"), *argv]
        return argv

    def processes(self) -> set[int]:
        """Return the ids of all processes in the group and below."""
        found: set[int] = set()
        for directory in self.directories:
            for inner, _, _ in os.walk(directory):
                found.update(_members(Path(inner)))
        return found

    def remove(self, timeout: float = 5.0) -> None:
        """Kill what is left in the group, then remove it. Does nothing where it is gone.

        Raises `HostCommandFailed` where processes outlast SIGKILL for `timeout` seconds.
        """
        deadline = time.monotonic() + timeout
        while left := self.processes():
            if time.monotonic() > deadline:
                raise HostCommandFailed(["kill", "-KILL", *map(str, left)], 1, "still running")
            for process in left:
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            time.sleep(0.01)
        for directory in self.directories:
            if directory.is_dir():
                _remove_tree(directory)


def _members(directory: Path) -> list[int]:
    """Return the processes of one group; none if it was removed meanwhile (ENODEV while reading)."""
    try:
        return [int(line) for line in (directory / "cgroup.procs").read_text().split()]
    except OSError as gone:
        if gone.errno in (errno.ENOENT, errno.ENODEV):
            return []
        raise


def _remove_tree(directory: Path) -> None:
    """Remove a group and those below it, deepest first: their files go with them."""
    for parent, _, _ in os.walk(directory, topdown=False):
        os.rmdir(parent)
