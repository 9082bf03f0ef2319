"""`Unit`: sections under systemd's names, checked at run time, typed for checkers."""

from __future__ import annotations

from modsvc_dsl import Unit, check, evaluate, json_data
from modsvc_dsl.managers.systemd.unit import SECTIONS
from tests.services.saying import said

FILE = {"enable": True, "drop_in": False, "judged": True, "instances": []}
"""What is said of the file as a whole, where nobody says it."""


def test_a_unit_has_an_option_for_each_section() -> None:
    """In the order in which they are written, and one for what systemd leaves to others."""
    assert list(json_data(check(evaluate(Unit())))) == [*SECTIONS, "extra", *FILE]
    assert list(SECTIONS.values()) == [
        *("Unit", "Service", "Socket", "Timer", "Path", "Mount"),
        *("Automount", "Swap", "Slice", "Install"),
    ]


def test_each_section_has_its_own_directives() -> None:
    """A value is kept as it was written."""
    unit = check(
        evaluate(
            Unit(
                unit={"After": ["a.target"]},
                service={"Nice": 5},
                socket={"ListenStream": [80]},
                timer={"OnCalendar": "daily"},
                path={"PathChanged": "/a"},
                mount={"Where": "/b"},
                automount={"Where": "/b"},
                swap={"What": "/c"},
                slice={"MemoryMax": "1G"},
                install={"Alias": ["b.service"]},
                extra={"X-Mine": {"Owner": "ann"}},
            )
        )
    )
    assert json_data(unit) == {
        "unit": {"After": ["a.target"]},
        "service": {"Nice": 5},
        "socket": {"ListenStream": [80]},
        "timer": {"OnCalendar": ["daily"]},
        "path": {"PathChanged": ["/a"]},
        "mount": {"Where": "/b"},
        "automount": {"Where": "/b"},
        "swap": {"What": "/c"},
        "slice": {"MemoryMax": "1G"},
        "install": {"Alias": ["b.service"]},
        "extra": {"X-Mine": {"Owner": "ann"}},
        **FILE,
    }


def test_nothing_said_is_nothing_written() -> None:
    """Every section is empty."""
    found = json_data(evaluate(Unit()))
    assert found == {**dict.fromkeys([*SECTIONS, "extra"], {}), **FILE}


def test_a_unit_alone_is_checked_as_well() -> None:
    """The tables of directives are at work wherever a unit is evaluated."""
    unit = Unit(timer={"OnCalender": "daily"})  # type: ignore[typeddict-unknown-key]  # pyright: ignore[reportArgumentType]
    (message,) = said(lambda: check(evaluate(unit)))
    assert message.startswith("`timer.OnCalender` is no directive of [Timer]\n")
    assert message.endswith("\n  to fix: did you mean `OnCalendar`?")
