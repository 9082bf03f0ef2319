"""Units with the names of systemd's own."""

from __future__ import annotations

import pytest

from modsvc_dsl import Process, Service, Systemd, SystemdService, Unit
from modsvc_dsl.managers.systemd.escaping import unit_name_problem
from modsvc_dsl.managers.systemd.special import SPECIAL
from tests.managers.systemd.reading import ARGV, notes_of, running


@pytest.mark.parametrize("name", ["systemd-journald", "dbus", "rescue"])
def test_a_name_of_systemds_own_is_noted(name: str) -> None:
    """The unit is made: to replace one is a thing that people do."""
    assert notes_of({name: running()}) == (
        f"`services.{name}`: {name}.service takes the place of the unit of that name that systemd has"
        " itself; drop_in=True adds to it instead",
    )


def test_other_names_are_fine() -> None:
    """Also those that begin or end alike, and a further unit whose name only ends in one."""
    further = Systemd(services={"dbus": Unit(service={"ExecStart": "/bin/a"})})
    service = Service(process=Process(argv=ARGV), imports=[SystemdService(systemd=further)])
    assert notes_of({"my-systemd": running(), "dbus-monitor": running(), "my": service}) == ()


def test_all_of_them_are_names_of_units() -> None:
    """A name that is none could never be met."""
    assert all(unit_name_problem(f"{name}.service") is None for name in SPECIAL)
