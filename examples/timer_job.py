"""A nightly job: archive a folder, keep the last few archives.

    modsvc build examples/timer_job.py --out out
    systemctl list-timers archive.timer    # when it runs next
    systemctl start archive.service        # run it now

The job may read every file of the host and write to its own folder only, /var/lib/archive; it
reaches no network.

In: a folder. Out: `<seconds since 1970>.tar.gz`, the oldest removed. Refuses to run twice at once,
as systemd starts no service that still runs.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from modsvc_dsl import (
    Between,
    ConfigFile,
    Directories,
    Directory,
    Hardening,
    Host,
    Meta,
    Process,
    Resources,
    Schedule,
    Service,
    define,
    option,
)

JOB = '''\
"""Archive the folder argv[1] into the folder argv[3], and keep the newest argv[2] archives there."""

import sys
import tarfile
import time
from pathlib import Path

folder, keep = Path(sys.argv[1]), int(sys.argv[2])
state = Path(sys.argv[3])
archive = state / f"{time.time_ns() / 1e9:.6f}.tar.gz"
unfinished = state / "unfinished"
with tarfile.open(unfinished, "w:gz") as tar:
    tar.add(folder, folder.name)
unfinished.rename(archive)
for old in sorted(state.glob("*.tar.gz"))[:-keep]:
    old.unlink()
print(f"{folder}: {archive.stat().st_size} bytes in {archive}")
'''


class Archive(Service):
    """Archives a folder at set times."""

    folder: Path = option(description="What to archive.")
    keep: Annotated[int, Between(1)] = option(default=7, description="Archives to keep.")
    calendar: str = option(
        default="*-*-* 03:00:00", description="When, as in systemd.time(7), calendar events."
    )
    meta = Meta(description="Archive a folder")
    resources = Resources(nice=10, io_class="idle")
    hardening = Hardening(capabilities=["CAP_DAC_READ_SEARCH"], network="none", address_families=[])
    directories = Directories(state=Directory())
    config_data = {"archive.py": ConfigFile(text=JOB)}

    @define(Process.argv)
    def _archive(self) -> list[str]:
        script, state = self.config_data["archive.py"].path, self.directories.state.path
        return ["/usr/bin/python3", script, str(self.folder), str(self.keep), state]

    @define(Schedule.calendar)
    def _nightly(self) -> list[str]:
        return [self.calendar]


host = Host(services={"archive": Archive(folder=Path("/etc/systemd"))})
