"""The entry of `modsvc`: runs the command, and turns whatever ends it into words and an exit code.

In: the arguments of the process. Out: an exit code. Refuses to know the verbs, and to show a frame
of this package to somebody whose file is wrong.

Nothing is imported before `main` runs, so that Ctrl-C is answered from the first moment on.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .exits import Exit, Failure

if TYPE_CHECKING:
    from .terminal import Terminal


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `modsvc` with arguments, those of the process where none are given; the exit code."""
    gc.disable()  # docs/decisions/0004-garbage-collector.md
    try:
        from .terminal import Terminal

        terminal = Terminal(sys.stdout, sys.stderr)
        try:
            return _run(arguments, terminal)
        except Exception as error:
            return _told(error, terminal)
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BrokenPipeError:
        return _without_reader()


def _run(arguments: Sequence[str] | None, terminal: Terminal) -> int:
    """Run the command; click's own endings are handled here."""
    import click

    from .commands import modsvc

    given = None if arguments is None else list(arguments)
    try:
        ended = modsvc.main(given, prog_name="modsvc", standalone_mode=False, obj=terminal)
    except click.Abort:  # what click makes of KeyboardInterrupt
        return Exit.INTERRUPTED
    except click.ClickException as error:
        error.show(terminal.err)
        return error.exit_code
    return ended if isinstance(ended, int) else Exit.FINE


def _told(error: Exception, terminal: Terminal) -> int:
    """Say why the command ended, and give its exit code."""
    if isinstance(error, BrokenPipeError):
        raise error
    from ..language.errors import Mistake, Mistakes, flatten
    from ..output.errors import OutputError
    from ..report import show_mistakes, show_output_error, show_report

    style = terminal.err_style
    if isinstance(error, Failure):
        text = show_report(error.report, style)
        terminal.tell(f"{text}\n{error.detail}" if error.detail else text)
        return error.exit
    if isinstance(error, (Mistake, Mistakes)):
        terminal.tell(show_mistakes(flatten(error), style))
        return Exit.MISTAKES
    if isinstance(error, OutputError):
        terminal.tell(show_output_error(error, style))
        return Exit.REFUSED
    return _unexpected(error, terminal)


def _unexpected(error: Exception, terminal: Terminal) -> int:
    """An error that nobody expected: the user's where their code was the last to run, else ours."""
    from ..language.errors import Report
    from ..report import show_report
    from .user_file import raised_by_user, trace

    if raised_by_user(error):
        report = Report("your code raised an error while it was evaluated")
        terminal.tell(f"{show_report(report, terminal.err_style)}\n{trace(error)}")
        return Exit.MISTAKES
    again = "" if os.environ.get("MODSVC_TRACE") == "1" else "MODSVC_TRACE=1 shows where it was; "
    report = Report(
        f"modsvc failed: {type(error).__name__}: {error}",
        advice=(f"this is a mistake in modsvc, not in your files: {again}please report it",),
    )
    text = show_report(report, terminal.err_style)
    terminal.tell(text if again else f"{text}\n{trace(error)}")
    return Exit.BUG


def _without_reader() -> int:
    """End quietly where nobody reads what is written: as in `modsvc show FILE | head`."""
    # Python flushes at its end, which would fail once more and say so
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())
    return Exit.NO_READER
