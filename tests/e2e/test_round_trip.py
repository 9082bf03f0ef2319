"""Hundreds of directives of all types of units, by values made by chance, come back the same.

In: the table of the machine's systemd. Out: verdicts from `systemctl show` and `systemd-analyze dump` of
a booted systemd that has read what the library wrote. Refuses to start anything.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from typing import Any

import pytest

from modsvc_dsl import HostSystemd, SystemdHost, SystemdManager, Unit, build, evaluate
from modsvc_dsl.managers.systemd.demands import NOT_FOR
from modsvc_dsl.managers.systemd.directives.table import Directive, load, versions
from modsvc_dsl.managers.systemd.versions import OLDEST
from modsvc_dsl.managers.systemd.units import FURTHER
from modsvc_dsl.output.publish import publish
from modsvc_dsl.testing.machine import Machine
from tests.e2e.values import agrees, property_of, value_of
from tests.managers.systemd.directives.lists import since

SEED = 20261123
ENOUGH = 320
"""How many distinct directives have to come back."""

OPTIONS = {suffix.capitalize(): option for option, suffix in FURTHER.items()}
NEEDED: dict[str, dict[str, Any]] = {
    "Service": {"ExecStart": ["/bin/true"], "Type": "oneshot"},
    "Timer": {"OnBootSec": [1]},
    "Path": {"PathExists": ["/a"]},
    "Socket": {"ListenStream": ["/run/needed"]},
}
"""What a unit of a type needs to be loaded."""


@dataclass(frozen=True)
class Trial:
    """A unit with one directive of interest: what was written, and what it means."""

    unit: str
    section: str
    directive: Directive
    written: Any
    meant: Any

    def __str__(self) -> str:
        return f"{self.unit} [{self.section}] {self.directive.name}={self.written!r}"


def trials(version: int) -> list[Trial]:
    """One for every directive that has a kind with a maker, in every section."""
    chance = random.Random(SEED)
    found: list[Trial] = []
    table = load(version)
    for section in ("Unit", *OPTIONS):
        for name in table.names(section):
            directive = table.directive(section, name)
            assert directive is not None
            if directive.legacy or directive.kind == "ignored" or section == name:
                continue  # [Slice] Slice= is known to the parser, but a slice's place is its name
            if section.lower() in NOT_FOR.get(name, ()):
                continue
            pair = value_of(directive, chance)
            if pair is not None:
                suffix = "service" if section == "Unit" else section.lower()
                found.append(Trial(f"rt{len(found)}.{suffix}", section, directive, *pair))
    return found


def host_of(every: list[Trial], version: int) -> SystemdHost:
    """A host with a unit for each trial."""
    units: dict[str, dict[str, Unit]] = {option: {} for option in FURTHER}
    for trial in every:
        key, _, suffix = trial.unit.rpartition(".")
        kind = suffix.capitalize()
        needed = {**NEEDED.get(kind, {}), **_named(kind, key)}
        needed |= {} if trial.section == "Unit" else {trial.directive.name: trial.written}
        about = {trial.directive.name: trial.written} if trial.section == "Unit" else {}
        sections: dict[str, Any] = {"unit": about, suffix: needed, "install": {"WantedBy": None}}
        units[OPTIONS[kind]][key] = Unit(judged=False, **sections)
    conditions = [trial.unit for trial in every if trial.directive.kind == "condition"]
    units["targets"]["rt-loaded"] = Unit(unit={"After": conditions})
    return SystemdHost(manager=SystemdManager(version=version), systemd=HostSystemd(**units))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def _named(kind: str, key: str) -> dict[str, Any]:
    """What names a unit that has its name from a path."""
    if kind in ("Mount", "Automount"):
        return {"Where": f"/{key}"} | ({"What": "tmpfs"} if kind == "Mount" else {})
    return {"What": f"/{key}"} if kind == "Swap" else {}


@pytest.fixture(scope="module")
def version(each_machine: Machine) -> int:
    """The version of the machine's systemd."""
    said = re.match(r"systemd (\d+)", each_machine.succeed(["systemctl", "--version"]))
    assert said is not None
    return int(said[1])


@pytest.fixture(scope="module")
def properties(
    each_machine: Machine, version: int, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, str]]:
    """The properties of all units of the trials, by unit, with what a dump says of conditions."""
    if version not in versions():
        pytest.skip(f"there is no table of systemd {version}")
    machine, every = each_machine, trials(version)
    folder = tmp_path_factory.mktemp("round-trip")
    trees = build(evaluate(host_of(every, version))).trees
    publish(trees, folder / "out", base=folder)
    machine.copy_tree(folder / "out" / "host")
    machine.daemon_reload()
    names = [trial.unit for trial in every]
    found: dict[str, dict[str, str]] = {}
    for start in range(0, len(names), 50):
        command = ["systemctl", "show", "--all", *names[start : start + 50]]
        for block in machine.succeed(command).split("\n\n"):
            lines: dict[str, list[str]] = {}
            for line in block.split("\n"):
                key, _, value = line.partition("=")
                lines.setdefault(key, []).append(value)
            found[lines.get("Id", [""])[0]] = {key: "\n".join(all_) for key, all_ in lines.items()}
    # a unit that another one names stays loaded, and only those that are loaded are dumped
    machine.succeed(["systemctl", "start", "rt-loaded.target"])
    for unit, text in _dumped(machine.succeed(["systemd-analyze", "dump"])).items():
        found.setdefault(unit, {})["dump"] = text
    return found


def _dumped(text: str) -> dict[str, str]:
    """What a dump says of each unit."""
    parts = re.split(r"(?m)^(?:->|→) Unit (\S+):$", text)
    return dict(zip(parts[1::2], parts[2::2]))


def test_what_is_written_comes_back(properties: dict[str, dict[str, str]], version: int) -> None:
    """Each value of each trial, in the property that systemd has for it."""
    wrong: list[str] = []
    right: set[str] = set()
    for trial in trials(version):
        seen = properties.get(trial.unit, {})
        shown = seen.get(
            "dump" if trial.directive.kind == "condition" else property_of(trial.directive, seen)
        )
        if shown is not None and agrees(trial.directive, trial.meant, shown):
            right.add(trial.directive.name)
        else:
            wrong.append(f"{trial}: expected {trial.meant!r}, systemd shows {str(shown)[:200]!r}")
    assert not wrong, "\n".join([f"{len(wrong)} wrong, {len(right)} right", *wrong[:80]])
    assert len(right) >= ENOUGH, len(right)
    # NFTSet= is shown as "[unprintable]", and UpheldBy= is no property: it is links
    assert since(OLDEST, version) - right <= {"NFTSet", "UpheldBy"}


def test_a_wrong_value_would_be_seen(properties: dict[str, dict[str, str]], version: int) -> None:
    """The comparison is no rubber stamp: the values of one trial do not pass for another's."""
    every = [each for each in trials(version) if each.directive.kind in ("seconds", "path", "mode")]
    mixed = 0
    for one, other in zip(every, every[1:]):
        if one.directive.kind == other.directive.kind and one.meant != other.meant:
            shown = properties[one.unit].get(property_of(one.directive), "")
            mixed += agrees(one.directive, other.meant, shown)
    assert not mixed


def test_all_units_are_read(properties: dict[str, dict[str, str]]) -> None:
    """From their files; a few values, such as Type=dbus, want more beside them for a whole unit."""
    states = [seen["LoadState"] for seen in properties.values() if "LoadState" in seen]
    assert set(states) <= {"loaded", "bad-setting"}
    assert states.count("bad-setting") < 10 < states.count("loaded")
