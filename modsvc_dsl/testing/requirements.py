"""Whether a machine can be booted on this host.

In: the host, and the root directory of what shall be booted. Out: `missing()`, the reason why not.
Refuses to know what is done about it: a test is skipped, a program ends.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from modsvc_dsl.testing.cgroup import own_groups
from modsvc_dsl.testing.container import LAST_WITH_CGROUP_1
from modsvc_dsl.testing.errors import HostCommandFailed
from modsvc_dsl.testing.installed import absent, has_init, systemd_version
from modsvc_dsl.testing.overlay import HOST, Overlay

_ON_THE_HOST = {
    "systemd-nspawn": "systemd-container (in Arch: systemd)",
    "nsenter": "util-linux",
    "setpriv": "util-linux",
    "mount": "mount or util-linux",
    "umount": "mount or util-linux",
}
"""Commands that are run on the host -> the package they come in on Debian, Fedora and Arch."""

_INSIDE = {"systemctl": "systemd", "tar": "tar", "install": "coreutils", "cat": "coreutils"}
"""Those that are run inside a machine, in the same way."""

_SHARED = ("usr", "etc")
"""Without what is in these, nothing boots; an overlay does not show other file systems."""

_TRIALS = "/run"
"""Where an overlay is tried; the machines are mounted there too."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What was found on a host, and in the root directory of the system to boot.

    `absent` lists commands that the host has not, `lacking` those that `root` has not, `version` is
    the one of the systemd in `root` (0: not known), `cgroups` says which versions of control groups
    systemd can use here, `mounts` is where file systems are mounted.
    """

    platform: str
    is_root: bool
    absent: tuple[str, ...]
    root: Path
    has_init: bool
    lacking: tuple[str, ...]
    version: int
    cgroups: frozenset[int]
    mounts: frozenset[Path]


def missing(root: Path = HOST) -> str | None:
    """Return why no machine can be booted here from `root`, in one clause, or None where one can.

    Mounts an overlay for a moment, once everything else is there; changes nothing.
    """
    return reason(survey(root)) or _overlay_refused(root)


def survey(root: Path = HOST) -> Survey:
    """Look at this host and at `root`. Reads /proc, on Linux, and runs nothing."""
    if sys.platform != "linux":
        nothing: frozenset[int] = frozenset()
        return Survey(sys.platform, False, (), root, False, (), 0, nothing, frozenset())
    mounts = Path("/proc/self/mounts").read_text()
    groups = own_groups(Path("/proc/self/cgroup").read_text(), mounts)
    unified = any((group / "cgroup.controllers").exists() for group in groups)
    named = any(not (group / "cgroup.controllers").exists() for group in groups)
    return Survey(
        platform=sys.platform,
        is_root=os.geteuid() == 0,
        absent=tuple(command for command in _ON_THE_HOST if shutil.which(command) is None),
        root=root,
        has_init=has_init(root),
        lacking=absent(root, _INSIDE),
        version=systemd_version(root),
        cgroups=frozenset({2} if unified else ()) | frozenset({1} if named else ()),
        mounts=mount_points(mounts),
    )


def mount_points(mounts: str) -> frozenset[Path]:
    """Return the mount points in the text of /proc/mounts, which escapes blanks; fstab(5)."""
    return frozenset(
        Path(re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), line.split(" ")[1]))
        for line in mounts.splitlines()
    )


def reason(found: Survey) -> str | None:
    """Return the first thing that is missing in `found`, or None."""
    if found.platform != "linux":
        return f"the platform is {found.platform}, and systemd runs on Linux"
    if not found.is_root:
        return "it takes root to mount and to make namespaces, and this process is not root"
    for command in found.absent:
        return f"the command {command} is not installed: install {_ON_THE_HOST[command]}"
    return _nothing_to_boot(found) or _no_groups(found)


def _nothing_to_boot(found: Survey) -> str | None:
    """Return why the root directory cannot be booted, as far as its files tell."""
    inside = "" if found.root == HOST else f" below {found.root}"
    if not found.has_init:
        return f"there is no systemd to boot{inside}, at usr/lib/systemd/systemd: install systemd"
    for command in found.lacking:
        return f"the command {command} is not installed{inside}: install {_INSIDE[command]}"
    for path in (found.root / folder for folder in _SHARED):
        if path in found.mounts:
            return (
                f"{path} is a file system of its own, which an overlay of {found.root} does not "
                "show"
            )
    return None


def _no_groups(found: Survey) -> str | None:
    """Return why the systemd that was found could not make its control groups here."""
    if not found.cgroups:
        return "no control group hierarchy that systemd can use is mounted below /sys/fs/cgroup"
    if 2 not in found.cgroups and found.version > LAST_WITH_CGROUP_1:
        return (
            f"systemd {found.version} does not boot under control groups version 1: boot the host "
            "with systemd.unified_cgroup_hierarchy=1"
        )
    return None


def _overlay_refused(root: Path) -> str | None:
    """Return why an overlay of `root` cannot be mounted, or None."""
    with tempfile.TemporaryDirectory(prefix="modsvc-trial-", dir=_TRIALS) as directory:
        overlay = Overlay(Path(directory), root)
        try:
            overlay.mount()
        except HostCommandFailed as refused:
            return f"an overlay of {root} cannot be mounted: {refused.stderr.strip()}"
        finally:
            overlay.unmount()
    return None
