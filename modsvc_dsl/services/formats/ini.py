"""INI: sections of keys.

In: settings, a dict for each section. Out: their text, as configparser and most others read it.
Refuses what readers of INI files differ about. There is no standard: what the program reads has
to be said by the fields of `Ini`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from ...language.arguments import refuses_others
from ...language.words import Path
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

_NO_KEY = r"^\[|^[#;]|[=:]"
_NO_SECTION = r"[\[\]#;]"


@refuses_others
@dataclass(frozen=True)
class Ini(Format):
    """Sections of keys; keys outside of all sections come first.

    `separator` stands between key and value, `booleans` is how those are spelt, `lists` how several
    values are written. `inline_comments` says that the program may see a comment behind a value,
    so that a `#` or `;` that begins a word is refused.
    """

    separator: Literal[" = ", "=", ": ", ":"] = " = "
    booleans: Booleans = "true/false"
    lists: Lists = "refused"
    inline_comments: bool = True
    title: ClassVar[str] = "INI"

    def problems(self, settings: Settings) -> Iterator[Problem]:
        for name, section in settings.items():
            if not isinstance(section, Mapping):
                yield from self._key(name, section, ())
                continue
            bad = name_problem(name, "section", _NO_SECTION)
            if bad:
                yield Problem((), *bad)
                continue
            yield from _twice(section, (name,))
            for key, value in section.items():
                yield from self._key(key, value, (name,))
        yield from _twice(settings, ())

    def _key(self, key: Any, value: Any, steps: Path) -> Iterator[Problem]:
        bad = name_problem(key, "key", _NO_KEY)
        if bad:
            yield Problem(steps, *bad)
            return
        found = list(value_problems(value, (*steps, key), self.lists, self.booleans, self.title))
        yield from found
        for text in [] if found else several(value, self.lists, self.booleans):
            unread = edge_problem(text) or (self.inline_comments and comment_problem(text))
            if unread:
                yield Problem((*steps, key), *unread)

    def text(self, settings: Settings) -> str:
        alone = {key: value for key, value in settings.items() if not isinstance(value, Mapping)}
        blocks = ["".join(self._lines(alone))] if alone else []
        for name, section in settings.items():
            if isinstance(section, Mapping):
                blocks.append(f"[{name}]\n" + "".join(self._lines(section)))
        return "\n".join(blocks)

    def _lines(self, section: Mapping[str, Any]) -> Iterator[str]:
        for key, value in section.items():
            yield from assignments(key, value, self.separator, self.lists, self.booleans)


def _twice(section: Mapping[Any, Any], steps: Path) -> Iterator[Problem]:
    """Keys that many readers take for one, since they look at small letters only."""
    first: dict[str, str] = {}
    for key in section:
        if isinstance(key, str) and first.setdefault(key.lower(), key) != key:
            what = (
                f"has the keys {first[key.lower()]!r} and {key!r}, which many programs take for one"
            )
            yield Problem(steps, what, "keep one of them")
