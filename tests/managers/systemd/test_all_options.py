"""No option is forgotten: each that can be said to a host with systemd comes out in its files.

In: the declarations of `Service` and `SystemdService`, and probes. Out: a failure that names each
option which nothing comes of.
"""

from __future__ import annotations

from typing import Any

import pytest

from modsvc_dsl import Service, Systemd, SystemdManager, SystemdService, Unit
from tests.managers.leaves import leaves
from tests.managers.probes import PROBES, READ_ONLY, compare, outcome, service

MANAGER = SystemdManager()
NOTHING = {"assertions", "meta.maintainers", "notification_protocol.s6", "warnings"}
"""What systemd is not told: the evaluation reports assertions and warnings, maintainers are for
people, and s6's protocol is spoken to s6 only."""

PORTABLE = sorted(set(leaves(Service)) - READ_ONLY)
OWN = sorted(set(leaves(Service, SystemdService)) - set(leaves(Service)))
SECTIONS: dict[str, Any] = {
    "unit": {"Documentation": ["man:a(8)"]},
    "service": {"Nice": 5},
    "socket": {"ListenStream": ["1", "2"]},
    "timer": {"OnBootSec": "2s"},
    "install": {"WantedBy": ["graphical.target"]},
    "extra": {"X-Owner": {"X-Name": "me"}},
}
NEEDED: dict[str, Any] = {"socket": {"ListenStream": ["1"]}, "timer": {"OnBootSec": "1s"}}
"""What makes a unit of a type at all."""


def probe(path: str) -> tuple[Service, Service]:
    """Services without and with an option of the group `systemd`."""
    if path == "systemd.main_exec_start":
        return service(), _with(Systemd(main_exec_start="/bin/a %n"))
    _, unit, *_, section = path.split(".")
    type_ = unit.removesuffix("s")
    needed = {type_: NEEDED[type_]} if type_ in NEEDED else {}
    return _unit(unit, needed), _unit(unit, {**needed, section: SECTIONS[section]})


def _unit(name: str, sections: dict[str, Any]) -> Service:
    """A service with a unit of its own, or with a further one under the key `b`."""
    unit = Unit(**sections)
    named: dict[str, Any] = {name: {"b": unit} if name.endswith("s") else unit}
    return _with(Systemd(**named))


def _with(systemd: Systemd) -> Service:
    return Service(imports=[service(), SystemdService(systemd=systemd)])


def test_each_option_is_known_here() -> None:
    """A new option without a probe fails here: write one in tests/managers/probes.py."""
    assert sorted(PROBES) == PORTABLE
    assert len(OWN) > 30


@pytest.mark.parametrize("option", PORTABLE)
def test_a_portable_option_comes_out(option: str) -> None:
    """systemd honours every option but those that no manager needs to know."""
    assert outcome(option, MANAGER) == ("nothing" if option in NOTHING else "honoured")


@pytest.mark.parametrize("option", OWN)
def test_an_option_of_systemd_comes_out(option: str) -> None:
    """Whatever is said to systemd itself is written into a unit, or refused."""
    without, having = probe(option)
    assert compare(MANAGER, lambda _: without, lambda _: having) in ("honoured", "refused")
