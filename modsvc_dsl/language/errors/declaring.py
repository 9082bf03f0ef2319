"""Mistakes in modules and in the options that they declare.

In: names, paths, places. Out: one class for each mistake. Refuses to look for them.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..provenance import Place
from ..words import Path, show_path
from .mistake import Mistake
from .report import Report, placed


class BadModule(Mistake):
    """A module that cannot be made: what its body, keywords or decorators say is not allowed."""

    def __init__(self, headline: str, place: Place, advice: str = "", found: str = "") -> None:
        places = placed("written", [place])
        super().__init__(Report(headline, (found,) if found else (), places, (advice,)))


class WrongKind(Mistake):
    """A module where only modules of another kind may stand."""

    category = "class"

    def __init__(
        self, path: Path, module: str, found: str, expected: str, places: Sequence[Place]
    ) -> None:
        where = f"`{show_path(path)}`" if path else "this place"
        headline = f"{where} takes modules of kind {expected}, and {module} is of kind {found}"
        advice = f"import or place a {expected} module here"
        super().__init__(Report(headline, (), placed("written", places), (advice,)), path)


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
