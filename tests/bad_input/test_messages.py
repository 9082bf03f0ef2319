"""Each mistake of a user's gets the message that its page says, to the letter.

In: the pages in `messages/`. Out: a failing test for each message that is another. The file and
line of the user's that a message names are part of it, so that a wrong line is a failure too.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import modsvc_dsl
from tests.bad_input.cases import Case, all_cases, message_of

CASES = all_cases()
PACKAGE = str(Path(modsvc_dsl.__file__).parent)


def test_the_pages_have_cases() -> None:
    """The cases are found: so many mistakes are told apart."""
    assert len(CASES) > 100
    assert len({str(case) for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_whole_message(case: Case, tmp_path: Path) -> None:
    """The message is the one on the page."""
    assert message_of(case, tmp_path) == case.message


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_message_names_the_users_code(case: Case) -> None:
    """Every mistake in a message has a line of the user's, and none of the package's."""
    for mistake in case.message.split("\n\n"):
        assert " at user.py:" in mistake or " at shop.py:" in mistake or _counts(mistake), mistake
    assert PACKAGE not in case.message
    assert "modsvc_dsl/" not in case.message


def _counts(mistake: str) -> bool:
    """Is it the last line, which counts the mistakes?"""
    return mistake.endswith(" mistakes") and "\n" not in mistake
