"""What can go wrong, as data.

In: paths, values, places. Out: one class for each mistake a user can make, whose `report()`
says it in words, and `Mistakes`, several at once. Refuses to know terminals and colours;
`lay_out` makes the plain text of `str(error)`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from .provenance import Location, Place, source_line
from .words import Path, all_of, did_you_mean, nearest, show_found, show_kind, show_path, show_value

MOST_PLACES = 8
"""How many places one message lists before it only counts the rest."""


@dataclass(frozen=True, slots=True)
class Report:
    """A mistake in words: what is wrong, what was found, where, and what to write instead."""

    headline: str
    found: tuple[str, ...] = ()
    places: tuple[tuple[str, Location], ...] = ()
    advice: tuple[str, ...] = ()


class Mistake(Exception):
    """One mistake of the user's. `category` is its class in words that programs can rely on."""

    category: ClassVar[str] = "other"

    def __init__(self, report: Report, path: Path = ()) -> None:
        super().__init__(report.headline)
        self._report = report
        self.path = path

    def report(self) -> Report:
        """The mistake in words."""
        return self._report

    def __str__(self) -> str:
        return lay_out(self.report())

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (type(self), self._report, self.path)


def _restore(kind: type[Mistake], report: Report, path: Path) -> Mistake:
    mistake = kind.__new__(kind)
    Mistake.__init__(mistake, report, path)
    return mistake


