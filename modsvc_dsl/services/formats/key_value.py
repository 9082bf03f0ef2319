"""Lines of keys and values.

In: settings without depth. Out: their text. Refuses what a line cannot hold. What the program reads
has to be said by the fields of `KeyValue`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from ...language.pattern import pattern
from ...language.arguments import refuses_others
from .format import Format, Problem, Settings
from .lines import (
    Booleans,
    Lists,
    assignments,
    comment_problem,
    edge_problem,
    name_problem,
    several,
    value_problems,
)

Quoting = Literal["none", "shell", "double", "single"]
"""How values are quoted.

`none`: as they are. `shell`: where need be, as sh(1) and systemd's EnvironmentFile= read them.
`double`: texts in double quotes, with backslashes before `"` and backslashes. `single`: texts in single
quotes, which are doubled in them as backslashes are: postgresql.conf."""

_SAFE = pattern(r"[A-Za-z0-9_./:@%+,=-]+")
"""What means itself in a shell."""

_VARIABLE = pattern("[A-Za-z_][A-Za-z0-9_]*")


@refuses_others
@dataclass(frozen=True)
class KeyValue(Format):
    """One key and value on each line, with `separator` between them.

    `booleans` is how those are spelt, `lists` how several values are written. `inline_comments` says
    that the program may see a comment behind a value that has no quotes.
    """

    separator: str = "="
    quoting: Quoting = "none"
    booleans: Booleans = "true/false"
    lists: Lists = "refused"
    inline_comments: bool = True
    title: ClassVar[str] = "lines of keys and values"

    def problems(self, settings: Settings) -> Iterator[Problem]:
        if not self.separator or re.search("[^ -~\t]", self.separator):
            what = f"has the separator {self.separator!r}, which cannot stand between key and value"
            yield Problem((), what, 'write one such as "=", " = " or " "')
            return
        for key, value in settings.items():
            bad = self._key_problem(key)
            if bad:
                yield Problem((), *bad)
                continue
            found = list(value_problems(value, (key,), self.lists, self.booleans, self.title))
            yield from found
            for text in [] if found else several(value, self.lists, self.booleans):
                unread = self._unread(text)
                if unread:
                    yield Problem((key,), *unread)

    def _key_problem(self, key: object) -> tuple[str, str] | None:
        if self.quoting == "shell" and isinstance(key, str) and not _VARIABLE.fullmatch(key):
            what = f"has the key {key!r}, which is no name of a variable"
            return what, "write letters, digits and _, no digit first"
        between = re.escape(self.separator.strip()) or r"\s"
        return name_problem(key, "key", rf"^[#;\[]|{between}")

    def _unread(self, text: str) -> tuple[str, str] | None:
        """Why a text would not be read as it is."""
        if self.quoting != "none":
            return None
        return edge_problem(text) or (comment_problem(text) if self.inline_comments else None)

    def text(self, settings: Settings) -> str:
        return "".join(
            line
            for key, value in settings.items()
            for line in assignments(
                key, value, self.separator, self.lists, self.booleans, self._quoted
            )
        )

    def _quoted(self, text: str, value: Any) -> str:
        if self.quoting == "none" or not isinstance(value, (str, list)):
            return text
        if self.quoting == "shell":
            return _for_shell(text)
        if self.quoting == "double":
            return '"' + re.sub(r'(["\\])', r"\\\1", text) + '"'
        return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def _for_shell(text: str) -> str:
    """A word of a shell that is nothing but the text."""
    if _SAFE.fullmatch(text):
        return text
    if "'" not in text:
        return f"'{text}'"
    return '"' + re.sub(r'(["\\$`])', r"\\\1", text) + '"'


ENVIRONMENT = KeyValue(quoting="shell")
"""A file of environment variables, as shells and EnvironmentFile= read it."""
