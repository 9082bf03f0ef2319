"""Which portable option each directive is made from."""

from __future__ import annotations

import pytest

from modsvc_dsl import SystemdManager, evaluate, has_option
from modsvc_dsl.managers.systemd.origins import MADE_FROM, OF_RELATIONS
from modsvc_dsl.managers.systemd.section import known
from tests.managers.systemd.reading import running


@pytest.mark.parametrize("directive", MADE_FROM)
def test_a_directive_is_made_from_an_option_that_exists(directive: str) -> None:
    """And is one that systemd knows in a section of a service's unit."""
    assert has_option(evaluate(running(), manager=SystemdManager()), MADE_FROM[directive])
    assert any(known(section, directive) for section in ("Unit", "Service", "Install"))


def test_relations_are_directives_of_unit() -> None:
    """One each."""
    assert len(set(OF_RELATIONS.values())) == len(OF_RELATIONS) == 7
    assert all(known("Unit", directive) for directive in OF_RELATIONS.values())
