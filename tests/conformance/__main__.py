"""`python -m tests.conformance DIR`: a result line for each vector of a folder.

`python -m tests.conformance --print ID [DIR]` prints one vector as a Python file instead.
Without a folder the vectors beside this file are meant.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from .outcome import outcome
from .source import source
from .vectors_in import VECTORS, vectors_in


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments say; returns the exit status, 2 for a wrong use."""
    if arguments[:1] == ["--print"] and len(arguments) in (2, 3):
        return _print(arguments[1], Path(*arguments[2:]) if arguments[2:] else VECTORS)
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print(__doc__, file=sys.stderr)
        return 2
    for vector in vectors_in(Path(arguments[0])):
        print(json.dumps(outcome(vector), ensure_ascii=False))
    return 0


def _print(name: str, folder: Path) -> int:
    found = next((vector for vector in vectors_in(folder) if vector["id"] == name), None)
    if found is None:
        print(f"no vector {name} in {folder}", file=sys.stderr)
        return 2
    print(source(found), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
