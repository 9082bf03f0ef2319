"""The command `modsvc` as click sees it: its verbs, each imported when it is called.

In: nothing. Out: the group `modsvc`, and what verbs have in common: FILE and `--color`. Refuses to
know what a verb does beyond the one line that `--help` shows. A new verb is a file beside this one
with a click command called `command`, and its line in `VERBS`.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any, TypeVar, cast

import click

from .terminal import Colour, Terminal

F = TypeVar("F", bound=Callable[..., Any])

VERBS = {
    "build": "Write the files of every host into a folder.",
    "check": "Evaluate everything, and ask systemd-analyze about the units.",
    "show": "Print evaluated values.",
    "explain": "Print how a value came to be: every definition, and what became of it.",
}

HELP = """Describe services in Python, and build the files that their process manager reads.

FILE is FILE.py or FILE.py:NAME. NAME is a Fleet, a Host, a mapping of services or one Service in
that file; it may be left out where the file holds one fleet, host or mapping.
"""

EXITS = """\b
Exit codes:
  0    fine
  1    mistakes in the configuration
  2    a wrong command line, or a NAME or PATH that is not there
  3    FILE cannot be loaded: missing, no valid Python, or it raised an error
  4    nothing was written: the output folder is refused, or cannot be written to
  5    systemd-analyze found something wrong with a setting
  70   a mistake in modsvc itself
  74   what was asked for cannot be printed, as on a full disk
  130  ended by Ctrl-C
  141  nobody reads the output any more
"""


class Verbs(click.Group):
    """A group that knows its verbs by name, and imports one to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        module = importlib.import_module(f"{__package__}.{cmd_name}")
        return cast(click.Command, module.command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The verbs with their lines, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(VERBS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb called; a misspelt one is answered with the one that was meant."""
        if args and args[0] not in VERBS and not args[0].startswith("-"):
            from ..language.words import did_you_mean

            advice = did_you_mean(args[0], VERBS).replace("`", "'")
            raise click.UsageError(
                f"No such command {args[0]!r}. {advice[:1].upper()}{advice[1:]}".strip(), ctx
            )
        return super().resolve_command(ctx, args)


COMPLETION = "_MODSVC_COMPLETE"
"""The variable in which a shell asks for completions: `_MODSVC_COMPLETE=bash_source modsvc`."""


def complete(instruction: str) -> int:
    """Answer a shell that completes a command line; the exit code."""
    from click.shell_completion import shell_complete

    return shell_complete(modsvc, {}, "modsvc", COMPLETION, instruction)


def _version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version

        try:
            found = version("modsvc-dsl")
        except PackageNotFoundError:
            found = "of a source tree that is not installed"
        click.echo(f"modsvc {found}")
        ctx.exit()


@click.group(
    cls=Verbs,
    no_args_is_help=False,  # versions of click differ in it, see usage()
    help=HELP,
    epilog=EXITS,
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_version,
    help="Show the version and exit.",
)
def modsvc() -> None:
    """The command itself does nothing: its verbs do."""


def usage() -> str:
    """What `--help` shows."""
    return modsvc.get_help(click.Context(modsvc, info_name="modsvc"))


def _set_colour(ctx: click.Context, _parameter: click.Parameter, colour: Colour) -> None:
    ctx.ensure_object(Terminal).colour = colour


def on_file(command: F) -> F:
    """A verb that takes FILE and `--color`."""
    file = click.argument("file", metavar="FILE.py[:NAME]", type=click.Path())
    colour = click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        expose_value=False,
        callback=_set_colour,
        help="Colour messages: auto colours a terminal, unless NO_COLOR is set.",
    )
    return file(colour(command))
