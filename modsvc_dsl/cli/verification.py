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
from ..managers.systemd.scope import UNITS
from ..managers.systemd.findings import Judge, Judgement, units_of_tree
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

    Raises Failure if it breaks down, or is not content for reasons that nobody understands.
    """
    units = units_of_tree(tree)
    if not units:
        return Judgement()
    with tempfile.TemporaryDirectory(prefix="modsvc-") as folder:
        write_units(tree, Path(folder))
        paths = [_argument(Path(folder), unit, here) for unit in units]
        command = [PROGRAM, "verify", "--man=no", "--recursive-errors=no", *paths]
        done = run(command, {"SYSTEMD_UNIT_PATH": f"{folder}:"})
    judge = Judge(tree, host.services, folder, here, host.manager.version, host)
    judged = judge.judge(done.stdout + done.stderr)
    said = judged.findings or judged.lacking
    if done.returncode not in (0, 1) or (done.returncode == 1 and not said):
        output = (done.stdout + done.stderr).strip() or "(nothing)"
        raise broken(f"it ended with {done.returncode} and said: {output[-400:]}")
    return judged


HERE = ("/usr/local/lib/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system")
"""Where packages put their units (systemd.unit(5)), before those of the administrator."""


def replaced(tree: Tree) -> list[str]:
    """A note for each unit of a tree whose name a package has a unit of, on this machine."""
    found: list[str] = []
    for unit in units_of_tree(tree):
        at = next((folder for folder in HERE if os.path.lexists(f"{folder}/{unit}")), "")
        if at:
            found.append(f"{unit} takes the place of {at}/{unit}, which this machine has")
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


def write_units(tree: Tree, folder: Path) -> None:
    """Units and links between them; nothing else of a tree matters here."""
    for path, entry in tree.items():
        if not path.startswith(f"{UNITS}/"):
            continue
        at = folder / path.removeprefix(f"{UNITS}/")
        at.parent.mkdir(exist_ok=True)
        if isinstance(entry, File):
            at.write_bytes(entry.content)
        else:
            at.symlink_to(entry.target)


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
