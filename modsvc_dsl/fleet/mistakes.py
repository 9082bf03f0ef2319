"""What can be wrong with hosts, and with what a build reads.

In: results, names, places. Out: one `Mistake` class each. Refuses to detect.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ..language.errors import Mistake, Report
from ..language.errors.report import placed
from ..language.provenance import Place, users_line
from ..language.words import Path, show_path, show_value
from ..managers.manager import Source, written_at


class BadHostName(Mistake):
    """A host whose name could not be that of its folder."""

    category = "type"

    def __init__(self, path: Path, name: str, why: str, places: Sequence[Place]) -> None:
        host = f"`{show_path(path)}`" if path else "the host"
        headline = f"{host} has the name {show_value(name)}, which {why}"
        plain = re.fullmatch(r"[A-Za-z0-9.-]*[A-Za-z0-9-][A-Za-z0-9.-]*", name)
        advice = "give it another name" if plain else "name it with letters, digits, dots and -"
        super().__init__(Report(headline, (), placed("written", places), (advice,)), path)


class SameHostName(Mistake):
    """Two hosts of a fleet with one name, whose trees would be one folder."""

    def __init__(self, name: str, one: Any, other: Any) -> None:
        first, second = show_path(one.__node__.path), show_path(other.__node__.path)
        headline = f"`{first}` and `{second}` are both named {name!r}"
        places = tuple(
            (f"`{show_path(host.__node__.path)}` placed", place.locate())
            for host in (one, other)
            for place in written_at(host)
        )
        advice = "leave out name=, and each has its key in the fleet"
        super().__init__(Report(headline, (), places, (advice,)), other.__node__.path)


class NoHost(Mistake):
    """A result that is neither a host nor a fleet, and has no tree."""

    def __init__(self, function: str, found: Any, unevaluated: bool = False) -> None:
        headline = f"{function}(...) takes the result of a Fleet or a Host, and this is {found}"
        advice = 'place services on a host: evaluate(Host(services={"name": ...}))'
        if unevaluated:
            advice = f"evaluate it first: {function}(evaluate(...))"
        super().__init__(Report(headline, (), placed("called", [users_line()]), (advice,)))


class UnreadableSource(Mistake):
    """The source of a config file that cannot be read."""

    def __init__(self, source: Source, file: str, why: str, advice: str) -> None:
        headline = f"the source of /{source.path} cannot be read: {file}"
        places = (("written", source.place.locate()),)
        super().__init__(Report(headline, (why,), places, (advice,)), source.service)


class Invalid(Mistake):
    """A config file that its validator objects to."""

    def __init__(
        self, path: Path, how: str, output: Sequence[str], places: Sequence[Place]
    ) -> None:
        """`how` says how the validator failed, `output` has the lines that it printed."""
        headline = f"`{show_path(path)}` is refused by its validator: {how}"
        super().__init__(Report(headline, tuple(output), placed("defined", places)), path)


class NoFleet(Mistake):
    """What should load a fleet or a host, and does not."""

    def __init__(self, found: Any, place: Place) -> None:
        headline = f"distribute(...) loads a Fleet or a Host, and this is {found}"
        advice = (
            'load a Fleet by its file and name: distribute(InFile("fleet.py", "fleet"), executor)'
        )
        super().__init__(Report(headline, (), placed("called", [place]), (advice,)))
