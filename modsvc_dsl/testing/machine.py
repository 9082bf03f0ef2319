"""A real systemd, booted in a container for a test: `Machine`.

In: a name, the system to boot and what of the host shall be visible. Out: a `System` that is started, rebooted and
stopped. Refuses to know services and managers, and pytest: any program may use it.

The machine is the host's own installed system under a layer that is thrown away, so there is no
image to fetch or build; or the system below another root directory, of whatever release, in the
same way. What its administrator enabled does not start in it, and it has no network but the loopback.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from modsvc_dsl.testing.container import Container
from modsvc_dsl.testing.errors import AlreadyStarted, BootFailed, NotRunning, Unsupported
from modsvc_dsl.testing.namespaces import run_inside
from modsvc_dsl.testing.overlay import HOST
from modsvc_dsl.testing.patience import ask_until
from modsvc_dsl.testing.requirements import missing
from modsvc_dsl.testing.sandbox import Sandbox
from modsvc_dsl.testing.system import System

_GRACE = 20.0
"""Seconds for an orderly shutdown (0.5 measured) before everything is killed."""

_HOSTNAME = re.compile(r"[a-z0-9]([a-z0-9-]{0,46}[a-z0-9])?")
"""A host name with room for a unique ending: machine names have at most 64 characters."""

_SOCKET = "run/systemd/private"
"""Where systemctl reaches the manager; there from the moment it answers."""


class Machine(System):
    """A machine that boots in a container, best used in a `with` block.

    * `name`: its host name: small letters, digits and dashes, at most 48;
    * `root`: the root directory of the system that is booted, the host's own unless said; nothing is
      written to it, and what is installed in it runs as root;
    * `read_only`: paths of the host, beyond its root file system, visible inside at the same place;
    * `boot_timeout`: seconds from the start until systemd is up;
    * `lock_timeout`: seconds to wait for machines of other processes, since one process at a time
      may have machines (any number) on a host.

    Example:

        with Machine() as machine:
            machine.write_file("/etc/systemd/system/web.service", unit)
            machine.daemon_reload()
            machine.succeed(["systemctl", "start", "web"])
            machine.wait_for_port(8000)
    """

    def __init__(
        self,
        name: str = "machine",
        *,
        root: Path = HOST,
        read_only: Sequence[Path] = (),
        boot_timeout: float = 60.0,
        lock_timeout: float = 600.0,
    ) -> None:
        if not _HOSTNAME.fullmatch(name):
            raise ValueError(
                f"{name!r} cannot be a machine's name: write small letters, digits and dashes, "
                "at most 48, with a letter or digit at both ends"
            )
        self.name = name
        self.boot_state = ""
        """`running`, or `degraded` where `failed_units` failed while booting; systemctl(1)."""
        self._root = root.absolute()
        self._read_only = tuple(read_only)
        self._boot_timeout = boot_timeout
        self._lock_timeout = lock_timeout
        self._sandbox: Sandbox | None = None
        self._container: Container | None = None

    def __repr__(self) -> str:
        state = f"leader={_leader_id(self._container)}" if self._container else "stopped"
        return f"<Machine {self.name} {state}>"

    def __enter__(self) -> Self:
        if self._container is None:
            self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def running(self) -> bool:
        """Whether the container runs."""
        return self._container is not None and self._container.running

    def leader(self) -> int:
        """Return the host's id of the machine's process 1. Raises `NotRunning`."""
        if self._container is None:
            raise NotRunning(self.name)
        if not self._container.running:
            raise NotRunning(self.name, self._container.console())
        return _leader_id(self._container)

    def console(self) -> str:
        """Return all that was printed on the console since the first boot. Raises `NotRunning`."""
        if self._container is None:
            raise NotRunning(self.name)
        return self._container.console()

    def start(self) -> None:
        """Boot, and return when systemd has started all it starts at boot.

        Units that fail on the way do not matter here: `boot_state` is then `degraded`. Call it from
        a thread that outlives the machine, which powers off when that thread ends. Raises
        `Unsupported`, `Busy`, `AlreadyStarted` or `BootFailed`; nothing is left of a machine whose
        start raised, or was interrupted.
        """
        if self._sandbox is not None:
            raise AlreadyStarted(self.name)
        reason = missing(self._root)
        if reason is not None:
            raise Unsupported(reason)
        self._sandbox = Sandbox(self.name, self._read_only, self._root)
        try:
            self._sandbox.open(self._lock_timeout)
            self._boot(self._sandbox)
        except BaseException:
            self.stop(grace=0)  # a system that is half up does not know how to power off
            raise

    def stop(self, *, grace: float = _GRACE) -> None:
        """Power off, and remove all traces from the host. Does nothing where nothing was started.

        After `grace` seconds (0: at once) all processes are killed, by id. Raises
        `HostCommandFailed` where the host does not let go of a mount or a process.
        """
        sandbox, self._sandbox, self._container = self._sandbox, None, None
        if sandbox is not None:
            sandbox.close(grace)

    def reboot(self, *, grace: float = _GRACE) -> None:
        """Power off and boot again; files stay, except what lies in /tmp and /run.

        Raises `NotRunning` or `BootFailed`; after the latter the machine is stopped.
        """
        self.leader()
        assert self._sandbox is not None  # leader() has seen the container in it
        try:
            self._sandbox.halt(grace)
            self._boot(self._sandbox)
        except BaseException:
            self.stop(grace=0)
            raise

    def _boot(self, sandbox: Sandbox) -> None:
        container = self._container = sandbox.boot()
        state = ask_until(lambda: self._state_reached(container), self._boot_timeout)
        if state not in ("running", "degraded"):
            found = f"after {self._boot_timeout:g} s its state is {state or 'not known'}"
            raise BootFailed(self.name, found + self._jobs(container), container.console())
        self.boot_state = state

    def _state_reached(self, container: Container) -> str:
        """Return the system's state once it has one to stay in, else the empty string."""
        if not container.running:
            status = container.process.returncode
            raise BootFailed(self.name, f"systemd-nspawn ended with {status}", container.console())
        if not Path(f"/proc/{_leader_id(container)}/root/{_SOCKET}").exists():
            return ""
        asked = ["systemctl", "is-system-running", "--wait"]
        output = run_inside(_leader_id(container), asked, timeout=self._boot_timeout)
        state = output.stdout.decode().strip()
        return state if state in ("running", "degraded", "maintenance") else ""

    def _jobs(self, container: Container) -> str:
        """Return what systemd still waits for, to be added to a sentence."""
        if not container.running:
            return ""
        asked = ["systemctl", "list-jobs", "--no-pager", "--full"]
        jobs = run_inside(_leader_id(container), asked, timeout=5).stdout.decode(errors="replace")
        return f", with the jobs:\n{jobs}"


def _leader_id(container: Container) -> int:
    assert container.leader is not None  # Sandbox.boot() returns a container whose leader it found
    return container.leader.id
