"""`systemd-analyze verify` over the units of a host.

In: the tree of a host. Out: what the command finds, as `managers.systemd.findings` understands it.
Refuses to understand anything by itself. The units lie in a folder of their own for as long as it runs, before all
other folders of units, so that units of this machine are found, too; nothing is started.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..language.errors import Report
from ..managers.systemd.findings import Judge, Judgement, added_to, masked_units, units_of_tree
from ..managers.systemd.scope import SCOPES, SYSTEM, USER, Scope
from ..managers.tree import File, Tree
from .exits import Exit, Failure

PROGRAM = "systemd-analyze"
PATIENCE = 120
"""Seconds for one run; a thousand units take less than one."""


def installed() -> int | None:
    """The version of systemd-analyze, None where there is none."""
    program = shutil.which(PROGRAM)
    if program is None:
        return None
    done = run([program, "--version"], {})
    version = re.match(r"systemd (\d+)", done.stdout)
    if version is None:
        raise broken(f"`{PROGRAM} --version` says {done.stdout.strip()!r}")
    return int(version[1])


# Any: the result of a host, whose services are only known to the manager
def judge(tree: Tree, host: Any, here: int) -> Judgement:
    """What systemd-analyze, of the version `here`, finds in all units of a host's tree at once.

    Drop-ins are verified with the unit that they add to, where this machine has it. Where not, they
    are read beside an empty unit, which systemd takes for a masked one.

    Raises Failure if it breaks down, or is not content for reasons that nobody understands.
    """
    scope = SCOPES[host.manager.scope]
    units, added = units_of_tree(tree, scope), added_to(tree, scope)
    masked = masked_units(tree, scope)
    if not units and not added and not masked:
        return Judgement()
    with tempfile.TemporaryDirectory(prefix="modsvc-", dir=in_memory()) as top:
        folder = write_units(tree, Path(top), scope)
        for unit in added:
            if not _packaged(unit, scope):
                (folder / unit).touch()
        paths = [_argument(folder, unit, here) for unit in (*units, *masked)]
        paths += [
            _argument(folder, unit, here) if (folder / unit).exists() else unit for unit in added
        ]
        options = ["--man=no", "--recursive-errors=no"]
        done = run([PROGRAM, *whose(scope), "verify", *options, *paths], surroundings(folder))
    judge = Judge(tree, host.services, str(folder), here, host.manager.version, host, scope)
    judged = judge.judge(done.stdout + done.stderr)
    said = judged.findings or judged.lacking or judged.masked
    if done.returncode not in (0, 1) or (done.returncode == 1 and not said):
        output = (done.stdout + done.stderr).strip() or "(nothing)"
        raise broken(f"it ended with {done.returncode} and said: {output[-400:]}")
    return judged


MEMORY = "/dev/shm"
"""Where Linux has files that are in memory only (shm_overview(7))."""


def in_memory() -> str | None:
    """A folder for thousands of small files that live for a moment; None for the usual one.

    It is the usual one where TMPDIR says which that is.
    """
    fits = "TMPDIR" not in os.environ and os.path.isdir(MEMORY)
    return MEMORY if fits and os.access(MEMORY, os.W_OK | os.X_OK) else None


HERE = ("/usr/local/lib/systemd", "/usr/lib/systemd", "/lib/systemd")
"""Where packages put their units (systemd.unit(5)), in a folder for each scope."""


def _packaged(unit: str, scope: Scope) -> str:
    """Where a package has put a unit on this machine, empty if none has."""
    places = (f"{folder}/{scope.name}/{unit}" for folder in HERE)
    return next((place for place in places if os.path.lexists(place)), "")


def replaced(tree: Tree, scope: Scope = SYSTEM) -> list[str]:
    """A note for each unit of a tree whose name a package has a unit of, on this machine."""
    found: list[str] = []
    for unit in units_of_tree(tree, scope):
        at = _packaged(unit, scope)
        if at:
            found.append(f"{unit} takes the place of {at}, which this machine has")
    return found


def _argument(folder: Path, unit: str, here: int) -> str:
    """A unit as the command takes it.

    Since 250 it reads `FILE:NAME`, and verifies a copy of the file that it gives the name. So a unit
    with a colon in its name is given by another file, and its name behind that.
    """
    if ":" not in unit or here < FIRST_WITH_NAMES:
        return str(folder / unit)
    other = folder / unit.replace(":", " ")  # no unit has a blank in its name
    other.symlink_to(unit)
    return f"{other}:{unit}"


FIRST_WITH_NAMES = 250
"""The version of systemd-analyze(1) that first takes `FILE:NAME`."""


def write_units(tree: Tree, top: Path, scope: Scope = SYSTEM) -> Path:
    """A folder with units and links between them; nothing else of a tree matters here."""
    folder = top / "units"
    folder.mkdir()
    for path, entry in tree.items():
        if not path.startswith(f"{scope.units}/"):
            continue
        at = folder / path.removeprefix(f"{scope.units}/")
        at.parent.mkdir(exist_ok=True)
        if isinstance(entry, File):
            at.write_bytes(entry.content)
        else:
            at.symlink_to(entry.target)
    return folder


def whose(scope: Scope) -> list[str]:
    """The option of systemd-analyze that says whose units it looks at."""
    return ["--user"] if scope is USER else []


def surroundings(folder: Path) -> dict[str, str]:
    """What systemd-analyze has to know to find units in a folder first.

    A user's manager wants a runtime directory: one of its own, where nothing runs.
    """
    runtime = folder.with_name("run")
    runtime.mkdir(exist_ok=True)
    return {"SYSTEMD_UNIT_PATH": f"{folder}:", "XDG_RUNTIME_DIR": str(runtime)}


def run(command: Sequence[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run it with nothing of systemd's in the environment but what is given, in plain text."""
    inherited = {name: text for name, text in os.environ.items() if not name.startswith("SYSTEMD_")}
    settings = {"LC_ALL": "C.UTF-8", "SYSTEMD_COLORS": "0", "SYSTEMD_LOG_TARGET": "console"}
    try:
        return subprocess.run(
            command,
            env={**inherited, **settings, "SYSTEMD_LOG_LEVEL": "info", **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="backslashreplace",
            timeout=PATIENCE,
        )
    except subprocess.TimeoutExpired:
        raise broken(f"it did not end within {PATIENCE} seconds") from None
    except OSError as error:
        raise broken(error.strerror or str(error)) from error


def broken(why: str) -> Failure:
    """The failure of a run that nobody can rely on."""
    what = f"{PROGRAM} could not look at the units"
    advice = "run it by hand on the built units, or uninstall it if it does not work here"
    return Failure(Exit.FINDINGS, Report(what, (why,), advice=(advice,)))
