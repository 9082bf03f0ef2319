"""Commands that say whether a config file is right.

In: nothing. Out: the words of the option `validator`, a command line with the file's place in it.
Refuses to run it: whoever builds does, when asked to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...language.arguments import refuses_others
from ...language.errors import Mistake
from ...language.provenance import Place
from ...language.words import Path, show_value
from ..mistakes.files import BadValidator


@refuses_others
@dataclass(frozen=True, slots=True)
class ThisFile:
    """The path of the file in a command line, between two texts: `ThisFile("--config=")`."""

    prefix: str = ""
    suffix: str = ""

    def argument(self, path: str) -> str:
        """The argument for a file that lies at a path."""
        return f"{self.prefix}{path}{self.suffix}"


this_file = ThisFile()
"""The path of the file, as an argument of its own."""

Command = Sequence[str | ThisFile]
"""Program and arguments; the program by its absolute path, or by a name to be looked for."""


def validator_mistakes(
    path: Path, command: Command, places: Sequence[Place]
) -> Iterator[BadValidator | Mistake]:
    """What is wrong with a command, before it is ever run."""
    program = command[0]
    if not isinstance(program, str) or not re.fullmatch(r"/.*[^/]|[^/\s-][^/]*", program, re.S):
        shown = show_value(program)
        why = f"starts with {shown}, which is neither an absolute path nor the name of a program"
        yield BadValidator(
            path, why, 'write the program first, as in ["/usr/sbin/nginx", ...]', places
        )
    if not any(isinstance(each, ThisFile) for each in command):
        why = "does not say where the path of the file stands"
        yield BadValidator(
            path, why, 'write this_file among the arguments: ["...", this_file]', places
        )
    if any("\0" in text for each in command for text in _texts(each)):
        yield BadValidator(path, "has a NUL in it, which ends a string", "write it without", places)


def _texts(part: str | ThisFile) -> tuple[str, ...]:
    return (part,) if isinstance(part, str) else (part.prefix, part.suffix)


def arguments(command: Command, path: str) -> list[str]:
    """The command for a file that lies at a path."""
    return [each if isinstance(each, str) else each.argument(path) for each in command]
