"""Which portable option each directive is made from."""

from __future__ import annotations

from itertools import chain

import pytest

from modsvc_dsl import SystemdManager, evaluate, has_option
from modsvc_dsl.managers.systemd.portable.every import MADE_FROM, TRANSLATIONS
from modsvc_dsl.managers.systemd.portable.translation import Translation
from modsvc_dsl.managers.systemd.section import known
from modsvc_dsl.managers.systemd.unit import SECTIONS
from tests.managers.systemd.reading import running


@pytest.mark.parametrize("directive", MADE_FROM)
def test_a_directive_is_made_from_an_option_that_exists(directive: str) -> None:
    """And is one that systemd knows in a section of some unit of a service."""
    assert has_option(evaluate(running(), manager=SystemdManager()), MADE_FROM[directive])
    assert any(known(section, directive) for section in SECTIONS.values())


@pytest.mark.parametrize("translation", TRANSLATIONS, ids=lambda each: each.group)
def test_a_translation_speaks_for_its_own_group(translation: Translation) -> None:
    """What it says is made from options of that group alone."""
    said = [*translation.made_from.values(), *chain.from_iterable(translation.or_from.values())]
    assert {path[0] for path in said} <= {translation.group}


def test_each_directive_has_one_translation() -> None:
    """So that none can overwrite what another one says."""
    said = [directive for each in TRANSLATIONS for directive in each.made_from]
    assert len(said) == len(set(said))
