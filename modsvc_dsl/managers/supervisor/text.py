"""Text as supervisor reads it back: settings, command lines, environments.

In: strings, exactly as a process shall see them. Out: the text to write behind `key=`. Refuses
to know services. The rules are those of supervisor 4.2, tested against it. A setting passes:

1. Python's text mode: UTF-8, and a carriage return becomes a line break.
2. `configparser` with inline comments: each line is stripped, `;` or `#` behind whitespace starts
   a comment, an indented line continues the setting.
3. Its own replacement of the letters `%(here)s`, wherever they stand.
4. Python's `%` with a dict that has, among others, `program_name`, and `process_num`, which is
   `numprocs_start` where a section makes one process.
5. For `command`, `shlex.split`. For `environment`, `shlex.shlex`, which knows no escape, and a
   `strip` of all quotes at the ends of each value.

Step 4 undoes what 1 to 3 would do: `%(program_name).0s` is no characters of the program's name,
and so parts what must not meet, and `%(process_num)c` is the character with that number.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence

from ...services.values.argument_vector import LONGEST_ARGUMENT

ENV = "/usr/bin/env"
"""The program that sets and unsets what `environment=` cannot. It replaces itself by the service."""

RETURN_SECTION_LINE = ("numprocs_start", "13")
"""The setting that a section needs where a text in it has a carriage return: 13 is its number."""

_RETURN = "%(process_num)c"
_NOTHING = "%(program_name).0s"
_INDENT = "    "
_SURROGATE = re.compile("[\ud800-\udfff]")


def setting(text: str) -> str:
    """Render a text as the value of a setting; it has several lines where the text has.

    Raises ValueError for what `text_problem` finds.
    """
    problem = text_problem(text)
    if problem:
        raise ValueError(f"the text {problem}")
    return f"\n{_INDENT}".join(map(_line, text.split("\n")))


def _line(line: str) -> str:
    """One line of a setting, with everything parted that would not survive as it is."""
    parts = [_NOTHING] if line == "" or _is_blank(line[0]) or line[0] in ";#" else []
    for index, character in enumerate(line):
        before = line[index - 1] if index else ""
        starts_comment = character in ";#" and _is_blank(before)
        if starts_comment or (before == "%" and line.startswith("(here)s", index)):
            parts.append(_NOTHING)
        parts.append({"%": "%%", "\r": _RETURN}.get(character, character))
    if line and _is_blank(line[-1]):
        parts.append(_NOTHING)
    return "".join(parts)


def _is_blank(character: str) -> bool:
    """Is it white space in the file? A carriage return is not: it is written in other characters."""
    return character.isspace() and character != "\r"


def command_line(
    argv: Sequence[str], environment: Mapping[str, str | None]
) -> tuple[str, dict[str, str]]:
    """The command of a program and its `environment=`, both still to be rendered as settings.

    Variables that are unset (None), and values in which quotes of both kinds or at an end stand,
    go to `env` in front of the command; the others are returned as assignments by name.
    """
    assignments: dict[str, str] = {}
    options: list[str] = []
    words: list[str] = []
    for name, value in sorted(environment.items()):
        quoted = None if value is None else _quoted(value)
        if value is None:
            options += ["-u", name]
        elif quoted is None:
            words.append(f"{name}={value}")
        else:
            assignments[name] = f"{name}={quoted}"
    front = [ENV, *options, *words] if options or words else []
    return shlex.join([*front, *argv]), assignments


def _quoted(value: str) -> str | None:
    """A value in quotes that it does not hold, None where supervisor would read another back."""
    ends = value[:1] + value[-1:]
    if '"' not in value and "'" not in ends:
        return f'"{value}"'
    if "'" not in value and '"' not in ends:
        return f"'{value}'"
    return None


def text_problem(text: str) -> str:
    """Why no setting can hold a text; empty if one can."""
    if "\0" in text:
        return "has a NUL in it, which ends every text that a process is given"
    if _SURROGATE.search(text):
        return "has a surrogate in it, which is no character and cannot be written as UTF-8"
    return ""


def argument_problem(text: str) -> str:
    """Why no process can be given an argument or `NAME=value`; empty if one can."""
    length = len(text.encode("utf-8", "surrogatepass"))
    if length > LONGEST_ARGUMENT:
        return f"has {length} bytes, and Linux gives a process {LONGEST_ARGUMENT} in one argument"
    return text_problem(text)


def comment(text: str) -> str:
    """A text as one line of comment."""
    visible = " ".join(text.split()).encode("utf-8", "backslashreplace").decode("utf-8")
    return f"; {visible}"
