"""Which units a service makes, and what stands in each."""

from __future__ import annotations

from typing import Any

from modsvc_dsl import (
    Hardening,
    Host,
    Identity,
    Process,
    Service,
    Systemd,
    SystemdService,
    Unit,
    check,
    evaluate,
)
from modsvc_dsl.managers.systemd.assembly import Draft, drafts
from tests.managers.systemd.reading import ARGV


def drafted(service: Service) -> list[Draft]:
    """The units of a service called `it`."""
    return list(drafts(check(evaluate(Host(services={"it": service}))).services["it"]))


def managed(**options: Any) -> Service:
    """A service with options of systemd."""
    return Service(process=Process(argv=ARGV), imports=[SystemdService(systemd=Systemd(**options))])


def test_the_units_of_a_service_in_their_order() -> None:
    """Its own, further services, then sockets and timers, its own first."""
    service = managed(
        socket=Unit(socket={"ListenStream": [80]}),
        timer=Unit(timer={"OnBootSec": 1}),
        services={"a": Unit(service={"ExecStart": "/a"})},
        sockets={"b": Unit(socket={"ListenStream": [81], "Service": "it.service"})},
        timers={"c": Unit(timer={"OnBootSec": 2, "Unit": "it.service"})},
    )
    assert [(draft.name, draft.suffix) for draft in drafted(service)] == [
        ("it.service", "service"),
        ("it-a.service", "service"),
        ("it.socket", "socket"),
        ("it-b.socket", "socket"),
        ("it.timer", "timer"),
        ("it-c.timer", "timer"),
    ]


def test_a_socket_or_timer_has_a_description_and_a_target() -> None:
    """Weaker than what is said of it, and before its own section."""
    plain, named = drafted(
        managed(
            sockets={
                "a": Unit(socket={"ListenStream": [80], "Service": "it.service"}),
                "b": Unit(
                    unit={"Description": "Mine"},
                    socket={"ListenStream": [81], "Service": "it.service"},
                    install={"WantedBy": []},
                    extra={"X-A": {"B": "c"}},
                ),
            }
        )
    )[1:]
    assert list(plain.sections) == ["Unit", "Socket", "Install"]
    assert plain.sections["Unit"] == {"Description": "Socket of it"}
    assert plain.sections["Install"] == {"WantedBy": ["sockets.target"]}
    assert list(named.sections) == ["Unit", "Socket", "Install", "X-A"]
    assert named.sections["Unit"]["Description"] == "Mine"
    assert named.sections["Install"] == {"WantedBy": []}


def test_a_further_service_is_as_confined_as_the_service() -> None:
    """Its user and profile, unless the unit says otherwise; not its command, type or restart."""
    service = Service(
        process=Process(argv=ARGV),
        identity=Identity(user="web"),
        hardening=Hardening(home="read-only"),
        imports=[
            SystemdService(
                systemd=Systemd(services={"a": Unit(service={"ExecStart": "/a", "UMask": 0o22})})
            )
        ],
    )
    found = drafted(service)[1].sections["Service"]
    assert (found["User"], found["ProtectHome"], found["UMask"]) == ("web", "read-only", "0022")
    assert found["ExecStart"] == ["/a"] and not {"Type", "Restart", "DynamicUser"} & set(found)


def test_a_user_of_a_further_unit_takes_the_place_of_the_dynamic_one() -> None:
    """A unit has no two users."""
    unit = Unit(service={"ExecStart": "/a", "User": "root"})
    found = drafted(managed(services={"a": unit}))[1].sections["Service"]
    assert found["User"] == "root" and "DynamicUser" not in found


def test_extra_joins_the_sections() -> None:
    """Behind their own directives, and in the place of defaults."""
    unit = Unit(service={"Nice": 5}, extra={"Service": {"X-A": "b", "Restart": "no"}})
    sections = drafted(managed(service=unit))[0].sections
    assert list(sections["Service"])[-1] == "X-A" and sections["Service"]["Restart"] == "no"
    assert sections["Service"]["Nice"] == 5
