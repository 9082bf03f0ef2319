"""All benchmarks, one after the other: the figures of docs/performance.md, and its plot.

`python3 benchmarks/figures.py` measures everything (some minutes) and writes
docs/performance.json; then, as `--draw` alone does, the tables of docs/performance.md between their
marks and the plots beside it. Each figure is the median of several processes, each measured from its
start to its exit as the kernel accounts for it; of shapes it is what they say of their work alone.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.plot import drawn  # noqa: E402

DATA = ROOT / "docs" / "performance.json"
PAGE = ROOT / "docs" / "performance.md"
PLOT = ROOT / "docs" / "performance.svg"
SHAPES_PLOT = ROOT / "docs" / "performance-shapes.svg"

SIZES = (1, 10, 100, 1000, 10_000)
SHAPES: Mapping[str, Sequence[int]] = {
    "nesting": (50, 100, 200, 400),
    "lists": (1000, 2000, 4000, 8000),
    "graph": (100, 200, 400, 800),
    "references": (250, 500, 1000, 2000),
    "mistakes": (250, 500, 1000, 2000),
    "classes": (50, 100, 200, 400),
    "one_option": (10, 100, 1000, 10_000),
}
SMALL = """\
from modsvc_dsl import Host, Process, Service

host = Host(services={"web": Service(process=Process(argv=["/usr/bin/web"]))})
"""


def in_turn(commands: Mapping[str, Sequence[str]], runs: int) -> dict[str, dict[str, float]]:
    """Medians of processes run in turn: processor and wall seconds, and MiB at the largest."""
    found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in commands}
    for run in range(runs + 1):
        for name, command in commands.items():
            spent = _spent(command)
            found[name] += [spent] if run else []  # the first turn warms the files up
    return {name: _medians(each) for name, each in found.items()}


def _spent(command: Sequence[str]) -> tuple[float, float, float]:
    """What one process took. Raises SystemExit where it fails."""
    before = os.times().elapsed
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    wall = os.times().elapsed - before
    return used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024


def alone(commands: Mapping[str, Sequence[str]], runs: int) -> dict[str, float]:
    """Medians of the processor seconds that programs run in turn say of their work, without imports."""
    found: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            made = subprocess.run([*command, "--json"], capture_output=True, text=True, check=True)
            found[name].append(json.loads(made.stdout)["work_cpu_s"])
    return {name: round(statistics.median(each), 6) for name, each in found.items()}


def _medians(spent: Sequence[tuple[float, float, float]]) -> dict[str, float]:
    cpu, wall, peak = map(statistics.median, zip(*spent))
    return {"cpu": round(cpu, 3), "wall": round(wall, 3), "MiB": round(peak)}


def program(name: str, *arguments: object) -> list[str]:
    """The command that runs one of the programs beside this one."""
    return [sys.executable, str(Path(__file__).with_name(name)), *map(str, arguments)]


def measure() -> dict[str, Any]:
    """Everything; what is compared is run in turn."""
    python, engines = sys.executable, ["services", "floor"]
    if subprocess.run([python, "-c", "import rjsonnet"], capture_output=True).returncode == 0:
        engines.append("jsonnet")
    by_size = {
        size: in_turn(
            {
                name: program(f"{name}.py", size)
                for name in engines
                if name != "jsonnet" or size <= 1000
            },
            3 if size > 1000 else 5,
        )
        for size in SIZES
    }
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "small.py").write_text(SMALL)
        command = [python, "-m", "modsvc_dsl"]
        out = f"{folder}/out"
        commands = {
            "bare python": [python, "-c", "pass"],
            "import modsvc_dsl": [python, "-c", "import modsvc_dsl"],
            "import of all its names": [python, "-c", "from modsvc_dsl import *"],
            "modsvc --help": [*command, "--help"],
            "modsvc build of one service": [*command, "build", f"{folder}/small.py", "--out", out],
        }
        started = in_turn(commands, 9)
    shapes = {
        name: alone({str(size): program("shapes.py", name, size) for size in sizes}, 5)
        for name, sizes in SHAPES.items()
    }
    return {
        "machine": f"Python {platform.python_version()}, {os.cpu_count()} processors",
        "engines": {
            name: {str(size): each[name] for size, each in by_size.items() if name in each}
            for name in engines
        },
        "commands": started,
        "shapes": shapes,
    }


# --- the page -----------------------------------------------------------------------------

NIX = {"1": (0.057, None), "100": (0.72, 290), "1000": (13.8, 1843)}
"""The same work with the module system of nixpkgs: services -> seconds and MiB, measured once on two
cores with its collector on; with the collector off, 1,000 took 4.6 s at the least."""


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def tables(data: Mapping[str, Any]) -> str:
    """The figures as tables of the page."""
    engines = data["engines"]
    heads = ["services", "this project", "f-strings alone", "jrsonnet", "Nix module system"]
    lines = [f"Measured with {data['machine']}: processor seconds and MiB of whole processes.", ""]
    lines += [_row(*heads), _row(*["---"] * len(heads))]
    for size in map(str, SIZES):
        cells = [
            _cell(engines.get(name, {}).get(size)) for name in ("services", "floor", "jsonnet")
        ]
        nix = NIX.get(size)
        memory = f", {nix[1]:,} MiB" if nix and nix[1] else ""
        lines.append(_row(f"{int(size):,}", *cells, f"{nix[0]:g} s{memory}" if nix else "-"))
    lines += ["", _row("command", "processor", "wall", "memory"), _row(*["---"] * 4)]
    for name, found in data["commands"].items():
        lines.append(
            _row(
                f"`{name}`",
                f"{found['cpu']:.3f} s",
                f"{found['wall']:.3f} s",
                f"{found['MiB']:.0f} MiB",
            )
        )
    head = _row("shape", *["size: milliseconds"] * 4, "largest by smallest")
    lines += ["", head, _row(*["---"] * 6)]
    for name, sizes in data["shapes"].items():
        cells = [f"{int(size):,}: {1000 * spent:.1f}" for size, spent in sizes.items()]
        least, most = sizes[min(sizes, key=int)], sizes[max(sizes, key=int)]
        lines.append(_row(name, *cells, f"{most / least:.1f}"))
    return "\n".join(lines) + "\n"


def _cell(found: Mapping[str, float] | None) -> str:
    return f"{found['cpu']:.2f} s, {found['MiB']:.0f} MiB" if found else "-"


MARKS = "<!-- figures: written by benchmarks/figures.py -->\n", "<!-- end of figures -->\n"


def written(page: str, data: Mapping[str, Any]) -> str:
    """The page with the tables of these figures between its marks."""
    before, _, rest = page.partition(MARKS[0])
    _, _, after = rest.partition(MARKS[1])
    return f"{before}{MARKS[0]}\n{tables(data)}\n{MARKS[1]}{after}"


def curves(data: Mapping[str, Any]) -> dict[str, dict[int, float]]:
    """What is plotted: seconds by size."""
    named = {"services": "this project", "floor": "f-strings alone", "jsonnet": "jrsonnet"}
    found = {
        named[name]: {int(size): each["cpu"] for size, each in sizes.items()}
        for name, sizes in data["engines"].items()
    }
    return {**found, "Nix module system": {int(size): each[0] for size, each in NIX.items()}}


def shape_curves(data: Mapping[str, Any]) -> dict[str, dict[int, float]]:
    """The same of the other shapes."""
    return {
        name: {int(size): spent for size, spent in sizes.items()}
        for name, sizes in data["shapes"].items()
    }


def main() -> None:
    """Measure unless told only to draw; write the page and the plots."""
    if "--draw" not in sys.argv:
        DATA.write_text(json.dumps(measure(), indent=1) + "\n")
    data = json.loads(DATA.read_text())
    PAGE.write_text(written(PAGE.read_text(), data))
    PLOT.write_text(drawn(curves(data), "services", "processor seconds, whole process"))
    SHAPES_PLOT.write_text(drawn(shape_curves(data), "size", "processor seconds, the work alone"))


if __name__ == "__main__":
    main()
