"""Where a thing was written.

In: code objects and frames. Out: places, which can say their file and line. Refuses to know
what was written there. Finding a line costs time, so a place holds two pointers and looks
only when a message needs it.
"""

from __future__ import annotations

import os
import sys
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cache
from types import CodeType, FrameType
from typing import Any, NamedTuple, Protocol, TypeVar

from . import source

F = TypeVar("F", bound=Callable[..., Any])

PACKAGE = "modsvc_dsl"
"""What stands for a file of this package in messages: nothing there is the user's to change."""

_OURS = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep


class Location(NamedTuple):
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
        return Location(self.code.co_filename, _line_at(self.code, self.offset))

    def span(self) -> source.Span:
        """First line, last line, first column and last column of the call."""
        line, end, column, last = _position_at(self.code, self.offset)
        first = self.code.co_firstlineno if line is None else line
        return first, end or first, column or 0, last or 0


_MOST_CODES = 256
"""How many code objects' lines are kept: those of files that place many things."""

_lines: dict[int, tuple[CodeType, list[int], list[int]]] = {}
"""By identity, as the hash of a long code takes long: the code, starts of lines, their numbers."""


def _line_at(code: CodeType, offset: int) -> int:
    """The line of the instruction at an offset of a code, without going through all before it."""
    known = _lines.get(id(code))
    if known is None:
        if len(_lines) >= _MOST_CODES:
            _lines.clear()
        first = code.co_firstlineno
        found = [(s, first if line is None else line) for s, _, line in code.co_lines()]
        known = code, [start for start, _ in found], [line for _, line in found]
        _lines[id(code)] = known
    return known[2][bisect_right(known[1], offset) - 1]


_Position = tuple[int | None, int | None, int | None, int | None]

_MOST_POSITIONS = 16
"""How many code objects' positions are kept: those of the files that messages are about."""

_positions: dict[int, tuple[CodeType, list[_Position]]] = {}
"""By identity, as above: the code, the positions of its instructions."""


def _position_at(code: CodeType, offset: int) -> _Position:
    """The position of the instruction at an offset of a code, read once for all of the code."""
    known = _positions.get(id(code))
    if known is None:
        if len(_positions) >= _MOST_POSITIONS:
            _positions.clear()
        known = _positions[id(code)] = code, list(code.co_positions())
    index = offset // 2
    return known[1][index] if index < len(known[1]) else (None, None, None, None)


class Argument:
    """One keyword argument of a call."""

    __slots__ = ("name", "site")

    def __init__(self, site: CallSite, name: str) -> None:
        self.site = site
        self.name = name

    def locate(self) -> Location:
        file = self.site.code.co_filename
        return Location(file, source.keyword_line(file, self.site.span(), self.name))


class Annotation:
    """An annotated name without a value, in the class statement at a place."""

    __slots__ = ("name", "site")

    def __init__(self, site: Place, name: str) -> None:
        self.site = site
        self.name = name

    def locate(self) -> Location:
        start = self.site.locate()
        return Location(start.file, source.annotation_line(start.file, start.line, self.name))


def locate_part(place: Place, path: Sequence[Any]) -> Location:
    """Where a part of what was written at a place stands; `path` ends in that part."""
    whole = place.locate()
    if isinstance(place, Line):
        line = source.line_in_statement(whole.file, whole.line, path)
    elif isinstance(place, CallSite):
        line = source.line_in_call(whole.file, place.span(), path)
    elif isinstance(place, Argument):
        line = source.line_in_call(whole.file, place.site.span(), path, place.name)
    else:
        line = whole.line
    return Location(whole.file, line)


def locate_name(place: Place, path: Sequence[Any]) -> Location:
    """Where the last name of `path` stands, in what was written at a place or in its target."""
    part, whole = locate_part(place, path), place.locate()
    if isinstance(place, Line) and path:
        line = source.decorator_line(whole.file, whole.line, path[-1])
        return part if line == whole.line else Location(whole.file, line)
    return part


def call_site(depth: int) -> CallSite:
    """The call being made `depth` frames above the caller of this function."""
    frame = sys._getframe(depth + 1)
    return CallSite(frame.f_code, frame.f_lasti)


def frame_line(frame: FrameType) -> Place | None:
    """The line that a frame has reached, or runs for, where that is the user's; else None."""
    if not is_foreign(frame.f_code.co_filename):
        return Line(frame.f_code.co_filename, frame.f_lineno)
    if frame.f_code in _STANDING:
        place: Place = frame.f_locals["self"].place
        return place
    return None


def users_line() -> Place:
    """The innermost of the user's lines that are being run."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        line = frame_line(frame)
        if line is not None:
            return line
        frame = frame.f_back
    return Line(PACKAGE, 0)


_STANDING: set[CodeType] = set()


def stands_for_its_place(method: F) -> F:
    """Over a method that runs for a line of the user's, which is the `place` of its object."""
    code: CodeType = getattr(method, "__code__")
    _STANDING.add(code)
    return method


def is_ours(file: str) -> bool:
    """Is a source file part of this package, or of Python's own start?"""
    return file.startswith(_OURS) or file.startswith("<frozen") or file == PACKAGE


def is_foreign(file: str) -> bool:
    """Is a source file none of the user's: of this package, or of the standard library?"""
    return is_ours(file) or (file.startswith(_folders()[0]) and not is_installed(file))


def is_installed(file: str) -> bool:
    """Is a source file part of an installed package, which may be the user's or another's?"""
    return file.startswith(_folders()[1])


@cache
def _folders() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Where this Python keeps the standard library, and where installed packages."""
    import sysconfig

    paths = sysconfig.get_paths()
    library = tuple(paths[name] + os.sep for name in ("stdlib", "platstdlib"))
    library += (os.path.dirname(os.__file__) + os.sep,)  # an archive, where Python is embedded
    return library, tuple(paths[name] + os.sep for name in ("purelib", "platlib"))


def source_line(location: Location) -> str:
    """The text of a line without its indentation, empty where the source is not at hand."""
    return source.text_of(location.file, location.line).strip()
