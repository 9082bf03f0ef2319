"""A program that writes down how it was started: `dump.py FOLDER NUMBER ...`.

In: its own process. Out: FOLDER/NUMBER.json with the bytes of its command line and environment, and
who it runs as. Refuses to trust the interpreter: it reads what the kernel says.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path


def main() -> None:
    """Write the file whole, and only then give it its name."""
    own = Path("/proc/self")
    arguments = [part.decode("latin-1") for part in (own / "cmdline").read_bytes().split(b"\0")]
    variables = [part.decode("latin-1") for part in (own / "environ").read_bytes().split(b"\0")]
    mask = os.umask(0)
    found = {
        "arguments": arguments[:-1],
        "environment": dict(each.split("=", 1) for each in variables[:-1]),
        "directory": os.getcwd(),
        "user": os.getuid(),
        "group": os.getgid(),
        "groups": os.getgroups(),
        "umask": mask,
    }
    target = Path(sys.argv[1], f"{sys.argv[2]}.json")
    unfinished = target.with_suffix(".unfinished")
    unfinished.write_text(json.dumps(found))
    unfinished.rename(target)


if __name__ == "__main__":
    main()
