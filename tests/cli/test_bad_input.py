"""Everything that can be wrong with what the command is given, with the whole of what it says.

In: the scenarios in `bad_input`, one a file. Out: a failing test for each that goes otherwise today.
With MODSVC_ACCEPT=1 the files are written anew instead, to be read before they are committed.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli import scenario
from tests.cli.modsvc import Modsvc

FOLDER = Path(__file__).parent / "bad_input"
OUR_FRAME = re.compile(r'File ".*modsvc_dsl/')
MARKERS = re.compile(r"^ +[~^]+\n", re.MULTILINE)
SCENARIOS = sorted(path.stem for path in FOLDER.glob("*.txt"))
WEB = """from modsvc_dsl import Host, Process, Service
host = Host(services={"web": Service(process=Process(argv=["/bin/true"]))})
"""


def comparable(told: scenario.Scenario) -> str:
    """The text of a scenario. Where Python puts its markers below a line is for each version to say."""
    text = told.text()
    return text if sys.version_info[:2] == (3, 11) else MARKERS.sub("", text)


@pytest.mark.parametrize("name", SCENARIOS)
def test_bad_input_is_answered(modsvc: Modsvc, name: str) -> None:
    """The last command of a scenario writes just this, and ends with just this code."""
    file = FOLDER / f"{name}.txt"
    written = scenario.read(file.read_text(encoding="utf-8"))
    today = written.run(modsvc)
    if os.environ.get("MODSVC_ACCEPT") == "1":
        file.write_text(today.text(), encoding="utf-8")
        pytest.skip("accepted as it goes today")
    assert comparable(today) == comparable(written)
    assert written.ended.code != 0
    assert not OUR_FRAME.search(written.ended.err)


def test_scenarios_are_read_as_they_are_written() -> None:
    """A scenario's text gives the scenario, whose text is the same again; and there are some."""
    assert len(SCENARIOS) > 30
    for name in SCENARIOS:
        text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
        assert scenario.read(text).text() == text
    with pytest.raises(ValueError, match="ends with an exit code"):
        scenario.read("== a.py\nx = 1\n")


@pytest.fixture
def unwritable(tmp_path: Path) -> Iterator[Path]:
    """A folder that nobody may write to, root not either."""
    folder = tmp_path / "readonly"
    folder.mkdir()
    if os.geteuid() != 0:
        folder.chmod(0o555)
        yield folder
        folder.chmod(0o755)
        return
    mount = ["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", str(folder)]
    done = subprocess.run(mount, capture_output=True, text=True)
    if done.returncode != 0:
        pytest.skip(f"cannot mount a tmpfs here: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_an_unwritable_folder_is_told(modsvc: Modsvc, unwritable: Path) -> None:
    """The folder that OUT would lie in is named, with the system's reason."""
    modsvc.write("web.py", WEB)
    ended = modsvc.run("build", "web.py", "--out", "readonly/out")
    reason = "Read-only file system" if os.geteuid() == 0 else "Permission denied"
    assert ended.code == 4
    assert ended.out == ""
    assert ended.err == (
        "error: cannot build into HERE/readonly/out: nothing can be written in HERE/readonly\n"
        f"  {reason}; the new tree is made there, beside the old one, and exchanged\n"
        "  to fix: build into a folder whose parent you may write to, or get that permission\n"
    )


def test_an_edited_file_is_told_and_left_alone(modsvc: Modsvc) -> None:
    """A unit that was changed by hand since the last build stops the next one."""
    modsvc.write("web.py", WEB)
    assert modsvc.run("build", "web.py", "--out", "out").code == 0
    unit = modsvc.folder / "out/host/etc/systemd/system/web.service"
    unit.write_text("mine")
    ended = modsvc.run("build", "web.py", "--out", "out")
    assert ended.code == 4
    assert ended.err == (
        "error: cannot build into HERE/out: 1 file was changed by hand\n"
        "  host/etc/systemd/system/web.service: its content is not what was written"
        " (built from web.py:2)\n"
        "  to fix: say it in the service's Python file, then delete the changed file here"
        " (deleted files are built again)\n"
        "  to fix: to keep a changed file as it is, move it out of the folder\n"
    )
    assert unit.read_text() == "mine"


def test_a_misspelt_import_is_answered(modsvc: Modsvc) -> None:
    """The name of ours that was meant; Python's own message names the file of the package."""
    modsvc.write("web.py", "from modsvc_dsl import Hots\n")
    ended = modsvc.run("build", "web.py", "--out", "out")
    assert ended.code == 3
    assert ended.err.splitlines()[:4] == [
        "error: web.py could not be loaded",
        "  to fix: did you mean `Host`?",
        "Traceback (most recent call last):",
        '  File "web.py", line 1, in <module>',
    ]
    assert not OUR_FRAME.search(ended.err)
