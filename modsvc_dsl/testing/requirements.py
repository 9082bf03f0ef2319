"""Whether a machine can be booted on this host.

In: the host. Out: `missing()`, the reason why not. Refuses to know what is done about it: a test is
skipped, a program ends.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from modsvc_dsl.testing.cgroup import own_groups
from modsvc_dsl.testing.errors import HostCommandFailed
from modsvc_dsl.testing.overlay import Overlay

_PACKAGES = {
    "systemd-nspawn": "systemd-container (in Arch: systemd)",
    "systemctl": "systemd",
    "nsenter": "util-linux",
    "setpriv": "util-linux",
    "mount": "mount or util-linux",
    "umount": "mount or util-linux",
    "tar": "tar",
    "install": "coreutils",
}
"""Commands that are run -> the package they come in on Debian, Fedora and Arch."""

_INITS = ("/usr/lib/systemd/systemd", "/lib/systemd/systemd")

_LAST_WITH_CGROUP_1 = 255
"""systemd 256 stopped booting under control groups version 1 (its NEWS, "CHANGES WITH 256")."""

_SHARED = ("/usr", "/etc")
"""Without what is in these, nothing boots; an overlay of / does not show other file systems."""

_TRIALS = "/run"
"""Where an overlay is tried; the machines are mounted there too."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What was found on a host.

    `absent` lists commands that are not installed, `version` is systemd's (0: not known), `cgroups`
    says which versions of control groups systemd can use here, `mounts` is where file systems are
    mounted.
    """

    platform: str
    is_root: bool
    absent: tuple[str, ...]
    has_init: bool
    version: int
    cgroups: frozenset[int]
    mounts: frozenset[str]


def missing() -> str | None:
    """Return why no machine can be booted here, in one clause, or None where one can.

    Mounts an overlay for a moment, once everything else is there; changes nothing.
    """
    return reason(survey()) or _overlay_refused()


def survey() -> Survey:
    """Look at this host. Runs `systemctl --version` and reads /proc, on Linux."""
    if sys.platform != "linux":
        return Survey(sys.platform, False, (), False, 0, frozenset(), frozenset())
    mounts = Path("/proc/self/mounts").read_text()
    groups = own_groups(Path("/proc/self/cgroup").read_text(), mounts)
    unified = any((group / "cgroup.controllers").exists() for group in groups)
    named = any(not (group / "cgroup.controllers").exists() for group in groups)
    return Survey(
        platform=sys.platform,
        is_root=os.geteuid() == 0,
        absent=tuple(command for command in _PACKAGES if shutil.which(command) is None),
        has_init=any(os.access(path, os.X_OK) for path in _INITS),
        version=_systemd_version(),
        cgroups=frozenset({2} if unified else ()) | frozenset({1} if named else ()),
        mounts=frozenset(line.split(" ")[1] for line in mounts.splitlines()),
    )


def reason(found: Survey) -> str | None:
    """Return the first thing that is missing in `found`, or None."""
    if found.platform != "linux":
        return f"the platform is {found.platform}, and systemd runs on Linux"
    if not found.is_root:
        return "it takes root to mount and to make namespaces, and this process is not root"
    for command in found.absent:
        return f"the command {command} is not installed: install {_PACKAGES[command]}"
    if not found.has_init:
        return f"there is no systemd to boot at {_INITS[0]}: install systemd"
    if not found.cgroups:
        return "no control group hierarchy that systemd can use is mounted below /sys/fs/cgroup"
    if 1 in found.cgroups and found.version > _LAST_WITH_CGROUP_1:
        return (
            f"systemd {found.version} does not boot under control groups version 1: boot the host "
            "with systemd.unified_cgroup_hierarchy=1"
        )
    for path in _SHARED:
        if path in found.mounts:
            return f"{path} is a file system of its own, which an overlay of / does not show"
    return None


def _systemd_version() -> int:
    """Return 252 for systemd 252; 0 where the command is absent or says something else."""
    if shutil.which("systemctl") is None:
        return 0
    shown = subprocess.run(["systemctl", "--version"], capture_output=True, text=True).stdout
    number = re.match(r"systemd (\d+)", shown)
    return int(number[1]) if number else 0


def _overlay_refused() -> str | None:
    """Return why an overlay of / cannot be mounted, or None."""
    with tempfile.TemporaryDirectory(prefix="modsvc-trial-", dir=_TRIALS) as directory:
        overlay = Overlay(Path(directory))
        try:
            overlay.mount()
        except HostCommandFailed as refused:
            return f"an overlay of / cannot be mounted: {refused.stderr.strip()}"
        finally:
            overlay.unmount()
    return None
