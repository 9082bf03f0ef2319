"""What is installed below a root directory: systemd, its version, commands.

In: a directory that could be the root of a system. Out: facts about its files. Refuses to run
anything of it: a root is looked at before anybody decides to boot it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

_INITS = ("usr/lib/systemd/systemd", "lib/systemd/systemd")

_COMMAND_FOLDERS = ("usr/local/sbin", "usr/local/bin", "usr/sbin", "usr/bin", "sbin", "bin")

_LIBRARY_FOLDERS = ("usr/lib/systemd", "usr/lib64/systemd", "usr/lib/*/systemd", "lib/systemd")
"""Where distributions have systemd's private library; the third is Debian's before version 13."""

_LIBRARY = re.compile(r"libsystemd-shared-(\d+)[^/]*\.so")
"""Its name has the version in it, which is how systemd-nspawn knows it too."""


def has_init(root: Path) -> bool:
    """Tell whether there is a systemd below `root` that could be its first process."""
    return any(_is_there(root / path) for path in _INITS)


def systemd_version(root: Path) -> int:
    """Return 257 for systemd 257.13; 0 where no version can be told from the files."""
    found = (
        _LIBRARY.fullmatch(file.name)
        for folder in _LIBRARY_FOLDERS
        for file in root.glob(f"{folder}/libsystemd-shared-*.so")
    )
    return max((int(match[1]) for match in found if match), default=0)


def absent(root: Path, commands: Iterable[str]) -> tuple[str, ...]:
    """Return those of `commands` that no folder of commands below `root` has."""
    return tuple(
        command
        for command in commands
        if not any(_is_there(root / folder / command) for folder in _COMMAND_FOLDERS)
    )


def _is_there(path: Path) -> bool:
    """A link counts, wherever it leads: it is meant for its own root, not for the host's."""
    return path.is_symlink() or os.access(path, os.X_OK)
