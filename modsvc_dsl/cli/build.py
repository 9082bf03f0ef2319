"""`modsvc build`: evaluate, check, and write the files of every host.

In: FILE and a folder. Out: the folder as built, and what changed in it. Refuses to write anything
while anything is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from .commands import on_file
from .terminal import Terminal, prints_aside
from .validation import with_validate

if TYPE_CHECKING:
    from ..fleet.build import Built
    from ..language.result.check import Warned


@click.command("build")
@on_file
@click.option(
    "--out",
    "-o",
    required=True,
    metavar="DIR",
    type=click.Path(),
    help="Folder to write into: DIR/HOST/... and DIR/manifest.json.",
)
@click.option(
    "--jobs",
    "-j",
    default=1,
    metavar="N",
    type=click.IntRange(1),
    help="Evaluate the hosts of a fleet in N processes.",
)
@with_validate
@click.pass_obj
def command(terminal: Terminal, file: str, out: str, jobs: int, validate: bool) -> None:
    """Write the files of every host into a folder.

    DIR is replaced as a whole, in one step. What it holds that no build wrote is never touched: the
    build is refused instead.
    """
    from pathlib import Path

    from ..output.publish import publish
    from ..report import show_note, show_published
    from . import validation
    from .announcement import announce
    from .evaluation import current_folder, folder_of

    here, base = current_folder(), folder_of(file)
    with prints_aside():
        result, built, warnings, count = _built(file, jobs)
        announce(terminal, warnings, built)
        validation.validate(terminal, result, built, validate, count)
        # a file that goes to another folder does not take OUT along
        target = Path(out) if current_folder() == here else Path(here, out)
        published = publish(built.trees, target, base=base)
    style = terminal.err_style
    if published.recovered:
        terminal.tell(show_note(published.recovered, style))
    for leftover in published.leftovers:
        terminal.tell(show_note(f"{leftover} is left over; the next build removes it", style))
    terminal.data(show_published(published, terminal.out_style))


# Any: the result of a fleet or a host
def _built(file: str, jobs: int) -> tuple[Any, Built, Sequence[Warned], int | None]:
    """The result of FILE, what is built of it, its warnings, and how many validators it has."""
    if jobs > 1:
        from .jobs import distributed

        done = distributed(file, jobs)
        return done.result, done.built, done.warnings, done.validators
    from ..fleet.build import build
    from ..language.result.check import find_warnings
    from .evaluation import evaluated

    result = evaluated(file)
    built = build(result)
    return result, built, find_warnings(result), None
