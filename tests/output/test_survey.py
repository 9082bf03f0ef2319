"""What is ours in OUT, what was edited, and what is foreign."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from modsvc_dsl.output.contents import MANIFEST
from modsvc_dsl.output.errors import Change, ForeignContent, ManifestBroken
from modsvc_dsl.output.manifest import Manifest, encode, manifest_of
from modsvc_dsl.output.staging import stage
from modsvc_dsl.output.survey import Standing, survey
from tests.output.trees import FIRST, UNITS, snapshot

KNOWN = Path("/srv/out")
"""What errors call the folder."""

WEB = f"web1/{UNITS}/web.service"
WANTS = f"web1/{UNITS}/multi-user.target.wants/web.service"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    out = tmp_path / "out"
    out.mkdir()
    manifest = manifest_of(FIRST, tmp_path)
    stage(out, FIRST, manifest, encode(manifest), 0o755)
    return out


def refused(out: Path) -> ForeignContent:
    before = snapshot(out)
    with pytest.raises(ForeignContent) as caught:
        survey(out, KNOWN)
    assert snapshot(out) == before
    return caught.value


def test_no_folder(tmp_path: Path) -> None:
    assert survey(tmp_path / "out", KNOWN) == Standing(None, None, Manifest({}), whole=False)


def test_an_empty_folder_keeps_its_mode_in_mind(tmp_path: Path) -> None:
    tmp_path.chmod(0o2710)
    assert survey(tmp_path, KNOWN) == Standing(0o2710, None, Manifest({}), whole=False)


def test_what_was_built(built: Path) -> None:
    manifest = manifest_of(FIRST, built.parent)
    assert survey(built, KNOWN) == Standing(0o755, encode(manifest), manifest, whole=True)


def _unlink(name: str) -> Callable[[Path], None]:
    return lambda out: (out / name).unlink()


def _chmod(name: str, mode: int) -> Callable[[Path], None]:
    return lambda out: (out / name).chmod(mode)


@pytest.mark.parametrize(
    "change",
    [
        _unlink(WEB),
        _unlink(WANTS),
        _chmod(WEB, 0o664),
        _chmod("web1/etc/system-services/web/key", 0o644),
        _chmod("web1/etc", 0o700),
        _chmod(MANIFEST, 0o600),
    ],
)
def test_what_is_missing_or_of_another_mode_is_no_edit(
    built: Path, change: Callable[[Path], None]
) -> None:
    change(built)
    standing = survey(built, KNOWN)
    assert not standing.whole
    assert standing.manifest == manifest_of(FIRST, built.parent)


def test_the_folders_own_mode_is_its_owners_affair(built: Path) -> None:
    built.chmod(0o700)
    standing = survey(built, KNOWN)
    assert standing.whole and standing.mode == 0o700


def _relinked(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/null")


def _rewritten(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.write_text("mine")


def _piped(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


@pytest.mark.parametrize(
    ("edit", "path", "how"),
    [
        (_rewritten, WEB, "its content is not what was written"),
        (_relinked, WANTS, "its target is not what was written"),
        (_rewritten, WANTS, "a link was written here, this is none"),
        (_relinked, WEB, "a file was written here, this is none"),
        (_piped, WEB, "a file was written here, this is none"),
    ],
)
def test_what_was_edited(built: Path, edit: Callable[[Path], None], path: str, how: str) -> None:
    edit(built / path)
    error = refused(built)
    (change,) = error.changes
    assert (change.path, change.how, error.foreign) == (path, how, ())


def test_the_whole_message_for_an_edited_file(built: Path) -> None:
    (built / WEB).write_text("[Unit]\n# mine\n")
    assert refused(built).changes == (
        Change(WEB, "its content is not what was written", "site.py:7"),
    )
    assert str(refused(built)) == (
        "cannot build into /srv/out: 1 file was changed by hand\n"
        f"    {WEB}: its content is not what was written (built from site.py:7)\n"
        "to fix: say it in the service's Python file, then delete the changed file here"
        " (deleted files are built again)\n"
        "to fix: to keep a changed file as it is, move it out of the folder"
    )


def test_the_whole_message_for_foreign_files_without_a_manifest(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.txt").write_text("")
    (tmp_path / "notes" / "empty").mkdir()
    (tmp_path / "b.txt").write_text("")
    assert str(refused(tmp_path)) == (
        "cannot build into /srv/out: 3 things in it were not written by a build\n"
        "    b.txt\n"
        "    notes/a.txt\n"
        "    notes/empty/\n"
        "    (the folder has no manifest.json: no build has written to it)\n"
        "to fix: move what is not built out of the folder, or build into another one"
    )


def test_the_whole_message_for_foreign_and_edited_files_together(built: Path) -> None:
    (built / WEB).write_text("mine")
    (built / f"web1/{UNITS}/extra.service").write_text("")
    assert str(refused(built)) == (
        "cannot build into /srv/out: 1 file was changed by hand,"
        " and 1 thing in it was not written by a build\n"
        f"    {WEB}: its content is not what was written (built from site.py:7)\n"
        f"    web1/{UNITS}/extra.service\n"
        "to fix: say it in the service's Python file, then delete the changed file here"
        " (deleted files are built again)\n"
        "to fix: to keep a changed file as it is, move it out of the folder\n"
        "to fix: move what is not built out of the folder, or build into another one"
    )


def _linked(path: Path) -> None:
    path.symlink_to(WEB)


def _made(path: Path) -> None:
    path.mkdir()


def _filled(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.mkdir()
    (path / "inner").write_text("")


def _moved_and_linked(path: Path) -> None:
    path.rename(path.parent.parent / path.name)
    path.symlink_to(f"../{path.name}")


@pytest.mark.parametrize(
    ("add", "at", "path"),
    [
        (_rewritten, "x", "x"),
        (_linked, "x", "x"),
        (_made, "x", "x/"),
        (_piped, "web1/x", "web1/x"),
        (_rewritten, "db1/.hidden", "db1/.hidden"),
        (_filled, WEB, WEB + "/inner"),
        (_filled, MANIFEST, MANIFEST + "/inner"),
        (_moved_and_linked, "db1", "db1"),
        (_moved_and_linked, MANIFEST, MANIFEST),
    ],
)
def test_what_is_foreign(built: Path, add: Callable[[Path], None], at: str, path: str) -> None:
    add(built / at)
    assert path in refused(built).foreign


def test_names_that_are_no_text_are_listed_too(built: Path) -> None:
    with open(os.fsencode(built) + b"/\xff\n", "wb"):
        pass
    error = refused(built)
    assert error.foreign == ("\udcff\n",)
    assert error.found == (r"\udcff\n",)


def test_without_its_manifest_all_is_foreign(built: Path) -> None:
    (built / MANIFEST).unlink()
    error = refused(built)
    assert not error.manifest
    assert set(error.foreign) == set(manifest_of(FIRST, built).records())


def test_a_broken_manifest_is_named_where_out_is(built: Path) -> None:
    (built / MANIFEST).write_text("{")
    before = snapshot(built)
    with pytest.raises(ManifestBroken) as caught:
        survey(built, KNOWN)
    assert caught.value.paths == (KNOWN / MANIFEST,)
    assert snapshot(built) == before


def test_folders_as_deep_as_a_path_can_be_are_walked(tmp_path: Path) -> None:
    # far deeper than the recursion limit would let a recursive walk go; `rm` as pytest's own
    # clearing up is such a walk
    inner = tmp_path / "out"
    try:
        while len(str(inner)) < 4000:
            inner.mkdir()
            inner = inner / "d"
        with pytest.raises(ForeignContent) as caught:
            survey(tmp_path / "out", KNOWN)
        deepest = inner.parent.relative_to(tmp_path / "out")
        assert caught.value.foreign == (f"{deepest}/",)
    finally:
        subprocess.run(["rm", "-rf", str(tmp_path / "out")], check=True)
