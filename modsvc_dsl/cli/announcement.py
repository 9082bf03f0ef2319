"""What verbs say beside their result: warnings of services, notes of managers.

In: warnings and what was built. Out: lines on the terminal's second stream. Refuses to judge.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..report import same_once, show_note, show_warning
from .terminal import Terminal

if TYPE_CHECKING:
    from ..fleet.build import Built
    from ..language.result.check import Warned


def announce(terminal: Terminal, warnings: Iterable[Warned], built: Built) -> None:
    """Tell the warnings of all modules with their paths, and the notes of managers by host."""
    style = terminal.err_style
    for path, text in warnings:
        terminal.tell(show_warning(path, text, style))
    for host, notes in built.notes.items():
        for note in same_once(notes):
            terminal.tell(show_note(f"{host}: {note}", style))
