"""What systemd would ignore or refuse in a unit as a whole: mistakes, or notes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from modsvc_dsl import (
    Process,
    Relations,
    Service,
    Systemd,
    SystemdManager,
    SystemdService,
    Unit,
    host_unit,
    secret_file,
)
from modsvc_dsl.managers.systemd.directives.table import load, versions
from tests.managers.systemd.reading import (
    ARGV,
    notes_of,
    read_unit,
    running,
    texts,
    tree_of,
    unit_of,
    unit_text,
)
from tests.services.saying import said

PATH = "services.it.systemd.service"


def units(**options: Any) -> Service:
    """A service that runs, with options of systemd."""
    return Service(process=Process(argv=ARGV), imports=[SystemdService(systemd=Systemd(**options))])


def own(**sections: Any) -> Service:
    """A service with sections of its own unit."""
    return units(service=Unit(**sections))


def mistakes_of(service: Service, version: int | None = None) -> list[str]:
    """What is wrong with a service called `it`."""
    return said(lambda: tree_of({"it": service}, version))


# --- versions


def test_a_directive_that_is_too_new_is_an_error_with_both_versions() -> None:
    """The host's version, the first that has it, and what to do about it."""
    young = Unit(service={"RestartSteps": 3})
    new = units(service=young)
    assert mistakes_of(new, 252) == [
        f"`{PATH}.service.RestartSteps`: systemd 252, which this host has, knows no RestartSteps=, "
        "and systemd 254 does\n"
        "  defined at test_inspection.py\n"
        '      young = Unit(service={"RestartSteps": 3})\n'
        "  to fix: leave it out, or write SystemdManager(version=254) once the host has that"
    ]
    assert texts(unit_of(new, version=254), "RestartSteps") == ["3"]
    assert texts(unit_of(new), "RestartSteps") == ["3"]


@pytest.mark.parametrize(
    ("section", "name", "value", "since"),
    [
        ("unit", "SurviveFinalKillSignal", True, 255),
        ("service", "PrivatePIDs", True, 257),
        ("service", "MemoryZSwapMax", "1M", 253),
        ("install", "UpheldBy", ["a.target"], 257),
    ],
)
def test_every_section_knows_versions(section: str, name: str, value: Any, since: int) -> None:
    """One version before it is refused, from there on it is taken."""
    service = own(**{section: {name: value}})
    (message,) = mistakes_of(service, since - 1)
    assert (
        f"systemd {since - 1}, which this host has, knows no {name}=, and systemd {since} does"
        in message
    )
    assert mistakes_of(service, since) == []


def test_a_value_that_is_too_new_is_told_as_such() -> None:
    """A word of an enumeration may be younger than its directive."""
    young = Unit(service={"Type": "notify-reload"})
    new = units(service=young)
    assert mistakes_of(new, 252) == [
        f"`{PATH}.service.Type`: systemd 252, which this host has: Type= expects one of simple, "
        "forking, oneshot, dbus, notify, idle, exec, found 'notify-reload', and systemd 257 takes it\n"
        "  defined at test_inspection.py\n"
        '      young = Unit(service={"Type": "notify-reload"})\n'
        '  to fix: did you mean "notify"?'
    ]
    assert mistakes_of(new) == []


@pytest.mark.parametrize("version", [252, 255, 257, 300])
def test_what_modsvc_gives_by_itself_suits_every_version(version: int) -> None:
    """A plain service builds for each."""
    assert mistakes_of(running(), version) == []


def test_sockets_and_timers_know_versions() -> None:
    """As further units do."""
    timer = units(timer=Unit(timer={"OnCalendar": "daily", "DeferReactivation": True}))
    (message,) = mistakes_of(timer, 256)
    assert message.startswith(
        "`services.it.systemd.timer.timer.DeferReactivation`: systemd 256, which this host has, "
    )
    further = units(services={"a": Unit(service={"ExecStart": "/bin/a", "MemoryKSM": True})})
    (message,) = mistakes_of(further, 252)
    assert message.startswith("`services.it.systemd.services.a.service.MemoryKSM`: systemd 252")


def test_every_directive_says_since_when_it_is_known() -> None:
    """Whatever the newest table has and the oldest has not is judged by a version after that."""
    old, new = (load(version) for version in (versions()[0], versions()[-1]))
    for section in ("Unit", "Service", "Socket", "Timer", "Install"):
        for name in new.names(section):
            directive = new.directive(section, name)
            if old.directive(section, name) is None and directive is not None:
                assert directive.since is None or versions()[0] < directive.since <= versions()[-1]


