"""Mistakes in definitions: of nothing, of the wrong sort, against each other.

In: paths, values, places. Out: one class for each mistake. Refuses to look for them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ..provenance import Location, Place, is_ours, locate_part, source_line
from ..secret_name import is_secret_name
from ..source import class_at
from ..words import (
    Path,
    did_you_mean,
    nearest,
    show_error,
    show_found,
    show_path,
    show_value,
    with_article,
)
from .mistake import Mistake
from .report import MOST_PLACES, Labelled, Report, names, parts, placed, raised

Valued = Sequence[tuple[Any, Place]]
"""Values, each with the place where it was written."""

MOST_NAMES = 12
"""How many names one message lists as those that exist."""


class UnknownOption(Mistake, AttributeError):
    """A name that no module declares. `suggestions` are the names that are like it.

    `is_secret` tells of a name whether it is that of an option that holds secrets. The line of what
    was meant for one is not shown, nor that of a name which sounds like one.
    """

    category = "missing-option"
    done = "written"

    def __init__(
        self,
        path: Path,
        places: Iterable[Place],
        known: Iterable[str],
        owner: str,
        what: str = "is no option",
        advice: str = "",
        is_secret: Callable[[str], bool] = lambda name: False,
    ) -> None:
        listed = [str(name) for name in known]
        found = tuple(places)
        called = str(path[-1]) if path else ""
        self.suggestions = nearest(called, listed)
        secret = is_secret_name(called) or any(map(is_secret, [called, *self.suggestions]))

        def tell(path: Path) -> Report:
            headline = f"`{show_path(path)}` {what} of {owner}"
            where = names(self.done, found, path)
            fix = advice or _existing(path, listed, owner)
            return Report(headline, (), where, (fix,), unquoted=secret)

        Mistake.__init__(self, tell, path)


class DeclarationAsValue(UnknownOption):
    """An option declared where definitions stand."""

    def __init__(self, path: Path, places: Iterable[Place], owner: str) -> None:
        super().__init__(path, places, (), owner)
        found = tuple(places)

        def tell(path: Path) -> Report:
            headline = f"`{show_path(path)}` is given option(...) where a value stands"
            advice = (
                f"declare it in the body of a module class, {path[-1]}: <type> = option(...), "
                "or in module(name, options={...})"
            )
            return Report(headline, (), names(self.done, found, path), (advice,))

        Mistake.__init__(self, tell, path)


def _existing(path: Path, listed: Sequence[str], owner: str) -> str:
    """The name that was meant, else the names that there are."""
    near = did_you_mean(str(path[-1]) if path else "", listed)
    if near or not listed:
        return near or f"{owner} has no options: declare them with option()"
    return f"write {some_of(listed)}"


def some_of(listed: Sequence[str]) -> str:
    """Names for a message in the order given, the rest of very many left out."""
    rest = ", ..." if len(listed) > MOST_NAMES else ""
    shown = ", ".join(listed[:MOST_NAMES])
    return f"one of {shown}{rest}" if len(listed) > 1 else shown


class ModuleAsSetting(Mistake):
    """A deferred module where the settings of a submodule stand."""

    category = "missing-option"

    def __init__(self, path: Path, place: Place) -> None:
        def tell(path: Path) -> Report:
            headline = f"`{show_path(path)}` takes settings, and a deferred module is none"
            advice = "import it: module('name', imports=[later(lambda self: self.the_option)])"
            return Report(headline, (), parts("defined", [place], path), (advice,))

        super().__init__(tell, path)


class NotASetOfOptions(Mistake):
    """A value where options live below.

    `group` is the class of those options, `meant` what to write for the value, `adding` the name of a
    module that it is.
    """

    category = "type"

    def __init__(
        self,
        path: Path,
        value: Any,
        place: Place,
        names: Sequence[str],
        group: str = "",
        meant: str = "",
        adding: str = "",
    ) -> None:
        def tell(path: Path) -> Report:
            headline = f"`{show_path(path)}` holds options, and is defined as a single value"
            if adding:
                name = with_article(adding)
                headline = f"`{show_path(path)}` is defined as {name}, which has options of its own"
            advice = f"define what is below it: {some_of(names)}"
            if group:
                advice = f"write {group}({names[0]}=...), with {some_of(names)}"
            advice = f"write {meant}" if meant else advice
            found = (f"found {show_found(value)}",)
            return Report(headline, found, parts("defined", [place], path), (advice,))

        super().__init__(tell, path)


class WrongType(Mistake):
    """A definition that does not fit the type of its option."""

    category = "type"

    def __init__(self, path: Path, expected: str, wrong: Valued, advice: str = "") -> None:
        def tell(path: Path) -> Report:
            found = tuple(dict.fromkeys(f"found {show_found(v)}" for v, _ in wrong[:MOST_PLACES]))
            places = parts("defined", [place for _, place in wrong[:MOST_PLACES]], path)
            more = max(len(wrong) - MOST_PLACES, 0)
            headline = f"`{show_path(path)}` expects {expected}"
            fix = _NO_RETURN if wrong and _returns_nothing(wrong[0][0], places) else advice
            return Report(headline, found, places, (fix,), more)

        super().__init__(tell, path)


_NO_RETURN = "let the function return a value: it gives None where no `return` says another one"


def _returns_nothing(value: Any, places: Labelled) -> bool:
    """Is a value the None of a function, with no line in it that says so?"""
    line = source_line(places[0][1]) if value is None and places else ""
    return bool(re.match(r"@|(async )?def ", line)) and "return" not in line


class MissingKey(Mistake):
    """A dict without a key that its type needs."""

    category = "undefined"

    def __init__(self, path: Path, expected: str, owner: str, places: Sequence[Place]) -> None:
        def tell(path: Path) -> Report:
            headline = f"`{show_path(path)}` is missing: every {owner} has it, {expected}"
            advice = f"write {{{str(path[-1])!r}: ...}}"
            return Report(headline, (), parts("defined", places, path[:-1]), (advice,))

        super().__init__(tell, path)


class Conflict(Mistake):
    """Definitions of one strength that do not merge.

    `unbeaten` is the priority of those that force(...) is not stronger than, if they are such.
    """

    category = "conflict"
    unbeaten: int | None = None

    def __init__(
        self,
        path: Path,
        definitions: Valued,
        why: str = "has definitions that differ",
        advice: str = "",
    ) -> None:
        def tell(path: Path) -> Report:
            fix = advice or _way_out(self.unbeaten)
            places = _values(definitions[:MOST_PLACES], path)
            more = max(len(definitions) - MOST_PLACES, 0)
            return Report(f"`{show_path(path)}` {why}", (), places, (fix,), more)

        super().__init__(tell, path)


def _way_out(unbeaten: int | None) -> str:
    """What to do about definitions that differ."""
    if unbeaten is None:
        return "remove one of them, weaken one with default(...), or let one win with force(...)"
    stronger = f"override({unbeaten - 1}, ...)"
    return f"remove one of them, or let one win with {stronger}: the smaller number is the stronger"


def _values(definitions: Valued, path: Path) -> Labelled:
    """Each value where it was written; a function in place of what it would compute.

    Places in this package are not shown: there the name of the class stands for them.
    """
    found = [(_said(value), locate_part(place, path)) for value, place in definitions]
    return tuple((f"{said}{_of_class(location)}", location) for said, location in found)


def _of_class(location: Location) -> str:
    name = class_at(location.file, location.line) if is_ours(location.file) else ""
    return f" of {name}" if name else ""


def _said(value: Any) -> str:
    function = getattr(value, "content", None)
    name = getattr(function, "__qualname__", "") if callable(function) else ""
    return f"computed by {name}" if name else show_value(value)


class ReadOnlyDefined(Mistake):
    """A read-only option that is defined again. The first definition is its own, if it has one."""

    category = "readonly"

    def __init__(self, path: Path, definitions: Valued) -> None:
        def tell(path: Path) -> Report:
            headline = f"`{show_path(path)}` is read-only and has more than one definition"
            advice = "its value is set by the module that declares it: remove the other definitions"
            return Report(headline, (), _values(definitions, path), (advice,))

        super().__init__(tell, path)


class BadCondition(Mistake):
    """A condition that is no boolean."""

    def __init__(self, path: Path, value: Any, place: Place) -> None:
        def tell(path: Path) -> Report:
            headline = f"`{show_path(path)}` is defined under a condition that is no boolean"
            found = (f"found {show_found(value)}",)
            advice = "compare explicitly, for example when(value is not None, ...)"
            return Report(headline, found, parts("defined", [place], path), (advice,))

        super().__init__(tell, path)


class NoTarget(Mistake):
    """A definition whose target does not exist, or exists twice. `name` is the target's last."""

    category = "missing-option"

    def __init__(self, headline: str, place: Place, advice: str, name: str = "") -> None:
        def tell(path: Path) -> Report:
            return Report(headline, (), names("defined", [place], (name,)), (advice,))

        super().__init__(tell)


