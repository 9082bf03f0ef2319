"""What two services cannot both have.

In: paths, names, places. Out: one `Mistake` class each. Refuses to detect.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...language.errors import Mistake, Report
from ...language.errors.report import Labelled, placed
from ...language.provenance import Place
from ...language.words import Path, show_path

Claims = Sequence[tuple[Path, Sequence[Place]]]
"""Two options, each with the places where it is said."""


class SameDirectory(Mistake):
    """Two services that take one directory for their own, or a directory in another one's."""

    category = "conflict"

    def __init__(self, name: str, kind: str, claims: Claims) -> None:
        one, other = (f"`{show_path(path)}`" for path, _ in claims)
        headline = f"{one} and {other} both take the {kind} directory {name!r} for their own"
        advice = (
            "give one of them another name=, or let both run as one user:"
            " identity=Identity(same_as=...)"
        )
        report = Report(headline, (), _said(claims), (advice,))
        super().__init__(report, claims[1][0])


class SameUser(Mistake):
    """Two services that make one user."""

    category = "conflict"

    def __init__(self, name: str, claims: Claims) -> None:
        one, other = (f"`{show_path(path)}`" for path, _ in claims)
        headline = f"{one} and {other} both make the user {name!r}"
        advice = (
            "let one of them say identity=Identity(same_as=...) with the other, or give them two"
            " names"
        )
        super().__init__(Report(headline, (), _said(claims), (advice,)), claims[1][0])


class SameBusName(Mistake):
    """Two services that take one name on the system bus."""

    category = "conflict"

    def __init__(self, name: str, claims: Claims) -> None:
        one, other = (f"`{show_path(path)}`" for path, _ in claims)
        headline = f"{one} and {other} both are {name!r}, a name that one service can have"
        advice = "give them two names, or keep one of the services"
        super().__init__(Report(headline, (), _said(claims), (advice,)), claims[1][0])


def _said(claims: Claims) -> Labelled:
    return tuple(
        dict.fromkeys(
            each
            for path, places in claims
            for each in placed(f"`{show_path(path)}` defined", places)
        )
    )
