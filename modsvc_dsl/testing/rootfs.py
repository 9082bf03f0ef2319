"""A host's files made into a quiet system: nothing starts in it that its administrator enabled.

In: the root of a throw-away copy of a host, and a host name. Out: the same root, changed. Refuses
to know how the copy was made and how it is booted.

Units that the host enables could be masked by name, but nobody knows all names. So the links by
which units are enabled (`systemctl enable` makes them, and presets) are removed as a whole, and so
is every generator, which makes such links while booting. What is left is what systemd and D-Bus
themselves start on every host. Units stay installed and can be started or enabled in the copy;
masks and aliases of the host stay as they are.
"""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path

from modsvc_dsl.testing.errors import UnsafePath

_ENABLING = (".wants", ".requires", ".upholds")
"""Directories of links that pull units in, systemd.unit(5)."""

_GENERATOR_FOLDERS = ("etc", "usr/local/lib", "usr/lib", "lib")
"""Below these, `systemd/system-generators` is searched, systemd.generator(7)."""

_MASKED = (
    # Set up what only a freshly installed or updated host lacks; some take seconds.
    "ldconfig.service",
    "systemd-firstboot.service",
    "systemd-hwdb-update.service",
    "systemd-journal-catalog-update.service",
)

_HOSTS = "127.0.0.1 localhost\n::1 localhost ip6-localhost\n127.0.1.1 {hostname}\n"

_JOURNALD = "[Journal]\n# A test must be able to rely on every line, also after a reboot.\n" + (
    "Storage=persistent\nRateLimitIntervalSec=0\nForwardToConsole=no\n"
)


def quieten(root: Path, hostname: str) -> None:
    """Make the system below `root` boot with nothing of the host but its installed files.

    Raises `UnsafePath` where a directory below `root` is a link that leads out of it.
    """
    _drop_enabled(root)
    _mask_generators(root)
    for unit in _MASKED:
        _link(root, f"etc/systemd/system/{unit}", "/dev/null")
    target = "usr/lib" if (root / "usr/lib/systemd/system/multi-user.target").exists() else "lib"
    _link(root, "etc/systemd/system/default.target", f"/{target}/systemd/system/multi-user.target")
    _write_identity(root, hostname)


def _drop_enabled(root: Path) -> None:
    for scope in ("system", "user"):
        folder = _inside(root, f"etc/systemd/{scope}")
        for entry in sorted(folder.iterdir()) if folder.is_dir() else ():
            if not entry.name.endswith(_ENABLING):
                continue
            if entry.is_symlink():
                entry.unlink()
            else:
                shutil.rmtree(entry)


def _mask_generators(root: Path) -> None:
    """Link every generator to /dev/null in /etc, which goes before the other folders."""
    names: set[str] = set()
    for parent in _GENERATOR_FOLDERS:
        folder = root / parent / "systemd/system-generators"
        if folder.is_dir():
            names.update(os.listdir(folder))
    for name in sorted(names):
        _link(root, f"etc/systemd/system-generators/{name}", "/dev/null")


def _write_identity(root: Path, hostname: str) -> None:
    """Give the system an id and a name of its own, no disks to mount and no name server.

    An empty machine id would make systemd take this for a first boot and enable units by preset.
    """
    machine_id = secrets.token_hex(16) + "\n"
    _write(root, "etc/machine-id", machine_id)
    if (root / "var/lib/dbus").is_dir():
        _write(root, "var/lib/dbus/machine-id", machine_id)
    _write(root, "etc/hostname", hostname + "\n")
    _write(root, "etc/hosts", _HOSTS.format(hostname=hostname))
    _write(root, "etc/resolv.conf", "# There is no network but the loopback.\n")
    _write(root, "etc/fstab", "# The root is mounted before this system starts.\n")
    _write(root, "etc/systemd/journald.conf.d/00-machine.conf", _JOURNALD)


def _write(root: Path, path: str, text: str) -> None:
    """Replace what is at `path` by a file; a link is replaced, never followed."""
    place = _cleared(root, path)
    with open(place, "x", encoding="utf-8") as file:
        file.write(text)
    place.chmod(0o644)


def _link(root: Path, path: str, target: str) -> None:
    """Replace what is at `path` by a symbolic link to `target`."""
    _cleared(root, path).symlink_to(target)


def _cleared(root: Path, path: str) -> Path:
    place = root / path
    folder = _inside(root, str(Path(path).parent))
    folder.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    return place


def _inside(root: Path, folder: str) -> Path:
    """Return `root / folder`, once it is certain that no link on the way leads out of `root`.

    Links in the copy are meant for the copy's own root, yet this code sees them from the host's.
    """
    place = root / folder
    if not place.resolve().is_relative_to(root.resolve()):
        raise UnsafePath(str(place), str(root))
    return place
