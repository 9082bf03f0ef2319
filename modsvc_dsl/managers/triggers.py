"""What a change of a config file is to lead to, for those who put a tree in place.

In: a service, and what was read from the sources of its files. Out: for a reload and for a restart, the
files that ask for it, each with the hash of its content. Refuses to act: whoever activates a tree
compares these with those of the tree before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from ..services.service import Service
from .files import Contents, content_of


def triggers(service: Service, contents: Contents) -> Mapping[str, tuple[str, ...]]:
    """`reload` and `restart` -> `PATH#SHA256` of each file, in the order of paths."""
    found: dict[str, list[str]] = {}
    for file in sorted(service.config_data.values(), key=lambda each: each.path):
        if not file.enable or file.on_change == "nothing":
            continue
        content = content_of(file, contents)
        if content is not None:
            digest = hashlib.sha256(content).hexdigest()
            found.setdefault(file.on_change, []).append(f"{file.path}#{digest}")
    return {action: tuple(files) for action, files in found.items()}
