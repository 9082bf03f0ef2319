"""The standard work in Jsonnet, evaluated by jrsonnet (`pip install rjsonnet`).

`python3 benchmarks/jsonnet.py N [--json]` makes the texts that `services.py` makes of N services,
with what a person might use in the place of this project. A test holds it to the same texts.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

START = time.perf_counter()
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # for `benchmarks`, as a script

PROGRAM = Path(__file__).with_name("services.jsonnet")


def texts(count: int) -> dict[str, str]:
    """All units and config files by path. Raises ImportError where there is no rjsonnet."""
    import importlib

    from benchmarks.floor import STRICT

    engine: Any = importlib.import_module("rjsonnet")  # it has no types
    program = PROGRAM.read_text(encoding="utf-8")
    program = program.replace("importstr 'strict.txt'", json.dumps(STRICT + "\n"))
    made = engine.evaluate_snippet(str(PROGRAM), f"({program})({count})", max_stack=100_000)
    found: dict[str, str] = json.loads(made)
    return found


if __name__ == "__main__":
    from benchmarks.measure import report

    report(__doc__, START, lambda count: {"bytes": sum(map(len, texts(count).values()))}, int)
