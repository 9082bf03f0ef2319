"""The vectors of a folder.

In: a folder of JSON files, each a list of vectors. Out: the vectors, by file and place.
Refuses to look into them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

VECTORS = Path(__file__).parent / "vectors"
SERVICES = Path(__file__).parent / "service_vectors"


def vectors_in(folder: Path) -> Iterator[dict[str, Any]]:
    """All vectors below a folder."""
    for file in sorted(folder.rglob("*.json")):
        yield from json.loads(file.read_text("utf-8"))
