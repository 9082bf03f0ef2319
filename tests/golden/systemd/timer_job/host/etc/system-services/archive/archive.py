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
