"""The examples, evaluated and built as `modsvc build` does.

In: the files in `examples/`. Out: their names, their results, their trees. Refuses to know what is
right in them.
"""

from __future__ import annotations

import importlib
import subprocess
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

from modsvc_dsl import Fleet, Host, build, check, evaluate
from modsvc_dsl.managers.tree import File, Tree
from modsvc_dsl.output.publish import publish

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "examples"
UNITS = "etc/systemd/system/"
NAMES = sorted(file.stem for file in FOLDER.glob("*.py"))
"""The examples by the stems of their files."""

SERVERS = ["balancer", "broker", "remote_shell", "resolver", "shop", "sites", "vault"]
"""Those that run daemons of Debian's as their administrators would; they share a machine of their own."""


def load(name: str) -> ModuleType:
    """The module of an example."""
    return importlib.import_module(f"examples.{name}")


def place(name: str) -> Host | Fleet:
    """The one host or fleet that an example places its services on, not yet evaluated."""
    found = [each for each in vars(load(name)).values() if isinstance(each, Host | Fleet)]
    assert len(found) == 1, f"examples/{name}.py has {len(found)} hosts and fleets"
    return found[0]


@cache
def trees(name: str) -> dict[str, Tree]:
    """The trees of an example by host, all of it checked."""
    built = build(check(evaluate(place(name))))
    assert not any(built.notes.values()), built.notes
    return dict(built.trees)


def written(name: str, folder: Path) -> Path:
    """Write the trees of an example into a new folder, which holds one folder per host."""
    out = folder / name
    publish(trees(name), out, base=ROOT)
    return out


def built_by_command(name: str, folder: Path) -> Path:
    """The same as `modsvc build` writes it, in a process of its own."""
    out = folder / name
    command = [sys.executable, "-m", "modsvc_dsl", "build", f"examples/{name}.py"]
    subprocess.run(
        [*command, "--out", str(out)], cwd=ROOT, check=True, capture_output=True, timeout=120
    )
    return out


def texts(tree: Tree, under: str, suffix: str = "") -> dict[str, str]:
    """The files in a tree below a folder, links left out: name -> text."""
    return {
        Path(path).name: entry.content.decode()
        for path, entry in tree.items()
        if isinstance(entry, File) and path.startswith(under) and path.endswith(suffix)
    }


def units(tree: Tree, suffix: str = "") -> dict[str, str]:
    """The units in a tree, by default of all types, and no drop-ins: name -> text."""
    own = {path: entry for path, entry in tree.items() if path.count("/") == UNITS.count("/")}
    return texts(own, UNITS, suffix)