class ConversionFailed(Mistake):
    """A value that its option's conversion refuses."""

    def __init__(self, path: Path, value: Any, error: Exception, place: Place) -> None:
        def tell(path: Path) -> Report:
            headline = f"`{show_path(path)}` could not convert {show_value(value)}"
            found = (f"the conversion raised {show_error(error)}",)
            advice = "write a value that the option's conversion takes"
            return Report(headline, found, parts("defined", [place], path), (advice,))

        super().__init__(tell, path)


class CheckFailed(Mistake):
    """A type, a comparison or a value of the user's own that raised while definitions were merged."""

    def __init__(
        self, path: Path, error: Exception, frames: Sequence[Place], declared: Place
    ) -> None:
        def tell(path: Path) -> Report:
            headline = f"`{show_path(path)}` could not be checked: its type or a value of it raised"
            places = raised(frames) + placed("declared", [declared])
            return Report(headline, (show_error(error),), places)

        super().__init__(tell, path)
        self.error = error


class AssertionFailed(Mistake):
    """An assertion of a module that does not hold.

    `places` are the definitions that make it, `written` is where the module's values are.
    """

    category = "assertion"

    def __init__(
        self, path: Path, message: str, places: Sequence[Place], written: Sequence[Place] = ()
    ) -> None:
        def tell(path: Path) -> Report:
            where = f"{show_path(path)}: " if path else ""
            theirs = [place for place in places if not is_ours(place.locate().file)]
            found = placed("asserted", theirs) + placed("about the module written", written)
            said = message.strip() or "an assertion that says nothing does not hold"
            advice = "" if message.strip() else "give it a message: Assertion(condition, message)"
            return Report(f"{where}{said}", (), found, (advice,))

        super().__init__(tell, path)
