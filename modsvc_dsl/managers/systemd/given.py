"""The directives that the manager gives to a section by itself.

In: nothing. Out: `Defaults`, which a section merges with what others say, and `Directives`, what
comes of it. Refuses to merge and to write.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...language.frozen import FrozenDict
from ...language.properties import DEFAULT
from ...language.provenance import Place

YIELDING = {"DynamicUser": "User"}
"""Directive of the manager's -> the one that takes its place where somebody says it."""

Said = Mapping[str, tuple[int, Place]]
"""Directive -> the priority and the place of what it was made from."""


class Shared(dict[str, Any]):
    """Directives that many services give by themselves, none of them made from a definition.

    `merged` has them as a section holds them, once one has found them right; `lines` has what is
    written for them, each with its value, once one has been written.
    """

    __slots__ = ("merged", "lines")

    def __init__(self, directives: Mapping[str, Any] = {}) -> None:
        super().__init__(directives)
        self.merged: Mapping[str, Any] = {}
        self.lines: Mapping[str, tuple[Any, Sequence[str]]] = {}


NONE = Shared()


class Defaults(dict[str, Any]):
    """The directives of a section that the manager gives: its `own`, and behind them the `shared`.

    Those in `said` were made from what somebody defined, and are as strong as that; the others
    have the priority of `default(...)`, as upstream.
    """

    __slots__ = ("own", "said", "shared")

    def __init__(
        self, directives: Mapping[str, Any], said: Said | None = None, shared: Shared = NONE
    ) -> None:
        super().__init__(directives)
        self.update(shared)
        self.own = directives
        self.said: Said = said or {}
        self.shared = shared

    def __priority_of__(self, name: str) -> int:
        return self.said[name][0] if name in self.said else DEFAULT


class Directives(FrozenDict[str, Any]):
    """The directives of one section. Those among them that are still `shared` have one text."""

    __slots__ = ("shared",)

    def __init__(self, directives: Mapping[str, Any], shared: Shared = NONE) -> None:
        super().__init__(directives)
        self.shared = shared
