"""A directory's files, seen through a layer that takes every change and is thrown away.

In: an empty directory, and the one to look through at. Out: `Overlay`, whose `root` shows the files
and keeps what is written to them in memory. Refuses to know what the files mean.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

from modsvc_dsl.testing.errors import HostCommandFailed
from modsvc_dsl.testing.host_command import run_on_host

HOST = Path("/")
"""The host's own root file system."""


@dataclass(frozen=True, slots=True)
class Overlay:
    """An overlay of `lower` on a tmpfs; both are mounted below `directory`.

    The layer holds at most half of the host's memory (the default of tmpfs(5)). Other file systems
    mounted in `lower` do not show through: their mount points are empty directories.
    """

    directory: Path
    lower: Path = HOST

    @property
    def root(self) -> Path:
        """Where the overlay is mounted."""
        return self.directory / "root"

    @property
    def _layer(self) -> Path:
        return self.directory / "layer"

    def mount(self) -> None:
        """Mount both. Raises `HostCommandFailed`, after taking back what was mounted."""
        for path in (self.root, self._layer):
            path.mkdir()
        try:
            run_on_host("mount", "-t", "tmpfs", "-o", "mode=0700", "modsvc-layer", str(self._layer))
            upper, work = self._layer / "upper", self._layer / "work"
            for path in (upper, work):
                path.mkdir()
                path.chmod(0o755)  # the upper directory's mode becomes the mode of the root itself
            # A link, since mount and the kernel each have ideas of their own of a comma or a colon.
            lower = self._layer / "lower"
            lower.symlink_to(self.lower)
            options = f"lowerdir={lower},upperdir={upper},workdir={work}"
            run_on_host("mount", "-t", "overlay", "-o", options, "modsvc-root", str(self.root))
        except BaseException:
            self.unmount()
            raise

    def unmount(self, timeout: float = 5.0) -> None:
        """Unmount what is mounted, and forget every change. Does nothing where nothing is.

        A mount stays busy for a moment after the last process in it died, so a failure counts only
        after `timeout` seconds: then the mount is detached, to go with its last user, and
        `HostCommandFailed` is raised.
        """
        deadline = time.monotonic() + timeout
        for path in (self.root, self._layer):
            while os.path.ismount(path):
                try:
                    run_on_host("umount", str(path))
                except HostCommandFailed:
                    if time.monotonic() < deadline:
                        time.sleep(0.02)
                        continue
                    run_on_host("umount", "--lazy", str(path))
                    raise
