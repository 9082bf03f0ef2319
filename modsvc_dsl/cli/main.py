"""The entry of `modsvc`: runs the command, and turns whatever ends it into words and an exit code.

In: the arguments of the process. Out: an exit code. Refuses to know the verbs, and to show a frame
of this package to somebody whose file is wrong.

Nothing is imported before `main` runs, so that Ctrl-C is answered from the first moment on.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .exits import Exit, Failure

if TYPE_CHECKING:
    from click import ClickException

    from .terminal import Terminal, Unwritable


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `modsvc` with arguments, those of the process where none are given; the exit code."""
    gc.disable()  # docs/decisions/0008-garbage-collector.md
    sys.set_int_max_str_digits(0)  # numbers are the user's own, and shown as long as they are
    try:
        from .terminal import Terminal, Unwritable

        terminal = Terminal(sys.stdout, sys.stderr)
        try:
            return _run(arguments, terminal)
        except BrokenPipeError:  # as in `modsvc show FILE | head`
            terminal.close()
            return Exit.NO_READER
        except Unwritable as error:
            return _unwritable(error, terminal)
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    finally:
        gc.freeze()  # or Python would collect once more at its end


def _run(arguments: Sequence[str] | None, terminal: Terminal) -> int:
    """Run the command; click's own endings are handled here."""
    import click

    from .commands import COMPLETION, complete, modsvc, usage
    from .terminal import Unwritable

    given = list(sys.argv[1:] if arguments is None else arguments)
    if COMPLETION in os.environ:
        return complete(os.environ[COMPLETION])
    if not given:
        terminal.tell(usage())
        return Exit.USAGE
    try:
        # not modsvc.main(), which has endings of its own for Ctrl-C and broken pipes
        with modsvc.make_context("modsvc", given, obj=terminal) as context:
            modsvc.invoke(context)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.ClickException as error:
        terminal.tell(_wrong_call(error, terminal))
        return error.exit_code
    except (BrokenPipeError, Unwritable, KeyboardInterrupt):
        raise
    except BaseException as error:  # SystemExit in a user's function would look like success
        return _told(error, terminal)
    return Exit.FINE


def _wrong_call(error: ClickException, terminal: Terminal) -> str:
    """What is wrong with the command line, as other mistakes are told; the words are click's."""
    from ..language.errors import Report
    from ..report import show_report

    what, _, advice = error.format_message().rstrip(".").partition(". ")
    usage: tuple[str, ...] = ()
    context = getattr(error, "ctx", None)
    advice = advice[:1].lower() + advice[1:]
    if context is not None:
        usage = (" ".join(context.get_usage().replace("Usage:", "usage:").split()),)
        advice = advice or f"see {context.command_path} --help"
    report = Report(what[:1].lower() + what[1:], usage, advice=(advice,))
    return show_report(report, terminal.err_style)


def _told(error: BaseException, terminal: Terminal) -> int:
    """Say why the command ended, and give its exit code."""
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


def _unexpected(error: BaseException, terminal: Terminal) -> int:
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


def _unwritable(error: Unwritable, terminal: Terminal) -> int:
    """Say that a result cannot be printed, if that can be printed."""
    from ..language.errors import Report
    from ..report import show_report

    report = Report(f"the result cannot be written: {error.reason}")
    text = show_report(report, terminal.err_style)
    with contextlib.suppress(OSError):  # the same disk may be full for this, too
        terminal.err.write(text + "\n")
        terminal.err.flush()
    terminal.close()
    return Exit.UNWRITABLE
