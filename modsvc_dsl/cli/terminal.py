"""Where the command writes: data to one stream, everything else to the other.

In: two text streams and the environment. Out: lines on them, coloured where the reader wants it.
Refuses to know what the lines say.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Generator
from typing import TYPE_CHECKING, Literal, TextIO

if TYPE_CHECKING:
    from ..report import Style

Colour = Literal["auto", "always", "never"]


class Unwritable(Exception):
    """A stream that takes no more text; `reason` is the operating system's."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Terminal:
    """The two streams of the command. `colour` says whether their text is coloured.

    A stream that is closed (None) swallows what is written. Writing raises BrokenPipeError where
    nobody reads, and Unwritable.
    """

    def __init__(self, out: TextIO | None, err: TextIO | None) -> None:
        self.out = _plain(out)
        self.err = _plain(err)
        self.colour: Colour = "auto"

    def data(self, text: str) -> None:
        """Write what was asked for, as a whole line or lines."""
        _write(self.out, text)

    def tell(self, text: str) -> None:
        """Write what else there is to say."""
        _write(self.err, text)

    def close(self) -> None:
        """Give up both streams, so that Python does not fail once more at its end."""
        null = os.open(os.devnull, os.O_WRONLY)
        for stream in (self.out, self.err):
            with contextlib.suppress(io.UnsupportedOperation):  # a stream that is no file
                os.dup2(null, stream.fileno())

    @property
    def out_style(self) -> Style:
        return self._style(self.out)

    @property
    def err_style(self) -> Style:
        return self._style(self.err)

    def _style(self, stream: TextIO) -> Style:
        from ..report import Style

        return Style(self.colour == "always" or (self.colour == "auto" and _wants(stream)))


def _plain(stream: TextIO | None) -> TextIO:
    """A stream to write to. What the locale cannot write appears as escapes instead of failing."""
    if stream is None:
        return io.StringIO()
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
    return stream


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(text if text.endswith("\n") else text + "\n")
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Unwritable(error.strerror or str(error)) from error


def _wants(stream: TextIO) -> bool:
    """Does the reader of a stream want colours? NO_COLOR as in no-color.org: set and not empty."""
    quiet = os.environ.get("NO_COLOR") or os.environ.get("TERM", "dumb") == "dumb"
    return not quiet and stream.isatty()


@contextlib.contextmanager
def prints_aside() -> Generator[None, None, None]:
    """Inside, what a user's file prints goes to the other stream, away from data."""
    with contextlib.redirect_stdout(sys.stderr):
        yield
