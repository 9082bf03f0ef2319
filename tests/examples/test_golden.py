"""Every example builds exactly the tree that lies in tests/golden/systemd, to the byte.

`MODSVC_UPDATE_GOLDEN=1 scripts/test tests/examples/test_golden.py` rewrites these trees; read the
difference that git shows before you commit it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from modsvc_dsl.managers.tree import File, Link, Tree
from tests.examples import gallery, golden

GOLDEN = gallery.ROOT / "tests" / "golden" / "systemd"

TREE: Mapping[str, Tree] = {
    "host": {
        "etc/a.conf": File(b"one\ntwo\n"),
        "etc/b": Link("a.conf"),
        "etc/c": File(b"", mode=0o755),
    }
}


@pytest.mark.parametrize("name", gallery.NAMES)
def test_the_example_builds_its_golden_tree(name: str) -> None:
    """The bytes of each file, the targets of each link, and nothing else."""
    built = gallery.trees(name)
    if golden.updating():
        golden.write(GOLDEN / name, built)
    found = golden.difference(golden.read(GOLDEN / name), golden.shown(built))
    assert not found, f"\n{found}\nIf this is meant: {golden.UPDATE}=1 rewrites the golden trees"


@pytest.mark.parametrize("name", gallery.NAMES)
def test_the_command_builds_it_too(name: str, tmp_path: Path) -> None:
    """`modsvc build`, which loads the file by itself, writes that tree and its manifest."""
    built = dict(golden.read(gallery.built_by_command(name, tmp_path)))
    assert "manifest.json" in built
    del built["manifest.json"]
    assert golden.difference(golden.read(GOLDEN / name), built) == ""


def test_no_golden_tree_has_lost_its_example() -> None:
    """A tree whose example is gone would never be compared again."""
    assert sorted(path.name for path in GOLDEN.iterdir()) == gallery.NAMES


def test_another_process_builds_the_same_bytes(tmp_path: Path) -> None:
    """Whatever the order of sets is there: Python's string hashes are seeded anew."""
    script = (
        "import sys, pathlib; from tests.examples import gallery\n"
        "for name in gallery.NAMES: gallery.written(name, pathlib.Path(sys.argv[1]))"
    )
    for seed in ("1", "2"):
        (tmp_path / seed).mkdir()
        subprocess.run(
            [sys.executable, "-c", script, str(tmp_path / seed)],
            cwd=gallery.ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(gallery.ROOT)},
            check=True,
            timeout=120,
        )
    one, other = (golden.read(tmp_path / seed) for seed in ("1", "2"))
    assert len(one) > len(gallery.NAMES)
    assert one == other


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    """Files, links and modes are compared."""
    golden.write(tmp_path / "tree", TREE)
    assert golden.difference(golden.read(tmp_path / "tree"), golden.shown(TREE)) == ""


@pytest.mark.parametrize(
    ("path", "entry", "expected"),
    [
        ("etc/a.conf", File(b"one\n2\n"), "-two\n+2\n"),
        ("etc/a.conf", File(b"one\ntwo\n", mode=0o755), "-(mode 0644)\n+(mode 0755)\n"),
        ("etc/b", Link("c"), "--> a.conf\n+-> c\n"),
        ("etc/new", Link("c"), "+-> c\n"),
    ],
)
def test_a_difference_is_seen(tmp_path: Path, path: str, entry: File | Link, expected: str) -> None:
    """A byte, a mode, a target, a file too many."""
    golden.write(tmp_path / "tree", TREE)
    changed = {"host": {**TREE["host"], path: entry}}
    found = golden.difference(golden.read(tmp_path / "tree"), golden.shown(changed))
    assert expected in found and f"built/host/{path}" in found


def test_a_file_that_is_missing_is_seen(tmp_path: Path) -> None:
    """A tree that lost a file differs."""
    golden.write(tmp_path / "tree", TREE)
    found = golden.difference(golden.read(tmp_path / "tree"), golden.shown({"host": {}}))
    assert "-one\n" in found and "--> a.conf\n" in found
