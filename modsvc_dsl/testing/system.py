"""A running system with systemd, as a test talks to it: commands, units, ports, journal, files.

In: commands, unit names, paths and content. Out: what they led to, or an error that shows it.
Refuses to know how the system was booted.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from modsvc_dsl.testing import errors
from modsvc_dsl.testing.listening import tcp_ports
from modsvc_dsl.testing.namespaces import Output, run_inside
from modsvc_dsl.testing.patience import ask_until
from modsvc_dsl.testing.tree_archive import pack, unpack_command
from modsvc_dsl.testing.unit_state import SHOWN, UnitState, hopeless, parse_properties

TIMEOUT = 60.0
"""Seconds that a command, a unit or a port may take unless said otherwise."""

_JOURNAL_LINES = 60
"""Lines of the journal that an error shows."""


@dataclass(frozen=True, slots=True)
class Completed:
    """What a command left: its exit status (negative: the signal that ended it) and its output.

    Bytes that are no UTF-8 are replaced; `System.read_bytes` keeps them.
    """

    status: int
    stdout: str
    stderr: str


class System(ABC):
    """A running system. Every command runs as root, in `/`, with a fixed environment."""

    @abstractmethod
    def leader(self) -> int:
        """Return the host's id of the system's process 1; raise `NotRunning` where there is none."""

    # Commands

    def execute(
        self,
        argv: Sequence[str],
        *,
        input: str | bytes | None = None,
        timeout: float = TIMEOUT,
        environment: Mapping[str, str] | None = None,
    ) -> Completed:
        """Run a command inside and return its status and output, whatever the status is.

        No shell reads `argv`. The command reads `input`, sees PATH, HOME, LANG, TERM and what
        `environment` adds, and has ended when its output is closed, so the output of a background
        process must be redirected. Raises `CommandTimedOut` after `timeout` seconds, `NotRunning`,
        and `TypeError` for a command that is one string.
        """
        output = self._run(argv, input, timeout, environment)
        stdout, stderr = (text.decode(errors="replace") for text in (output.stdout, output.stderr))
        if output.status is None:
            raise errors.CommandTimedOut(argv, timeout, stdout, stderr)
        return Completed(output.status, stdout, stderr)

    def succeed(
        self,
        argv: Sequence[str],
        *,
        input: str | bytes | None = None,
        timeout: float = TIMEOUT,
        environment: Mapping[str, str] | None = None,
    ) -> str:
        """Run a command as `execute` does and return its standard output.

        Raises `CommandFailed`, with all of its output, where the status is not 0.
        """
        done = self.execute(argv, input=input, timeout=timeout, environment=environment)
        if done.status != 0:
            raise errors.CommandFailed(argv, done.status, done.stdout, done.stderr)
        return done.stdout

    def _run(
        self,
        argv: Sequence[str],
        stdin: str | bytes | None,
        timeout: float,
        environment: Mapping[str, str] | None = None,
    ) -> Output:
        if isinstance(argv, str):
            raise TypeError(
                f"a command is a list of arguments, not the string {argv!r}: write "
                '["systemctl", "status"], or ["sh", "-c", "..."] where a shell is meant'
            )
        data = stdin.encode() if isinstance(stdin, str) else stdin or b""
        return run_inside(self.leader(), argv, stdin=data, timeout=timeout, environment=environment)

    # Waiting

    def wait_until(
        self, condition: Callable[[], object] | Sequence[str], *, timeout: float = TIMEOUT
    ) -> None:
        """Wait until a function returns something true, or a command ends with status 0.

        Raises `WaitTimedOut` after `timeout` seconds, with the last answer or output.
        """
        if callable(condition):
            answer = ask_until(condition, timeout)
            if not answer:
                name = getattr(condition, "__qualname__", repr(condition))
                raise errors.WaitTimedOut(name, timeout, f"its last answer was {answer!r}")
            return
        last: list[Completed] = []

        def succeeded() -> bool:
            last[:] = [self.execute(condition, timeout=timeout)]
            return last[0].status == 0

        if not ask_until(succeeded, timeout):
            found = str(errors.CommandFailed(condition, *_fields(last[0])))
            raise errors.WaitTimedOut("success of the command", timeout, found)

    def wait_for_port(self, port: int, *, timeout: float = TIMEOUT) -> None:
        """Wait until something inside listens on a TCP port, on whatever address.

        Raises `WaitTimedOut`, with the ports that are listened on, after `timeout` seconds.
        """
        if not ask_until(lambda: port in tcp_ports(self.leader()), timeout):
            found = ", ".join(map(str, sorted(tcp_ports(self.leader())))) or "none"
            raise errors.WaitTimedOut(
                f"a listener on TCP port {port}", timeout, f"ports listened on are {found}"
            )

    def wait_for_unit(self, name: str, state: str = "active", *, timeout: float = TIMEOUT) -> None:
        """Wait until the ActiveState of a unit is `state`.

        Raises `UnitNotReached`, with the unit's status and journal, after `timeout` seconds, and at
        once where waiting has no point: see `unit_state.hopeless`.
        """

        def arrived_or_lost() -> tuple[bool, str | None]:
            idle = self._show("NJobs").get("NJobs") == "0"  # before the state, or a job is missed
            found = UnitState.of(self._show(",".join(SHOWN), name))
            return found.active == state, hopeless(found, state, idle)

        lost: list[str] = []

        def settled() -> bool:
            arrived, reason = arrived_or_lost()
            lost[:] = [reason] if reason else []
            return arrived or bool(lost)

        if ask_until(settled, timeout) and not lost:
            return
        reason = lost[0] if lost else f"after {timeout:g} s it is {self.unit_state(name)}"
        raise self._unit_not_reached(name, state, reason)

    # Units

    def unit_properties(self, name: str) -> dict[str, str]:
        """Return all properties of a unit, as `systemctl show` prints them, also of unknown ones."""
        return parse_properties(self.succeed(["systemctl", "show", "--", name]))

    def unit_state(self, name: str) -> UnitState:
        """Return the state a unit is in now; `LoadState` tells whether there is such a unit."""
        return UnitState.of(self._show(",".join(SHOWN), name))

    def failed_units(self) -> list[str]:
        """Return the names of all units that failed."""
        listing = ["systemctl", "list-units", "--state=failed", "--plain", "--no-legend", "--full"]
        return [line.split()[0] for line in self.succeed(listing).splitlines() if line.strip()]

    def daemon_reload(self) -> None:
        """Make systemd read its unit files again."""
        self.succeed(["systemctl", "daemon-reload"])

    def journal(
        self, unit: str | None = None, *, lines: int | None = None, all_boots: bool = False
    ) -> str:
        """Return the journal of this boot (or of all), of one unit or of all, oldest line first.

        Everything that was written before the call is in it. `lines` keeps the last ones only.
        """
        self.succeed(["journalctl", "--sync"])
        command = ["journalctl", "--no-pager", "--quiet", "--output=short-precise"]
        command += [] if all_boots else ["--boot"]
        command += [] if unit is None else [f"--unit={unit}"]
        command += [] if lines is None else [f"--lines={lines}"]
        return self.succeed(command)

    def diagnosis(self) -> str:
        """Return what helps to understand a failing test: failed units and the last of the journal."""
        failed = self.execute(["systemctl", "--failed", "--no-pager", "--full"]).stdout
        return f"systemctl --failed:\n{failed}\njournal:\n{self.journal(lines=_JOURNAL_LINES)}"

    def _show(self, properties: str, *unit: str) -> dict[str, str]:
        command = ["systemctl", "show", f"--property={properties}", "--", *unit]
        return parse_properties(self.succeed(command))

    def _unit_not_reached(self, name: str, wanted: str, reason: str) -> errors.UnitNotReached:
        status = self.execute(
            ["systemctl", "status", "--lines=0", "--no-pager", "--full", "--", name]
        )
        journal = self.journal(name, lines=_JOURNAL_LINES)
        return errors.UnitNotReached(
            name, wanted, reason, status.stdout or status.stderr, journal or "(empty)"
        )

    # Files

    def write_file(self, path: str, content: str | bytes, *, mode: int = 0o644) -> None:
        """Write a file owned by root, with the directories it needs; replaces what is there."""
        command = ["install", "-D", f"--mode={mode:o}", "--no-target-directory", "--", "/dev/stdin"]
        self.succeed([*command, path], input=content)

    def read_file(self, path: str) -> str:
        """Return the text of a file. Raises `CommandFailed`, or `UnicodeDecodeError` if no UTF-8."""
        return self.read_bytes(path).decode()

    def read_bytes(self, path: str) -> bytes:
        """Return the content of a file. Raises `CommandFailed` where it cannot be read."""
        argv = ["cat", "--", path]
        output = self._run(argv, None, TIMEOUT)
        if output.status is None:
            raise errors.CommandTimedOut(argv, TIMEOUT, "", "")
        if output.status != 0:
            stderr = output.stderr.decode(errors="replace")
            raise errors.CommandFailed(argv, output.status, "", stderr)
        return output.stdout

    def copy_tree(self, host_dir: Path | str, to: str = "/") -> None:
        """Copy all that lies below a directory of the host to below the directory `to` inside.

        Files get the modes they have on the host and belong to root; links are copied as links.
        Existing files are replaced, existing directories and links to directories stay.
        """
        archive = pack(Path(host_dir))
        self.succeed(["install", "-d", "--", to])
        self.succeed(unpack_command(to), input=archive)


def _fields(done: Completed) -> tuple[int, str, str]:
    return done.status, done.stdout, done.stderr
