"""The script that makes root directories, with a program in the place of mmdebstrap."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from modsvc_dsl.managers.systemd.versions import NEWEST
from scripts import debian_root
from scripts.debian_root import HOLDER, KEPT, RELEASES, NotMade

RELEASE = RELEASES[13]

MAKES = '#!/bin/sh\nfor last; do :; done\nmkdir "$last" && echo "$@" > "$last/said"\n'
FAILS = '#!/bin/sh\nmkdir -p "$7"; echo "E: no such suite" >&2; exit 25\n'


@pytest.fixture
def holder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for root directories, for somebody who may make them."""
    monkeypatch.setenv(HOLDER, str(tmp_path / "roots"))
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr(debian_root, "apt_mirror", list)
    return tmp_path / "roots"


def install(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a script go by the name of mmdebstrap."""
    (folder / "bin").mkdir()
    (folder / "bin/mmdebstrap").write_text(script)
    (folder / "bin/mmdebstrap").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}/bin:{os.environ['PATH']}")


def test_a_root_is_made_once(holder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the packages that the tests start; the second time it is only found."""
    install(tmp_path, MAKES, monkeypatch)
    made = RELEASE.make()
    assert made.parent == holder and made.name.startswith("trixie-")
    said = (made / "said").read_text()
    assert "trixie" in said and "systemd,libnss-systemd,dbus,python3" in said
    (tmp_path / "bin/mmdebstrap").write_text(FAILS)
    assert RELEASE.make() == RELEASE.find() == made
    assert [each.name for each in holder.iterdir()] == [made.name]


def test_other_packages_are_another_root(holder: Path) -> None:
    """So that one in use is never changed; their order does not matter."""
    more = replace(RELEASE, packages=(*RELEASE.packages, "hello"))
    assert more.root != RELEASE.root
    assert replace(RELEASE, packages=RELEASE.packages[::-1]).root == RELEASE.root
    assert RELEASE.root.parent == holder


def test_a_failure_is_told_and_leaves_nothing(
    holder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, FAILS, monkeypatch)
    with pytest.raises(NotMade, match="(?s)mmdebstrap ended with 25.*no such suite"):
        RELEASE.make()
    assert list(holder.iterdir()) == []


def test_what_is_lacking_is_said(
    holder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotMade, match="mmdebstrap is not installed: install mmdebstrap"):
        RELEASE.make()
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(NotMade, match="this process is not root"):
        RELEASE.make()
    with pytest.raises(NotMade, match=f"no Debian 13 at {holder}.*: run .*debian_root 13 as root"):
        RELEASE.find()


def test_the_command_prints_the_path_or_the_reason(
    holder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["debian_root", "13"])
    monkeypatch.setenv("PATH", "/nowhere")
    assert debian_root.main() == 1
    assert "no root directory of Debian 13: the command mmdebstrap" in capsys.readouterr().err
    RELEASE.root.mkdir(parents=True)
    assert debian_root.main() == 0
    assert capsys.readouterr().out == f"{RELEASE.root}\n"
    assert holder in RELEASE.root.parents


def test_roots_are_kept_outside_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(HOLDER, raising=False)
    assert RELEASE.root.parent == Path(KEPT)
    assert not RELEASE.root.is_relative_to(Path(__file__).resolve().parents[2])


def test_the_release_has_the_newest_systemd_that_there_is_a_table_of() -> None:
    assert RELEASE.systemd == NEWEST


def test_apt_is_asked_for_its_mirror(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first one, where it has several lists of it; none where there is no apt."""
    (tmp_path / "apt-get").write_text("#!/bin/sh\necho http://one/debian/\necho http://two/\n")
    (tmp_path / "apt-get").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    assert debian_root.apt_mirror() == ["http://one/debian/"]
    monkeypatch.setenv("PATH", "/nowhere")
    assert debian_root.apt_mirror() == []
