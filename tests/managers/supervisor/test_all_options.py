"""No portable option is forgotten: supervisor honours it, lists it or refuses it, and the docs say so.

In: the declarations of `Service`, the probes, the table in docs/managers/supervisor.md. Out: a
failure that names each option for which the three disagree.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from modsvc_dsl import Service, SupervisorManager
from modsvc_dsl.services.groups.directories import KINDS
from tests.managers.leaves import leaves
from tests.managers.probes import PROBES, READ_ONLY, outcome

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "managers" / "supervisor.md"
ROW = re.compile(r"^\| `([a-z_0-9.*]+(?:KIND)?[a-z_0-9.*]*)` \| (\w+) \|", re.MULTILINE)
SETTABLE = sorted(set(leaves(Service)) - READ_ONLY)


def documented() -> dict[str, str]:
    """The table of the document: option -> what supervisor does with it.

    KIND in it stands for each kind of directory.
    """
    found = ROW.findall(DOCUMENT.read_text())
    rows = [
        (option.replace("KIND", kind), what)
        for option, what in found
        for kind in (KINDS if "KIND" in option else ("",))
    ]
    assert len(dict(rows)) == len(rows), "an option has two rows"
    return dict(rows)


def test_the_options_are_found() -> None:
    """The walk reaches options, groups, and what lies in dicts of submodules."""
    assert {"enable", "process.argv", "config_data.*.text", "hardening.home"} <= set(SETTABLE)


def test_each_option_has_a_probe_and_each_probe_an_option() -> None:
    """A new option without a probe fails here: write one in tests/managers/probes.py."""
    assert sorted(PROBES) == SETTABLE


def test_the_table_has_each_option_once() -> None:
    """A new option without a row fails here: say in the table what supervisor does with it."""
    assert sorted(documented()) == SETTABLE


@pytest.mark.parametrize("option", SETTABLE)
def test_supervisor_does_what_the_table_says(option: str) -> None:
    """What comes of setting the option is what people are told."""
    assert outcome(option, SupervisorManager(user="nobody")) == documented()[option]
