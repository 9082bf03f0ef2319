"""Texts in which systemd puts something: `%i` and its like (systemd.unit(5), "Specifiers").

In: texts as in unit files. Out: `Specifiers`, and the text of a directive's line, in which each `%` of
a plain text stands for itself. Refuses to know sections, and what a value is for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, LiteralString, NoReturn

from ...language.pattern import pattern
from ...language.arguments import refuses_others
from ...language.provenance import call_site, users_line
from ...language.types.option_type import OptionType
from ...language.words import all_of, show_found
from .directives.table import Directive, known_specifiers
from .mistakes import BadSpecifiers, SpecifiersAsText


@refuses_others
@dataclass(frozen=True, slots=True, repr=False)
class Specifiers:
    """A text for systemd in which specifiers are expanded. `specifiers` makes them.

    `text` is as in a unit file: `%i` is a specifier, `%%` a percent sign. Plain text and paths that
    are joined to it with `+` or `/` stay plain.
    """

    text: str

    def __add__(self, other: str | PurePath | Specifiers) -> Specifiers:
        return Specifiers(self.text + text_of(other)) if _is_text(other) else NotImplemented

    def __radd__(self, other: str | PurePath) -> Specifiers:
        return Specifiers(text_of(other) + self.text) if _is_text(other) else NotImplemented

    def __truediv__(self, other: str | PurePath | Specifiers) -> Specifiers:
        return self + "/" + other if _is_text(other) else NotImplemented

    def __rtruediv__(self, other: str | PurePath) -> Specifiers:
        return other + ("/" + self) if _is_text(other) else NotImplemented

    def __as_text__(self) -> str:
        """What to write where a text is wanted."""
        return (
            "write it in a directive, in systemd.main_exec_start or in exec_line([...]): specifiers"
            " are systemd's alone; join it to text with +"
        )

    @classmethod
    def __option_type__(cls) -> OptionType:
        """The type of options that are annotated with it."""
        return TextWithSpecifiers()

    def _refuse(self, *_: Any) -> NoReturn:
        raise SpecifiersAsText(repr(self), self.__as_text__(), users_line())

    # no __fspath__: without it, a path that is joined to one asks __rtruediv__
    __str__ = __format__ = __bytes__ = __mod__ = __rmod__ = _refuse

    def __repr__(self) -> str:
        return f"specifiers({self.text!r})"


class TextWithSpecifiers(OptionType):
    """A value that `specifiers` makes."""

    def describe(self) -> str:
        return "a text with specifiers, as specifiers(...) makes one"

    def accepts(self, value: Any) -> bool:
        return isinstance(value, Specifiers)


@refuses_others
def specifiers(text: LiteralString) -> Specifiers:
    """A text in which systemd puts something for each specifier, such as `%i` or `%h`; `%%` is a `%`.

    It is written out, since each `%` in it counts: text that comes from elsewhere is joined with `+`,
    and stays plain. Which specifiers there are depends on the directive (systemd.unit(5)). Raises
    BadSpecifiers for one that no version of systemd knows.
    """
    given: object = text
    if not isinstance(given, str):
        raise BadSpecifiers(f"takes a text, found {show_found(given)}", _WRITE, call_site(2))
    unknown = unknown_specifiers(given, known_specifiers(), alone=True)
    if unknown:
        raise BadSpecifiers(f"has {unknown} in it, which no systemd knows", _WRITE, call_site(2))
    return Specifiers(given)


_WRITE = 'write a specifier of systemd.unit(5), such as "/srv/%i", and %% for a percent sign'


def unknown_specifiers(text: str, letters: str, alone: bool = False) -> str:
    """What in a text is no specifier, given those that there are; empty if all of them are.

    A `%` in front of something else than a letter or a digit is one of those with `alone`: systemd
    takes it for a percent sign.
    """
    found = re.findall("%(?:%|[A-Za-z0-9])?", text)
    known = {*letters, "%"} if alone else {*letters, "%", ""}
    return all_of(dict.fromkeys(each for each in found if each[1:] not in known))


def text_of(value: Any) -> str:
    """A value as a text with specifiers: in a plain one, each `%` is written for a percent sign."""
    return value.text if isinstance(value, Specifiers) else str(value).replace("%", "%%")


def raw(value: Any) -> str:
    """A value as a text to look for something in, whatever a `%` in it means."""
    return value.text if isinstance(value, Specifiers) else str(value)


def as_read(directive: Directive, text: str) -> str | Specifiers:
    """What a line of a unit file says: the value that it could have been written from."""
    return Specifiers(text) if directive.specifiers and "%" in text else text


def has_specifiers(value: object) -> bool:
    """Is a directive's value, or a line of it, a text with specifiers?"""
    if isinstance(value, (list, tuple)):
        return Specifiers in map(type, value)
    return isinstance(value, Specifiers)


def _is_text(value: object) -> bool:
    return isinstance(value, (str, PurePath, Specifiers))


# Lines of directives


def plain_line(directive: Directive, text: str) -> str:
    """A plain text as a directive's value: no `%` in it is one of a specifier."""
    if not directive.specifiers:
        return text
    found = [
        part.replace("%", "%%") if expanded else part for part, expanded in parts(directive, text)
    ]
    return _without_hidden(directive, "".join(found))


def expanded_line(directive: Directive, text: str) -> str:
    """A text with specifiers as a directive's value."""
    found = [
        part if expanded else part.replace("%%", "%") for part, expanded in parts(directive, text)
    ]
    return _without_hidden(directive, "".join(found))


def unexpanded_problem(directive: Directive, text: str) -> str:
    """Where in a text with specifiers of a directive systemd would leave them, empty if nowhere."""
    left = [part for part, expanded in parts(directive, text) if not expanded]
    if any("%" in part.replace("%%", "") for part in left):
        return f"no specifiers behind the {directive.expanded_before}, where none is expanded"
    return ""


def parts(directive: Directive, text: str) -> Iterator[tuple[str, bool]]:
    """A text in parts, each with whether specifiers are expanded in it."""
    if not directive.expanded_before:
        yield text, True
        return
    end = 0
    for word in (_WORD if directive.words else _WHOLE).finditer(text):
        yield text[end : word.start()], True  # blanks
        first, mark, rest = word[0].partition(directive.expanded_before)
        yield first, True
        yield mark + rest, False
        end = word.end()
    yield text[end:], True


_WORD = pattern(r"""(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\\.|[^\s"'\\]|["'\\])+""", re.DOTALL)
_WHOLE = pattern(".+", re.DOTALL)

_HIDDEN = pattern(r"\\(?:x25|045|u0025|U00000025|.)", re.DOTALL)
"""Escapes, the first four of which are a percent sign (cunescape)."""


def _without_hidden(directive: Directive, line: str) -> str:
    """A line without escapes that would be read as the beginning of a specifier."""
    if not directive.unescaped or "\\" not in line:
        return line
    return _HIDDEN.sub(lambda found: "%%" if len(found[0]) > 2 else found[0], line)
