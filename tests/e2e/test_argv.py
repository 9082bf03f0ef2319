"""What a service is defined with is what its process has: arguments, environment, folder, byte for byte.

In: awkward argument vectors, environments and folders, in services built by the product's own way.
Out: verdicts from /proc/PID. Refuses to look at units: what they say is not what counts here.

All services run in one machine, each a shell that waits for ever and holds still to be looked at. Some
are run by paths that are awkward themselves. The texts are made from `SEED`: a failure comes back.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from modsvc_dsl import Hardening, Host, Process, Service, build, check, evaluate
from modsvc_dsl.output.publish import publish
from modsvc_dsl.testing.machine import Machine
from modsvc_dsl.testing.patience import ask_until
from modsvc_dsl.testing.plugin import MachineFactory

SEED = 20241103
GENERATED = 220
"""Vectors that are made from SEED, beside those that are written out below."""

HOLD = "/srv/hold/hold"
"""A script that never ends: it reads from a pipe that nobody opens for writing."""

PROGRAMS = [
    "/bin/sh",
    *("/srv/odd/two words", "/srv/odd/$HOME", "/srv/odd/${HOME}", "/srv/odd/$$", "/srv/odd/100%"),
    *("/srv/odd/%n", "/srv/odd/-lead", "/srv/odd/@at", "/srv/odd/:colon", "/srv/odd/+plus"),
    *("/srv/odd/!bang", "/srv/odd/|pipe", "/srv/odd/é日本😀", "/srv/odd/a;b", "/srv/odd/#x"),
    *("/srv/odd//two words", "/srv/./odd/$HOME", "/srv/odd/../odd/%n", "/srv/odd/[Service]"),
]
"""Paths of one shell, by links: argument 0 of a process is the path it is defined with."""

PIECES = [
    *("", " ", "  ", "\t", "\n", "\r\n", "\x01", "\x1b[31m", "\x7f", "\x85", "\u2028", "\ufeff"),
    *("'", '"', "\\", "\\\\", "\\n", "\\x41", "\\u00e9", "\\s", "\\;", "'\"'\"'", '\\"', "\\'"),
    *("%", "%%", "%n", "%i", "%h", "%%%", "100%", "%S/%N", "% d", "%\\", "%$"),
    *("$", "$$", "$HOME", "${HOME}", "${", "$(id)", "`id`", "$1", "${PATH}x", "$$HOME", "\\$HOME"),
    *(";", ";;", " ; ", "&&", "|", ">", "<", "#", " # ", "!", "~", "*", "?", "{a,b}", "[Install]"),
    *("-", "--", "-c", "@", ":", "+", "!!", "=", "A=B", ",", "é", "日本語", "😀", "e\u0301"),
    *("\u202e", "\u00a0", "\U000e0001", "\ue000", "ExecStart=/bin/false", "\nExecStart=/bin/false"),
    *("plain", "0", "/bin/sh", "x" * 300),
]

WHOLE = [
    *([piece] for piece in PIECES),
    PIECES,
    ["", "", ""],
    ["".join(map(chr, range(1, 0x180)))],
    *([f"{chr(code)}{chr(code)}"] for code in (*range(1, 0x20), 0x7F)),
    ["long", "x" * 100_000],
    ["%$\\\"'" * 10_000],
    [str(number) for number in range(2000)],
]
"""Arguments that are worth a service of their own."""


@dataclass(frozen=True)
class Case:
    """A service, and what its process shall have: `environment` with None where it has no such one."""

    argv: list[str]
    environment: Mapping[str, str | None] = field(default_factory=dict)
    directory: Path | None = None

    def service(self) -> Service:
        """The service, which may see the folders of the test."""
        process = Process(
            argv=self.argv,
            environment=dict(self.environment),
            working_directory=self.directory,
        )
        return Service(process=process, hardening=Hardening(home="visible"))


def awkward(chance: random.Random) -> str:
    """A text of up to six pieces."""
    return "".join(chance.choices(PIECES, k=chance.randint(0, 6)))


def generated() -> Iterator[Case]:
    """`GENERATED` cases with awkward programs, arguments and variables."""
    chance = random.Random(SEED)
    for number in range(GENERATED):
        arguments = [awkward(chance) for _ in range(chance.randint(0, 8))]
        names = [f"V{n}_{chance.choice('abcXYZ_')}" for n in range(chance.randint(0, 4))]
        variables: dict[str, str | None] = {name: awkward(chance) for name in names}
        if number % 5 == 0:
            variables["LANG"] = None
        if number % 7 == 0:
            variables["PATH"] = chance.choice([awkward(chance), None])
        yield Case([chance.choice(PROGRAMS), HOLD, *arguments], variables)


def written_out() -> Iterator[Case]:
    """A service for each text that once was, or might be, misread by somebody."""
    for arguments in WHOLE:
        yield Case(["/bin/sh", HOLD, *arguments])
    yield from (Case([program, HOLD, "$HOME", "%n"]) for program in PROGRAMS)
    everything = {f"V{n}": text for n, text in enumerate([*PIECES, "".join(PIECES), "x" * 100_000])}
    yield Case(["/bin/sh", HOLD], everything)
    for folder in FOLDERS:
        yield Case(["/bin/sh", HOLD], directory=Path(folder))


FOLDERS = ["/srv/in/two words", "/srv/in/100%n", "/srv/in/$HOME", "/srv/in/é'\"q", "/srv/in/a\\b"]

CASES = {f"case{number}": case for number, case in enumerate([*generated(), *written_out()])}

PREPARE = """
import json, os, sys
programs, folders, hold = json.load(sys.stdin)
os.makedirs("/srv/hold"); os.makedirs("/srv/odd")
os.mkfifo("/srv/hold/never"); os.chmod("/srv/hold/never", 0o444)
open(hold, "w").write("read -r line </srv/hold/never\\n")
for program in programs:
    if not os.path.exists(program):
        os.symlink("/bin/sh", os.path.normpath(program))
