"""Permissions and owners of config files."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any, cast

import pytest

from modsvc_dsl import (
    ConfigFile,
    Host,
    Manager,
    Process,
    Service,
    SupervisorManager,
    SystemdManager,
    build,
    evaluate,
)
from modsvc_dsl.managers.tree import File, Tree
from tests.services.saying import said, said_of

ARGV = ["/bin/a"]
RULES = "etc/tmpfiles.d/modsvc-it.conf"
TITLE = "# Made by modsvc for the service it. Changes here are lost.\n\n"


def tree_of(service: Service, manager: Manager | None = None) -> Tree:
    host = Host(manager=manager or SystemdManager(), services={"it": service})
    return build(evaluate(host)).trees["host"]


def file_at(tree: Tree, path: str) -> File:
    entry = tree[path]
    assert isinstance(entry, File)
    return entry


@pytest.mark.parametrize("manager", [SystemdManager(), SupervisorManager(user="nobody")])
def test_a_file_has_its_mode_in_the_tree(manager: Manager, tmp_path: Path) -> None:
    """Texts and sources, under each manager; without a word everybody reads it."""
    (tmp_path / "source").write_text("x")
    files = {
        "text": ConfigFile(text="", mode=0o600),
        "source": ConfigFile(source=tmp_path / "source", mode=0o640),
        "plain": ConfigFile(text=""),
    }
    tree = tree_of(Service(process=Process(argv=ARGV), config_data=files), manager)
    modes = {name: file_at(tree, f"etc/system-services/it/{name}").mode for name in files}
    assert modes == {"text": 0o600, "source": 0o640, "plain": 0o644}


@pytest.mark.parametrize("mode", [640, 0o4755, 0o200, 0o1644, -1, "0640"])
def test_modes_that_no_config_file_has(mode: object) -> None:
    """Octal numbers, by which the owner can read it."""
    file = ConfigFile(text="", mode=cast(Any, mode))
    (message,) = said_of(it=Service(process=Process(argv=ARGV), config_data={"a": file}))
    assert message.startswith("`services.it.config_data.a.mode` expects permission bits")
    assert ("write 0o640" in message) == (mode in (640, "0640"))


def test_owners_are_given_by_a_rule() -> None:
    """Also in a service that only groups others; files of root's have none."""
    file = ConfigFile(text="", user="games", group="www-data", mode=0o640)
    service = Service(
        services={
            "web": Service(process=Process(argv=ARGV), config_data={"b": ConfigFile(text="")})
        },
        config_data={"a": file, "off": ConfigFile(text="", user="games", enable=False)},
    )
    tree = tree_of(service)
    text = f'{TITLE}z "/etc/system-services/it/a" 0640 games www-data -\n'
    assert file_at(tree, RULES).content.decode() == text
    assert [path for path in tree if "tmpfiles" in path] == [RULES]


def test_supervisor_gives_files_to_nobody() -> None:
    """It is refused, with the line."""
    file = ConfigFile(text="", user="games")
    service = Service(process=Process(argv=ARGV), config_data={"a": file})
    assert said(lambda: tree_of(service, SupervisorManager(user="nobody"))) == [
        "`services.it.config_data.a.user` cannot be honoured by supervisor: it gives files to nobody\n"
        "  defined at test_file_modes.py\n"
        '      file = ConfigFile(text="", user="games")\n'
        "  to fix: take user away, and let whoever places the file give it to its owner"
    ]


@pytest.mark.needs_systemd
@pytest.mark.skipif(
    os.geteuid() != 0 or shutil.which("systemd-tmpfiles") is None,
    reason="needs root and systemd-tmpfiles",
)
def test_systemd_gives_exactly_that_file(tmp_path: Path) -> None:
    """A name that looks like a pattern means itself."""
    odd, others = "a*{b,c}[d]?\\ %n", ("ab", "ac", "a{b,c}d", "axb")
    file = ConfigFile(text="x", user="12", group="34", mode=0o640)
    service = Service(process=Process(argv=ARGV), config_data={odd: file})
    for path, entry in tree_of(service).items():
        if isinstance(entry, File):
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(entry.content)
    folder = tmp_path / "etc/system-services/it"
    for name in others:
        (folder / name).write_text("")
    command = ["systemd-tmpfiles", "--create", f"--root={tmp_path}", f"{tmp_path}/{RULES}"]
    subprocess.run(command, check=True, capture_output=True)
    status = (folder / odd).stat()
    assert (status.st_uid, status.st_gid, status.st_mode & 0o7777) == (12, 34, 0o640)
    assert {(folder / name).stat().st_uid for name in others} == {0}
