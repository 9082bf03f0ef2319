"""Literals and enumerations."""

from __future__ import annotations

import enum
from typing import Any, Literal

import pytest

from modsvc_dsl.language.types.annotation import option_type
from modsvc_dsl.language.types.choices import Choice
from tests.language.types.evaluation import complaint, complaints, merged


class Color(enum.Enum):
    RED = "red"
    BLUE = "blue"


class Mode(enum.Flag):
    READ = 1
    WRITE = 2


NAMES = [f"N{i}" for i in range(30)]
MANY: type[enum.Enum] = getattr(enum, "Enum")("Many", NAMES)  # checkers want the names written out


def test_a_literal_counts_its_class() -> None:
    """1, True and 1.0 are three values, and None is one like every other."""
    assert merged(Literal[1, None], 1) == 1
    assert merged(Literal[1, None], None) is None
    assert (
        complaints(Literal[1], True)
        and complaints(Literal[True], 1)
        and complaints(Literal[1], 1.0)
    )
    assert merged(Literal[True], True) is True


def test_a_choice_is_described_as_it_is_written() -> None:
    """The message lists what may stand in the source."""
    expected = "one of 'a', None, True or Color.RED"
    assert option_type(Literal["a", None, True, Color.RED]).describe() == expected
    assert option_type(Literal["a"]).describe() == "'a'"
    assert option_type(Color).describe() == "one of Color.RED or Color.BLUE"
    assert option_type(list[Color]).describe().startswith("a list of items, each one of Color.RED")
    assert Choice([]).describe() == "nothing (there are no choices)"


def test_very_many_choices_are_counted() -> None:
    """A long enumeration does not flood a message."""
    words = option_type(MANY).describe()
    assert words.endswith("Many.N19 or 10 more") and "N20" not in words


@pytest.mark.parametrize(
    ("annotation", "value", "hint"),
    [
        (Literal["quiet", "loud"], "Quiet", "write 'quiet'"),
        (Literal["quiet", "loud"], "quit", "did you mean 'quiet'?"),
        (Literal[1, 2], "1", "write 1"),
        (Literal[True, "auto"], "true", "write True"),
        (Literal["1"], 1, "write '1'"),
        (Color, "red", "write Color.RED"),
        (Color, "RED", "write Color.RED"),
        (Color, "bleu", "did you mean Color.BLUE?"),
        (Color, 3, ""),
        (Mode, 1, "write Mode.READ"),
    ],
)
def test_a_near_miss_is_answered_with_the_choice(annotation: Any, value: Any, hint: str) -> None:
    """Other letters, a text for a number and an enumeration's value are understood."""
    assert complaint(annotation, value).split("\n")[2:] == ([hint] if hint else [])


def test_members_of_a_flag_combine() -> None:
    """A combination of flags is a member of its class."""
    assert merged(Mode, Mode.READ | Mode.WRITE) == Mode.READ | Mode.WRITE


def test_two_declarations_have_the_choices_of_both() -> None:
    """As upstream, enumerations declared twice are joined; classes of members are not."""
    joined = option_type(Literal["a", 1]).joined(option_type(Literal["b", True]))
    assert joined is not None and joined.describe() == "one of 'a', 1, 'b' or True"
    assert option_type(Color).joined(option_type(Mode)) is None
    assert option_type(Color).joined(option_type(Color)) is not None
