"""A run of the command as a text file: what there is, what is typed, what is to come.

    What the scenario proves, in a sentence or two.

    == web.py
    the file's text
    $ modsvc build web.py --out out
    == stdout
    ...
    == stderr
    ...
    == exit 1

Files first, then one command or more, of which the last one is judged. What is not written (stdout,
stderr) has to be empty. In: such a text. Out: a `Scenario`, and its text again. Refuses to run it.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, replace

from tests.cli.modsvc import Ended, Modsvc

_PART = re.compile(r"^(?:== (?P<title>.+)|\$ modsvc (?P<arguments>.*))$")


@dataclass(frozen=True)
class Scenario:
    """What is there before (path -> text), the command lines, and how the last of them ends."""

    proves: str
    files: Mapping[str, str]
    commands: tuple[str, ...]
    ended: Ended

    def run(self, modsvc: Modsvc) -> Scenario:
        """The same scenario as it goes today."""
        for name, text in self.files.items():
            modsvc.write(name, text)
        ends = [modsvc.run(*shlex.split(command)) for command in self.commands]
        return replace(self, ended=ends[-1])

    def text(self) -> str:
        """The scenario as a file has it."""
        parts = [self.proves.rstrip("\n") + "\n\n"]
        parts += [f"== {name}\n{text}" for name, text in self.files.items()]
        parts += [f"$ modsvc {command}\n" for command in self.commands]
        for title, text in (("stdout", self.ended.out), ("stderr", self.ended.err)):
            parts.append(f"== {title}\n{text}" if text else "")
        return "".join([*parts, f"== exit {self.ended.code}\n"])


def read(text: str) -> Scenario:
    """The scenario in a text. Raises ValueError for one that does not end with an exit code."""
    proves: list[str] = []
    parts: dict[str, list[str]] = {}
    commands: list[str] = []
    current = proves
    for line in text.splitlines(keepends=True):
        part = _PART.match(line.rstrip("\n"))
        if part is None:
            current.append(line)
        elif part["arguments"] is not None:
            commands.append(part["arguments"])
        else:
            current = parts.setdefault(part["title"], [])
    *titles, last = parts
    if not last.startswith("exit ") or not commands:
        raise ValueError("a scenario has a command and ends with an exit code")
    joined = {title: "".join(lines) for title, lines in parts.items()}
    files = {title: joined[title] for title in titles if title not in ("stdout", "stderr")}
    ended = Ended(int(last[5:]), joined.get("stdout", ""), joined.get("stderr", ""))
    return Scenario("".join(proves).strip() + "\n", files, tuple(commands), ended)
