"""Relations as directives."""

from __future__ import annotations

from modsvc_dsl.managers.systemd.portable.relations import DIRECTIVES
from modsvc_dsl.managers.systemd.section import known


def test_relations_are_directives_of_unit() -> None:
    """One each."""
    assert len(set(DIRECTIVES.values())) == len(DIRECTIVES) == 7
    assert all(known("Unit", directive) for directive in DIRECTIVES.values())
