"""docs/services/README.md: every name at the top of a service, and a link to each page."""

from __future__ import annotations

import re

from modsvc_dsl import Service
from modsvc_dsl.language.declaration.record import record_of
from tests.docs.blocks import ROOT

FOLDER = ROOT / "docs" / "services"
TABLE = [
    line
    for line in (FOLDER / "README.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and "`" in line
]


def test_every_option_at_the_top_is_in_the_table() -> None:
    """And nothing else is."""
    named = [name for line in TABLE for name in re.findall(r"`(\w+)`", line.split("|")[1])]
    assert len(named) == len(set(named))
    assert set(named) == {path[0] for path in record_of(Service).options}


def test_every_page_is_linked() -> None:
    """Under its own name."""
    linked = dict(
        re.findall(r"\[`(\w+)`\]\((\w+\.md)\)", "\n".join(line.split("|")[1] for line in TABLE))
    )
    assert sorted(linked.values()) == sorted(
        page.name for page in FOLDER.glob("*.md") if page.name != "README.md"
    )
    assert all(page == f"{name}.md" for name, page in linked.items())
