"""Units of hostile texts, read by systemd itself: it sees what was written, and complains of nothing.

With debug messages, `systemd-analyze verify` prints what its parser made of a unit.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from modsvc_dsl import Hardening, Identity, Meta, Process, Service, Unit, systemd
from modsvc_dsl import Systemd, SystemdService
from tests.managers.systemd.reading import tree_of, unit_text

pytestmark = [
    pytest.mark.needs_systemd,
    pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here"),
]

TEXTS = [
    "plain",
    "100% of %n and %%",
    "'single' and \"double\"",
    "back\\slash and \\n",
    "$HOME ${HOME}",
    "; User=root",
    "# no comment",
    "[Service]",
    "é 😀 \u200b",
    "-@:+!~",
    "a=b, c",
]


def read(folder: Path, service: Service) -> tuple[dict[str, list[str]], str]:
    """What systemd read of a service's unit, by the names of its dump, and its complaints."""
    unit = folder / "it.service"
    unit.write_text(unit_text(tree_of({"it": service}), "it.service"), encoding="utf-8")
    result = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", str(unit)],
        env={
            "PATH": os.environ["PATH"],
            "LC_ALL": "C.UTF-8",
            "SYSTEMD_LOG_LEVEL": "debug",
            "SYSTEMD_LOG_TARGET": "console",
        },
        capture_output=True,
        check=False,
        timeout=60,
    )
    found: dict[str, list[str]] = {}
    for line in result.stdout.decode(errors="surrogateescape").split("\n"):
        name, colon, text = line.strip().partition(": ")
        if colon:
            found.setdefault(name, []).append(text)
    complaints = re.findall(r"it\.service:\d+:.*", result.stderr.decode(errors="replace"))
    return found, "\n".join(line for line in complaints if SETS not in line)


SETS = "Failed to parse system call, ignoring: "
"""Said of calls that a set of systemd's names and the kernel's library here does not know yet."""


@pytest.mark.parametrize("text", TEXTS)
def test_systemd_reads_what_was_written(text: str, tmp_path: Path) -> None:
    """Descriptions, folders, paths, variables and arguments, all of one awkward text."""
    folder = Path("/srv") / text.replace("/", "")
    service = Service(
        process=Process(
            argv=["/bin/true", text], environment={"TEXT": text}, working_directory=folder
        ),
        meta=Meta(description=text, documentation=["https://example.org/%20?a='b'"]),
        hardening=Hardening(writable_paths=[folder, folder / "below"]),
        identity=Identity(user="www-data", group="adm"),
    )
    found, complaints = read(tmp_path, service)
    assert complaints == ""
    assert found["Description"] == [text]
    assert found["WorkingDirectory"] == [str(folder)]
    assert f"TEXT={text}" in found["Environment"]
    assert found["User"] == ["www-data"] and found["Group"] == ["adm"]
    assert found["Documentation"] == ["https://example.org/%20?a='b'"]
    (paths,) = found["ReadWritePaths"]
    assert paths.split() == f"{folder} {folder}/below".split()


def test_the_profile_and_extra_sections_are_read_without_a_word(tmp_path: Path) -> None:
    """Nothing that modsvc gives by itself is unknown to a systemd of today."""
    unit = Unit(extra={"Service": {"X-Owner": "ann"}, "X-Deploy": {"Ring": 1}})
    service = Service(
        process=Process(argv=["/bin/true"]),
        imports=[SystemdService(systemd=Systemd(service=unit)), systemd(service={"Nice": 5})],
    )
    found, complaints = read(tmp_path, service)
    assert complaints == ""
    assert found["DynamicUser"] == ["yes"] and found["PrivateDevices"] == ["yes"]
    assert found["Description"] == ["it"]
