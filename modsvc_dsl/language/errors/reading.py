"""Mistakes that show when a value is read.

In: paths, names, places. Out: one class for each mistake. Refuses to look for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..provenance import Location, Place, is_ours, users_line
from ..words import Path, all_of, did_you_mean, show_error, show_path
from .defining import UnknownOption
from .mistake import Mistake
from .report import MOST_PLACES, Labelled, Report, parts, placed, raised

MOST_READERS = 3
"""How many readers of a missing value one message lists."""


class NoSuchName(UnknownOption):
    """A name that is read and that no module declares."""

    category = "other"
    done = "read"


class Undefined(Mistake):
    """An option that is read, has no value, and no default.

    `owner` is the class that declares it, `definitions` are those under a condition that is
    False, `written` is where the values of its module stand, `within` the path in that module.
    """

    category = "undefined"

    def __init__(
        self,
        path: Path,
        expected: str,
        declared: Place,
        definitions: Sequence[Place],
        owner: str = "",
        written: Sequence[Place] = (),
        within: Path = (),
    ) -> None:
        self._readers: dict[Path, Place | None] = {}

        def tell(path: Path) -> Report:
            by = f"declared by {owner}" if owner else "declared"
            places = placed(by, [declared]) + parts(
                "defined under a condition that is False", definitions, path
            )
            users = [place for place in written if not is_ours(place.locate().file)]
            places += parts("not given where its module is written", users, path[: -len(within)])
            places += self._needed()
            headline = f"`{show_path(path)}` has no value: it needs {expected}"
            found = tuple(
                f"needed by `{show_path(reader)}`"
                for reader, line in list(self._readers.items())[:MOST_READERS]
                if line is None or is_ours(line.locate().file)
            )
            return Report(headline, found, places, (_way_to_define(path, owner, within),))

        super().__init__(tell, path)

    def needed_by(self, reader: Path, line: Place | None) -> None:
        """Note an option that reads this one, and the line that does; no path is nobody."""
        if reader:
            self._readers.setdefault(reader, line)

    def _needed(self) -> Labelled:
        found: list[tuple[str, Location]] = []
        for path, line in list(self._readers.items())[:MOST_READERS]:
            if line is not None and not is_ours(line.locate().file):
                found.append((f"needed by `{show_path(path)}`", line.locate()))
        return tuple(found)


def _way_to_define(path: Path, owner: str, within: Path) -> str:
    name = show_path(path[-1:])
    if owner and len(within) == 1:
        return f"write {owner}({name}=...), or {name} = ... in a subclass, or give it a default"
    if owner and within:
        return f"write @define({owner}.{name}) over a function, or give it a default"
    return f"define it, for example {name} = ..., or give its option a default"


class Cycle(Mistake):
    """Options whose values depend on each other in a ring."""

    category = "infinite-recursion"

    def __init__(self, chain: Sequence[tuple[Path, Sequence[Place]]]) -> None:
        def tell(path: Path) -> Report:
            names = [show_path(path) for path, _ in chain]
            places = tuple(
                (f"`{names[i]}` reads `{names[(i + 1) % len(names)]}`", place.locate())
                for i, (_, reads) in enumerate(chain)
                for place in reads
            )
            advice = (
                "let one of them not read the next, or wrap the value of one entry in later(...)"
            )
            headline = f"`{names[0]}` depends on itself"
            return Report(headline, _ring(names), places, (advice,))

        super().__init__(tell, chain[0][0])


def _ring(names: Sequence[str]) -> tuple[str, ...]:
    """The names of a ring in a line, the middle of a long one left out."""
    if len(names) < 2:
        return ()
    shown = list(names)
    if len(names) > MOST_PLACES:
        shown[MOST_PLACES // 2 : -2] = [f"({len(names) - MOST_PLACES // 2 - 2} more)"]
    return (" -> ".join([*shown, names[0]]),)


class FunctionFailed(Mistake):
    """A function of the user's that raised. `error` is what it raised."""

    def __init__(
        self, path: Path, function: str, error: BaseException, frames: Sequence[Place]
    ) -> None:
        def tell(path: Path) -> Report:
            headline = f"`{show_path(path)}` could not be computed: {function} raised"
            return Report(headline, (show_error(error),), raised(frames))

        super().__init__(tell, path)
        self.error = error


class RemovedOption(Mistake):
    """A removed option that is read, or defined."""

    def __init__(self, path: Path, message: str, place: Place, used: Sequence[Place] = ()) -> None:
        def tell(path: Path) -> Report:
            places = placed("used", used) + placed("removed", [place])
            return Report(f"`{show_path(path)}` was removed: {message}", (), places)

        super().__init__(tell, path)


class NoSuchArgument(Mistake):
    """A module argument that nobody defines; `asking` is the module whose function reads it."""

    def __init__(self, path: Path, name: str, known: Iterable[str]) -> None:
        names, read = list(known), users_line()
        self.asking = ""

        def tell(path: Path) -> Report:
            where = show_path(path) if path else "the module"
            asking = f", which {self.asking} asks for" if self.asking else ""
            headline = f"`{where}` has no module argument `{name}`{asking}"
            near = did_you_mean(name, names)
            given = near or f"give it a value: evaluate(..., arguments={{{name!r}: ...}})"
            found = (f"its arguments are {all_of(names)}",) if names and not near else ()
            return Report(headline, found, placed("read", [read]), (given,))

        super().__init__(tell, path)


