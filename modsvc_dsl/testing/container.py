"""The container process: systemd-nspawn, started, found and stopped by process id.

In: a root directory and a name. Out: `Container`. Refuses to know where the root comes from and
what is asked of the system inside.
"""

from __future__ import annotations

import os
import re
import secrets
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from modsvc_dsl.testing.cgroup import ControlGroup
from modsvc_dsl.testing.errors import BootFailed
from modsvc_dsl.testing.process import Process

_APPEARS = 10.0
"""Seconds for the container's first process to appear; measured are 0.1."""

_POLL = 0.005

LAST_WITH_CGROUP_1 = 255
"""systemd 256 stopped booting under control groups version 1 (its NEWS, "CHANGES WITH 256")."""

_NAMESPACE_IDS = re.compile(r"^NSpid:\s+(.*)$", re.MULTILINE)


def host_runs_systemd() -> bool:
    """Tell whether systemd manages this host, as sd_booted(3) does."""
    return Path("/run/systemd/system").is_dir()


def nspawn_command(
    name: str, hostname: str, root: Path, read_only: Sequence[Path] = ()
) -> list[str]:
    """Return the command that boots `root`, as systemd-nspawn(1) describes it.

    Nothing of the host is used or told: no machined, no settings file, no network, no name server,
    no time zone, no journal link. The paths `read_only` of the host are visible at the same place.
    """
    command = ["systemd-nspawn", "--quiet", "--register=no", "--keep-unit", "--private-network"]
    command += ["--settings=no", "--link-journal=no", "--resolv-conf=off", "--timezone=off"]
    command += ["--console=read-only", f"--machine={name}", f"--hostname={hostname}"]
    command += [f"--bind-ro={_bind_source(path)}" for path in read_only]
    return [*command, f"--directory={root}", "--boot"]


def nspawn_environment(version: int) -> dict[str, str]:
    """Return what systemd-nspawn has to be told, beside its command, to boot this systemd.

    On a host that has both versions of control groups, a systemd that boots under version 2 only
    gets that one (its "Known Environment Variables", SYSTEMD_NSPAWN_UNIFIED_HIERARCHY).
    """
    return {"SYSTEMD_NSPAWN_UNIFIED_HIERARCHY": "1"} if version > LAST_WITH_CGROUP_1 else {}


def _bind_source(path: Path) -> str:
    """Return `path` as systemd-nspawn reads it: a colon and a backslash of its own are escaped."""
    if not path.is_absolute():
        raise ValueError(f"{path} is relative: write the absolute path of what shall be visible")
    return str(path).replace("\\", "\\\\").replace(":", "\\:")


def first_process(supervisor: int) -> Process | None:
    """Return, as seen from the host, process 1 of the container that the process `supervisor` runs.

    systemd-nspawn has a second child for a moment, which prepares the first one's namespaces; only
    the real one is number 1 in a namespace (NSpid in proc(5)).
    """
    try:
        children = Path(f"/proc/{supervisor}/task/{supervisor}/children").read_text()
        for child in map(int, children.split()):
            ids = _NAMESPACE_IDS.search(Path(f"/proc/{child}/status").read_text())
            if ids and ids[1].split()[1:] == ["1"]:
                return Process.find(child)
    except (FileNotFoundError, ProcessLookupError):  # one of them ended while it was looked at
        return None
    return None


@dataclass(slots=True)
class Container:
    """A running systemd-nspawn: `process` is the supervisor, `leader` its process 1, once found."""

    name: str
    process: subprocess.Popen[bytes]
    group: ControlGroup
    console_file: Path
    leader: Process | None = None

    @classmethod
    def spawn(
        cls, name: str, command: list[str], console_file: Path, environment: Mapping[str, str]
    ) -> Container:
        """Start `command` in a control group called `name`, its console kept in a file.

        It sees what this process has in its environment, and `environment`.

        The supervisor gets SIGTERM when the thread that called this ends (PR_SET_PDEATHSIG in
        prctl(2)), so that a container does not outlive a test run that was killed.
        """
        if host_runs_systemd():
            # The host's systemd owns all groups: it must make this one, and be told to keep off.
            group = ControlGroup(())
            scope = ["systemd-run", "--scope", "--quiet", "--collect", "--property=Delegate=yes"]
            # The scope of the boot before may still be there for a moment.
            unit = f"--unit={name}-{secrets.token_hex(2)}"
            command = [*scope, unit, "--", *command]
        else:
            group = ControlGroup.create(name)
            command = group.enter_then(command)
        try:
            with open(console_file, "ab") as console:
                process = subprocess.Popen(
                    ["setpriv", "--pdeathsig=TERM", "--", *command],
                    stdin=subprocess.DEVNULL,
                    stdout=console,
                    stderr=subprocess.STDOUT,
                    env={**os.environ, **environment},
                    start_new_session=True,  # Ctrl-C is for the test run, which then stops this
                )
        except BaseException:
            group.remove()
            raise
        return cls(name, process, group, console_file)

    def find_leader(self) -> Process:
        """Wait until process 1 exists, and return it. Raises `BootFailed` where it does not come."""
        deadline = time.monotonic() + _APPEARS
        while True:
            leader = first_process(self.process.pid)
            if leader is not None:
                self.leader = leader
                return leader
            if not self.running:
                status = self.process.returncode
                raise BootFailed(self.name, f"systemd-nspawn ended with {status}", self.console())
            if time.monotonic() > deadline:
                raise BootFailed(self.name, "no first process appeared", self.console())
            time.sleep(_POLL)

    @property
    def running(self) -> bool:
        """Whether the supervisor, and so the container, still runs."""
        return self.process.poll() is None

    def console(self) -> str:
        """Return what was printed on the console so far, with its control codes."""
        return self.console_file.read_text(encoding="utf-8", errors="replace")

    def power_off(self, timeout: float) -> bool:
        """Shut the system down in order; False where it did not end within `timeout` seconds.

        systemd-nspawn answers SIGTERM by asking process 1 to power off.
        """
        if self.running:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            return False
        return True

    def kill(self) -> None:
        """End everything at once, as if the power had failed. Does nothing where nothing runs."""
        # The death of process 1 takes its whole namespace along; that of the supervisor does not.
        leader = self.leader or first_process(self.process.pid)
        if leader is not None:
            leader.kill()
        if self.running:
            self.process.kill()
        self.process.wait()
        self.group.remove()