class Mistakes(Exception):
    """All mistakes of one phase; `mistakes` has at least one."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__(self.mistakes)

    def __str__(self) -> str:
        texts = [str(mistake) for mistake in self.mistakes]
        if len(texts) > 1:
            texts.append(f"{len(texts)} mistakes")
        return "\n\n".join(texts)


def flatten(error: Mistake | Mistakes) -> tuple[Mistake, ...]:
    """The single mistakes in an error."""
    return error.mistakes if isinstance(error, Mistakes) else (error,)


def lay_out(report: Report) -> str:
    """The plain text of a report, several lines without a last line break."""
    lines = [report.headline]
    lines += [f"  {text}" for text in report.found]
    for label, location in report.places[:MOST_PLACES]:
        lines.append(f"  {label} at {location}")
        source = source_line(location)
        if source:
            lines.append(f"      {source}")
    if len(report.places) > MOST_PLACES:
        lines.append(f"  and {len(report.places) - MOST_PLACES} more places")
    lines += [f"  to fix: {text}" for text in report.advice if text]
    return "\n".join(lines)


def _placed(label: str, places: Iterable[Place]) -> tuple[tuple[str, Location], ...]:
    return tuple(dict.fromkeys((label, place.locate()) for place in places))


class BadModule(Mistake):
    """A module that cannot be made: what its body, keywords or decorators say is not allowed."""

    def __init__(self, headline: str, place: Place, advice: str = "", found: str = "") -> None:
        places = _placed("written", [place])
        super().__init__(Report(headline, (found,) if found else (), places, (advice,)))


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
        report = Report(headline, (), _placed("written", places), (advice,))
        Mistake.__init__(self, report, path)
        self.suggestions = nearest(name, names)


class NoSuchName(UnknownOption):
    """A name that is read and that no module declares."""

    category = "other"


class ModuleAsSetting(Mistake):
    """A deferred module where the settings of a submodule stand."""

    category = "missing-option"

    def __init__(self, path: Path, place: Place) -> None:
        headline = f"`{show_path(path)}` takes settings, and a deferred module is none"
        advice = "import it: module('name', imports=[later(lambda self: self.the_option)])"
        super().__init__(Report(headline, (), _placed("defined", [place]), (advice,)), path)


class NotASetOfOptions(Mistake):
    """A value where options live below."""

    category = "type"

    def __init__(self, path: Path, value: Any, place: Place, names: Sequence[str]) -> None:
        headline = f"`{show_path(path)}` holds options and cannot be {show_value(value)}"
        advice = f"define the options below it: {', '.join(sorted(names)[:8])}"
        found = (f"found {show_found(value)}",)
        super().__init__(Report(headline, found, _placed("defined", [place]), (advice,)), path)


class WrongType(Mistake):
    """A definition that does not fit the type of its option."""

    category = "type"

    def __init__(
        self, path: Path, expected: str, wrong: Sequence[tuple[Any, Place]], advice: str = ""
    ) -> None:
        found = tuple(f"found {show_found(value)}" for value, _ in wrong)
        places = _placed("defined", [place for _, place in wrong])
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


class Undefined(Mistake):
    """An option that is read, has no value, and no default."""

    category = "undefined"

    def __init__(self, path: Path, expected: str, declared: Place, definitions: Sequence[Place]):
        places = _placed("declared", [declared]) + _placed(
            "defined under a condition that is False", definitions
        )
        name = path[-1] if path else ""
        advice = f"define it, for example {name} = ..., or give its option a default"
        headline = f"`{show_path(path)}` has no value: it needs {expected}"
        super().__init__(Report(headline, (), places, (advice,)), path)


class ReadOnlyDefined(Mistake):
    """A read-only option that is defined again."""

    category = "readonly"

    def __init__(self, path: Path, definitions: Sequence[tuple[Any, Place]]) -> None:
        places = tuple((show_value(value), place.locate()) for value, place in definitions)
        headline = f"`{show_path(path)}` is read-only and has more than one definition"
        advice = "its value is set by the module that declares it: remove the other definitions"
        super().__init__(Report(headline, (), places, (advice,)), path)


class Cycle(Mistake):
    """Options whose values depend on each other in a ring."""

    category = "infinite-recursion"

    def __init__(self, chain: Sequence[tuple[Path, Sequence[Place]]]) -> None:
        names = [show_path(path) for path, _ in chain]
        places = tuple(
            (f"`{names[i]}` reads `{names[(i + 1) % len(names)]}`", place.locate())
            for i, (_, reads) in enumerate(chain)
            for place in reads
        )
        what = f"`{names[0]}` depends on itself"
        ring = (" -> ".join([*names, names[0]]),) if len(names) > 1 else ()
        advice = "let one of them not read the next, or wrap the value of one entry in later(...)"
        super().__init__(Report(what, ring, places, (advice,)), chain[0][0])


class WrongKind(Mistake):
    """A module where only modules of another kind may stand."""

    category = "class"

    def __init__(
        self, path: Path, module: str, found: str, expected: str, places: Sequence[Place]
    ) -> None:
        where = f"`{show_path(path)}`" if path else "this place"
        headline = f"{where} takes modules of kind {expected}, and {module} is of kind {found}"
        advice = f"import or place a {expected} module here"
        super().__init__(Report(headline, (), _placed("written", places), (advice,)), path)


class DuplicateDeclaration(Mistake):
    """One option name declared by modules that have nothing to do with each other."""

    def __init__(self, path: Path, declarations: Sequence[tuple[str, Place]], why: str) -> None:
        places = tuple((f"declared by {name}", place.locate()) for name, place in declarations)
        advice = (
            "rename one of the options, or say that they are one: "
            f"option(shares={declarations[0][0]}.{path[-1]})"
        )
        headline = f"`{show_path(path)}` is declared twice{why}"
        super().__init__(Report(headline, (), places, (advice,)), path)


class OptionAndGroup(Mistake):
    """An option with other options declared below it."""

    def __init__(self, path: Path, option: Place, below: Path, other: Place) -> None:
        places = (
            (f"`{show_path(path)}` declared", option.locate()),
            (f"`{show_path(below)}` declared", other.locate()),
        )
        headline = f"`{show_path(path)}` is an option, so `{show_path(below)}` cannot be one"
        advice = "rename one of them, or make the outer one a submodule"
        super().__init__(Report(headline, (), places, (advice,)), path)


class FunctionFailed(Mistake):
    """A function of the user's that raised."""

    def __init__(
        self, path: Path, function: str, error: BaseException, frames: Sequence[Place]
    ) -> None:
        text = str(error).strip() or "(no message)"
        headline = f"`{show_path(path)}` could not be computed: {function} raised"
        found = (f"{type(error).__name__}: {text}",)
        super().__init__(Report(headline, found, _placed("raised", frames)), path)
        self.error = error


class BadCondition(Mistake):
    """A condition that is no boolean."""

    def __init__(self, path: Path, value: Any, place: Place) -> None:
        headline = f"`{show_path(path)}` is defined under a condition that is no boolean"
        found = (f"found {show_found(value)}",)
        advice = "compare explicitly, for example when(value is not None, ...)"
        super().__init__(Report(headline, found, _placed("defined", [place]), (advice,)), path)


