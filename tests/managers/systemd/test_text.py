"""The text of units: a comment, sections, lines."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from modsvc_dsl.language.frozen import FrozenList
from modsvc_dsl.managers.systemd.escaping import BadValue
from modsvc_dsl.managers.systemd.text import section_lines, unit_text


def test_a_unit_is_a_comment_and_sections() -> None:
    """One line for each value, an empty line between sections, none for what is empty."""
    sections: dict[str, dict[str, Any]] = {
        "Unit": {"Description": "x", "After": FrozenList(["a.target", "b.target"])},
        "Service": {"ExecStart": ["/bin/x"], "Nice": None},
        "Install": {"WantedBy": FrozenList()},
        "X-Mine": {"Owner": "ann"},
    }
    assert unit_text("Made.", sections) == (
        "# Made.\n\n[Unit]\nDescription=x\nAfter=a.target\nAfter=b.target\n\n"
        "[Service]\nExecStart=/bin/x\n\n[X-Mine]\nOwner=ann\n"
    )


@pytest.mark.parametrize(
    ("section", "name", "value", "lines"),
    [
        ("Service", "PrivateTmp", True, ["PrivateTmp=true"]),
        ("Service", "UMask", 0o27, ["UMask=0027"]),
        ("Service", "Nice", -5, ["Nice=-5"]),
        ("Service", "RestartSec", timedelta(milliseconds=1500), ["RestartSec=1500ms"]),
        ("Service", "RestartSec", 0.25, ["RestartSec=0.25"]),
        (
            "Service",
            "ReadWritePaths",
            [Path("/a b"), "/c"],
            ['ReadWritePaths="/a b"', "ReadWritePaths=/c"],
        ),
        ("Service", "ExecStart", ["", "/bin/x %n"], ["ExecStart=", "ExecStart=/bin/x %%n"]),
        ("X-Mine", "Count", 5, ["Count=5"]),
    ],
)
def test_values_are_written_as_systemd_reads_them(
    section: str, name: str, value: Any, lines: list[str]
) -> None:
    """By the directive's kind."""
    assert section_lines(section, {name: value}) == lines


@pytest.mark.parametrize("make", [lambda value: value, lambda value: FrozenList([value])])
def test_equal_values_of_other_classes_are_written_otherwise(make: Any) -> None:
    """True and 1 are equal and hash alike: what was written once for one is not for the other."""
    assert section_lines("Unit", {"ConditionACPower": make(True)}) == ["ConditionACPower=true"]
    assert section_lines("Unit", {"ConditionACPower": make(1)}) == ["ConditionACPower=1"]
    assert section_lines("Unit", {"ConditionACPower": make(True)}) == ["ConditionACPower=true"]


@pytest.mark.parametrize(
    ("section", "name", "value", "message"),
    [
        ("X-A]\n[Service", "A", "b", "extra: 'X-A]\\n[Service' is no name of a section"),
        ("X-A", "A=b\nC", "d", "extra: 'A=b\\nC' is no name of a directive"),
        ("X-A", "A", "b\nUser=root", "A= is 'b\\nUser=root', and its character 1 is U+000A"),
        ("X-A", "A", {"b": 1}, "A= is {'b': 1}, a dict"),
        ("Service", "X-A", object, "X-A= is <class 'object'>, a type"),
    ],
)
def test_what_no_line_holds(section: str, name: str, value: Any, message: str) -> None:
    """Names, values and classes that would leave their line are refused, with what to write."""
    with pytest.raises(BadValue) as caught:
        section_lines(section, {name: value})
    assert str(caught.value).startswith(message) and caught.value.instead
