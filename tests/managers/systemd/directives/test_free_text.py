"""Directives that are typed as free text: each has a reason, and there are no more of them."""

from __future__ import annotations

from modsvc_dsl.managers.systemd.directives.table import load, versions
from scripts.free_text import FREE_TEXT

MOST = 91
"""How many there are. Give one a kind of its own in scripts/directive_kinds.py, and lower this."""


def texts() -> set[str]:
    """The directives whose kind is free text, in any version, but for those of old units."""
    found: set[str] = set()
    for version in versions():
        table = load(version)
        for section in table.sections():
            for name in table.names(section):
                directive = table.directive(section, name)
                assert directive is not None
                found |= {name} if directive.kind == "text" else set()
    return found


def listed() -> list[str]:
    """The directives that have a reason."""
    return [name for names in FREE_TEXT for name in names.split()]


def test_each_has_one_reason() -> None:
    """And none is listed that has a kind of its own."""
    assert len(set(listed())) == len(listed())
    assert set(listed()) == texts()
    assert all(reason and reason == reason.strip() for reason in FREE_TEXT.values())


def test_the_list_only_shrinks() -> None:
    """A new directive gets a kind; one that leaves the list lowers the number."""
    assert len(listed()) == MOST
