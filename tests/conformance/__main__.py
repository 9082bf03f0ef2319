"""`python -m tests.conformance [--services] DIR`: a result line for each vector of a folder.

`python -m tests.conformance [--services] --print ID [DIR]` prints one vector as a Python file
instead. With `--services` the vectors are about services and their units. Without a folder the
vectors beside this file are meant.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from . import outcome, source
from .services import outcome as services_outcome
from .services import source as services_source
from .types import Json
from .vectors_in import SERVICES, VECTORS, vectors_in


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments say; returns the exit status, 2 for a wrong use."""
    services = arguments[:1] == ["--services"]
    arguments = arguments[1:] if services else arguments
    if arguments[:1] == ["--print"] and len(arguments) in (2, 3):
        folder = Path(*arguments[2:]) if arguments[2:] else SERVICES if services else VECTORS
        return _print(arguments[1], folder, (services_source if services else source).source)
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print(__doc__, file=sys.stderr)
        return 2
    result = (services_outcome if services else outcome).outcome
    for vector in vectors_in(Path(arguments[0])):
        print(json.dumps(result(vector), ensure_ascii=False))
    return 0


def _print(name: str, folder: Path, source_of: Callable[[Json], str]) -> int:
    found = next((vector for vector in vectors_in(folder) if vector["id"] == name), None)
    if found is None:
        print(f"no vector {name} in {folder}", file=sys.stderr)
        return 2
    print(source_of(found), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