for folder in folders:
    os.makedirs(folder)
"""

LOOK = """
import json, os, subprocess, sys
units = json.load(sys.stdin)
shown = subprocess.check_output(["systemctl", "show", "--property=MainPID", "--value", "--", *units])
found = {}
for unit, process in zip(units, shown.split(), strict=True):
    if process != b"0":
        place = f"/proc/{process.decode()}"
        held = [open(f"{place}/{name}", "rb").read() for name in ("cmdline", "environ")]
        folder = os.fsencode(os.readlink(f"{place}/cwd"))
        owner = str(os.stat(place).st_uid).encode()
        found[unit] = [part.hex() for part in (*held, folder, owner)]
print(json.dumps(found))
"""


@dataclass(frozen=True)
class Running:
    """What a process has."""

    argv: list[str]
    environment: dict[str, str]
    directory: str
    user: int

    @classmethod
    def of(cls, parts: list[str]) -> Running:
        """From the contents of cmdline and environ, the folder and the owner, as hexadecimal."""
        cmdline, environ, folder, owner = (bytes.fromhex(part).decode() for part in parts)
        variables = (each.partition("=") for each in environ.split("\0")[:-1])
        return cls(
            cmdline.split("\0")[:-1], {name: to for name, _, to in variables}, folder, int(owner)
        )


@pytest.fixture(scope="module")
def running(
    machine_factory: MachineFactory, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Running]]:
    """All services, started by what enables them, as they run."""
    folder = tmp_path_factory.mktemp("argv")
    services = {name: case.service() for name, case in CASES.items()}
    publish(build(check(evaluate(Host(services=services)))).trees, folder / "out", base=folder)
    with machine_factory("argv") as machine:
        asked = json.dumps([PROGRAMS, FOLDERS, HOLD])
        machine.succeed(["python3", "-c", PREPARE], input=asked)
        machine.copy_tree(folder / "out" / "host")
        machine.daemon_reload()
        machine.succeed(["systemctl", "start", "multi-user.target"], timeout=300)
        yield look(machine)


def look(machine: Machine) -> dict[str, Running]:
    """What runs: service -> its process."""
    names = [f"{name}.service" for name in CASES]
    ask_until(lambda: shells(machine) >= len(names), timeout=30)  # who is missing, a test says
    found = json.loads(machine.succeed(["python3", "-c", LOOK], input=json.dumps(names)))
    return {name.removesuffix(".service"): Running.of(parts) for name, parts in found.items()}


def shells(machine: Machine) -> int:
    """How many processes wait at the pipe: before that, a process may still be systemd's own."""
    waiting = machine.execute(["pgrep", "--count", "--full", HOLD]).stdout
    return int(waiting)


def test_there_are_enough_cases() -> None:
    assert len({tuple(case.argv) for case in CASES.values()}) >= 300
    assert sum(len(case.argv) - 2 for case in CASES.values()) > 3000


def test_every_service_runs(running: Mapping[str, Running]) -> None:
    missing = {name: CASES[name].argv[:5] for name in CASES.keys() - running.keys()}
    assert not missing


def test_every_process_has_the_arguments_it_was_defined_with(
    running: Mapping[str, Running],
) -> None:
    different = {
        name: [
            (index, given, got)
            for index, (given, got) in enumerate(zip(case.argv, running[name].argv))
            if given != got
        ]
        or f"{len(case.argv)} arguments became {len(running[name].argv)}"
        for name, case in CASES.items()
        if running[name].argv != case.argv
    }
    assert not different


SYSTEMD_SETS = {
    *("LANG", "PATH", "HOME", "LOGNAME", "USER", "SHELL", "INVOCATION_ID", "JOURNAL_STREAM"),
    *("SYSTEMD_EXEC_PID", "MEMORY_PRESSURE_WATCH", "MEMORY_PRESSURE_WRITE", "LC_ALL"),
}
"""What systemd passes by itself, systemd.exec(5), environment variables in spawned processes."""


def test_every_process_has_the_variables_it_was_defined_with_and_no_other(
    running: Mapping[str, Running],
) -> None:
    for name, case in CASES.items():
        environment = running[name].environment
        defined = {key: value for key, value in case.environment.items() if value is not None}
        assert {key: environment.get(key) for key in defined} == defined, name
        assert environment.keys() - defined.keys() <= SYSTEMD_SETS, name


def test_a_variable_that_is_none_is_not_passed(running: Mapping[str, Running]) -> None:
    unset = {
        name: [k for k, v in case.environment.items() if v is None] for name, case in CASES.items()
    }
    assert sum(map(bool, unset.values())) > 40
    kept = {name: set(keys) & running[name].environment.keys() for name, keys in unset.items()}
    assert not any(kept.values()), kept
    plain = running[next(name for name, keys in unset.items() if not keys)].environment
    assert {"PATH", "LANG"} <= plain.keys(), "nothing was proved: systemd passes neither by itself"


def test_every_process_is_in_its_folder(running: Mapping[str, Running]) -> None:
    folders = {name: str(case.directory or "/") for name, case in CASES.items()}
    assert {name: running[name].directory for name in CASES} == folders
    assert set(FOLDERS) <= set(folders.values())


def test_every_process_has_a_user_of_its_own_that_is_not_root(
    running: Mapping[str, Running],
) -> None:
    users = [each.user for each in running.values()]
    assert all(61184 <= user <= 65519 for user in users)
    assert len(set(users)) == len(users)
