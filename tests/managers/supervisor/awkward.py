"""Texts that a manager is likely to get wrong.

In: nothing. Out: a strategy, and a list that is the same each time. Refuses what no process can be
given: NUL and surrogates.
"""

from __future__ import annotations

import random

from hypothesis import strategies

PIECES = (
    *(
        " ",
        "  ",
        "\t",
        "\n",
        "\n\n",
        "\r",
        "\r\n",
        "\x0b",
        "\x0c",
        "\x1c",
        "\x85",
        "\xa0",
        "\u2028",
    ),
    *(";", "#", " ;", " #", "\n;", "\n#", "%", "%%", "%(here)s", "%%(here)s", "%(ENV_A)s", "%(x"),
    *(
        "%(program_name).0s",
        "%(process_num)c",
        "'",
        '"',
        "''",
        "'\"'\"'",
        "\\",
        "\\\\",
        "\\'",
        '\\"',
    ),
    *("$HOME", "${A}", "$(x)", "`x`", "*", "?", "~", "!", "&", "|", "<", ">", "(", ")", "{a,b}"),
    *("=", ":", ",", "a=b", "[program:x]", "command=", "-", "--", "@", "\x01", "\x7f", "\x1b[0m"),
    *("é", "ß", "Ω", "漢字", "😀", "\u202e", "\ufeff", "e\u0301", "a", "Z", "0"),
)
TEXTS = strategies.one_of(
    strategies.lists(strategies.sampled_from(PIECES), max_size=8).map("".join),
    strategies.text(strategies.characters(exclude_categories=["Cs"], exclude_characters="\0")),
)
"""Texts that a process can be given."""


def texts(count: int, seed: int) -> list[str]:
    """As many awkward texts, each piece alone first; the same for the same seed."""
    chance = random.Random(seed)
    made = ["", *PIECES]
    while len(made) < count:
        made.append("".join(chance.choices(PIECES, k=chance.randrange(1, 8))))
    return made[:count]
