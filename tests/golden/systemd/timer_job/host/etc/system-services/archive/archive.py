"""Archive the folder argv[1] into the state directory, and keep the newest argv[2] archives."""

import os
import sys
import tarfile
import time
from pathlib import Path

folder, keep = Path(sys.argv[1]), int(sys.argv[2])
state = Path(os.environ["STATE_DIRECTORY"])
archive = state / f"{time.time_ns() / 1e9:.6f}.tar.gz"
unfinished = state / "unfinished"
with tarfile.open(unfinished, "w:gz") as tar:
    tar.add(folder, folder.name)
unfinished.rename(archive)
for old in sorted(state.glob("*.tar.gz"))[:-keep]:
    old.unlink()
print(f"{folder}: {archive.stat().st_size} bytes in {archive}")
