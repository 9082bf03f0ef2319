"""Trees in a folder: exact bytes, exact modes, nothing followed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from modsvc_dsl.managers.tree import File, Link, Tree
from modsvc_dsl.output.manifest import encode, manifest_of
from modsvc_dsl.output.staging import stage
from tests.output.trees import FIRST, UNITS, snapshot


@pytest.fixture(params=[0o000, 0o022, 0o077, 0o777])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    mask: int = request.param
    before = os.umask(mask)
    yield mask
    os.umask(before)


def staged(folder: Path, trees: Mapping[str, Tree], mode: int = 0o755) -> bytes:
    manifest = manifest_of(trees, folder)
    data = encode(manifest)
    stage(folder, trees, manifest, data, mode)
    return data


def test_every_byte_and_mode_under_every_umask(tmp_path: Path, umask: int) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    folder.chmod(0o700)
    data = staged(folder, FIRST, 0o750)
    unit = b"[Unit]\nDescription="
    assert snapshot(folder) == {
        ".": ("folder", 0o750, b""),
        "manifest.json": ("file", 0o644, data),
        **{
            name: ("folder", 0o755, b"")
            for name in (
                "db1",
                "db1/etc",
                "db1/etc/systemd",
                f"db1/{UNITS}",
                "web1",
                "web1/etc",
                "web1/etc/systemd",
                f"web1/{UNITS}",
                f"web1/{UNITS}/multi-user.target.wants",
                "web1/etc/system-services",
                "web1/etc/system-services/web",
            )
        },
        f"db1/{UNITS}/db.service": ("file", 0o644, unit + b"db\n"),
        f"web1/{UNITS}/web.service": ("file", 0o644, unit + b"web\n"),
        f"web1/{UNITS}/multi-user.target.wants/web.service": ("link", 0, b"../web.service"),
        "web1/etc/system-services/web/key": ("file", 0o600, b"\x00\xff"),
    }


def test_a_file_its_owner_may_only_read(tmp_path: Path) -> None:
    staged(tmp_path, {"h": {"a": File(b"x" * 100_000, mode=0o400)}})
    assert (tmp_path / "h" / "a").stat().st_mode & 0o777 == 0o400
    assert (tmp_path / "h" / "a").read_bytes() == b"x" * 100_000


def test_names_with_every_oddity(tmp_path: Path) -> None:
    names = ["a b", "dev-disk\\x2dby.mount", "-rf", "~", "$HOME", "ünï", "x" * 255, "...", "\u00a0"]
    staged(tmp_path, {name: {name: File(name.encode())} for name in names})
    assert {p.name for p in tmp_path.iterdir()} == {*names, "manifest.json"}
    assert all((tmp_path / name / name).read_bytes() == name.encode() for name in names)


def test_an_existing_name_is_never_overwritten_or_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    folder = tmp_path / "new"
    folder.mkdir()
    (folder / "manifest.json").symlink_to(victim)
    with pytest.raises(FileExistsError):
        staged(folder, {})
    assert victim.read_text() == "mine"


def test_links_may_lead_nowhere_and_to_the_mask(tmp_path: Path) -> None:
    staged(tmp_path, {"h": {"etc/a": Link("b"), "etc/c": Link("/dev/null")}})
    assert os.readlink(tmp_path / "h/etc/a") == "b"
    assert os.readlink(tmp_path / "h/etc/c") == "/dev/null"
