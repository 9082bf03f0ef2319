"""Mistakes in definitions: of nothing, of the wrong sort, against each other.

In: paths, values, places. Out: one class for each mistake. Refuses to look for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ..provenance import Place
from ..words import Path, did_you_mean, nearest, show_found, show_path, show_value
from .mistake import Mistake
from .report import Report, placed


class UnknownOption(Mistake, AttributeError):
    """A name that no module declares."""

    category = "missing-option"

    def __init__(
        self,
        path: Path,
        places: Iterable[Place],
        known: Iterable[str],
        owner: str,
        what: str = "is no option",
    ) -> None:
        name = str(path[-1]) if path else ""
        names = [str(n) for n in known]
        advice = did_you_mean(name, names)
        if not advice and names:
            shown = sorted(names)[:12]
            rest = ", ..." if len(names) > len(shown) else ""
            advice = f"options here are {', '.join(shown)}{rest}"
        headline = f"`{show_path(path)}` {what} of {owner}"
        report = Report(headline, (), placed("written", places), (advice,))
        Mistake.__init__(self, report, path)
        self.suggestions = nearest(name, names)


class ModuleAsSetting(Mistake):
    """A deferred module where the settings of a submodule stand."""

    category = "missing-option"

    def __init__(self, path: Path, place: Place) -> None:
        headline = f"`{show_path(path)}` takes settings, and a deferred module is none"
        advice = "import it: module('name', imports=[later(lambda self: self.the_option)])"
        super().__init__(Report(headline, (), placed("defined", [place]), (advice,)), path)


class NotASetOfOptions(Mistake):
    """A value where options live below."""

    category = "type"

    def __init__(self, path: Path, value: Any, place: Place, names: Sequence[str]) -> None:
        headline = f"`{show_path(path)}` holds options and cannot be {show_value(value)}"
        advice = f"define the options below it: {', '.join(sorted(names)[:8])}"
        found = (f"found {show_found(value)}",)
        super().__init__(Report(headline, found, placed("defined", [place]), (advice,)), path)


class WrongType(Mistake):
    """A definition that does not fit the type of its option."""

    category = "type"

    def __init__(
        self, path: Path, expected: str, wrong: Sequence[tuple[Any, Place]], advice: str = ""
    ) -> None:
        found = tuple(f"found {show_found(value)}" for value, _ in wrong)
        places = placed("defined", [place for _, place in wrong])
        headline = f"`{show_path(path)}` expects {expected}"
        super().__init__(Report(headline, found, places, (advice,)), path)


class Conflict(Mistake):
    """Definitions of one strength that do not merge."""

    category = "conflict"

    def __init__(
        self,
        path: Path,
        definitions: Sequence[tuple[Any, Place]],
        why: str = "has definitions that differ",
        advice: str = "",
    ) -> None:
        places = tuple((show_value(value), place.locate()) for value, place in definitions)
        ways = advice or (
            "remove one of them, weaken one with default(...), or let one win with force(...)"
        )
        super().__init__(Report(f"`{show_path(path)}` {why}", (), places, (ways,)), path)


class ReadOnlyDefined(Mistake):
    """A read-only option that is defined again."""

    category = "readonly"

    def __init__(self, path: Path, definitions: Sequence[tuple[Any, Place]]) -> None:
        places = tuple((show_value(value), place.locate()) for value, place in definitions)
        headline = f"`{show_path(path)}` is read-only and has more than one definition"
        advice = "its value is set by the module that declares it: remove the other definitions"
        super().__init__(Report(headline, (), places, (advice,)), path)


class BadCondition(Mistake):
    """A condition that is no boolean."""

    def __init__(self, path: Path, value: Any, place: Place) -> None:
        headline = f"`{show_path(path)}` is defined under a condition that is no boolean"
        found = (f"found {show_found(value)}",)
        advice = "compare explicitly, for example when(value is not None, ...)"
        super().__init__(Report(headline, found, placed("defined", [place]), (advice,)), path)


class NoTarget(Mistake):
    """A definition whose target does not exist, or exists twice."""

    category = "missing-option"

    def __init__(self, headline: str, place: Place, advice: str) -> None:
        super().__init__(Report(headline, (), placed("defined", [place]), (advice,)))


class ConversionFailed(Mistake):
    """A value that its option's conversion refuses."""

    def __init__(self, path: Path, value: Any, error: Exception, place: Place) -> None:
        headline = f"`{show_path(path)}` could not convert {show_value(value)}"
        found = (f"{type(error).__name__}: {error}",)
        super().__init__(Report(headline, found, placed("defined", [place])), path)


class AssertionFailed(Mistake):
    """An assertion of a module that does not hold."""

    category = "assertion"

    def __init__(self, path: Path, message: str, places: Sequence[Place]) -> None:
        where = f"{show_path(path)}: " if path else ""
        super().__init__(Report(f"{where}{message}", (), placed("asserted", places)), path)