@pytest.mark.parametrize("path", ["/etc/50% of it", "/etc/a\\b", "/etc/a\\x20b"])
def test_a_credential_that_systemd_would_read_elsewhere_is_refused(path: str) -> None:
    """Since 255, which has another program start processes and tells it the path unquoted."""
    service = Service(process=Process(argv=ARGV), credentials={"a": secret_file(Path(path))})
    assert mistakes_of(service, 254) == []
    for version in (255, 257, 300):
        assert mistakes_of(service, version) == [
            f"`services.it.credentials`: systemd {version}, which this host has, reads {path!r} as "
            "another path, for the blanks or backslashes in it\n"
            "  defined at test_inspection.py\n"
            "      service = Service(process=Process(argv=ARGV), "
            'credentials={"a": secret_file(Path(path))})\n'
            "  to fix: keep the secret at a path without any"
        ]


def test_a_credential_said_to_systemd_itself_is_judged_likewise() -> None:
    """But for lines that a later one takes away."""
    taken_away = own(service={"LoadCredential": ["a:/b c", "", "d:/e"]})
    assert mistakes_of(taken_away) == []
    (message,) = mistakes_of(own(service={"LoadCredentialEncrypted": ["a:/e", "d:/b c"]}))
    assert "reads '/b c' as another path" in message


# --- sections


@pytest.mark.parametrize(
    ("service", "where", "unit", "section", "option"),
    [
        (own(socket={"ListenStream": [80]}), "service.socket", "it.service", "Socket", "socket"),
        (own(timer={"OnCalendar": "daily"}), "service.timer", "it.service", "Timer", "timer"),
        (
            units(socket=Unit(socket={"ListenStream": [80]}, service={"Nice": 5})),
            "socket.service",
            "it.socket",
            "Service",
            "service",
        ),
        (
            units(
                timers={
                    "a": Unit(
                        timer={"OnCalendar": "daily", "Unit": "it.service"},
                        socket={"Accept": False},
                    )
                }
            ),
            "timers.a.socket",
            "it-a.timer",
            "Socket",
            "socket",
        ),
    ],
)
def test_a_section_of_another_type_of_unit_is_refused(
    service: Service, where: str, unit: str, section: str, option: str
) -> None:
    """systemd would ignore all of it."""
    (message,) = mistakes_of(service)
    lines = message.split("\n")
    assert lines[0] == (
        f"`services.it.systemd.{where}`: {unit} is no .{section.lower()} unit, and systemd ignores "
        f"[{section}] in it"
    )
    assert lines[1] == "  defined at test_inspection.py"
    assert lines[-1] == f"  to fix: write it for systemd.{option}"


# --- extra


def test_extra_is_the_door_for_what_no_table_knows() -> None:
    """Names and sections that begin with X- are written without a word."""
    service = own(
        extra={"Service": {"X-Owner": "ann"}, "X-Deploy": {"Ring": 2, "Tags": ["a", "b"]}}
    )
    lines = unit_of(service)
    assert [line for line in lines if line.section == "X-Deploy"] == [
        ("X-Deploy", "Ring", "2"),
        ("X-Deploy", "Tags", "a"),
        ("X-Deploy", "Tags", "b"),
    ]
    assert texts(lines, "X-Owner") == ["ann"]
    assert notes_of({"it": service}) == ()


def test_what_systemd_does_not_know_yet_is_noted() -> None:
    """It is written, and the note says that the host's systemd ignores it."""
    service = own(extra={"Service": {"BrandNew": 1}})
    assert texts(unit_of(service), "BrandNew") == ["1"]
    assert notes_of({"it": service}) == (
        "`services.it`: it.service: systemd 257 knows no BrandNew= in [Service], and ignores it",
    )
    assert notes_of({"it": service}, 300) == ()


def test_a_known_directive_as_extra_is_judged_like_any_other() -> None:
    """There is no second door; and it beats what modsvc gives by itself."""
    service = own(extra={"Service": {"Restart": "on-abort"}})
    assert texts(unit_of(service), "Restart") == ["on-abort"]
    assert notes_of({"it": service}) == ()
    wrong = own(
        extra={"Service": {"Restart": "sometimes", "Nice": 99}},
    )
    assert [message.split("\n")[0] for message in mistakes_of(wrong)] == [
        f"`{PATH}.extra.Service.Restart`: Restart= expects one of no, on-success, on-failure, "
        "on-abnormal, on-watchdog, on-abort, always, found 'sometimes'",
        f"`{PATH}.extra.Service.Nice`: Nice= expects a whole number from -20 to 19, found 99",
    ]
    (young,) = mistakes_of(own(extra={"Service": {"RestartSteps": 3}}), 252)
    assert "systemd 252, which this host has, knows no RestartSteps=" in young


