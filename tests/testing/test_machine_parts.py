"""The parts of a machine that need none: texts read, commands built, files made quiet."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tarfile
import time
from pathlib import Path

import pytest

from modsvc_dsl.testing import errors
from modsvc_dsl.testing.cgroup import own_groups
from modsvc_dsl.testing.container import nspawn_command
from modsvc_dsl.testing.listening import listening_ports
from modsvc_dsl.testing.lock import HostLock
from modsvc_dsl.testing.machine import Machine
from modsvc_dsl.testing.patience import ask_until
from modsvc_dsl.testing.rootfs import quieten
from modsvc_dsl.testing.tree_archive import pack
from modsvc_dsl.testing.unit_state import UnitState, hopeless, parse_properties

HYBRID = """\
tmpfs /sys/fs/cgroup tmpfs rw 0 0
cgroup /sys/fs/cgroup/memory cgroup rw,memory 0 0
cgroup /sys/fs/cgroup/systemd cgroup rw,relatime,name=systemd 0 0
cgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0
"""
UNIFIED = "cgroup2 /sys/fs/cgroup cgroup2 rw,nosuid 0 0\n"


class TestGroups:
    @pytest.mark.parametrize(
        ("memberships", "mounts", "expected"),
        [
            ("0::/user.slice/a:b\n", UNIFIED, ["/sys/fs/cgroup/user.slice/a:b"]),
            (
                "9:name=systemd:/x\n4:memory:/m\n0::/y\n",
                HYBRID,
                ["/sys/fs/cgroup/systemd/x", "/sys/fs/cgroup/unified/y"],
            ),
            ("0::/../..\n", UNIFIED, ["/sys/fs/cgroup"]),
            ("4:memory:/m\n", HYBRID, []),
            ("0::/\n", "", []),
        ],
    )
    def test_are_found_in_the_hierarchies_systemd_tracks_by(
        self, memberships: str, mounts: str, expected: list[str]
    ) -> None:
        assert [str(group) for group in own_groups(memberships, mounts)] == expected


class TestPorts:
    TABLE = (
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid\n"
        "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0\n"
        "   1: 0100007F:0050 0100007F:C350 01 00000000:00000000 00:00000000 00000000     0\n"
        "   2: 00000000000000000000000001000000:FFFF 0:0000 0A 00000000:00000000 00:0 0   0\n"
    )

    def test_are_those_in_state_listen(self) -> None:
        assert listening_ports(self.TABLE) == {8080, 65535}

    def test_of_an_empty_table_are_none(self) -> None:
        assert listening_ports("  sl  local_address\n") == set()


class TestProperties:
    def test_values_keep_equals_signs_lines_and_repetitions(self) -> None:
        text = "Id=a.service\nEnvironment=A=1 B=2\nStatusText=one\n two\nExecStart=x\nExecStart=y\n"
        assert parse_properties(text + "Empty=\n") == {
            "Id": "a.service",
            "Environment": "A=1 B=2",
            "StatusText": "one\n two",
            "ExecStart": "x\ny",
            "Empty": "",
        }


def state(active: str, *, load: str = "loaded", job: bool = False, error: str = "") -> UnitState:
    return UnitState(load, active, "sub", "exit-code", error, job)


class TestHopeless:
    @pytest.mark.parametrize(
        ("found", "wanted", "idle"),
        [
            (state("active"), "active", True),
            (state("failed"), "failed", True),
            (state("inactive", load="not-found"), "inactive", True),
            (state("activating"), "active", True),
            (state("inactive"), "active", False),
            (state("inactive", job=True), "active", True),
            (state("failed", job=True), "active", False),
            (state("active"), "inactive", True),
            (state("active"), "failed", True),
            (state("deactivating"), "active", True),
        ],
    )
    def test_not_while_it_may_still_come(self, found: UnitState, wanted: str, idle: bool) -> None:
        assert hopeless(found, wanted, idle) is None

    @pytest.mark.parametrize(
        ("found", "wanted", "said"),
        [
            (state("failed"), "active", "it failed, with result 'exit-code'"),
            (state("failed"), "inactive", "it failed"),
            (state("inactive"), "active", "no job is queued"),
            (state("inactive", load="not-found"), "active", "could not load it (not-found)"),
            (
                state("inactive", load="bad-setting", error='org.x "Unit has a bad setting."'),
                "active",
                "(bad-setting: Unit has a bad setting.)",
            ),
        ],
    )
    def test_once_it_will_not(self, found: UnitState, wanted: str, said: str) -> None:
        assert said in (hopeless(found, wanted, idle=True) or "")


class TestQuietRoot:
    @pytest.fixture
    def root(self, tmp_path: Path) -> Path:
        root = tmp_path / "root"
        system = root / "etc/systemd/system"
        for folder in ("multi-user.target.wants", "x.service.requires", "web.service.d"):
            (system / folder).mkdir(parents=True)
        (system / "multi-user.target.wants/cron.service").symlink_to("/lib/cron.service")
        (system / "masked.service").symlink_to("/dev/null")
        (system / "dbus.service").symlink_to("/usr/lib/systemd/system/dbus-broker.service")
        (root / "usr/lib/systemd/system-generators").mkdir(parents=True)
        (root / "usr/lib/systemd/system-generators/systemd-sysv-generator").touch()
        (root / "var/lib/dbus").mkdir(parents=True)
        (root / "etc/machine-id").write_text("0" * 32)
        return root

    def test_enables_nothing_and_keeps_masks_and_aliases(self, root: Path) -> None:
        quieten(root, "quiet")
        left = {path.name for path in (root / "etc/systemd/system").iterdir()}
        assert {name for name in left if name.endswith((".wants", ".requires"))} == set()
        assert {"masked.service", "dbus.service", "web.service.d"} <= left

    def test_runs_no_generator(self, root: Path) -> None:
        quieten(root, "quiet")
        mask = root / "etc/systemd/system-generators/systemd-sysv-generator"
        assert os.readlink(mask) == "/dev/null"

    def test_has_one_new_identity(self, root: Path) -> None:
        quieten(root, "quiet")
        machine_id = (root / "etc/machine-id").read_text()
        assert len(bytes.fromhex(machine_id)) == 16 and machine_id.strip("0\n")
        assert (root / "var/lib/dbus/machine-id").read_text() == machine_id
        assert (root / "etc/hostname").read_text() == "quiet\n"

    def test_replaces_links_and_never_writes_through_them(self, root: Path, tmp_path: Path) -> None:
        victim = tmp_path / "resolv.conf"
        victim.write_text("of the host")
        (root / "etc/resolv.conf").symlink_to(victim)
        quieten(root, "quiet")
        assert victim.read_text() == "of the host"
        assert not (root / "etc/resolv.conf").is_symlink()

    @pytest.mark.parametrize("inner", ["etc/systemd", "etc/systemd/system", "var/lib/dbus"])
    def test_refuses_a_directory_that_leads_out(
        self, root: Path, tmp_path: Path, inner: str
    ) -> None:
        outside = tmp_path / "outside"
        (root / inner).rename(outside)
        (root / inner).symlink_to(outside)
        was = sorted(outside.rglob("*"))
        with pytest.raises(errors.UnsafePath, match="leads out of the machine's root"):
            quieten(root, "quiet")
        assert sorted(outside.rglob("*")) == was


class TestLock:
    def test_is_shared_inside_a_process_and_told_who_came_first(self, tmp_path: Path) -> None:
        lock = HostLock(tmp_path / "place/lock")
        assert [lock.acquire(1), lock.acquire(1)] == [True, False]
        lock.release()
        assert lock.acquire(1) is False
        lock.release()
        lock.release()
        assert lock.acquire(1) is True
        lock.release()

    def test_held_by_another_process_names_it_and_is_free_when_that_dies(
        self, tmp_path: Path
    ) -> None:
        path = tmp_path / "lock"
        script = (
            "import pathlib, sys; from modsvc_dsl.testing.lock import HostLock\n"
            "HostLock(pathlib.Path(sys.argv[1])).acquire(1); print('held', flush=True); input()\n"
        )
        with subprocess.Popen(
            [sys.executable, "-c", script, path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as holder:
            assert holder.stdout and holder.stdout.readline() == "held\n"
            with pytest.raises(errors.Busy, match=f"process {holder.pid} still has machines"):
                HostLock(path).acquire(0.2)
            holder.kill()
        lock = HostLock(path)
        assert lock.acquire(1) is True
        lock.release()


class TestPatience:
    def test_asks_until_the_answer_is_true(self) -> None:
        answers = iter(["", "", "yes", "unasked"])
        assert ask_until(lambda: next(answers), 5) == "yes"
        assert next(answers) == "unasked"

    def test_asks_at_least_once_and_ends_in_time(self) -> None:
        begun = time.monotonic()
        assert ask_until(lambda: "yes", 0) == "yes"
        assert ask_until(lambda: 0, 0.15) == 0
        assert 0.15 <= time.monotonic() - begun < 1


class TestArchive:
    def test_holds_files_of_root_links_as_links_and_modes(self, tmp_path: Path) -> None:
        (tmp_path / "a").write_text("text")
        (tmp_path / "a").chmod(0o640)
        (tmp_path / "link").symlink_to("/etc/passwd")
        with tarfile.open(fileobj=io.BytesIO(pack(tmp_path))) as archive:
            members = {each.name: each for each in archive.getmembers()}
        assert (members["a"].mode, members["a"].uid, members["a"].uname) == (0o640, 0, "")
        assert members["link"].linkname == "/etc/passwd" and set(members) == {"a", "link"}

    def test_refuses_what_is_no_file_and_no_directory(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(ValueError, match="pipe is neither a file nor"):
            pack(tmp_path)
        with pytest.raises(ValueError, match="is no directory"):
            pack(tmp_path / "nothing")


class TestNames:
    @pytest.mark.parametrize("name", ["", "-a", "a-", "A", "a b", "a/b", "a" * 49, "ä", "a\n"])
    def test_that_are_no_host_names_are_refused(self, name: str) -> None:
        with pytest.raises(ValueError, match="write small letters"):
            Machine(name)

    def test_of_shared_paths_are_escaped_and_absolute(self) -> None:
        command = nspawn_command("m-1", "m", Path("/root"), [Path("/a:b\\c")])
        assert "--bind-ro=/a\\:b\\\\c" in command
        with pytest.raises(ValueError, match="is relative"):
            nspawn_command("m-1", "m", Path("/root"), [Path("a")])


class TestErrors:
    def test_show_the_end_of_long_output_without_control_codes(self) -> None:
        output = "".join(f"\x1b[0;32mline {number}\x1b[0m\r\n" for number in range(100))
        said = str(errors.CommandFailed(["run", "a b"], 1, output, ""))
        assert said.startswith("`run 'a b'` ended with status 1\nstandard output:\n  (40 lines")
        assert said.endswith("\n  line 99") and "\x1b" not in said and "standard error" not in said
