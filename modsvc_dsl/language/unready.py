"""What stands in a cell that has no value.

In: nothing. Out: `Unready` and its two common states. Refuses to know cells.
"""

from __future__ import annotations


class Unready:
    """A cell without a value: not computed yet, being computed, or failed with `error`."""

    __slots__ = ("error",)

    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error


UNREAD = Unready()
RUNNING = Unready()
