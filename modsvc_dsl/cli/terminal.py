"""Where the command writes: data to one stream, everything else to the other.

In: two text streams and the environment. Out: lines on them, coloured where the reader wants it.
Refuses to know what the lines say.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, TextIO

if TYPE_CHECKING:
    from ..report import Style

Colour = Literal["auto", "always", "never"]


class Terminal:
    """The two streams of the command. `colour` says whether their text is coloured."""

    def __init__(self, out: TextIO, err: TextIO) -> None:
        self.out = out
        self.err = err
        self.colour: Colour = "auto"
        for stream in (out, err):
            if isinstance(stream, io.TextIOWrapper):
                # text that the locale cannot write appears as escapes instead of failing
                stream.reconfigure(errors="backslashreplace")

    def data(self, text: str) -> None:
        """Write what was asked for."""
        self.out.write(text + "\n")
        self.out.flush()

    def tell(self, text: str) -> None:
        """Write what else there is to say."""
        self.out.flush()
        self.err.write(text + "\n")
        self.err.flush()

    @property
    def out_style(self) -> Style:
        return self._style(self.out)

    @property
    def err_style(self) -> Style:
        return self._style(self.err)

    def _style(self, stream: TextIO) -> Style:
        from ..report import Style

        return Style(self.colour == "always" or (self.colour == "auto" and _wants(stream)))


def _wants(stream: TextIO) -> bool:
    """Does the reader of a stream want colours? NO_COLOR as in no-color.org: set and not empty."""
    quiet = os.environ.get("NO_COLOR") or os.environ.get("TERM", "dumb") == "dumb"
    return not quiet and stream.isatty()


@contextlib.contextmanager
def prints_aside() -> Iterator[None]:
    """Inside, what a user's file prints goes to the other stream, away from data."""
    with contextlib.redirect_stdout(sys.stderr):
        yield
