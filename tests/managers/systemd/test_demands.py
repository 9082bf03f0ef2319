"""What systemd demands of a unit as a whole: held against systemd itself, and told with its lines."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from modsvc_dsl import (
    Hardening,
    Identity,
    Lifecycle,
    Process,
    Service,
    Systemd,
    SystemdService,
    Unit,
    systemd,
)
from modsvc_dsl.managers.systemd.demands import NOT_FOR, lines
from modsvc_dsl.managers.systemd.text import unit_text
from tests.managers.systemd.reading import ARGV, notes_of, tree_of
from tests.services.saying import said

ONCE = Lifecycle(type="oneshot")

MET: dict[str, tuple[str, dict[str, Any]]] = {
    "a command": ("service", {"service": {"ExecStart": "/bin/true"}}),
    "one of several left": ("service", {"service": {"ExecStart": ["/bin/a", "", "/bin/true"]}}),
    "several of a oneshot": (
        "service",
        {"service": {"ExecStart": ["/bin/true", "/bin/true"], "Type": "oneshot"}},
    ),
    "a command for the end": (
        "service",
        {"service": {"ExecStop": "/bin/true", "RemainAfterExit": True}},
    ),
    "an action": ("service", {"service": {}, "unit": {"SuccessAction": "exit"}}),
    "oneshot again on failure": (
        "service",
        {"service": {"ExecStart": "/bin/true", "Type": "oneshot", "Restart": "on-failure"}},
    ),
    "a name on the bus": (
        "service",
        {"service": {"ExecStart": "/bin/true", "Type": "dbus", "BusName": "org.example"}},
    ),
    "a socket": ("socket", {"socket": {"ListenFIFO": "/run/it"}}),
    "a timer by time": ("timer", {"timer": {"OnCalendar": ["", "daily"]}}),
    "a path": ("path", {"path": {"DirectoryNotEmpty": "/srv"}}),
    "a timer by event": ("timer", {"timer": {"OnClockChange": True}}),
}
UNMET: dict[str, tuple[str, dict[str, Any], str]] = {
    "nothing": ("service", {"service": {"Nice": 5}}, "has no command, and systemd refuses"),
    "all taken away": (
        "service",
        {"service": {"ExecStart": ["/bin/true", ""]}},
        "has no command, and systemd refuses",
    ),
    "no action": (
        "service",
        {"service": {}, "unit": {"SuccessAction": "none"}},
        "has no command, and systemd refuses",
    ),
    "only an end": (
        "service",
        {"service": {"ExecStop": "/bin/true"}},
        "has a command for its end and none for its start",
    ),
    "only an end, and no oneshot": (
        "service",
        {"service": {"ExecStop": "/bin/true", "RemainAfterExit": "yes", "Type": "simple"}},
        "has no command, which Type=simple cannot do without",
    ),
    "several": (
        "service",
        {"service": {"ExecStart": ["/bin/true", "/bin/true"]}},
        "has 2 commands, which systemd runs for Type=oneshot only",
    ),
    "oneshot again and again": (
        "service",
        {"service": {"ExecStart": "/bin/true", "Type": "oneshot", "Restart": "always"}},
        "systemd refuses Restart=always with Type=oneshot",
    ),
    "oneshot again on success": (
        "service",
        {"service": {"ExecStart": "/bin/true", "Type": "oneshot", "Restart": "on-success"}},
        "systemd refuses Restart=on-success with Type=oneshot",
    ),
    "oneshot of a group": (
        "service",
        {"service": {"ExecStart": "/bin/true", "Type": "oneshot", "ExitType": "cgroup"}},
        "systemd refuses ExitType=cgroup with Type=oneshot",
    ),
    "no name on the bus": (
        "service",
        {"service": {"ExecStart": "/bin/true", "Type": "dbus"}},
        "Type=dbus waits for a name on the bus",
    ),
    "a deaf socket": ("socket", {"socket": {"Backlog": 5}}, "listens nowhere"),
    "a socket that was deafened": ("socket", {"socket": {"ListenStream": ["1", ""]}}, "listens no"),
    "a timer without time": ("timer", {"timer": {"Persistent": True}}, "elapses never"),
    "a blind path": ("path", {"path": {"MakeDirectory": True}}, "watches nothing"),
    "a timer by no event": ("timer", {"timer": {"OnClockChange": False}}, "elapses never"),
}


def further(suffix: str, sections: dict[str, Any]) -> Service:
    """A service that runs, with a unit of its own name for sockets and timers, or a further one."""
    options: dict[str, Any] = {f"{suffix}s": {"x": Unit(**sections)}}
    if suffix != "service":
        options = {suffix: Unit(**sections)}
    return Service(process=Process(argv=ARGV), imports=[SystemdService(systemd=Systemd(**options))])


def judged(folder: Path, name: str, sections: dict[str, Any]) -> str:
    """What systemd says of a unit with these sections."""
    named = {name.capitalize(): directives for name, directives in sections.items()}
    (folder / "it.service").write_text("[Service]\nExecStart=/bin/true\n")
    (folder / name).write_text(unit_text("a test", named))
    command = ["systemd-analyze", "verify", "--man=no", str(folder / name)]
    return subprocess.run(command, capture_output=True, text=True).stderr


@pytest.mark.needs_systemd
@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze here")
@pytest.mark.parametrize("case", [*MET, *UNMET])
def test_the_demands_are_those_of_systemd(tmp_path: Path, case: str) -> None:
    """Of what is refused here and what is not."""
    suffix, sections, *_ = MET[case] if case in MET else UNMET[case]
    assert ("Refusing." in judged(tmp_path, f"it.{suffix}", sections)) == (case in UNMET)


@pytest.mark.parametrize("case", MET)
def test_a_demand_that_is_met(case: str) -> None:
    """Nobody says a word."""
    service = further(*MET[case])
    assert said(lambda: tree_of({"it": service})) == []


@pytest.mark.parametrize("case", UNMET)
def test_a_demand_that_is_not_met(case: str) -> None:
    """One mistake, which says what to write."""
    suffix, sections, why = UNMET[case]
    (message,) = said(lambda: tree_of({"it": further(suffix, sections)}))
    assert why in message.split("\n")[0]
    assert message.split("\n")[-1].startswith("  to fix: ")


def test_a_mistake_of_the_unit_leads_to_where_the_unit_is_written() -> None:
    """Where no directive is to blame."""
    service = Service(
        process=Process(argv=ARGV),
        imports=[
            SystemdService(
                systemd=Systemd(
                    services={"x": Unit(unit={"Description": "x"})},
                )
            )
        ],
    )
    assert said(lambda: tree_of({"it": service})) == [
        "`services.it.systemd.services.x`: has no command, and systemd refuses such a unit\n"
        "  written at test_demands.py\n"
        '      services={"x": Unit(unit={"Description": "x"})},\n'
        "  to fix: write ExecStart="
    ]


def test_two_options_that_do_not_go_together_are_both_named() -> None:
    """A portable one, and one that is said to systemd itself."""
    service = Service(
        process=Process(argv=ARGV),
        lifecycle=ONCE,
        imports=[systemd(service={"Restart": "always"})],
    )
    assert said(lambda: tree_of({"it": service})) == [
        "`services.it.systemd.service.service.Restart`: starts again what has ended well, and a "
        "oneshot is done then: systemd refuses Restart=always with Type=oneshot\n"
        "  defined at test_demands.py\n"
        '      imports=[systemd(service={"Restart": "always"})],\n'
        "  defined at test_demands.py\n"
        '      ONCE = Lifecycle(type="oneshot")\n'
        "  to fix: write on-failure or no, or have a timer start it"
    ]


def test_what_a_dynamic_user_overrules_is_noted() -> None:
    """With the lines of both; a user of the host can have it so."""
    short = systemd(service={"PrivateTmp": False, "ProtectSystem": "full", "RemoveIPC": False})
    one, two, three = notes_of({"it": Service(process=Process(argv=ARGV), imports=[short])})
    said, _, where = one.partition(" (")
    assert said == (
        "`services.it`: it.service: PrivateTmp= has no effect beside DynamicUser=: its folders for "
        "temporary files are its own, unless it runs as a user of the host"
    )
    assert where.startswith(f"{short.place.locate()}, ")
    assert "RemoveIPC= has no effect" in two and "ProtectSystem= has no effect" in three
    own = Identity(user="www-data")
    assert (
        notes_of({"it": Service(process=Process(argv=ARGV), identity=own, imports=[short])}) == ()
    )


def test_a_portable_option_that_is_overruled_is_noted_too() -> None:
    """The homes are read-only to a dynamic user at most."""
    seen = Hardening(home="visible")
    (note,) = notes_of({"it": Service(process=Process(argv=ARGV), hardening=seen)})
    assert note.startswith("`services.it`: it.service: ProtectHome= has no effect beside")
    fine = Hardening(home="read-only")
    assert notes_of({"it": Service(process=Process(argv=ARGV), hardening=fine)}) == ()


def test_a_limit_that_a_oneshot_does_not_know_is_noted() -> None:
    """And a name that only systemd takes for one."""
    limited = systemd(service={"RuntimeMaxSec": 5, "User": "a b"})
    service = Service(process=Process(argv=ARGV), lifecycle=ONCE, imports=[limited])
    limit, name = notes_of({"it": service})
    assert "RuntimeMaxSec= has no effect beside Type=: a oneshot is limited by Timeout" in limit
    assert name == (
        "`services.it`: it.service: User=a b has a blank in it; systemd takes it as one name, "
        "which useradd(8) would not make"
    )


def test_a_user_that_is_made_while_it_runs_is_noted_where_it_waits_for_the_bus() -> None:
    """dbus-daemon ends its connection; a user that the host has can own a name there."""
    greets = Lifecycle(type="dbus", bus_name="org.example.It")
    (note,) = notes_of({"it": Service(process=Process(argv=ARGV), lifecycle=greets)})
    assert note.startswith(
        "`services.it`: it.service: waits for its name on the bus, where dbus-daemon, unlike "
        "dbus-broker, lets nobody on who is made while the service runs; write "
        "identity=Identity(create=True) ("
    )
    assert f"{Path(__file__).name}:" in note
    known = Service(
        process=Process(argv=ARGV), lifecycle=greets, identity=Identity(user="it", create=True)
    )
    assert notes_of({"it": known}) == ()


def test_an_empty_line_takes_away_those_before() -> None:
    """As systemd reads directives that may be assigned several times."""
    assert lines(None) == [] and lines("") == [] and lines(5) == [5]
    assert lines(["a", "", "b", "c"]) == ["b", "c"]
    assert lines(["a", ""]) == []


OOM = ("ManagedOOMSwap", "kill")
MISPLACED = [
    *((suffix, "Delegate", True) for suffix in ("socket", "mount", "swap", "slice")),
    *((suffix, "ManagedOOMSwap", "kill") for suffix in ("socket", "mount", "swap")),
    ("socket", "ManagedOOMMemoryPressure", "kill"),
    ("socket", "ManagedOOMMemoryPressureLimit", "10%"),
]
NAMES = {"socket": "it.socket", "mount": "srv.mount", "swap": "dev-sda.swap", "slice": "it.slice"}
NEEDED: dict[str, dict[str, Any]] = {
    "socket": {"ListenFIFO": "/run/it"},
    "mount": {"What": "tmpfs", "Where": "/srv", "Type": "tmpfs"},
    "swap": {"What": "/dev/sda"},
    "slice": {},
}


@pytest.mark.parametrize(("suffix", "name", "value"), MISPLACED)
def test_what_a_type_of_unit_knows_and_has_no_use_for_is_refused(
    suffix: str, name: str, value: Any
) -> None:
    """systemd passes over it, with a line in its journal."""
    unit: Any = {suffix: {**NEEDED[suffix], name: value}}
    option: Any = {f"{suffix}s": {"x": Unit(**unit)}}
    service = Service(
        process=Process(argv=ARGV), imports=[SystemdService(systemd=Systemd(**option))]
    )
    (message,) = said(lambda: tree_of({"it": service}))
    assert f"systemd passes over {name}= in a .{suffix} unit\n" in message
    assert message.endswith("  to fix: write it for a service")


@pytest.mark.needs_systemd
@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze here")
@pytest.mark.parametrize(("suffix", "name", "value"), [*MISPLACED, ("slice", *OOM)])
def test_systemd_itself_says_so(tmp_path: Path, suffix: str, name: str, value: Any) -> None:
    """Of these types of units, and not of the others that have the directive."""
    verdict = judged(tmp_path, NAMES[suffix], {suffix: {**NEEDED[suffix], name: value}})
    assert ("not supported for this unit type" in verdict) == (suffix in NOT_FOR[name])


def test_a_service_may_have_what_other_units_have_no_use_for() -> None:
    """With a group of its own, that systemd-oomd watches."""
    said_so = systemd(service={"Delegate": True, "ManagedOOMSwap": "kill"})
    tree_of({"it": Service(process=Process(argv=ARGV), imports=[said_so])})
