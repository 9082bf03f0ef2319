"""The page on testing: what it tells its readers to write runs, as they would run it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.releases import root_of_debian_13

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "testing.md").read_text(encoding="utf-8")

# A place of its own, since this process may hold the lock of the real one.
APART = """
import pathlib
from modsvc_dsl.testing import lock, sandbox
sandbox.PLACE = pathlib.Path(__file__).parent / "place"
sandbox._LOCK = lock.HostLock(sandbox.PLACE / "lock")
"""


def test_its_files_are_tests_that_pass(tmp_path: Path) -> None:
    """With the release of the page where the tests of this project have it."""
    (conftest,) = re.findall(
        r"^```python\n(from modsvc_dsl.testing.plugin.*?)^```$", PAGE, re.M | re.S
    )
    (tmp_path / "conftest.py").write_text(conftest + APART)
    files = dict(re.findall(r"^```python (\w+\.py)\n(.*?)^```$", PAGE, re.M | re.S))
    assert files.keys() == {"services.py", "test_services.py", "test_release.py"}
    place = "/var/lib/machines/trixie"
    assert PAGE.count(place) == 2 and place in files["test_release.py"]
    for name, text in files.items():
        (tmp_path / name).write_text(text.replace(place, str(root_of_debian_13())))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-rs", str(tmp_path)],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        },
        capture_output=True,
        text=True,
        timeout=120,
    )
    if "2 skipped" in done.stdout:
        pytest.skip(done.stdout)
    assert done.returncode == 0 and "2 passed" in done.stdout, done.stdout + done.stderr
