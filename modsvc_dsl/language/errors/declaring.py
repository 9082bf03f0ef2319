"""Mistakes in modules and in the options that they declare.

In: names, paths, places. Out: one class for each mistake. Refuses to look for them.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..provenance import Place, is_ours
from ..words import Path, show_path, with_article
from .mistake import Mistake
from .report import Labelled, Report, placed


class BadModule(Mistake):
    """A module that cannot be made: what its body, keywords or decorators say is not allowed.

    `others` are places that have to do with it, each with what happened there.
    """

    def __init__(
        self,
        headline: str,
        place: Place,
        advice: str = "",
        found: str = "",
        others: Sequence[tuple[str, Place]] = (),
    ) -> None:
        def tell(path: Path) -> Report:
            places = placed("written", [place])
            places += tuple((label, other.locate()) for label, other in others)
            return Report(headline, (found,) if found else (), places, (advice,))

        super().__init__(tell)


class BadQuantity(Mistake, ValueError):
    """A text that says no quantity, given to a function that reads one."""

    def __init__(self, headline: str, place: Place, advice: str = "") -> None:
        places = placed("written", [place])
        super().__init__(Report(headline, (), places, (advice,) if advice else ()))


class WrongKind(Mistake):
    """A module where only modules of another kind may stand.

    `where` says what takes the modules, where that is no option at a path.
    """

    category = "class"

    def __init__(
        self,
        path: Path,
        module: str,
        found: str,
        expected: str,
        places: Sequence[Place],
        where: str = "",
    ) -> None:
        def tell(path: Path) -> Report:
            taker = where or (f"`{show_path(path)}`" if path else "this evaluation")
            headline = f"{taker} takes modules of kind {expected}, and {module} is of kind {found}"
            advice = f"write a module of kind {expected} here: a subclass of one, or an instance"
            return Report(headline, (), placed("written", places), (advice,))

        super().__init__(tell, path)
        self.found = found
        self.expected = expected


class DuplicateDeclaration(Mistake):
    """One option name declared by modules that have nothing to do with each other.

    `why` is the end of the headline, `advice` what to write where that is not `shares=`.
    """

    def __init__(
        self, path: Path, declarations: Sequence[tuple[str, Place]], why: str, advice: str = ""
    ) -> None:
        def tell(path: Path) -> Report:
            places = tuple((f"declared by {name}", place.locate()) for name, place in declarations)
            owner = next((n for n, place in declarations if is_ours(place.locate().file)), "")
            owner = owner or declarations[0][0]
            share = f"option(shares={owner}.{path[-1]})"
            fix = advice or f"rename one of the options, or say that they are one: {share}"
            return Report(f"`{show_path(path)}` is declared twice{why}", (), places, (fix,))

        super().__init__(tell, path)


class OptionAndGroup(Mistake):
    """An option with other options declared below it."""

    def __init__(self, path: Path, option: Place, below: Path, other: Place) -> None:
        def tell(path: Path) -> Report:
            places: Labelled = (
                (f"`{show_path(path)}` declared", option.locate()),
                (f"`{show_path(below)}` declared", other.locate()),
            )
            headline = f"`{show_path(path)}` is an option, so `{show_path(below)}` cannot be one"
            advice = "rename one of them, or make the outer one a submodule"
            return Report(headline, (), places, (advice,))

        super().__init__(tell, path)


class GroupImported(Mistake):
    """A group of a module's options, imported by that module as if it were a module beside it.

    `declarer` is the class that declares the group, where the module gets it from another one.
    """

    def __init__(
        self, path: Path, group: str, module: str, places: Sequence[Place], declarer: str = ""
    ) -> None:
        def tell(path: Path) -> Report:
            name = str(path[-1])
            headline = f"{group} is the group `{show_path(path)}`, and no module to be imported"
            advice = f"write {name}={group}(...) where the {module} is written, not in its imports"
            if declarer:
                advice = f"write {declarer}({name}={group}(...)) in its place"
            return Report(headline, (), placed("imported", places), (advice,))

        super().__init__(tell, path)


class EndlessModule(Mistake):
    """A module that is part of itself, so that its result would have no end.

    `defined` says that it is a value that puts it there, and no declaration.
    """

    category = "infinite-recursion"

    def __init__(self, path: Path, module: str, place: Place, defined: bool = False) -> None:
        self.endless = defined

        def tell(path: Path) -> Report:
            headline = (
                f"`{show_path(path)}` puts {with_article(module)} into every {module}, without end"
            )
            advice = f"write {module} | None, list[{module}] or dict[str, {module}]"
            if defined:
                advice = "place another module there, or this one only where a condition of its own says so"
            label = "defined" if defined else "declared"
            return Report(headline, (), placed(label, [place]), (advice,))

        super().__init__(tell, path)
