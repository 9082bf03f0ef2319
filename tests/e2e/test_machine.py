"""`Machine` on a real systemd: it boots, obeys, and tells the truth about units."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from modsvc_dsl.testing import errors
from modsvc_dsl.testing.machine import Machine
from modsvc_dsl.testing.plugin import MachineFactory

UNITS = "/etc/systemd/system"

WEB = """\
[Unit]
Description=A hand-written web server
[Service]
DynamicUser=yes
ProtectSystem=strict
PrivateTmp=yes
PrivateDevices=yes
NoNewPrivileges=yes
StateDirectory=%N
WorkingDirectory=%S/%N
ExecStart=/usr/bin/python3 -m http.server {port} --bind 127.0.0.1
[Install]
WantedBy=multi-user.target
"""

BROKEN = """\
[Service]
Type=oneshot
ExecStart=/bin/sh -c 'echo the disk is made of cheese; exit 3'
"""

FOREVER = "[Service]\nExecStart=/bin/sleep infinity\n"


def install(machine: Machine, name: str, text: str) -> None:
    machine.write_file(f"{UNITS}/{name}", text)
    machine.daemon_reload()


class TestBoot:
    def test_reaches_a_running_system_with_nothing_failed(self, machine: Machine) -> None:
        assert (machine.boot_state, machine.failed_units()) == ("running", [])

    def test_process_one_is_systemd(self, machine: Machine) -> None:
        assert machine.read_file("/proc/1/comm") == "systemd\n"

    def test_has_an_identity_of_its_own(self, machine: Machine) -> None:
        assert machine.succeed(["hostname"]) == "machine\n"
        assert machine.read_file("/etc/machine-id") != Path("/etc/machine-id").read_text()

    def test_reaches_itself_by_loopback_and_name_but_no_other_network(
        self, machine: Machine
    ) -> None:
        links = machine.succeed(["ls", "/sys/class/net"]).split()
        addresses = machine.succeed(["getent", "ahosts", "localhost"])
        routes = machine.read_file("/proc/net/route").splitlines()[1:]
        assert "lo" in links and "127.0.0.1" in addresses and routes == []

    def test_starts_nothing_the_administrator_of_the_host_enabled(
        self, machine_factory: MachineFactory
    ) -> None:
        pulled_in = ["find", "/etc/systemd/system", "/run/systemd/generator", "-name", "*.wants"]
        with machine_factory() as fresh:
            links = fresh.execute(pulled_in).stdout
            running = fresh.succeed(
                ["systemctl", "list-units", "--type=service", "--state=running", "--no-legend"]
            )
        names = {line.split()[0].partition(".")[0] for line in running.splitlines()}
        assert links == ""
        # What systemd and D-Bus start on every host.
        assert names <= {
            "dbus",
            "dbus-broker",
            "systemd-journald",
            "systemd-logind",
            "systemd-udevd",
            "systemd-userdbd",
        }

    def test_temporary_files_of_the_host_are_not_seen(
        self, machine: Machine, tmp_path: Path
    ) -> None:
        (tmp_path / "seen").touch()
        assert machine.execute(["test", "-e", str(tmp_path / "seen")]).status == 1

    def test_paths_can_be_made_visible_read_only(
        self, machine_factory: MachineFactory, tmp_path: Path
    ) -> None:
        shared = tmp_path / "with:colon"
        shared.mkdir()
        (shared / "seen").write_text("yes")
        with machine_factory(read_only=[shared]) as fresh:
            assert fresh.read_file(f"{shared}/seen") == "yes"
            assert fresh.execute(["touch", f"{shared}/new"]).status != 0


class TestCommands:
    def test_status_and_both_outputs_are_told_apart(self, machine: Machine) -> None:
        done = machine.execute(["sh", "-c", "cat; echo wrong >&2; exit 7"], input="in")
        assert (done.status, done.stdout, done.stderr) == (7, "in", "wrong\n")

    def test_arguments_reach_the_command_untouched(self, machine: Machine) -> None:
        odd = ["-n", "a b", "$HOME", "'\"\\", "*", "", "ä\n%s"]
        script = "import sys; sys.stdout.write(repr(sys.argv[1:]))"
        assert machine.succeed(["python3", "-c", script, *odd]) == repr(odd)

    def test_the_environment_is_fixed(
        self, machine: Machine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SECRET_OF_THE_HOST", "1")
        names = {
            line.partition("=")[0]
            for line in machine.succeed(["env"], environment={"ADDED": "1"}).splitlines()
        }
        assert names == {"HOME", "LANG", "PATH", "TERM", "ADDED"}

    def test_a_failure_carries_what_the_command_said(self, machine: Machine) -> None:
        with pytest.raises(errors.CommandFailed, match=r"(?s)status 2.*No such file") as caught:
            machine.succeed(["ls", "/nowhere"])
        assert caught.value.status == 2

    def test_a_signal_is_a_negative_status(self, machine: Machine) -> None:
        assert machine.execute(["sh", "-c", "kill -9 $$"]).status == -signal.SIGKILL

    def test_a_command_that_takes_too_long_is_killed(self, machine: Machine) -> None:
        with pytest.raises(errors.CommandTimedOut, match="(?s)still running after 0.3 s.*begun"):
            machine.execute(["sh", "-c", "echo begun; sleep 4711; true"], timeout=0.3)
        assert machine.execute(["pgrep", "-f", "sleep 4711"]).stdout == ""

    def test_a_command_in_one_string_is_refused(self, machine: Machine) -> None:
        with pytest.raises(TypeError, match="list of arguments"):
            machine.execute("systemctl status")


class TestUnits:
    def test_a_hand_written_service_runs_hardened_and_answers(self, machine: Machine) -> None:
        install(machine, "answers.service", WEB.format(port=8101))
        machine.succeed(["systemctl", "start", "answers"])
        machine.wait_for_unit("answers.service")
        machine.wait_for_port(8101)
        fetch = "import urllib.request as u; print(u.urlopen('http://127.0.0.1:8101/').status)"
        properties = machine.unit_properties("answers.service")
        assert machine.succeed(["python3", "-c", fetch]) == "200\n"
        assert (properties["ActiveState"], properties["DynamicUser"]) == ("active", "yes")
        owner = machine.succeed(["stat", "-c", "%u", f"/proc/{properties['MainPID']}"])
        assert int(owner) >= 61184, "a dynamic user is in 61184..65519, systemd.exec(5)"

    def test_a_failing_unit_is_reported_at_once_with_its_journal(self, machine: Machine) -> None:
        install(machine, "broken.service", BROKEN)
        machine.execute(["systemctl", "start", "broken"])
        begun = time.monotonic()
        with pytest.raises(errors.UnitNotReached) as caught:
            machine.wait_for_unit("broken.service", timeout=30)
        took = time.monotonic() - begun
        machine.succeed(["systemctl", "reset-failed", "broken"])
        assert took < 5
        assert "it failed, with result 'exit-code'" in str(caught.value)
        assert "the disk is made of cheese" in caught.value.journal

    def test_failure_can_be_what_is_waited_for(self, machine: Machine) -> None:
        install(machine, "wanted-broken.service", BROKEN)
        machine.succeed(["systemctl", "start", "--no-block", "wanted-broken"])
        machine.wait_for_unit("wanted-broken.service", "failed", timeout=10)
        assert machine.failed_units() == ["wanted-broken.service"]
        machine.succeed(["systemctl", "reset-failed", "wanted-broken"])

    def test_a_slow_start_is_waited_for(self, machine: Machine) -> None:
        slow = "[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/sleep 0.5\n"
        install(machine, "slow.service", slow)
        machine.succeed(["systemctl", "start", "--no-block", "slow"])
        machine.wait_for_unit("slow.service", timeout=10)
        assert machine.unit_state("slow.service").active == "active"

    def test_an_unknown_and_an_idle_unit_are_not_waited_for(self, machine: Machine) -> None:
        install(machine, "idle.service", FOREVER)
        with pytest.raises(errors.UnitNotReached, match="could not load it .not-found"):
            machine.wait_for_unit("no-such.service", timeout=30)
        with pytest.raises(errors.UnitNotReached, match="no job is queued"):
            machine.wait_for_unit("idle.service", timeout=30)

    def test_the_journal_of_a_unit_has_its_last_words(self, machine: Machine) -> None:
        install(machine, "talks.service", "[Service]\nType=oneshot\nExecStart=/bin/seq 5000\n")
        machine.succeed(["systemctl", "start", "talks"])
        said = machine.journal("talks.service").splitlines()
        assert [line.split("]: ")[1] for line in said if " seq[" in line] == [
            str(number) for number in range(1, 5001)
        ]


class TestWaiting:
    def test_a_port_nobody_opens_ends_in_an_error_that_lists_the_open_ones(
        self, machine: Machine
    ) -> None:
        install(machine, "other-port.service", WEB.format(port=8102))
        machine.succeed(["systemctl", "start", "other-port"])
        machine.wait_for_port(8102)
        with pytest.raises(errors.WaitTimedOut, match="port 8103 .* 8102"):
            machine.wait_for_port(8103, timeout=0.2)

    def test_until_a_command_succeeds(self, machine: Machine) -> None:
        later = ["systemd-run", "--on-active=300ms", "--timer-property=AccuracySec=1ms"]
        machine.succeed([*later, "touch", "/run/came-later"])
        machine.wait_until(["test", "-e", "/run/came-later"], timeout=10)
        with pytest.raises(errors.WaitTimedOut, match="(?s)never-comes.*No such file"):
            machine.wait_until(["ls", "/run/never-comes"], timeout=0.2)

    def test_until_a_function_is_true(self, machine: Machine) -> None:
        answers = iter([0, 0, 1])
        machine.wait_until(lambda: next(answers), timeout=10)
        assert list(answers) == []
        with pytest.raises(errors.WaitTimedOut, match="last answer was 0"):
            machine.wait_until(lambda: 0, timeout=0.1)


class TestFiles:
    def test_content_and_mode_arrive(self, machine: Machine) -> None:
        content = bytes(range(256))
        machine.write_file("/srv/new/deep/file", content, mode=0o640)
        assert machine.read_bytes("/srv/new/deep/file") == content
        assert machine.succeed(["stat", "-c", "%a %U", "/srv/new/deep/file"]) == "640 root\n"

    def test_nothing_is_written_on_the_host(self, machine: Machine) -> None:
        machine.write_file("/etc/only-inside", "x")
        assert not Path("/etc/only-inside").exists()

    def test_a_missing_file_is_an_error(self, machine: Machine) -> None:
        with pytest.raises(errors.CommandFailed, match="No such file"):
            machine.read_file("/nowhere")

    def test_a_tree_is_laid_over_the_root_and_spares_its_directories(
        self, machine: Machine, tmp_path: Path
    ) -> None:
        (tmp_path / "etc").mkdir(mode=0o700)
        (tmp_path / "etc/tree.conf").write_text("laid\n")
        (tmp_path / "etc/tree.link").symlink_to("/etc/tree.conf")
        (tmp_path / "bin").mkdir()
        (tmp_path / "bin/tree-tool").write_text("#!/bin/sh\necho ran\n")
        (tmp_path / "bin/tree-tool").chmod(0o755)
        os.chown(tmp_path / "etc/tree.conf", 1234, 1234)
        kinds = ["stat", "-c", "%a %F", "/", "/etc", "/bin"]
        was = machine.succeed(kinds)
        machine.copy_tree(tmp_path)
        assert machine.succeed(kinds) == was
        assert machine.read_file("/etc/tree.link") == "laid\n"
        assert machine.succeed(["stat", "-c", "%u:%g", "/etc/tree.conf"]) == "0:0\n"
        assert machine.succeed(["tree-tool"]) == "ran\n"


@pytest.fixture(scope="module")
def rebooted(machine_factory: MachineFactory) -> Iterator[Machine]:
    with machine_factory(name="phoenix") as fresh:
        install(fresh, "kept.service", WEB.format(port=8104))
        install(fresh, "not-enabled.service", FOREVER)
        install(fresh, "broken.service", BROKEN + "[Install]\nWantedBy=multi-user.target\n")
        fresh.succeed(["systemctl", "enable", "kept", "broken"])
        fresh.succeed(["systemctl", "start", "not-enabled"])
        fresh.write_file("/srv/kept", "still here")
        fresh.write_file("/tmp/gone", "")
        fresh.reboot()
        yield fresh


class TestReboot:
    def test_files_stay_but_temporary_ones_go(self, rebooted: Machine) -> None:
        assert rebooted.read_file("/srv/kept") == "still here"
        assert rebooted.execute(["test", "-e", "/tmp/gone"]).status == 1

    def test_what_is_enabled_starts_and_nothing_else(self, rebooted: Machine) -> None:
        rebooted.wait_for_unit("kept.service")
        rebooted.wait_for_port(8104)
        assert rebooted.unit_state("not-enabled.service").active == "inactive"

    def test_a_unit_that_fails_at_boot_makes_it_degraded_and_is_listed(
        self, rebooted: Machine
    ) -> None:
        assert (rebooted.boot_state, rebooted.failed_units()) == ("degraded", ["broken.service"])

    def test_the_journal_of_earlier_boots_is_kept_apart(self, rebooted: Machine) -> None:
        assert "Started not-enabled" not in rebooted.journal("not-enabled.service")
        assert "Started not-enabled" in rebooted.journal("not-enabled.service", all_boots=True)
