"""All that a machine takes of the host: lock, directory, mounts, control group, container.

In: a name, the files to boot and what else shall be visible. Out: `Sandbox`, which makes these in order and takes them back
in reverse order, whatever happens between. Refuses to know what is asked of the system inside.
"""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from modsvc_dsl.testing.cgroup import ControlGroup
from modsvc_dsl.testing.container import Container, nspawn_command, nspawn_environment
from modsvc_dsl.testing.installed import systemd_version
from modsvc_dsl.testing.lock import HostLock
from modsvc_dsl.testing.overlay import HOST, Overlay
from modsvc_dsl.testing.process import Process
from modsvc_dsl.testing.rootfs import quieten

PLACE = Path("/run/modsvc-machine")
"""Only root may write in /run, so nobody can prepare this directory for us."""

_LOCK = HostLock(PLACE / "lock")

_RECORD = "record.json"


@dataclass(slots=True)
class Sandbox:
    """The place of one machine, from `open` to `close`; its container may come and go meanwhile."""

    hostname: str
    read_only: Sequence[Path] = ()
    root: Path = HOST
    name: str = ""
    _container: Container | None = None
    _undo: ExitStack = field(default_factory=ExitStack)

    @property
    def directory(self) -> Path:
        """Holds the mounts, the console's text and the record of what to remove."""
        return PLACE / self.name

    def open(self, lock_timeout: float) -> None:
        """Take the host's lock and lay the overlay. Takes back everything if that fails.

        Raises `Busy`, `HostCommandFailed`, `UnsafePath`, `OSError`.
        """
        self.name = f"{self.hostname}-{secrets.token_hex(4)}"
        with ExitStack() as undo:
            first = _LOCK.acquire(lock_timeout)
            undo.callback(_LOCK.release)
            if first:
                remove_residue(PLACE)
            self.directory.mkdir(mode=0o700)
            undo.callback(shutil.rmtree, self.directory)
            overlay = Overlay(self.directory, self.root)
            overlay.mount()
            undo.callback(overlay.unmount)
            quieten(overlay.root, self.hostname)
            self._undo = undo.pop_all()

    def boot(self) -> Container:
        """Start the container and wait for its first process. Kills it again if that fails."""
        root = Overlay(self.directory).root
        command = nspawn_command(self.name, self.hostname, root, self.read_only)
        environment = nspawn_environment(systemd_version(root))
        container = Container.spawn(self.name, command, self.directory / "console", environment)
        self._container = container
        try:
            write_record(self.directory, container)
            container.find_leader()
            write_record(self.directory, container)
        except BaseException:
            self.halt(grace=0)
            raise
        return container

    def halt(self, grace: float) -> None:
        """Power the container off, within `grace` seconds, then kill what is left of it."""
        container, self._container = self._container, None
        if container is None:
            return
        try:
            if grace > 0:
                container.power_off(grace)
        finally:
            container.kill()

    def close(self, grace: float) -> None:
        """Halt, then take back everything `open` made; may be called again."""
        undo, self._undo = self._undo, ExitStack()
        with undo:
            self.halt(grace)


def write_record(directory: Path, container: Container) -> None:
    """Note in `directory` what a later process must end, should this one be killed."""
    processes = [container.leader, Process.find(container.process.pid)]
    record = {
        "processes": [[each.id, each.started] for each in processes if each is not None],
        "groups": [str(path) for path in container.group.directories],
    }
    draft = directory / f"{_RECORD}.new"
    draft.write_text(json.dumps(record))
    draft.replace(directory / _RECORD)  # whole or not at all: a kill may come at any moment


def remove_residue(place: Path) -> None:
    """Remove what machines of killed processes left below `place`; the lock must be held.

    Their containers ended, or are ending, since their supervisors are told when a test run dies.
    """
    for directory in sorted(place.iterdir()):
        if not directory.is_dir():
            continue
        record = directory / _RECORD
        if record.exists():
            end_recorded(record)
        Overlay(directory).unmount()
        shutil.rmtree(directory)


def end_recorded(record: Path) -> None:
    """Kill the processes and remove the groups that `write_record` noted, where they are left."""
    noted = json.loads(record.read_text())
    for number, started in noted["processes"]:
        Process(number, started).kill()
    ControlGroup(tuple(map(Path, noted["groups"]))).remove()
