"""docs/porting.md: each row of its table says what the manager does, and none is missing."""

from __future__ import annotations

import re

import pytest

from modsvc_dsl import Service
from modsvc_dsl.managers.systemd.directives.table import load
from modsvc_dsl.managers.systemd.portable.every import MADE_FROM, made_from
from modsvc_dsl.managers.systemd.versions import NEWEST
from tests.docs.blocks import ROOT
from tests.managers.leaves import leaves

PAGE = (ROOT / "docs" / "porting.md").read_text(encoding="utf-8")
ROWS = [
    (re.findall(r"`(\w+)=`", cells[1]), re.findall(r"`([a-z_]+(?:\.[a-z_]+)*)`", cells[2]))
    for line in PAGE.splitlines()
    if line.startswith("| `") and len(cells := line.split("|")) == 5 and "=`" in cells[1]
]
SECTIONS = ("Unit", "Service", "Socket", "Timer", "Install")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: ", ".join(row[0]))
def test_a_row_leads_from_directives_to_what_they_are_made_from(
    row: tuple[list[str], list[str]],
) -> None:
    """Every option of the row is one, and each directive is made from one of them."""
    directives, options = row
    assert options and {*options} <= {*leaves(Service)} | {"network.sockets"}
    for directive in directives:
        assert any(load(NEWEST).directive(section, directive) for section in SECTIONS), directive
        made = {".".join(map(str, path)) for path in made_from(directive)}
        assert made & {*options}, f"{directive}= is made from {made}"


def test_no_directive_that_an_option_makes_is_missing() -> None:
    """A new one needs a row in docs/porting.md, so that people find it by the name they know."""
    named = [directive for directives, _ in ROWS for directive in directives]
    assert sorted(named) == sorted({*named}), "a directive has two rows"
    assert {*MADE_FROM} - {*named} == set()
