"""Where a thing was written.

In: code objects and frames. Out: places, which can say their file and line. Refuses to know
what was written there. Finding a line costs time, so a place holds two pointers and looks
only when a message needs it.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import lru_cache
from types import CodeType, FrameType
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import ast


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A source file and a line in it, counted from 1 (0: the line is unknown)."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


class Place(Protocol):
    """Something that was written somewhere."""

    def locate(self) -> Location:
        """The file and line of it."""
        ...


class Line:
    """A place whose line is known already."""

    __slots__ = ("file", "line")

    def __init__(self, file: str, line: int) -> None:
        self.file = file
        self.line = line

    def locate(self) -> Location:
        return Location(self.file, self.line)


class CallSite:
    """A call: the code that holds it and the offset of its instruction, in bytes."""

    __slots__ = ("code", "offset")

    def __init__(self, code: CodeType, offset: int) -> None:
        self.code = code
        self.offset = offset

    def locate(self) -> Location:
        return Location(self.code.co_filename, self.span()[0])

    def span(self) -> tuple[int, int, int, int]:
        """First line, last line, first column and last column of the call."""
        for index, position in enumerate(self.code.co_positions()):
            if index == self.offset // 2:
                line, end, column, last = position
                first = self.code.co_firstlineno if line is None else line
                return first, end or first, column or 0, last or 0
        return self.code.co_firstlineno, self.code.co_firstlineno, 0, 0


class Argument:
    """One keyword argument of a call."""

    __slots__ = ("name", "site")

    def __init__(self, site: CallSite, name: str) -> None:
        self.site = site
        self.name = name

    def locate(self) -> Location:
        file = self.site.code.co_filename
        span = self.site.span()
        line = _argument_lines(file).get((span, self.name), span[0])
        return Location(file, line)


def call_site(depth: int) -> CallSite:
    """The call being made `depth` frames above the caller of this function."""
    frame = sys._getframe(depth + 1)
    return CallSite(frame.f_code, frame.f_lasti)


def frame_line(frame: FrameType) -> Line:
    """The line that a frame has reached."""
    return Line(frame.f_code.co_filename, frame.f_lineno)


def source_line(location: Location) -> str:
    """The text of a line without its indentation, empty where the source is not at hand."""
    import linecache

    return linecache.getline(location.file, location.line).strip()


@lru_cache(maxsize=64)
def _argument_lines(file: str) -> dict[tuple[tuple[int, int, int, int], str], int]:
    """The line of each keyword argument in a file, by the span of its call."""
    import ast
    import linecache

    try:
        tree = ast.parse("".join(linecache.getlines(file)))
    except SyntaxError:
        return {}  # the file changed since it was loaded: the call's own line has to do
    lines: dict[tuple[tuple[int, int, int, int], str], int] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            lines.update(_keyword_lines(node))
    return lines


def _keyword_lines(call: ast.Call) -> dict[tuple[tuple[int, int, int, int], str], int]:
    span = call.lineno, call.end_lineno or 0, call.col_offset, call.end_col_offset or 0
    return {(span, key.arg): key.value.lineno for key in call.keywords if key.arg}
