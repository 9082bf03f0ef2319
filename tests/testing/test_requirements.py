"""Each thing that a host may lack has its own sentence, and a host that lacks nothing has none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from modsvc_dsl.testing import machine, requirements
from modsvc_dsl.testing.errors import HostCommandFailed, Unsupported
from modsvc_dsl.testing.overlay import Overlay
from modsvc_dsl.testing.plugin import REQUIRE, refuse
from modsvc_dsl.testing.requirements import Survey, missing, reason, survey

GOOD = Survey(
    platform="linux",
    is_root=True,
    absent=(),
    has_init=True,
    version=252,
    cgroups=frozenset({1, 2}),
    mounts=frozenset({"/", "/proc", "/home"}),
)


def test_nothing_is_missing_on_a_good_host() -> None:
    assert reason(GOOD) is None


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (replace(GOOD, platform="darwin"), "the platform is darwin"),
        (replace(GOOD, is_root=False), "not root"),
        (replace(GOOD, absent=("systemd-nspawn",)), "install systemd-container"),
        (replace(GOOD, absent=("nsenter", "tar")), "nsenter is not installed: install util-linux"),
        (replace(GOOD, has_init=False), "no systemd to boot"),
        (replace(GOOD, cgroups=frozenset()), "no control group hierarchy"),
        (replace(GOOD, version=257), "systemd 257 does not boot under control groups version 1"),
        (replace(GOOD, mounts=frozenset({"/", "/usr"})), "/usr is a file system of its own"),
    ],
)
def test_each_lack_has_its_sentence(found: Survey, said: str) -> None:
    assert said in (reason(found) or "")


def test_a_new_systemd_under_version_2_alone_is_fine() -> None:
    assert reason(replace(GOOD, version=257, cgroups=frozenset({2}))) is None


def test_the_first_lack_is_the_one_that_is_said() -> None:
    nothing = Survey("linux", False, ("tar",), False, 0, frozenset(), frozenset())
    assert "not root" in (reason(nothing) or "")


def test_a_host_that_is_no_linux_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    assert "darwin" in (missing() or "")


def test_commands_are_looked_for_on_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    found = survey()
    assert "systemd-nspawn" in found.absent and found.version == 0


def test_a_refused_overlay_is_told_in_the_words_of_mount(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse_mount(_: Overlay) -> None:
        raise HostCommandFailed(["mount"], 32, "mount: unknown filesystem type 'overlay'.\n")

    monkeypatch.setattr(requirements, "survey", lambda: GOOD)
    monkeypatch.setattr(Overlay, "mount", refuse_mount)
    monkeypatch.setattr(requirements, "_TRIALS", "/tmp")
    assert missing() == (
        "an overlay of / cannot be mounted: mount: unknown filesystem type 'overlay'."
    )


def test_a_machine_does_not_start_without_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "missing", lambda: "the moon is full")
    with pytest.raises(Unsupported, match="no machine can be booted here: the moon is full"):
        machine.Machine().start()


@pytest.mark.parametrize("required", [None, "", "0"])
def test_a_lack_skips_the_test(required: str | None) -> None:
    with pytest.raises(pytest.skip.Exception, match="the moon is full"):
        refuse("the moon is full", required)


def test_a_lack_fails_the_test_where_a_machine_is_required() -> None:
    with pytest.raises(pytest.fail.Exception, match=f"{REQUIRE}=1, but .* the moon is full"):
        refuse("the moon is full", "1")