def test_a_name_as_extra_that_may_be_misspelt_is_noted_with_the_one_that_was_meant() -> None:
    """It may be newer than the library, so it is written."""
    service = own(extra={"Service": {"Restrat": "no"}})
    assert notes_of({"it": service}) == (
        "`services.it`: it.service: systemd 257 knows no Restrat= in [Service], and ignores it;"
        " did you mean `Restart`, `RestartSec` or `RestartMode`?",
    )


def test_a_directive_in_both_places_is_refused() -> None:
    """One of them would be lost."""
    both = Unit(service={"Nice": 5}, extra={"Service": {"Nice": 6}})
    assert mistakes_of(units(service=both)) == [
        f"`{PATH}.service.Nice`: is said here and in extra\n"
        "  defined at test_inspection.py\n"
        '      both = Unit(service={"Nice": 5}, extra={"Service": {"Nice": 6}})\n'
        "  to fix: keep one of them"
    ]


@pytest.mark.parametrize(
    ("extra", "where", "what"),
    [
        ({"Service": {"X-A": "b\nUser=root"}}, "Service.X-A", "X-A= is 'b\\nUser=root', and its"),
        (
            {"Service": {"X-A=b\nUser": "root"}},
            'Service["X-A=b\\nUser"]',
            "extra: 'X-A=b\\nUser' is no",
        ),
        (
            {"X-A]\n[Service": {"User": "root"}},
            '["X-A]\\n[Service"].User',
            "extra: 'X-A]\\n[Service' is",
        ),
        ({"X-A": {"B": {"c": 1}}}, "X-A.B", "B= is {'c': 1}, a dict"),
    ],
)
def test_extra_cannot_leave_its_line(extra: Any, where: str, what: str) -> None:
    """Neither a section, nor a name, nor a value."""
    (message,) = mistakes_of(own(extra=extra))
    joint = "" if where.startswith("[") else "."
    assert message.startswith(f"`{PATH}.extra{joint}{where}`: {what}")
    assert "\n  defined at test_inspection.py\n" in message


def test_an_empty_section_as_extra_needs_a_name_as_well() -> None:
    """It would not be written, but the one who wrote it meant something."""
    (message,) = mistakes_of(own(extra={"X A": {}, "X-A": {}}))
    assert message == (
        f"`{PATH}.extra[\"X A\"]`: 'X A' is no name of a section\n"
        "  written at test_inspection.py\n"
        "      return Service(process=Process(argv=ARGV), "
        "imports=[SystemdService(systemd=Systemd(**options))])\n"
        "  to fix: use letters, digits and -, a letter first"
    )


# --- notes


def test_directives_for_units_that_are_not_made_are_noted() -> None:
    """Nothing that somebody said is dropped without a word."""
    group = Service(
        services={"a": running()},
        relations=Relations(after=[host_unit("x.target")]),
        imports=[
            SystemdService(
                systemd=Systemd(
                    service=Unit(service={"Nice": 5}),
                    socket=Unit(install={"WantedBy": ["a.target"]}),
                    timer=Unit(unit={"Description": "x"}),
                )
            )
        ],
    )
    assert notes_of({"it": group}) == (
        "`services.it`: has no process of its own, so relations.after has no effect",
        "`services.it`: has no process of its own, so systemd.service has no effect",
        "`services.it`: systemd.socket has nothing in [Socket], so no unit is made of it",
        "`services.it`: systemd.timer has nothing in [Timer], so no unit is made of it",
    )


@pytest.mark.parametrize(
    ("group", "unit", "name"),
    [
        ("services", Unit(service={"ExecStart": "/bin/x"}), "it.service"),
        ("sockets", Unit(socket={"ListenStream": [81]}), "it.socket"),
        ("timers", Unit(timer={"OnCalendar": "daily"}), "it.timer"),
    ],
)
def test_the_empty_key_is_the_unit_of_the_service_itself(group: str, unit: Unit, name: str) -> None:
    """It is taken where there is none, and a mistake beside one."""
    further: Any = {group: {"": unit}}
    beside: Any = {
        "socket": Unit(socket={"ListenStream": [80]}),
        "timer": Unit(timer={"OnBootSec": 1}),
    }
    (message,) = mistakes_of(units(**further, **beside))
    assert message.startswith(
        f"`services.it.systemd.{group}[\"\"]`: '' means {name}, which the service has already\n"
        "  written at test_inspection.py\n"
    )
    assert message.endswith(f"\n  to fix: write it for systemd.{group.removesuffix('s')}")
    if group != "services":
        tree = tree_of({"it": units(**further)}, SystemdManager().version)
        assert read_unit(unit_text(tree, name))
