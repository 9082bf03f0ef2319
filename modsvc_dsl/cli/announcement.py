"""What verbs say beside their result: warnings of services, notes of managers.

In: a result and what was built of it. Out: lines on the terminal's second stream. Refuses to judge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..language.check import find_warnings
from ..report import show_note, show_warning
from .terminal import Terminal

if TYPE_CHECKING:
    from ..fleet.build import Built


# Any: the result of a fleet or a host, whose class a verb need not know
def announce(terminal: Terminal, result: Any, built: Built) -> None:
    """Tell the warnings of all modules with their paths, and the notes of managers by host."""
    style = terminal.err_style
    for path, text in find_warnings(result):
        terminal.tell(show_warning(path, text, style))
    for host, notes in built.notes.items():
        for note in notes:
            terminal.tell(show_note(f"{host}: {note}", style))
