"""The tables are what systemd itself knows."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest


from modsvc_dsl.managers.systemd.directives import table as module
from modsvc_dsl.managers.systemd.directives.problems import CHECKS
from modsvc_dsl.managers.systemd.directives.table import (
    Directive,
    UnknownVersion,
    known_specifiers,
    load,
    versions,
)
from tests.managers.systemd.directives.lists import all_of, in_dump, in_table

SYSTEMD = next(
    (p for p in map(Path, ("/lib/systemd/systemd", "/usr/lib/systemd/systemd")) if p.exists()), None
)
needs_manager = pytest.mark.skipif(SYSTEMD is None, reason="systemd is not installed")
FOLDER = Path(module.__file__).parent


def dumped() -> tuple[int, set[str]]:
    """The version of the systemd here, and the `Section.Name`s of which it says it knows them."""
    version = subprocess.run(
        [str(SYSTEMD), "--version"], capture_output=True, text=True, check=True
    )
    number = re.match(r"systemd (\d+)", version.stdout)
    assert number
    dump = subprocess.run(
        [str(SYSTEMD), "--dump-configuration-items"], capture_output=True, text=True, check=True
    )
    return int(number[1]), in_dump(dump.stdout)


@pytest.mark.needs_systemd
@needs_manager
def test_the_table_is_what_systemd_says_it_knows() -> None:
    version, names = dumped()
    if version in versions():
        assert in_table(version) == names
    else:
        older = [v for v in versions() if v < version]
        newer = [v for v in versions() if v > version]
        known = {f"{s}.{d.name}" for v in newer for s, d in all_of(load(v))}
        assert names <= known if newer else True
        assert older or newer


def test_the_versions_have_grown() -> None:
    assert versions() == (252, 257)
    assert {v: len(all_of(load(v))) for v in versions()} == {252: 1271, 257: 1414}
    old, new = ({(s, d.name) for s, d in all_of(load(v))} for v in versions())
    assert old < new


@pytest.mark.parametrize("version", versions())
def test_every_record_makes_sense(version: int) -> None:
    for section, found in all_of(load(version)):
        assert section in found.sections and found.kind in {*CHECKS, "ignored"}
        assert bool(found.values) == (found.kind == "enum")
        assert found.many or not found.words
        assert found.since is None or 180 < found.since <= version
        assert not found.successor or found.legacy
        if found.successor and "]" not in found.successor:
            successor = load(version).directive(section, found.successor)
            assert successor is not None and not successor.legacy
    for section in load(version).sections():
        assert len(set(load(version).names(section))) == len(load(version).names(section))


def test_what_is_known_of_some_directives() -> None:
    old, new = load(252), load(257)
    expected = Directive(
        name="ProtectSystem",
        sections=("Service", "Socket", "Mount", "Swap"),
        kind="enum",
        values=("full", "strict"),
        boolean=True,
        since=214,
    )
    assert old.directive("Service", "ProtectSystem") == expected
    assert old.directive("Service", "RestartMode") is None
    assert (found := new.directive("Service", "RestartMode")) and found.since == 254
    assert (found := old.directive("Service", "Type")) and "notify-reload" not in found.values
    assert (found := new.directive("Service", "Type")) and "notify-reload" in found.values
    assert (found := new.directive("Timer", "OnCalendar")) and found.kind == "calendar"
    assert (found := new.directive("Swap", "Priority")) and found.maximum == 32767
    assert (found := new.directive("Socket", "Priority")) and found.maximum is None
    assert (found := new.directive("Service", "MemoryLimit")) and found.legacy
    assert found.successor == "MemoryMax"
    assert (found := new.directive("Unit", "StartLimitBurst")) and not found.legacy
    assert (found := new.directive("Service", "StartLimitBurst")) and found.legacy
    assert (found := new.directive("Install", "DefaultInstance")) and found.kind == "text"
    # Its page notes 231, for its elder siblings; 252 does not have it yet.
    assert old.directive("Service", "StartupMemoryMax") is None
    assert (found := new.directive("Service", "StartupMemoryMax")) and found.since is None


def test_which_specifiers_are_expanded_where() -> None:
    """By the table for what a value is; 252 has no %D, and in names of units there are only some."""
    old, new = load(252), load(257)
    assert set(new.specifiers["unit"]) - set(old.specifiers["unit"]) == {"D"}
    assert set(new.specifiers["name"]) < set(new.specifiers["unit"])
    assert new.specifiers.keys() == old.specifiers.keys()
    assert not {*"crR%"} & {*known_specifiers()}
    tables = {
        **{"Service.ExecStart": "unit", "Unit.Description": "unit", "Unit.After": "name"},
        **{"Timer.OnCalendar": "unit", "Install.Alias": "install", "Slice.Slice": "name"},
        **{"Manager.DefaultEnvironment": "manager", "Service.SetCredential": "unit"},
    }
    for name, table in tables.items():
        found = new.directive(*name.split("."))
        assert found is not None and found.specifiers == new.specifiers[table]
    for name in ("Service.MemoryMax", "Service.LogFilterPatterns", "Manager.WatchdogDevice"):
        found = new.directive(*name.split("."))
        assert found is not None and found.specifiers == ""
    partly = {d.name for _, d in all_of(new) if d.expanded_before}
    assert partly == {
        *("SetCredential", "SetCredentialEncrypted", "ImportCredential", "TemporaryFileSystem")
    }
    assert not any(d.expanded_before and d.unescaped for _, d in all_of(new))


def test_a_name_that_systemd_would_ignore() -> None:
    table = load(252)
    problems = {
        (
            "Service",
            "ProtectSytem",
        ): "systemd 252 knows no ProtectSytem= in [Service]; did you mean "
        "ProtectSystem=?",
        ("Service", "execstart"): "did you mean ExecStart=?",
        ("Service", "Documentation"): "knows no Documentation= in [Service]; it belongs in [Unit]",
        ("Install", "UpheldBy"): "knows no UpheldBy= in [Install], but systemd 257 does",
        ("Srvice", "Type"): "systemd knows no section [Srvice]; did you mean [Service]?",
        ("Target", "After"): "systemd knows no section [Target]",
        ("Service", "Zork"): "systemd 252 knows no Zork= in [Service]",
    }
    for (section, name), problem in problems.items():
        assert problem in (table.problem(section, name) or "")
    for section, name in (("Service", "Type"), ("Service", "X-Own"), ("X-Own", "Anything")):
        assert table.problem(section, name) is None


def test_a_version_without_a_table() -> None:
    with pytest.raises(UnknownVersion, match="systemd 200 has no table .* choose one of 252, 257"):
        load(200)


def test_a_table_is_read_once() -> None:
    """Who asks again has the same table, and the same directives, which are made when asked for."""
    table = load(252)
    assert load(252) is table
    found = table.directive("Service", "Type")
    assert found is not None and table.directive("Service", "Type") is found
    socket, exec_ = table.directive("Socket", "User"), table.directive("Service", "User")
    assert socket is not None and socket is exec_  # one line of the file, in two sections


@pytest.mark.parametrize("version", versions())
def test_the_files_are_one_directive_a_line(version: int) -> None:
    first, *lines, last = (FOLDER / f"systemd-{version}.json").read_text().splitlines()
    head = json.loads(f"{first}]}}")
    assert (head["version"], head["directives"], last) == (version, [], "]}")
    for line in lines:
        assert json.loads(line.rstrip(",")).keys() <= {*Directive._fields}


def test_the_types_for_checkers_are_not_loaded() -> None:
    code = (
        "import sys, modsvc_dsl.managers.systemd.directives.problems as p\n"
        "print([m for m in sys.modules if m.endswith(('.sections', '.contexts', 'directives.choices'))])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout == "[]\n"
