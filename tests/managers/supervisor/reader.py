"""supervisor's way of reading a program, made of the same parts of the standard library.

In: the text of a file. Out: what supervisor would give the process. Refuses to know how the text is
made: it follows supervisor 4.2 (`UnhosedConfigParser`, `expand`, `dict_of_key_value_pairs`). That
supervisor itself reads the same is shown by `test_with_supervisord`.
"""

from __future__ import annotations

import configparser
import io
import shlex
from dataclasses import dataclass

HERE = "/etc/supervisor/conf.d"


@dataclass(frozen=True)
class Program:
    """What a section says: the process as it would be started, and the settings as they stand."""

    name: str
    argv: list[str]
    environment: dict[str, str]
    directory: str | None
    settings: dict[str, str]


def read(content: bytes) -> Program:
    """The one program of a file."""
    parser = configparser.RawConfigParser(inline_comment_prefixes=(";", "#"), strict=False)
    parser.read_file(io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))
    (section,) = parser.sections()
    name = section.removeprefix("program:")
    raw = {key: value.replace("%(here)s", HERE) for key, value in parser.items(section)}
    number = int(raw.get("numprocs_start", "0"))
    names = {"here": HERE, "program_name": name, "group_name": name, "ENV_A": "expanded"}
    settings = {
        key: value % {**names, "process_num": number, "numprocs": 1} for key, value in raw.items()
    }
    return Program(
        name,
        shlex.split(settings["command"]),
        _pairs(settings.get("environment", "")),
        settings.get("directory"),
        settings,
    )


def _pairs(text: str) -> dict[str, str]:
    """`A="b",C="d"`, quotes at the ends of a value taken away."""
    lexer = shlex.shlex(text)
    lexer.wordchars += "/.+-():"
    tokens = list(lexer)
    found = {}
    for index in range(0, len(tokens), 4):
        key, equals, value = tokens[index : index + 3]
        assert equals == "="
        assert tokens[index + 3 : index + 4] in ([], [","])
        found[key] = value.strip("'\"")
    return found
