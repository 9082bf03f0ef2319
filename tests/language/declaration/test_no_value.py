"""What names an option and is not its value."""

from __future__ import annotations

from typing import Any

import pytest

from modsvc_dsl import option

from tests.language.declaration.test_target import USES
from tests.language.mistakes import mistake_of

DRAFT: Any = option(default=1)
READING = USES[:-2]
"""All but the last two, which set something: a declaration is filled in by the language itself."""


@pytest.mark.parametrize("use", READING)
@pytest.mark.parametrize("named", [DRAFT, DRAFT.part["key"]], ids=["option", "part"])
def test_a_declaration_is_no_value(named: Any, use: Any) -> None:
    """Every use as one is refused, with what to write instead."""
    text = str(mistake_of(lambda: use(named)))
    assert "has no value here" in text and "@define(...)" in text


def test_declarations_are_hashable() -> None:
    """By identity."""
    assert len({DRAFT, option(default=1), DRAFT}) == 2
