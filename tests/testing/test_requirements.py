"""Each thing that a host may lack has its own sentence, and a host that lacks nothing has none."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from modsvc_dsl.testing import machine, requirements
from modsvc_dsl.testing.container import nspawn_environment
from modsvc_dsl.testing.errors import HostCommandFailed, Unsupported
from modsvc_dsl.testing.installed import systemd_version
from modsvc_dsl.testing.overlay import HOST, Overlay
from modsvc_dsl.testing.plugin import REQUIRE, refuse
from modsvc_dsl.testing.requirements import Survey, missing, mount_points, reason, survey

GOOD = Survey(
    platform="linux",
    is_root=True,
    absent=(),
    root=HOST,
    has_init=True,
    lacking=(),
    version=252,
    cgroups=frozenset({1, 2}),
    mounts=frozenset(map(Path, ("/", "/proc", "/home"))),
)


OTHER = replace(GOOD, root=Path("/srv/a b"))
"""A root directory beside the host's own."""


@pytest.mark.parametrize("found", [GOOD, OTHER, replace(OTHER, mounts=frozenset({Path("/usr")}))])
def test_nothing_is_missing_on_a_good_host(found: Survey) -> None:
    assert reason(found) is None


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (replace(GOOD, platform="darwin"), "the platform is darwin"),
        (replace(GOOD, is_root=False), "not root"),
        (replace(GOOD, absent=("systemd-nspawn",)), "install systemd-container"),
        (replace(GOOD, absent=("nsenter", "x")), "nsenter is not installed: install util-linux"),
        (replace(GOOD, has_init=False), "there is no systemd to boot, at usr/lib/systemd"),
        (replace(GOOD, lacking=("tar", "cat")), "the command tar is not installed: install tar"),
        (replace(GOOD, cgroups=frozenset()), "no control group hierarchy"),
        (
            replace(GOOD, version=257, cgroups=frozenset({1})),
            "systemd 257 does not boot under control groups version 1",
        ),
        (replace(GOOD, mounts=frozenset({Path("/usr")})), "/usr is a file system of its own"),
        (replace(OTHER, has_init=False), "there is no systemd to boot below /srv/a b, at usr"),
        (replace(OTHER, lacking=("tar",)), "tar is not installed below /srv/a b: install tar"),
        (
            replace(OTHER, mounts=frozenset({Path("/usr"), Path("/srv/a b/etc")})),
            "/srv/a b/etc is a file system of its own, which an overlay of /srv/a b does not show",
        ),
    ],
)
def test_each_lack_has_its_sentence(found: Survey, said: str) -> None:
    assert said in (reason(found) or "")


@pytest.mark.parametrize("cgroups", [{2}, {1, 2}])
def test_a_new_systemd_under_version_2_is_fine(cgroups: set[int]) -> None:
    """It is given that one on a host that has both."""
    assert reason(replace(GOOD, version=257, cgroups=frozenset(cgroups))) is None
    assert nspawn_environment(257) == {"SYSTEMD_NSPAWN_UNIFIED_HIERARCHY": "1"}
    assert nspawn_environment(255) == nspawn_environment(0) == {}


def test_the_first_lack_is_the_one_that_is_said() -> None:
    nothing = Survey("linux", False, ("x",), HOST, False, (), 0, frozenset(), frozenset())
    assert "not root" in (reason(nothing) or "")


def test_a_host_that_is_no_linux_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    assert "darwin" in (missing() or "")


def test_commands_are_looked_for_on_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert "systemd-nspawn" in survey().absent


def test_another_root_is_looked_at_by_its_files_alone(tmp_path: Path) -> None:
    """What a link there leads to is in the root, not here."""
    nothing = survey(tmp_path)
    assert (nothing.has_init, nothing.version) == (False, 0) and "tar" in nothing.lacking
    for path in ("usr/lib/systemd/systemd", "usr/bin/cat", "usr/local/sbin/systemctl"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch(mode=0o755)
    (tmp_path / "usr/bin/tar").symlink_to("/etc/alternatives/nowhere")
    (tmp_path / "usr/lib/systemd/libsystemd-shared-257.5-1.fc42.so").touch()
    found = survey(tmp_path)
    assert (found.has_init, found.version, found.lacking) == (True, 257, ("install",))
    assert "the command install is not installed below" in (
        reason(replace(GOOD, root=tmp_path, lacking=found.lacking)) or ""
    )


@pytest.mark.parametrize(
    ("file", "version"),
    [
        ("lib/systemd/libsystemd-shared-249.so", 249),
        ("usr/lib/x86_64-linux-gnu/systemd/libsystemd-shared-252.so", 252),
        ("usr/lib64/systemd/libsystemd-shared-258~rc1.so", 258),
        ("usr/lib/systemd/libsystemd-core-257.so", 0),
    ],
)
def test_the_version_is_in_a_files_name(tmp_path: Path, file: str, version: int) -> None:
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).touch()
    assert systemd_version(tmp_path) == version


def test_the_version_of_this_host_is_the_one_that_it_says() -> None:
    """Or 0, where there is no systemd."""
    said = 0
    if shutil.which("systemctl"):
        shown = subprocess.run(["systemctl", "--version"], capture_output=True, text=True).stdout
        said = int(shown.split()[1])
    assert systemd_version(HOST) == said


def test_mount_points_with_blanks() -> None:
    text = "proc /proc proc rw 0 0\ntmpfs /srv/a\\040b\\134c tmpfs rw 0 0\n"
    assert mount_points(text) == {Path("/proc"), Path("/srv/a b\\c")}


def test_a_refused_overlay_is_told_in_the_words_of_mount(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse_mount(_: Overlay) -> None:
        raise HostCommandFailed(["mount"], 32, "mount: unknown filesystem type 'overlay'.\n")

    monkeypatch.setattr(requirements, "survey", lambda root: GOOD)
    monkeypatch.setattr(Overlay, "mount", refuse_mount)
    monkeypatch.setattr(requirements, "_TRIALS", "/tmp")
    assert missing() == (
        "an overlay of / cannot be mounted: mount: unknown filesystem type 'overlay'."
    )


def test_a_machine_does_not_start_without_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "missing", lambda root: f"the moon is full over {root}")
    with pytest.raises(
        Unsupported, match="no machine can be booted here: the moon is full over /x"
    ):
        machine.Machine(root=Path("/x")).start()


@pytest.mark.parametrize("required", [None, "", "0"])
def test_a_lack_skips_the_test(required: str | None) -> None:
    with pytest.raises(pytest.skip.Exception, match="the moon is full"):
        refuse("the moon is full", required)


def test_a_lack_fails_the_test_where_a_machine_is_required() -> None:
    with pytest.raises(pytest.fail.Exception, match=f"{REQUIRE}=1, but .* the moon is full"):
        refuse("the moon is full", "1")
