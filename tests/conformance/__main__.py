"""`python -m tests.conformance DIR`: a result line for each vector of a folder."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from .translate import outcome


def main(folder: Path) -> int:
    """Print the results of all vectors in a folder."""
    for file in sorted(folder.glob("*.json")):
        for vector in json.loads(file.read_text("utf-8")):
            print(json.dumps(outcome(vector), ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
