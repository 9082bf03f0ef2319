"""What systemd says of settings of its own, the lines of [Manager].

In: lines. Out: complaints. Refuses to know directives.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from pathlib import Path

MANAGER = next(
    (p for p in ("/lib/systemd/systemd", "/usr/lib/systemd/systemd") if Path(p).exists()), ""
)


def complaints(lines: list[str]) -> list[str]:
    """What systemd says about settings of its own, which it reads in its test mode, but not as root."""
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch, "systemd", "user.conf")
        file.parent.mkdir()
        file.write_text("[Manager]\n" + "\n".join(lines) + "\n")
        for path in (Path(scratch), file.parent):
            path.chmod(0o755)
        nobody = 65534 if os.geteuid() == 0 else None
        result = subprocess.run(
            [MANAGER, "--test", "--user", "--no-pager"],
            env={"XDG_CONFIG_HOME": scratch, "XDG_RUNTIME_DIR": scratch, "HOME": scratch},
            capture_output=True,
            text=True,
            check=False,
            user=nobody,
            group=nobody,
            timeout=60,
        )
        assert "init.scope" in result.stdout, result.stderr
        found = re.findall(rf"{re.escape(str(file))}:(\d+): (.*)", result.stderr)
    return [f"{lines[int(line) - 2]}: {message}" for line, message in found]
