"""The style of systemd's own files: sections, keys that may be assigned several times.

In: settings, a dict for each section, or a list of them for one that is repeated. Out: their text as
systemd.syntax(7) reads it. Refuses what would be read as something else. What `%` means is the
program's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from ...language.words import Path
from .format import Format, Problem, Settings
from .lines import edge_problem, name_problem, several, value_problems

_NO_KEY = r"^[#;\[]|[=\s]"
_NO_SECTION = r"[\[\]]"


@dataclass(frozen=True)
class SystemdStyle(Format):
    """Sections, and a line for each item of a list."""

    title: ClassVar[str] = "a file in systemd's style"

    def problems(self, settings: Settings) -> Iterator[Problem]:
        for name, section in settings.items():
            bad = name_problem(name, "section", _NO_SECTION)
            if bad:
                yield Problem((), *bad)
                continue
            for steps, each in _sections(name, section):
                if isinstance(each, Mapping):
                    yield from self._section(each, steps)
                else:
                    what = f"is a value outside of all sections, which {self.title} cannot hold"
                    yield Problem(steps, what, 'write a dict of keys: {"Section": {"Key": ...}}')

    def _section(self, section: Mapping[Any, Any], steps: Path) -> Iterator[Problem]:
        for key, value in section.items():
            bad = name_problem(key, "key", _NO_KEY)
            if bad:
                yield Problem(steps, *bad)
                continue
            found = list(value_problems(value, (*steps, key), "repeated", "true/false", self.title))
            yield from found
            for text in [] if found else several(value, "repeated", "true/false"):
                unread = edge_problem(text) or _continued(text)
                if unread:
                    yield Problem((*steps, key), *unread)

    def text(self, settings: Settings) -> str:
        return "\n".join(
            f"[{name}]\n"
            + "".join(
                f"{key}={text}\n"
                for key, value in section.items()
                for text in several(value, "repeated", "true/false")
            )
            for name, found in settings.items()
            for _, section in _sections(name, found)
        )


def _sections(name: str, value: Any) -> Iterator[tuple[Path, Any]]:
    """The sections of one name, each with the steps to it; none for an empty list."""
    if isinstance(value, list):
        yield from (((name, index), each) for index, each in enumerate(value))
    else:
        yield (name,), value


def _continued(text: str) -> tuple[str, str] | None:
    if text.endswith("\\"):
        return "ends with a backslash, which joins the next line to it", "write it without"
    return None
