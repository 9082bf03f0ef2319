"""A root directory with another release of Debian, for tests on its systemd.

In: a release. Out: the path of a directory that `Machine(root=...)` boots, made once and kept outside
the repository. Refuses to make it anew: its name follows from what is in it, so that one of which
machines run is never changed.

    python3 -m scripts.debian_root 13      # makes it where it is missing, and prints where it is

Takes root, and mmdebstrap, which fetches packages from the mirror of Debian that apt has.
MODSVC_ROOTS is the directory that holds it; /var/cache/modsvc-roots unless said.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

HOLDER = "MODSVC_ROOTS"
KEPT = "/var/cache/modsvc-roots"

_PACKAGES = (
    *("systemd", "libnss-systemd", "dbus", "python3", "python3-dbus", "python3-gi"),
    *("redis-server", "nginx", "openssl", "git", "procps"),
)
"""What the tests start, beside what is essential in Debian."""


class NotMade(Exception):
    """There is no such directory, and none can be made; the message says why in one clause."""


@dataclass(frozen=True, slots=True)
class Release:
    """A release of Debian: its number, the suite of the archive, and the version of its systemd."""

    number: int
    suite: str
    systemd: int
    packages: tuple[str, ...] = _PACKAGES

    @property
    def root(self) -> Path:
        """Where its root directory is, or would be."""
        recipe = " ".join([self.suite, *sorted(self.packages)])
        digest = hashlib.sha256(recipe.encode()).hexdigest()[:8]
        return Path(os.environ.get(HOLDER) or KEPT) / f"{self.suite}-{digest}"

    def find(self) -> Path:
        """Return the root directory. Raises `NotMade` where nobody made it yet."""
        if not self.root.is_dir():
            command = f"python3 -m scripts.debian_root {self.number}"
            raise NotMade(f"there is no Debian {self.number} at {self.root}: run {command} as root")
        return self.root

    def make(self) -> Path:
        """Return the root directory, after making it where it is missing, in about 15 seconds.

        Raises `NotMade` with what mmdebstrap said, and then leaves nothing.
        """
        if self.root.is_dir():
            return self.root
        if os.geteuid() != 0:
            raise NotMade("it takes root to make a root directory, and this process is not root")
        if shutil.which("mmdebstrap") is None:
            raise NotMade("the command mmdebstrap is not installed: install mmdebstrap")
        self.root.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="new-", dir=self.root.parent) as scratch:
            made = Path(scratch) / "root"
            done = subprocess.run(self._command(made), capture_output=True, text=True)
            if done.returncode != 0:
                raise NotMade(f"mmdebstrap ended with {done.returncode}:\n{done.stderr.strip()}")
            try:
                made.rename(self.root)
            except OSError:
                if not self.root.is_dir():  # else somebody else made the same one meanwhile
                    raise
        return self.root

    def _command(self, directory: Path) -> list[str]:
        options = ["--quiet", "--mode=root", "--format=directory", "--variant=essential"]
        options += [f"--include={','.join(self.packages)}", '--aptopt=Acquire::Retries "3"']
        return ["mmdebstrap", *options, self.suite, str(directory), *apt_mirror()]


RELEASES = {release.number: release for release in (Release(13, "trixie", 257),)}


def apt_mirror() -> list[str]:
    """Return the address of the mirror of Debian that apt uses here; nothing where it has none."""
    if shutil.which("apt-get") is None:
        return []
    asked = ["apt-get", "indextargets", "--format=$(REPO_URI)", "Origin: Debian", "Label: Debian"]
    shown = subprocess.run(asked, capture_output=True, text=True).stdout
    return shown.split()[:1]


def main() -> int:
    """Print the path of the root directory of a release. Ends with 1 where it cannot be made."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("release", type=int, choices=sorted(RELEASES))
    release = RELEASES[parser.parse_args().release]
    try:
        print(release.make())
    except NotMade as why:
        print(f"no root directory of Debian {release.number}: {why}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
