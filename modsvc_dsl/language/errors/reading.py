"""Mistakes that show when a value is read.

In: paths, names, places. Out: one class for each mistake. Refuses to look for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..provenance import Place
from ..words import Path, all_of, did_you_mean, show_path
from .defining import UnknownOption
from .mistake import Mistake
from .report import Report, placed


class NoSuchName(UnknownOption):
    """A name that is read and that no module declares."""

    category = "other"


class Undefined(Mistake):
    """An option that is read, has no value, and no default."""

    category = "undefined"

    def __init__(self, path: Path, expected: str, declared: Place, definitions: Sequence[Place]):
        places = placed("declared", [declared]) + placed(
            "defined under a condition that is False", definitions
        )
        name = path[-1] if path else ""
        advice = f"define it, for example {name} = ..., or give its option a default"
        headline = f"`{show_path(path)}` has no value: it needs {expected}"
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


class FunctionFailed(Mistake):
    """A function of the user's that raised."""

    def __init__(
        self, path: Path, function: str, error: BaseException, frames: Sequence[Place]
    ) -> None:
        text = str(error).strip() or "(no message)"
        headline = f"`{show_path(path)}` could not be computed: {function} raised"
        found = (f"{type(error).__name__}: {text}",)
        super().__init__(Report(headline, found, placed("raised", frames)), path)
        self.error = error


class RemovedOption(Mistake):
    """A removed option that is read."""

    def __init__(self, path: Path, message: str, place: Place) -> None:
        headline = f"`{show_path(path)}` was removed: {message}"
        super().__init__(Report(headline, (), placed("removed", [place])), path)


class NoSuchArgument(Mistake):
    """A module argument that nobody defines."""

    def __init__(self, path: Path, name: str, known: Iterable[str]) -> None:
        names = list(known)
        advice = did_you_mean(name, names) or (f"arguments are {', '.join(names)}" if names else "")
        where = show_path(path) if path else "the module"
        headline = f"`{where}` has no module argument `{name}`"
        super().__init__(Report(headline, (), (), (advice,)), path)


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
        Mistake.__init__(self, Report(headline, (), placed("read", places), (advice,)), path)


class NoSinglePlace(Mistake):
    """A reference to an instance that is nowhere in the tree, or in several places."""

    def __init__(self, path: Path, module: str, found: Sequence[Path], places: Sequence[Place]):
        if found:
            where = f"placed {len(found)} times: " + ", ".join(show_path(p) for p in found[:4])
            advice = "refer to one of them by reading it from the tree, as in self.services[...]"
        else:
            where = "not placed anywhere in the evaluated tree"
            advice = "place the instance, as in services={'name': instance}"
        headline = f"`{show_path(path)}` refers to an instance of {module} that is {where}"
        super().__init__(Report(headline, (), placed("defined", places), (advice,)), path)
