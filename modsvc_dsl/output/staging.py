"""Writing the trees and their manifest into an empty folder.

In: checked trees, the manifest's bytes, a folder. Out: the folder filled, on disk. Refuses to
know OUT, and to follow or overwrite anything: every file is made new.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from modsvc_dsl.managers.tree import Link, Tree
from modsvc_dsl.output.contents import MANIFEST
from modsvc_dsl.output.durability import settle
from modsvc_dsl.output.manifest import Manifest
from modsvc_dsl.output.survey import FOLDER_MODE, MANIFEST_MODE


def stage(
    folder: Path, trees: Mapping[str, Tree], manifest: Manifest, data: bytes, mode: int
) -> None:
    """Fill the empty `folder` and give it `mode`, permission bits, at the end.

    `manifest` is that of `trees`, `data` its bytes. Raises OSError.
    """
    for path in sorted(manifest.folders()):  # a parent sorts before what is in it
        _make_folder(folder / path)
    for host, tree in sorted(trees.items()):
        for path, entry in sorted(tree.items()):
            at = folder / host / path
            if isinstance(entry, Link):
                os.symlink(entry.target, at)
            else:
                _make_file(at, entry.content, entry.mode)
    _make_file(folder / MANIFEST, data, MANIFEST_MODE)
    os.chmod(folder, mode)
    settle(folder)


def _make_folder(path: Path) -> None:
    os.mkdir(path, FOLDER_MODE)
    os.chmod(path, FOLDER_MODE)  # what the umask took away


def _make_file(path: Path, content: bytes, mode: int) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    with open(os.open(path, flags, 0o600), "wb") as stream:
        stream.write(content)
        os.fchmod(stream.fileno(), mode)
