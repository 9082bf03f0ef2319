"""The directives that the manager gives to a section by itself.

In: nothing. Out: `Defaults`, which a section merges with what others say, and `Directives`, what
comes of it. Refuses to merge and to write.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...language.frozen import FrozenDict
from ...language.properties import DEFAULT
from ...language.provenance import Place

TRUE = frozenset({True, "1", "yes", "y", "true", "t", "on"})
"""What systemd reads as true (parse_boolean)."""

YIELDING = {"DynamicUser": "User"}
"""Directive of the manager's -> the one that takes its place where somebody says it."""

Said = Mapping[str, tuple[int, Place]]
"""Directive -> the priority and the place of what it was made from."""


class Shared(dict[str, Any]):
    """Directives that many services give by themselves, none of them made from a definition.

    `merged` has them as a section holds them, once one has found them right; `alone` is a section of
    nothing else; `texts` has what is written for each, once one has been written.
    """

    __slots__ = ("merged", "alone", "texts")

    def __init__(self, directives: Mapping[str, Any] = {}) -> None:
        super().__init__(directives)
        self.merged: Mapping[str, Any] = {}
        self.alone: Directives | None = None
        self.texts: Mapping[str, str] = {}


class Directives(FrozenDict[str, Any]):
    """The directives of one section: its `own`, and behind them those that are still as `shared`.

    Of what is shared, those are left out that are None among the own.
    """

    __slots__ = ("own", "shared")

    def __init__(
        self, directives: Mapping[str, Any], own: Mapping[str, Any], shared: Shared
    ) -> None:
        super().__init__(directives)
        self.own = own
        self.shared = shared


NONE = Shared()
"""What a section shares with which nothing is shared."""


NOTHING_LEANS: Mapping[str, str] = {}


class Defaults(dict[str, Any]):
    """The directives of a section that the manager gives: its `own`, and behind them the `shared`.

    Those in `said` were made from what somebody defined, and are as strong as that; the others
    have the priority of `default(...)`, as upstream. `leaning` are directives that mean something
    beside another of the manager's own alone, and go where somebody says that one.
    """

    __slots__ = ("own", "said", "shared", "leaning")

    def __init__(
        self, directives: Mapping[str, Any], said: Said | None = None, shared: Shared = NONE
    ) -> None:
        super().__init__(directives)
        self.update(shared)
        self.own = directives
        self.said: Said = said or {}
        self.shared = shared
        self.leaning: Mapping[str, str] = NOTHING_LEANS

    def __priority_of__(self, name: str) -> int:
        return self.said[name][0] if name in self.said else DEFAULT