class RemovedOption(Mistake):
    """A removed option that is read."""

    def __init__(self, path: Path, message: str, place: Place) -> None:
        headline = f"`{show_path(path)}` was removed: {message}"
        super().__init__(Report(headline, (), _placed("removed", [place])), path)


class NoSuchArgument(Mistake):
    """A module argument that nobody defines."""

    def __init__(self, path: Path, name: str, known: Iterable[str]) -> None:
        names = list(known)
        advice = did_you_mean(name, names) or (f"arguments are {', '.join(names)}" if names else "")
        where = show_path(path) if path else "the module"
        headline = f"`{where}` has no module argument `{name}`"
        super().__init__(Report(headline, (), (), (advice,)), path)


class ConversionFailed(Mistake):
    """A value that its option's conversion refuses."""

    def __init__(self, path: Path, value: Any, error: Exception, place: Place) -> None:
        headline = f"`{show_path(path)}` could not convert {show_value(value)}"
        found = (f"{type(error).__name__}: {error}",)
        super().__init__(Report(headline, found, _placed("defined", [place])), path)


class TooDeep(Mistake):
    """A chain of references, or nesting, beyond what is evaluated."""

    category = "infinite-recursion"

    def __init__(self, path: Path, limit: int) -> None:
        headline = f"`{show_path(path)}` is reached through more than {limit} nested reads"
        advice = "shorten the chain: let options read the value they need directly"
        super().__init__(Report(headline, (), (), (advice,)), path)


class NotEvaluated(Mistake, AttributeError):
    """A value read from an instance that was not evaluated."""

    def __init__(self, module: str, name: str) -> None:
        headline = f"{module}.{name} has no value yet: this {module} was not evaluated"
        advice = f"read it from a result: evaluate(...), or inside a definition: self.{name}"
        Mistake.__init__(self, Report(headline, (), (), (advice,)))


class Immutable(Mistake, AttributeError):
    """A change to an instance or a result."""

    def __init__(self, module: str, name: str) -> None:
        headline = f"{module}.{name} cannot be assigned: instances and results are immutable"
        advice = f"write {module}({name}=...), or define it in a class body"
        Mistake.__init__(self, Report(headline, (), (), (advice,)))


class NotImported(Mistake, LookupError):
    """`self[Module]` for a module that is not part of the evaluated one."""

    def __init__(self, path: Path, module: str, present: Iterable[str], places: Sequence[Place]):
        where = show_path(path) if path else "this module"
        headline = f"{module} is no part of `{where}`"
        names = all_of(present)
        advice = f"import it with @imports({module}) or imports=[...]; its modules are {names}"
        Mistake.__init__(self, Report(headline, (), _placed("read", places), (advice,)), path)


class NoTarget(Mistake):
    """A definition whose target does not exist, or exists twice."""

    category = "missing-option"

    def __init__(self, headline: str, place: Place, advice: str) -> None:
        super().__init__(Report(headline, (), _placed("defined", [place]), (advice,)))


class NoSinglePlace(Mistake):
    """A reference to an instance that is nowhere in the tree, or in several places."""

    def __init__(self, path: Path, module: str, found: Sequence[Path], places: Sequence[Place]):
        if found:
            where = f"placed {len(found)} times: " + ", ".join(show_path(p) for p in found[:4])
            advice = "refer to one of them by reading it from the tree, as in self.services[...]"
        else:
            where = "not placed anywhere in the evaluated tree"
            advice = "place the instance, as in services={'name': instance}"
        headline = f"`{show_path(path)}` refers to {with_name(module)} that is {where}"
        super().__init__(Report(headline, (), _placed("defined", places), (advice,)), path)


def with_name(module: str) -> str:
    """`an instance of` a module."""
    return f"an instance of {module}"


class AssertionFailed(Mistake):
    """An assertion of a module that does not hold."""

    category = "assertion"

    def __init__(self, path: Path, message: str, places: Sequence[Place]) -> None:
        where = f"{show_path(path)}: " if path else ""
        super().__init__(Report(f"{where}{message}", (), _placed("asserted", places)), path)


def found_kind(value: Any) -> str:
    """What a value is, in words (for advice in other files)."""
    return show_kind(value)
