"""A directory packed so that it can be laid over the root of a running system.

In: a directory of the host. Out: the bytes of a tar archive, and the command that unpacks them.
Refuses to know who runs the command.
"""

from __future__ import annotations

import io
import tarfile
from pathlib import Path


def pack(directory: Path) -> bytes:
    """Return all that lies below `directory` as a tar archive of files owned by root.

    Modes, times and links are kept, links unfollowed; other kinds of file are refused with
    `ValueError`, as is a `directory` that is none.
    """
    if not directory.is_dir():
        raise ValueError(f"{directory} is no directory: copy_tree copies what lies below one")
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for entry in sorted(directory.iterdir()):
            archive.add(entry, entry.name, filter=_owned_by_root)
    return buffer.getvalue()


def _owned_by_root(member: tarfile.TarInfo) -> tarfile.TarInfo:
    if not (member.isfile() or member.isdir() or member.issym() or member.islnk()):
        raise ValueError(f"{member.name} is neither a file nor a directory nor a link")
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


def unpack_command(directory: str) -> list[str]:
    """Return the command that unpacks such an archive from its standard input below `directory`.

    Directories that are there keep their mode and owner, and a link to a directory stays one:
    otherwise a tree with `lib/` in it would replace the link /lib, and with it the system.
    """
    command = ["tar", "--extract", "--file=-", f"--directory={directory}", "--numeric-owner"]
    return [*command, "--preserve-permissions", "--no-overwrite-dir", "--keep-directory-symlink"]