class ArgumentOfImports(Mistake):
    """Imports chosen by a module argument that only options define."""

    category = "infinite-recursion"

    def __init__(self, path: Path, name: str, asking: str, place: Place) -> None:
        def tell(path: Path) -> Report:
            where = f" of `{show_path(path)}`" if path else ""
            headline = f"{asking} chooses its imports{where} by the module argument `{name}`"
            found = "which modules there are decides which options there are, and not the reverse"
            advice = f"give it from outside: evaluate(..., arguments={{{name!r}: ...}})"
            return Report(headline, (found,), placed("written", [place]), (advice,))

        super().__init__(tell, path)


class TooDeep(Mistake):
    """A chain of references, or nesting, beyond what is evaluated; `limit` 0 where not counted.

    `endless` says that modules lie in modules, and most likely ever more of them; `evaluations` that
    they are evaluations which functions of others make that are counted.
    """

    category = "infinite-recursion"

    def __init__(
        self,
        path: Path,
        limit: int,
        read: Place | None = None,
        endless: bool = False,
        evaluations: bool = False,
    ) -> None:
        self.endless = endless

        def tell(path: Path) -> Report:
            if evaluations:
                headline = (
                    f"`{show_path(path)}` is read in {limit} evaluations, each inside another"
                )
                advice = (
                    "a function evaluates nothing: what it needs is in self, or is no part of it"
                )
            elif limit:
                headline = f"`{show_path(path)}` is reached through more than {limit} nested reads"
                advice = "shorten the chain: let options read the value they need directly"
            else:
                what = f"`{show_path(path)}`" if path else "what is evaluated"
                headline = f"{what} is nested too deeply"
                advice = "make it flatter: a hundred levels always work"
            label = "read" if limit else "written"
            return Report(headline, (), placed(label, [read] if read else []), (advice,))

        super().__init__(tell, path)


class NotEvaluated(Mistake, AttributeError):
    """A value read from an instance that was not evaluated; `written` is where that stands."""

    def __init__(self, module: str, name: str, written: Sequence[Place] = ()) -> None:
        read = users_line()

        def tell(path: Path) -> Report:
            dot = "" if name.startswith("[") else "."
            headline = f"{module}{dot}{name} has no value yet: this {module} was not evaluated"
            places = placed("read", [read]) + placed("written", written)
            advice = f"read it from a result, evaluate(...){dot}{name}, or in a function from self"
            return Report(headline, (), places, (advice,))

        Mistake.__init__(self, tell)


class NoResult(Mistake, TypeError):
    """Something that is no result, where only what `evaluate(...)` returns can be."""

    def __init__(self, function: str, found: str, written: Sequence[Place] = ()) -> None:
        read = users_line()

        def tell(path: Path) -> Report:
            places = placed("called", [read]) + placed("written", written)
            advice = f"write {function}(evaluate(...))"
            return Report(f"{function}(...) takes a result", (f"found {found}",), places, (advice,))

        Mistake.__init__(self, tell)


class Immutable(Mistake, AttributeError):
    """A change to an instance or a result."""

    def __init__(self, module: str, name: str) -> None:
        line = users_line()

        def tell(path: Path) -> Report:
            headline = f"{module}.{name} cannot be assigned: instances and results are immutable"
            advice = f"write {module}({name}=...), or {name} = ... in a subclass"
            return Report(headline, (), placed("assigned", [line]), (advice,))

        Mistake.__init__(self, tell)


class ImmutableItems(Mistake, TypeError):
    """A change to a list or a dict of a result."""

    def __init__(self, kind: str) -> None:
        line = users_line()

        def tell(path: Path) -> Report:
            headline = f"a {kind} of a result cannot be changed: results are immutable"
            advice = f"change a copy, {kind}(...), or define the option with what you want to add"
            return Report(headline, (), placed("changed", [line]), (advice,))

        Mistake.__init__(self, tell)


class NotImported(Mistake, LookupError):
    """`self[Module]` for a module that is not part of the evaluated one."""

    def __init__(
        self,
        path: Path,
        module: str,
        present: Iterable[str],
        places: Sequence[Place],
        advice: str,
    ) -> None:
        names = list(present)

        def tell(path: Path) -> Report:
            where = f"`{show_path(path)}`" if path else "this module"
            headline = f"{module} is no part of {where}, which has {all_of(names) or 'no modules'}"
            return Report(headline, (), placed("read", places), (advice,))

        Mistake.__init__(self, tell, path)


class NoSinglePlace(Mistake):
    """A reference to an instance that is nowhere in the tree, or in several places."""

    def __init__(
        self,
        path: Path,
        module: str,
        found: Sequence[Path],
        places: Sequence[Place],
        written: Sequence[Place] = (),
    ) -> None:
        def tell(path: Path) -> Report:
            if found:
                shown = ", ".join(show_path(each) for each in found[:4])
                where = f"placed {len(found)} times: {shown}{', ...' if len(found) > 4 else ''}"
                advice = "refer to one of them by reading it from the tree: self.services[...]"
            else:
                where = "not placed anywhere in the evaluated tree"
                advice = "place the instance, as in services={'name': instance}"
            headline = f"`{show_path(path)}` refers to an instance of {module} that is {where}"
            places_ = parts("defined", places, path) + placed("instance written", written)
            return Report(headline, (), places_, (advice,))

        super().__init__(tell, path)
