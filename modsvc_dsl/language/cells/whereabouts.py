"""Where a place in an evaluation was written.

In: a place, and what is wrong in it. Out: the lines of the user's that made it. Refuses to look for
them before a message wants them.
"""

from __future__ import annotations

from collections.abc import Sequence

from .evaluated import Evaluated
from ..errors import Mistake, Mistakes, flatten
from ..provenance import Place, is_ours


def users_places(node: Evaluated) -> list[Place]:
    """Where users wrote what is evaluated at a place, or else what that is in."""
    around: Evaluated | None = node
    while around is not None:
        found = [record.place for record in around.placed if not _is_ours(record.place)]
        if found:
            return found
        around = around.parent
    return []


def _is_ours(place: Place) -> bool:
    file = place.locate().file
    return not file or is_ours(file)


def told_within(error: Mistake | Mistakes, node: Evaluated) -> None:
    """Let mistakes say where a place was written, if they have no line of the user's themselves."""
    for mistake in flatten(error):
        if mistake.around is None:
            mistake.around = _Around(node)


class _Around:
    """The places of a node, found when they are asked for."""

    __slots__ = ("node",)

    def __init__(self, node: Evaluated) -> None:
        self.node = node

    def __call__(self) -> Sequence[Place]:
        return users_places(self.node)
