"""`modsvc show`: evaluated values.

In: FILE and perhaps a PATH. Out: the values there, for people or as JSON. Refuses to evaluate what
was not asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from .commands import on_file
from .terminal import Terminal, prints_aside

if TYPE_CHECKING:
    from .option_path import Found


@click.command("show")
@on_file
@click.argument("path", required=False, default="")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def command(terminal: Terminal, file: str, path: str, as_json: bool) -> None:
    """Print evaluated values.

    PATH is such as web0.services.docs.port, docs.process.argv[0] or
    docs.config_data["server.conf"].text; without one, everything is printed. A single text is
    printed as it is, everything else as one line per value.
    """
    from ..report import json_text
    from .evaluation import evaluated
    from .option_path import find

    with prints_aside():
        found = find(evaluated(file), path)
        value = _read(found.read())
        text = json_text(value) if as_json else _words(value, found, terminal)
    terminal.data(text)


def _words(value: Any, found: Found, terminal: Terminal) -> str:
    """Plain data for people."""
    from ..report import literal, show_values

    if isinstance(value, str):
        return value
    if isinstance(value, dict) and value:
        return show_values(value, found.path, terminal.out_style)
    return literal(value)


def _read(value: Any) -> Any:
    """A value as plain data; where a part of it cannot be computed, all that is wrong is raised."""
    from ..language.result.check import find_mistakes
    from ..language.evaluation.configuration import data, is_result
    from ..language.errors import Mistake, Mistakes

    try:
        return data(value)
    except (Mistake, Mistakes):
        if is_result(value):
            mistakes = find_mistakes(value)
            if mistakes:
                raise Mistakes(mistakes) from None
        raise
