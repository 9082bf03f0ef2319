"""Debian 13: a machine of another release than the one here, and what its systemd 257 says of ours.

In: the root directory of a Debian 13, booted by this host. Out: verdicts on that machine, and of
`systemd-analyze verify`, a dump and units that run. Refuses to repeat what the tests with
`each_machine` and `root` run on both.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from modsvc_dsl import (
    Host,
    Lifecycle,
    Process,
    Service,
    SystemdManager,
    build,
    check,
    evaluate,
    systemd,
)
from modsvc_dsl.language.errors import Mistakes
from modsvc_dsl.managers.systemd.directives.table import load
from modsvc_dsl.managers.systemd.directives.values import render
from modsvc_dsl.output.publish import publish
from modsvc_dsl.testing.machine import Machine
from modsvc_dsl.testing.plugin import MachineFactory
from tests.e2e.releases import DEBIAN_13, root_of_debian_13
from tests.examples import gallery
from tests.managers.systemd.directives.lists import all_of, in_dump, in_table
from tests.managers.systemd.directives.samples import (
    ELSEWHERE,
    VERIFY,
    WRONG,
    Trial,
    samples,
    written,
)

NEW, OLD = DEBIAN_13.systemd, 252
GOLDEN = Path(__file__).parents[1] / "golden" / "systemd"


def files_of(root: Path) -> Iterator[tuple[str, int, int]]:
    """Each file below a directory, with its size and the moment when it was last changed."""
    for folder, _, names in os.walk(root):
        for name in names:
            found = os.lstat(path := os.path.join(folder, name))
            yield path, found.st_size, found.st_mtime_ns


class TestMachine:
    def test_boots_what_is_in_the_root_and_not_what_is_installed_here(
        self, debian_13: Machine
    ) -> None:
        assert (debian_13.boot_state, debian_13.failed_units()) == ("running", [])
        assert debian_13.succeed(["systemctl", "--version"]).startswith(f"systemd {NEW} ")
        assert 'VERSION_ID="13"' in debian_13.read_file("/etc/os-release")
        assert debian_13.succeed(["hostname"]) == "trixie\n"

    def test_leaves_the_root_as_it_was(self, machine_factory: MachineFactory) -> None:
        root = root_of_debian_13()
        before = set(files_of(root))
        with machine_factory("kept", root=root) as fresh:
            fresh.write_file("/etc/systemd/system/new.service", "[Service]\nExecStart=/bin/true\n")
            fresh.write_file("/srv/kept", "still here")
            fresh.reboot()
            assert fresh.read_file("/srv/kept") == "still here"
            assert fresh.boot_state == "running"
        assert set(files_of(root)) == before

    def test_takes_a_root_of_any_name(
        self, machine_factory: MachineFactory, tmp_path: Path
    ) -> None:
        """Commas, colons and backslashes are signs to mount(8) and to the kernel."""
        odd = tmp_path / "a,b:c\\d e"
        odd.symlink_to(root_of_debian_13())
        with machine_factory("odd", root=odd) as fresh:
            assert 'VERSION_ID="13"' in fresh.read_file("/etc/os-release")


class TestTable:
    def test_is_what_this_systemd_says_it_knows(self, debian_13: Machine) -> None:
        dump = ["/usr/lib/systemd/systemd", "--dump-configuration-items"]
        assert in_dump(debian_13.succeed(dump)) == in_table(NEW)

    @pytest.mark.parametrize("section", load(NEW).sections())
    def test_this_systemd_takes_every_directive(self, debian_13: Machine, section: str) -> None:
        lines, names = written(load(NEW), section)
        assert names
        assert complaints(debian_13, Trial(section, lines)) == []

    def test_what_is_refused_here_is_refused_by_this_systemd(self, debian_13: Machine) -> None:
        taken: list[tuple[str, str, object]] = []
        for section, name, value in WRONG:
            directive = load(NEW).directive(section, name)
            assert directive is not None
            lines = [f"{name}={text}" for text in render(directive, value)]
            if not complaints(debian_13, Trial(section, lines)):
                taken.append((section, name, value))
        assert taken == []


def complaints(machine: Machine, trial: Trial) -> list[str]:
    """What the systemd of a machine says about the lines of one section."""
    if trial.section == "Manager":
        return complaints_of_settings(machine, trial.lines)
    file = f"/srv/verified/{trial.name}"
    machine.write_file(file, trial.text)
    said = machine.execute([*VERIFY, file]).stderr
    machine.succeed(["rm", file])
    return trial.complaints(said)


def complaints_of_settings(machine: Machine, lines: Sequence[str]) -> list[str]:
    """What it says about settings of its own, which it reads in its test mode, but not as root.

    It goes no further than that, since it does not find its control group.
    """
    file = "/srv/settings/systemd/user.conf"
    machine.write_file(file, "\n".join(["[Manager]", *lines, ""]))
    nobody = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
    asked = ["/usr/lib/systemd/systemd", "--test", "--user", "--no-pager"]
    names: list[str] = ["XDG_CONFIG_HOME", "XDG_RUNTIME_DIR", "HOME"]
    folders = dict.fromkeys(names, "/srv/settings")
    done = machine.execute([*nobody, *asked], environment=folders)
    found = re.findall(rf"{file}:(\d+): (.*)", done.stderr)
    said = [f"{lines[int(line) - 2]}: {message}" for line, message in found]
    return [each for each in said if not ELSEWHERE.search(each)]


@pytest.mark.parametrize("name", gallery.NAMES)
def test_verify_finds_nothing_in_the_golden_trees(debian_13: Machine, name: str) -> None:
    """They are made for this version. A directive that is misspelt in one of them is found."""
    place = f"/srv/golden/{name}"
    debian_13.copy_tree(GOLDEN / name, place)
    for host in (GOLDEN / name).iterdir():
        units = [each for each in (host / gallery.UNITS).iterdir() if each.is_file()]
        folder = f"{place}/{host.name}/{gallery.UNITS}"
        assert units and findings(debian_13, folder, [unit.name for unit in units]) == []
        service = next(unit for unit in units if unit.suffix == ".service")
        wrong = service.read_text().replace("[Service]\n", "[Service]\nDynamcUser=yes\n")
        debian_13.write_file(f"{folder}{service.name}", wrong)
        assert "DynamcUser" in "".join(findings(debian_13, folder, [service.name]))


def findings(machine: Machine, folder: str, names: list[str]) -> list[str]:
    """What verify says about units, but for programs that the machine has not."""
    files = [folder + name for name in names]
    done = machine.execute(["systemd-analyze", "verify", "--man=no", *files])
    said = [line for line in done.stderr.splitlines() if any(name in line for name in names)]
    return [line for line in said if not re.search(r"Command \S+ is not executable", line)]


# What came between the two versions


NEWER = [
    (section, directive)
    for section, directive in all_of(load(NEW))
    if load(OLD).directive(section, directive.name) is None and not directive.legacy
]


def test_a_directive_that_is_too_new_is_refused_with_both_versions() -> None:
    """Each that came after 252, in each of its sections; for 257 it is taken."""
    assert len({directive.name for _, directive in NEWER}) > 30
    for section, directive in NEWER:
        value = next(iter(samples(section, directive)))
        if section not in ("Unit", "Service", "Install"):
            continue
        said = {section.lower(): {directive.name: value}}
        service = Service(process=Process(argv=["/bin/true"]), imports=[systemd(**said)])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        check(evaluate(Host(services={"web": service})))
        with pytest.raises(Mistakes) as caught:
            built = Host(manager=SystemdManager(version=OLD), services={"web": service})
            build(evaluate(built))
        told = str(caught.value)
        assert f"systemd {OLD}, which this host has, knows no {directive.name}=" in told
        (newer,) = re.findall(rf"{directive.name}=, and systemd (\d+) does", told)
        assert OLD < int(newer) <= NEW


def test_the_older_systemd_would_have_passed_over_it(machine: Machine, debian_13: Machine) -> None:
    """That is why it is refused: the unit would have run without what it says."""
    trial = Trial("Service", ["RestartSteps=5", "RestartMaxDelaySec=60", "MemoryZSwapWriteback=no"])
    assert complaints(debian_13, trial) == []
    if not machine.succeed(["systemctl", "--version"]).startswith(f"systemd {OLD} "):
        pytest.skip(f"what is installed here is not systemd {OLD}")
    said = complaints(machine, trial)
    assert len(said) == len(trial.lines) and all("Unknown key" in line for line in said)


class TestNewDirectives:
    """Services with what came after 252 run, and do what it says."""

    def test_a_service_is_upheld(self, debian_13: Machine, tmp_path: Path) -> None:
        """UpheldBy= is links; who is upheld starts again whenever it has stopped."""
        kept = Service(
            process=Process(argv=["/usr/bin/sleep", "infinity"]),
            imports=[systemd(install={"UpheldBy": ["multi-user.target"]})],
        )
        put(debian_13, tmp_path, {"upheld": kept})
        debian_13.wait_for_unit("upheld.service")
        debian_13.succeed(["systemctl", "stop", "upheld"])
        debian_13.wait_until(lambda: debian_13.unit_state("upheld.service").active == "active")

    def test_restarts_come_slower(self, debian_13: Machine, tmp_path: Path) -> None:
        """RestartSteps= and RestartMaxDelaySec=: the time between two starts grows."""
        failing = Service(
            process=Process(argv=["/bin/false"]),
            imports=[
                systemd(
                    unit={"StartLimitIntervalSec": 0},
                    service={
                        "RestartSec": "100ms",
                        "RestartSteps": 4,
                        "RestartMaxDelaySec": "10s",
                    },
                )
            ],
        )
        put(debian_13, tmp_path, {"slower": failing})
        debian_13.execute(["systemctl", "start", "slower"])
        delays: list[str] = []

        def has_grown() -> bool:
            now = debian_13.unit_properties("slower.service")["RestartUSecNext"]
            if now not in delays:
                delays.append(now)
            return len(delays) > 2

        debian_13.wait_until(has_grown, timeout=20)
        debian_13.succeed(["systemctl", "stop", "slower"])
        assert len(set(delays)) > 2, delays

    def test_a_file_is_opened_for_it(self, debian_13: Machine, tmp_path: Path) -> None:
        """OpenFile= hands over what its own user could not open."""
        debian_13.write_file("/srv/of-root", "opened by systemd", mode=0o600)
        reader = Service(
            process=Process(argv=["/usr/bin/sh", "-c", "cat <&3; echo; echo $LISTEN_FDNAMES"]),
            lifecycle=Lifecycle(type="oneshot"),
            imports=[systemd(service={"OpenFile": "/srv/of-root:secret:read-only"})],
        )
        put(debian_13, tmp_path, {"reader": reader})
        debian_13.succeed(["systemctl", "start", "reader"])
        said = debian_13.journal("reader.service").splitlines()
        printed = [line.split("]: ")[1] for line in said if " sh[" in line]
        assert printed == ["opened by systemd", "secret"]


def put(machine: Machine, folder: Path, services: dict[str, Service]) -> None:
    """Build services for this version, copy the tree in, have systemd read it."""
    host = Host(manager=SystemdManager(version=NEW), services=services)
    publish(build(check(evaluate(host))).trees, folder / "out", base=folder)
    machine.copy_tree(folder / "out" / "host")
    machine.daemon_reload()
