"""What somebody means who writes commands as a shell takes them.

In: texts, and lists of texts. Out: argument vectors as source text, for advice. Refuses to be used for
anything else: nothing that runs is ever split from a text.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from ...language.words import show_value


def words(line: str) -> list[str]:
    """The words of a command line, as a shell parts them."""
    try:
        return shlex.split(line)
    except ValueError:  # a quote without an end
        return line.split()


def in_words(line: str) -> str:
    """What to write for one command line."""
    return f"no shell splits it: write each argument by itself, as in {show_value(words(line))}"


def commands(texts: Sequence[str]) -> str:
    """What to write for texts where commands stand: one command, or a command line each."""
    lines = [words(text) for text in texts]
    if any(len(line) > 1 and line[0].startswith("/") for line in lines):
        return f"write a list for each command: {show_value(lines)}"
    return f"a command is a list, and these are several: write {show_value([list(texts)])}"
