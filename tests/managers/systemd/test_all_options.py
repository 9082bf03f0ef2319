"""No option is forgotten: each that can be said to a host with systemd comes out in its files.

In: the declarations of `Service` and `SystemdService`, and probes. Out: a failure that names each
option which nothing comes of.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from modsvc_dsl import (
    Service,
    SysusersRule,
    Systemd,
    SystemdManager,
    SystemdService,
    TmpfilesRule,
    Unit,
)
from tests.managers.leaves import leaves
from tests.managers.probes import PROBES, READ_ONLY, compare, outcome, service

MANAGER = SystemdManager()
NOTHING = {
    "assertions",
    "config_data.*.validator",
    "meta.maintainers",
    "meta.silenced",
    "meta.unsupported",
    *(f"network.ports.*.{name}" for name in ("address", "last", "protocol", "purpose")),
    "warnings",
}
"""What systemd is not told: the evaluation reports assertions and warnings and compares ports,
maintainers are for people, validators are run by a build, rules are silenced for `modsvc check`,
and what is unsupported is refused by a build."""

LISTED = {"notification_protocol.s6"}
"""What systemd does not hear."""

PORTABLE = sorted(set(leaves(Service)) - READ_ONLY)
OWN = sorted(set(leaves(Service, SystemdService)) - set(leaves(Service)))
SECTIONS: dict[str, Any] = {
    "unit": {"Documentation": ["man:a(8)"]},
    "service": {"Nice": 5},
    "socket": {"ListenStream": ["1", "2"]},
    "timer": {"OnBootSec": "2s"},
    "path": {"PathChanged": ["/a", "/b"]},
    "mount": {"Where": "/mnt", "What": "/dev/a"},
    "automount": {"Where": "/mnt", "TimeoutIdleSec": 5},
    "swap": {"What": "/dev/b", "Priority": 3},
    "slice": {"MemoryMax": "1G"},
    "install": {"WantedBy": ["graphical.target"]},
    "extra": {"X-Owner": {"X-Name": "me"}},
    "enable": False,
    "drop_in": True,
    "judged": False,
    "instances": ["a"],
}
NEEDED: dict[str, Any] = {
    "service": {"ExecStart": "/bin/b"},
    "socket": {"ListenStream": ["1"]},
    "timer": {"OnBootSec": "1s"},
    "path": {"PathChanged": ["/a"]},
    "mount": {"Where": "/mnt", "What": "/dev/c"},
    "automount": {"Where": "/mnt"},
    "swap": {"What": "/dev/b"},
}
"""What makes a unit of a type at all: its own section."""


RULES: dict[str, Any] = {
    "tmpfiles": {"type": "f", "path": Path("/a")},
    "sysusers": {"type": "u", "name": "a"},
}
"""Rules to compare with."""
RULE: dict[str, Any] = {
    **{"type": "u!", "path": Path("/b"), "mode": 0o600, "user": "b", "group": "b", "age": "1d"},
    **{"argument": "b", "name": "b", "id": "5", "description": "b", "home": Path("/b")},
    "shell": Path("/b"),
}
"""Option of a rule -> another value of it."""


def probe(path: str) -> tuple[Service, Service]:
    """Services without and with an option of the group `systemd`."""
    if path == "systemd.main_exec_start":
        return service(), _with(Systemd(main_exec_start="/bin/a %n"))
    _, unit, *_, section = path.split(".")
    if unit in RULES:
        other = "d" if path.endswith("tmpfiles.*.type") else RULE[section]
        return _rule(unit, RULES[unit]), _rule(unit, {**RULES[unit], section: other})
    type_ = unit.removesuffix("s")
    needed = {type_: NEEDED[type_]} if type_ in NEEDED and unit != "service" else {}
    said = SECTIONS[section]
    more = {**needed[section], **said} if section in needed else said
    return _unit(unit, needed), _unit(unit, {**needed, section: more})


def _unit(name: str, sections: dict[str, Any]) -> Service:
    """A service with a unit of its own, or with a further one under the key `b`."""
    unit = Unit(**sections)
    named: dict[str, Any] = {name: {"b": unit} if name.endswith("s") else unit}
    return _with(Systemd(**named))


def _rule(name: str, options: dict[str, Any]) -> Service:
    rule = TmpfilesRule(**options) if name == "tmpfiles" else SysusersRule(**options)
    named: dict[str, Any] = {name: [rule]}
    return _with(Systemd(**named))


def _with(systemd: Systemd) -> Service:
    return Service(imports=[service(), SystemdService(systemd=systemd)])


def test_each_option_is_known_here() -> None:
    """A new option without a probe fails here: write one in tests/managers/probes.py."""
    assert sorted(PROBES) == PORTABLE
    assert len(OWN) > 30


@pytest.mark.parametrize("option", PORTABLE)
def test_a_portable_option_comes_out(option: str) -> None:
    """systemd honours every option but those that no manager needs to know, or that it lists."""
    expected = "nothing" if option in NOTHING else "listed" if option in LISTED else "honoured"
    assert outcome(option, MANAGER) == expected


@pytest.mark.parametrize("option", OWN)
def test_an_option_of_systemd_comes_out(option: str) -> None:
    """Whatever is said to systemd itself is written into a unit, or refused."""
    without, having = probe(option)
    found = compare(MANAGER, lambda _: without, lambda _: having)
    assert found in (
        ("listed", "refused") if option.endswith(".judged") else ("honoured", "refused")
    )
