"""Validators of config files, run for those who ask with `--validate`.

In: a result, what was built of it, and whether anybody asked. Out: notes on the terminal. Refuses to
go on with a file that its validator objects to.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from .terminal import Terminal

if TYPE_CHECKING:
    from ..fleet.build import Built

F = TypeVar("F", bound=Callable[..., Any])


def with_validate(command: F) -> F:
    """A verb that takes `--validate`."""
    flag = click.option(
        "--validate", is_flag=True, help="Run the validators of config files on this machine."
    )
    return flag(command)


# Any: the result of a fleet or a host, whose class a verb need not know
def validate(
    terminal: Terminal, result: Any, built: Built, wanted: bool, count: int | None = None
) -> None:
    """Run the validators if that is wanted, else tell that there are some; `count` if it is known.

    Raises Mistakes for all files that are refused.
    """
    from ..fleet import validation
    from ..report import show_note

    def note(text: str) -> None:
        terminal.tell(show_note(text, terminal.err_style))

    if not wanted:
        if count is None:
            count = sum(1 for _ in validation.validators(result))
        if count:
            what = "1 validator was" if count == 1 else f"{count} validators were"
            note(f"{what} not run on config files: --validate runs them")
        return
    found = validation.validate(result, built)
    for host, texts in found.notes.items():
        for text in texts:
            note(f"{host}: {text}")
